import { hashOf } from '../../shared/case/chain.ts';
import { addDays, type Clock, type LocalDate, lastDayOf, shanghaiDate } from '../../shared/dates.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { rollUpDay, rollUpPeriod } from '../../shared/statistics/roll-up.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { RolledDay, StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface RollUpDependencies {
  statistics: Pick<
    StatisticsStore,
    'entries' | 'markRolled' | 'putRollUps' | 'revisions' | 'rolledUp' | 'rollUps' | 'rollUpsOf'
  >;
  registry: Pick<RegistryStore, 'read'>;
  bureau: string;
  now: Clock;
  /** True while there is time for one more day; what is left the next run does. */
  hasTime: () => boolean;
}

/** Corrections reach back as far as last year's comparison; the nightly run looks at all days. */
const DAYS_BACK = 400;
/** Periods end, and count, some weeks ahead; a case that is filed is decided in ninety days. */
const DAYS_AHEAD = 200;
const FIRST_DAY = '2000-01-01';

/** What a run did. */
export interface RolledUp {
  days: number;
  left: number;
}

/**
 * Makes the roll-ups of all days whose ledger has grown since theirs were made, or whose campaigns changed, the newest first, and those of their
 * months. A day is worked out anew from its whole ledger: a run that broke off, or ran twice, does no harm.
 */
export async function rollUp(
  { everything = false }: { everything?: boolean },
  { statistics, registry, bureau, now, hasTime }: RollUpDependencies,
): Promise<RolledUp> {
  const today = shanghaiDate(now());
  const yesterday = addDays(today, -1);
  const from = everything ? FIRST_DAY : addDays(today, -DAYS_BACK);
  const to = addDays(today, DAYS_AHEAD);
  const { campaigns } = settingsOf((await registry.read()).settings);
  const cutBy = (day: LocalDate) => hashOf(campaigns.filter((one) => day >= one.from && day <= one.to));
  const rolled = new Map((await statistics.rolledUp(bureau, from, to)).map((one) => [one.day, one]));
  const changed = (await statistics.revisions(bureau, from, to))
    .filter(({ day, entries }) => {
      const before = rolled.get(day);
      return before?.entries !== entries || before.campaigns !== cutBy(day);
    })
    .toSorted((a, b) => (a.day > b.day ? -1 : 1));

  const months = new Set(changed.map(({ day }) => day.slice(0, 7)));
  for (const month of await staleMonths(yesterday, bureau, statistics)) months.add(month);
  let days = 0;
  for (const month of months) {
    const done: RolledDay[] = [];
    for (const { day, entries } of changed.filter((one) => one.day.startsWith(month))) {
      if (!hasTime()) break;
      // The revision was read before the ledger: what comes in between makes the next run look again.
      const rollUps = rollUpDay(day, await Array.fromAsync(statistics.entries(day, [bureau])), campaigns);
      await statistics.putRollUps(rollUps);
      done.push({ day, entries, units: rollUps.map(({ unit }) => unit), campaigns: cutBy(day) });
    }
    for (const one of done) rolled.set(one.day, one);
    await rollUpMonth(month, yesterday, unitsIn(month, rolled.values()), statistics);
    // Marked when its month is done, too: whoever dies before leaves the day to be done again.
    for (const one of done) await statistics.markRolled(bureau, one);
    days += done.length;
  }
  return { days, left: changed.length - days };
}

/** The month of yesterday, where it does not reach so far: a new day has begun. */
async function staleMonths(
  yesterday: LocalDate,
  bureau: string,
  statistics: RollUpDependencies['statistics'],
): Promise<string[]> {
  const found = await statistics.rollUpsOf(bureau, [yesterday.slice(0, 7)]);
  return found.filter(({ upTo = '' }) => upTo < yesterday).map(({ period }) => period);
}

function unitsIn(month: string, rolled: Iterable<RolledDay>): Set<string> {
  const units = new Set<string>();
  for (const { day, units: its } of rolled)
    if (day.startsWith(month)) for (const unit of its) units.add(unit);
  // Areas and officers are few cases a day: their months are added up when somebody asks.
  return new Set([...units].filter((unit) => !unit.includes(':')));
}

/** The days of a month that are over; today is counted live, what is due later counts when its day has come. */
async function rollUpMonth(
  month: string,
  yesterday: LocalDate,
  units: ReadonlySet<string>,
  statistics: RollUpDependencies['statistics'],
): Promise<void> {
  const last = lastDayOf(month);
  const upTo = last < yesterday ? last : yesterday;
  if (upTo < `${month}-01`) return;
  for (const unit of units) {
    const days = await statistics.rollUps(unit, `${month}-01`, upTo, 'strong');
    await statistics.putRollUps([{ ...rollUpPeriod(unit, month, days), upTo }]);
  }
}
