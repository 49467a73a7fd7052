import { daysBetween, type LocalDate } from '../dates.ts';

/*
 * The watch-list (重点监管名单): businesses that a person wants looked at more closely for a while.
 */

/** Why a business is on the list. */
export const WATCH_REASONS = {
  concentrated: { zh: '投诉集中', en: 'many people complained' },
  filed: { zh: '举报立案', en: 'a report became a penalty case' },
  'food-safety': { zh: '食品安全问题反复出现', en: 'food safety, again and again' },
  'prepaid-card': { zh: '预付卡风险', en: 'prepaid cards at risk' },
  'class-d': { zh: '监管类别为D', en: 'class D' },
  other: { zh: '其他', en: 'other' },
} as const;
export type WatchReason = keyof typeof WATCH_REASONS;

/** One business on the list; kept when it has ended, until the business is put on again. */
export interface WatchEntry {
  creditCode: string;
  name: string;
  since: LocalDate;
  /** The last day. */
  until: LocalDate;
  why: WatchReason[];
  note?: string | undefined;
  by: string;
  /** Counts its changes; the store keeps a change on the version before it. */
  version: number;
  ended?: { on: LocalDate; by: string; why: string } | undefined;
}

/** Nobody stays on the list unlooked-at. */
export const LONGEST_WATCH_DAYS = 366;

/**
 * Puts a business on the list, or keeps it there longer: then `since` stays.
 * Throws RangeError without a reason, who or note for `other`, and for a period over a year or ending before today.
 */
export function putOnWatch(
  before: WatchEntry | undefined,
  wanted: Pick<WatchEntry, 'creditCode' | 'name' | 'until' | 'why' | 'note' | 'by'>,
  on: LocalDate,
): WatchEntry {
  const { creditCode, until, why, note, by } = wanted;
  const days = daysBetween(on, until);
  if (days < 0 || days > LONGEST_WATCH_DAYS)
    throw new RangeError(`${creditCode}: until ${until} is no period`);
  if (why.length === 0 || by.trim() === '') throw new RangeError(`${creditCode}: who and why are needed`);
  if (why.includes('other') && (note ?? '').trim() === '') {
    throw new RangeError(`${creditCode}: other needs a note`);
  }
  const since = before !== undefined && isWatched(before, on) ? before.since : on;
  return { ...wanted, since, version: (before?.version ?? 0) + 1 };
}

/** Takes a business off the list before its time. Throws RangeError when it is not on it, or without who and why. */
export function takeOffWatch(before: WatchEntry, ended: NonNullable<WatchEntry['ended']>): WatchEntry {
  if (!isWatched(before, ended.on)) throw new RangeError(`${before.creditCode}: not on the list`);
  if (ended.by.trim() === '' || ended.why.trim() === '') {
    throw new RangeError(`${before.creditCode}: who and why are needed`);
  }
  return { ...before, ended, version: before.version + 1 };
}

/** True from `since` to `until`, both days with, unless it was taken off: then to the day before. */
export function isWatched({ since, until, ended }: WatchEntry, on: LocalDate): boolean {
  return since <= on && on <= until && (ended === undefined || on < ended.on);
}
