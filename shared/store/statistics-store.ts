import type { CaseEvent } from '../case/case.ts';
import type { LocalDate } from '../dates.ts';
import type { Increment } from '../statistics/counters.ts';

/** Keeps the counters. An event is counted once, however often and in whatever order it arrives. */
export interface StatisticsStore {
  /**
   * Counts events; those counted before change nothing. All or none of `events` are counted when it returns.
   * @param events at most `TALLY_BATCH`
   */
  tally(events: readonly CaseEvent[]): Promise<void>;
  /** Counters of a unit, one line per day with anything counted, both days included. */
  counts(unit: string, from: LocalDate, to: LocalDate): Promise<Increment[]>;
  /** Every counter, for a comparison with a recount. */
  allCounts(): Promise<Increment[]>;
  /** Ids of all events that have been counted. */
  talliedIds(): Promise<Set<string>>;
}

/** Events per transaction: one marker each and at most three units each make the 100 items it may hold. */
export const TALLY_BATCH = 25;
