import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Log } from '../../shared/logging.ts';
import { mayAdminister } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { Noted, NotedStore } from '../../shared/store/noted-store.ts';
import { RegistryMoved, type RegistryVersions, RegistryWaits } from '../../shared/store/registry-store.ts';
import type { RegisterState, RuleStore } from '../../shared/store/rule-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface AdministratorDependencies {
  bureau: string;
  registry: RegistryVersions;
  rules: Pick<RuleStore, 'register' | 'proposals' | 'back'>;
  calendar: CalendarStore;
  statistics: Pick<StatisticsStore, 'countsOfDay' | 'rollUps' | 'rollUpsOf'>;
  noted: NotedStore;
  now: Clock;
  log: Log;
}

/** Refuses who may not do this with the system of this bureau. */
export function refuseOthers(
  what: Parameters<typeof mayAdminister>[0],
  staff: Staff,
  { bureau }: AdministratorDependencies,
): void {
  if (!mayAdminister(what, staff, bureau)) throw new Problem('forbidden');
}

/** What is kept of something an administrator does; the log says the same. */
export function noteOf(
  what: string,
  facts: Noted['facts'],
  staff: Staff,
  { now, log }: AdministratorDependencies,
): Noted {
  log(what, { staff: staff.id, ...facts });
  return { at: now().toISOString(), by: staff.id, what, facts };
}

export const registerView = ({ version, before, next }: RegisterState) => ({
  version,
  before: before ?? null,
  next: next ?? null,
});

/** Does something with the versions of the register; what another person did meanwhile is told as a conflict. */
export async function unlessMoved<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof RegistryMoved) throw moved();
    if (error instanceof RegistryWaits) throw waits();
    throw error;
  }
}

const conflict = (zh: string, en: string) => new Problem('conflict', [{ field: '/register', zh, en }]);
export const moved = () =>
  conflict('登记资料其间已有变动，请重新查看', 'The register has changed meanwhile: please look again');
const waits = () =>
  conflict(
    '已有一版等到某日生效，请先撤回或者等它生效',
    'A version waits for its day: withdraw it first, or wait for it',
  );
export const nothingBefore = () => conflict('没有上一版可退', 'There is no version before to go back to');
