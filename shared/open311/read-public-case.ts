import type { Case, CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { settingsOf } from '../law/bureau-settings.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { Publication } from '../store/public-case-store.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import { publicCase } from './public-case.ts';
import { findService } from './services.ts';

export interface ReadPublicCaseDependencies {
  cases: Pick<CaseStore, 'case' | 'history'>;
  registry: Pick<RegistryStore, 'read'>;
}

/** What may be shown of a case as it is now, and what that was read from; undefined where there is no such case. */
export async function readPublicCase(
  number: CaseNumber,
  { cases, registry }: ReadPublicCaseDependencies,
): Promise<(Publication & { found: Case; history: CaseEvent[] }) | undefined> {
  const found = await cases.case(number);
  if (found === undefined) return undefined;
  // A step that was taken since the case was read brings a message of its own.
  const history = (await cases.history(number)).filter(({ version }) => version <= found.version);
  const { units, divisions, settings } = await registry.read();
  const shown = publicCase(found, {
    events: history,
    settings: settingsOf(settings),
    unitName: (code) => units.find((unit) => unit.code === code)?.name,
    divisionName: (code) => divisionName(code, divisions),
    postedTo: findService(found.complaint.open311?.service ?? ''),
  });
  return { number, version: found.version, shown, found, history };
}

/** `海曙区古林镇` for a township, `海曙区` for a county. */
function divisionName(code: string, divisions: Registry['divisions']): string | undefined {
  const found = divisions.find((division) => division.code === code || division.county.code === code);
  if (found === undefined) return undefined;
  return found.code === code ? `${found.county.name}${found.name}` : found.county.name;
}
