import type { Case } from '../../shared/case/case.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { BureauSettings } from '../../shared/law/bureau-settings.ts';
import { isFrequent } from '../../shared/matter/frequent.ts';
import { type Growth, grow, type Member } from '../../shared/matter/incident.ts';
import { commonCauseOf } from '../../shared/matter/matter-of.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { IncidentStore } from '../../shared/store/incident-store.ts';
import type { Neighbours } from './neighbours.ts';

/** Members that are looked at: enough for every rule, and for what is usual. */
const LOOKED_AT = 200;

/**
 * What a complaint adds to those that have the same cause; undefined where it has none in common with others, or is
 * counted already. One person counts once: whoever has another case among the members is known by the lookups of his
 * phone, so that no hash of a phone lies with the cases.
 */
export async function gather(
  found: Case,
  unitPath: readonly string[],
  neighbours: Neighbours,
  registry: Registry,
  settings: BureauSettings,
  incidents: Pick<IncidentStore, 'incident' | 'members'>,
): Promise<(Growth & { member: Member }) | undefined> {
  const cause = found.kind === 'complaint' ? commonCauseOf(found, registry) : undefined;
  if (cause === undefined) return undefined;
  const id = sha256(`${registry.bureau} ${cause.key}`).slice(0, 20);
  const [before, { items: recent }] = await Promise.all([
    incidents.incident(id),
    incidents.members(id, LOOKED_AT),
  ]);
  if (recent.some(({ number }) => number === found.number)) return undefined;
  const others = neighbours.others.map(({ number }) => number);
  const isKnown = recent.some(({ number }) => others.includes(number));
  const member: Member = {
    number: found.number,
    at: found.receivedAt,
    counted: neighbours.phone !== undefined && !isKnown && !isFrequent(others, found.receivedOn),
    claimedFen: found.complaint.claimedFen ?? found.understood?.claimed?.fen ?? 0,
    unitPath,
  };
  return { ...grow(before, recent, member, { id, kind: cause.kind }, settings.incidents), member };
}
