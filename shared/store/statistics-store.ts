import type { LocalDate } from '../dates.ts';
import type { Counter, Counts, Increment } from '../statistics/counters.ts';
import type { LedgerEntry } from '../statistics/ledger.ts';
import type { RollUp } from '../statistics/roll-up.ts';

/** Which generation of figures is read, and which one is being built beside it from the history. */
export interface Generations {
  live: number;
  building?: number | undefined;
}

/** How far a day of the bureau was written on, as the roll-up looks for days that changed. */
interface DayRevision {
  day: LocalDate;
  /** How many ledger entries the day has; it only grows. */
  entries: number;
}

/** What a day's roll-ups were made from. */
export interface RolledDay extends DayRevision {
  /** Units, areas and officers that count anything on it. */
  units: readonly string[];
  /** Hash of the campaigns it was cut by: another campaign, another roll-up. */
  campaigns?: string | undefined;
}

/** Keeps ledger, counters and roll-ups. An entry is counted once, however often and in whatever order it arrives. */
export interface StatisticsStore {
  /** Counts entries, in the live generation and in the one being built; those counted before change nothing. */
  tally(entries: readonly LedgerEntry[]): Promise<void>;
  /**
   * The ledger of a day, of all units or of one and all below it.
   * @param units path of the unit from the city down
   * @param counter only entries with a line that counts this
   */
  entries(day: LocalDate, units: readonly string[], counter?: Counter): AsyncIterable<LedgerEntry>;
  /** How often each day of a bureau was written on, to see which must be rolled up again. */
  revisions(bureau: string, from: LocalDate, to: LocalDate): Promise<DayRevision[]>;
  /** Roll-ups of a unit, of days or of months, both included, in order. */
  rollUps(unit: string, from: string, to: string, read?: 'strong'): Promise<RollUp[]>;
  /**
   * Roll-ups by their periods, months or days: one small item each, with cuts two, so that their number alone says
   * what it costs.
   */
  rollUpsOf(unit: string, periods: readonly string[], cuts?: 'with-cuts'): Promise<RollUp[]>;
  /** Live counters of one day, of a unit; costs the same whether anything was counted or not. */
  countsOfDay(unit: string, bureau: string, day: LocalDate): Promise<Counts>;
  putRollUps(rollUps: readonly RollUp[]): Promise<void>;
  /** Notes what the roll-ups of a day were made from: until then they are made again. */
  markRolled(bureau: string, rolled: RolledDay): Promise<void>;
  rolledUp(bureau: string, from: LocalDate, to: LocalDate): Promise<RolledDay[]>;
  /** Every counter and every entry of a generation (default: the live one), for a comparison with a recount. */
  allCounts(generation?: number): Promise<Increment[]>;
  allEntries(generation?: number): AsyncIterable<LedgerEntry>;
  generations(): Promise<Generations>;
  /** Begins a new generation beside the live one; gives the one that is already being built, if there is one. */
  beginGeneration(): Promise<number>;
  /** The generation that was built is live from now on; the other one is read no more. */
  goLive(generation: number): Promise<void>;
  /** Removes what an earlier generation kept. */
  dropGeneration(generation: number): Promise<void>;
}
