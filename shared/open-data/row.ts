import type { Case, CaseEvent } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { daysBetween } from '../dates.ts';

/** How a published complaint ended. */
export const OUTCOMES = {
  settled: { zh: '调解成功', en: 'Settled in mediation' },
  ended: { zh: '终止调解', en: 'Mediation ended without a settlement' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type Outcome = keyof typeof OUTCOMES;

/** Days from receipt to closing, in bands: the exact number would be a mark of one case. */
export const DAY_BANDS = [
  { band: '0-7', upTo: 7 },
  { band: '8-15', upTo: 15 },
  { band: '16-30', upTo: 30 },
  { band: '31-60', upTo: 60 },
  { band: '61+', upTo: Number.POSITIVE_INFINITY },
] as const;
export type DayBand = (typeof DAY_BANDS)[number]['band'];

/**
 * What of a published complaint (公示的消费投诉信息) may become open data: classes, months, sums. No words, no day, nothing
 * of the person. It lies in the inner part of the table and is shown in groups only (groups.ts).
 */
export interface OpenRow {
  number: CaseNumber;
  /** Credit code; null where nobody knows which business it was. */
  business: string | null;
  /** Code of the county; null where it is not known. */
  county: string | null;
  subject: string | null;
  problem: string | null;
  /** Months, `2026-11`. */
  received: string;
  published: string;
  outcome: Outcome;
  agreedFen: number;
  provenFen: number;
  days: DayBand;
}

const SETTLED = new Set(['settled', 'reconciled', 'settlement-confirmed']);
const ENDED = new Set([...SETTLED, 'terminated']);
const COUNTY_DIGITS = 6;

/**
 * The row of a case; undefined for what is not published, or no longer: only complaints in the state `published`,
 * whose complainant agreed (Order 121 Art. 38; form 1 “是否同意公示投诉信息”), and not after erasure.
 * @param history its events in order
 */
export function openRow(found: Case, history: readonly CaseEvent[]): OpenRow | undefined {
  const { kind, state, consents, erased, understood, money } = found;
  if (kind !== 'complaint' || state !== 'published' || consents.publish !== true || erased === true) {
    return undefined;
  }
  const published = history.findLast(({ type }) => type === 'published');
  const closed = history.findLast(({ type }) => type === 'closed') ?? published;
  if (published === undefined || closed === undefined) return undefined;
  const ending = history.findLast(({ type }) => ENDED.has(type))?.type;
  const days = daysBetween(found.receivedOn, closed.on);
  return {
    number: found.number,
    business: understood?.business?.creditCode ?? null,
    county: countyOf(found),
    subject: understood?.subject?.value ?? null,
    problem: understood?.problem?.value ?? null,
    received: found.receivedOn.slice(0, 7),
    published: published.on.slice(0, 7),
    outcome: ending === undefined ? 'other' : SETTLED.has(ending) ? 'settled' : 'ended',
    agreedFen: money.agreed ?? 0,
    provenFen: money.proven ?? 0,
    days: DAY_BANDS.find(({ upTo }) => days <= upTo)?.band ?? '61+',
  };
}

/** County of the business as it is written or read, else the one whose authority had the case. */
function countyOf({ complaint, understood, unitPath }: Case): string | null {
  const code = complaint.business.divisionCode ?? understood?.division?.code ?? unitPath[1] ?? '';
  return code.length >= COUNTY_DIGITS ? code.slice(0, COUNTY_DIGITS) : null;
}
