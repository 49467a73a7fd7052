import { placesOf } from '../../shared/businesses/places.ts';
import type { Case } from '../../shared/case/case.ts';
import { LARGEST_JOINING } from '../../shared/case/joining.ts';
import { rowsFor } from '../../shared/case/life-cycle.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { matterOf } from '../../shared/matter/matter-of.ts';
import { type Finding, sameMatter } from '../../shared/matter/same-matter.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { casesOf, type Neighbours } from './neighbours.ts';

/**
 * The earlier case of the same person about the same matter, and what matched; undefined where nothing is sure. Whoever
 * looks, and in whatever order, finds the same one: the lead was received first, of two at the same moment the one with
 * the lower number. A pair that a person took apart is never found again.
 */
export async function findLead(
  found: Case,
  neighbours: Neighbours,
  registry: Registry,
  cases: Pick<CaseStore, 'cases'>,
): Promise<{ lead: Case; matched: Finding[] } | undefined> {
  if (neighbours.isJoint || found.joined.length > 0) return undefined;
  const others = await casesOf(neighbours, found, cases);
  const names = new Map(neighbours.others.map(({ number, name }) => [number, name]));
  const places = placesOf(registry);
  const own = matterOf(found, { phone: neighbours.phone, name: neighbours.name });
  const leads = others.flatMap((other) => {
    // What was joined before follows its lead, if that is the same person's.
    const lead = other.lead === undefined ? other : others.find(({ number }) => number === other.lead);
    if (lead === undefined || !isBefore(lead, found) || isApart(found, other) || isApart(found, lead))
      return [];
    if (!takesIn(lead)) return [];
    const theirs = matterOf(other, { phone: neighbours.phone, name: names.get(other.number) });
    const { same, why } = sameMatter(own, theirs, places);
    return same === 'yes' ? [{ lead, matched: why.map(({ code }) => code) }] : [];
  });
  return leads.sort((one, other) => (isBefore(one.lead, other.lead) ? -1 : 1))[0];
}

const orderOf = ({ receivedAt, number }: Case) => `${receivedAt} ${number}`;
const isBefore = (one: Case, other: Case) => orderOf(one) < orderOf(other);
const isApart = (one: Case, other: Case) =>
  one.apart?.includes(other.number) === true || other.apart?.includes(one.number) === true;
const takesIn = (lead: Case) =>
  rowsFor(lead.kind, lead.state, 'take-in').length > 0 && lead.joined.length < LARGEST_JOINING;
