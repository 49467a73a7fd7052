import type { Case, CaseEvent } from '../../shared/case/case.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { addDays, type LocalDate } from '../../shared/dates.ts';
import { completeCreditCode } from '../../shared/jurisdiction/credit-code.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../../shared/understanding/names.ts';
import { stepsTo } from '../unit/support.ts';

/** A complaint that was published, and the days on which that happened and, of some, ended. */
export interface Published {
  found: Case;
  events: CaseEvent[];
  publishedOn: LocalDate;
  /** Excluded after all, reopened or erased. */
  hiddenOn?: LocalDate | undefined;
}

const COUNTIES = ['330203', '330212', '330281'] as const;
/** Some that many complain about, and many that few do. */
export const CODES = Array.from({ length: 60 }, (_, n) =>
  completeCreditCode('91330200', String(n + 1).padStart(8, '0')),
);

/** The same numbers from the same seed: a linear congruence is random enough for a city made up. */
export function chanceOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <Value>(values: readonly Value[], skew = 1): Value =>
    values[Math.floor(next() ** skew * values.length)] as Value;
  return { next, pick };
}

/** A city's published complaints of a year and more, none of them real. */
export function city(count: number, seed: number, first = '2025-06-01', days = 420): Published[] {
  const { next, pick } = chanceOf(seed);
  const steps = stepsTo('published');
  const base = steps.at(-1)?.after as Case;
  const history = steps.map(({ event }) => event);
  const subjects = Object.keys(SUBJECT_NAMES).slice(0, 6);
  const problems = Object.keys(PROBLEM_NAMES).slice(0, 5);
  return Array.from({ length: count }, (_, draw) => {
    const receivedOn = addDays(first, Math.floor(next() * days));
    const closedOn = addDays(receivedOn, 2 + Math.floor(next() ** 2 * 80));
    const publishedOn = addDays(closedOn, Math.floor(next() * 7));
    const settled = next() < 0.6;
    const known = next() < 0.8;
    const agreed = settled ? Math.round(next() ** 3 * 500_000) : 0;
    const on = (type: string) =>
      type === 'published' ? publishedOn : type === 'closed' ? closedOn : receivedOn;
    const events = history
      .filter(({ type }) => settled || type !== 'performed')
      .map((event) => ({
        ...event,
        on: on(event.type),
        at: `${on(event.type)}T02:00:00.000Z`,
        type: !settled && event.type === 'settled' ? ('terminated' as const) : event.type,
      }));
    const read = <Value>(value: Value) => ({ value, confidence: 1 });
    const found = {
      ...base,
      number: makeCaseNumber(receivedOn, draw),
      receivedOn,
      receivedAt: `${receivedOn}T02:00:00.000Z`,
      money: { agreed, proven: next() < 0.7 ? agreed : 0 },
      complaint: { ...base.complaint, business: { divisionCode: pick(COUNTIES, 2) } },
      understood: {
        kind: read('complaint'),
        corrected: [],
        subject: read(pick(subjects, 2)),
        problem: read(pick(problems, 2)),
        business: known
          ? { creditCode: pick(CODES, 3), confidence: 1, by: 'one', candidates: [] }
          : { creditCode: null, confidence: 0, by: 'none', candidates: [] },
      },
    } as unknown as Case;
    const hiddenOn = next() < 0.04 ? addDays(publishedOn, 1 + Math.floor(next() * 200)) : undefined;
    return { found, events, publishedOn, hiddenOn };
  });
}
