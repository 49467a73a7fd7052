import type { CaseNumber } from '../case/case-number.ts';
import { addDays, type LocalDate } from '../dates.ts';
import { monthAfter } from '../statistics/periods.ts';
import { formGroups, type Group } from './groups.ts';
import type { OpenRow } from './row.ts';

/*
 * Releases (公示批次): once a month all that was published in the months before and is not out yet. A release never gets
 * another row; it only loses groups. That is what keeps files of different days from being subtracted from each other.
 * Source: X. Xiao, Y. Tao, m-Invariance: Towards Privacy Preserving Re-publication of Dynamic Datasets, SIGMOD 2007.
 */

/** So many months a complaint waits for two more about the same business; then it is shown without the name. */
const WAITS_MONTHS = 6;

/** A group under its name in the open data; `gone` keeps who was in it from being shown a second time. */
export interface ReleasedGroup extends Group {
  id: string;
  gone?: true | undefined;
}

export interface Release {
  /** The month in which it was made, `2026-12`; its name. */
  month: string;
  madeOn: LocalDate;
  /** The last day on which a group came or went. */
  changedOn: LocalDate;
  groups: readonly ReleasedGroup[];
}

/** How the releases are to be, and which of them are over. */
export interface Releases {
  releases: Release[];
  over: string[];
}

/**
 * The releases as they must be today: those whose term is over go whole; a group goes whole when one of its cases is no
 * longer published (excluded, reopened, erased, consent withdrawn) or turns out to be about another business; once a
 * month a new one is made. Pure, and the same however often it runs on a day.
 * @param rows every published complaint by its number
 * @param days how long results stay published
 */
export function releasesOn(
  today: LocalDate,
  { releases, rows, days }: { releases: readonly Release[]; rows: Iterable<OpenRow>; days: number },
  smallest?: number,
): Releases {
  const published = new Map([...rows].map((row) => [row.number, row]));
  const isOver = ({ madeOn }: Release) => addDays(madeOn, days) <= today;
  const kept = releases
    .filter((release) => !isOver(release))
    .map((release) => withoutHidden(release, published, today));
  const over = releases.filter(isOver).map(({ month }) => month);
  const month = today.slice(0, 7);
  if (kept.some((release) => release.month === month)) return { releases: kept, over };

  const shown = new Set(kept.flatMap(({ groups }) => groups.flatMap(({ members }) => members)));
  // What is older was in a release that is over.
  const first = addDays(today, -days).slice(0, 7);
  const waiting = [...published.values()].filter(
    (row) => row.published >= first && row.published < month && !shown.has(row.number),
  );
  const groups = formRelease(waiting, month, smallest);
  const made = { month, madeOn: today, changedOn: today, groups };
  return { releases: [...kept, made], over };
}

function withoutHidden(release: Release, rows: ReadonlyMap<CaseNumber, OpenRow>, today: LocalDate): Release {
  const stands = ({ members, shown }: Group) =>
    members.every((number) => {
      const row = rows.get(number);
      return row !== undefined && (shown.business === null || row.business === shown.business);
    });
  const going = release.groups.filter((group) => group.gone !== true && !stands(group));
  if (going.length === 0) return release;
  const groups = release.groups.map((group) =>
    going.includes(group) ? { ...group, gone: true as const } : group,
  );
  return { ...release, changedOn: today, groups };
}

function formRelease(waiting: readonly OpenRow[], month: string, smallest?: number): ReleasedGroup[] {
  const withName = formGroups(
    waiting.filter(({ business }) => business !== null),
    { named: true, smallest },
  );
  const named = new Set(withName.flatMap(({ members }) => members));
  const patience = monthAfter(month, -WAITS_MONTHS);
  const nameless = waiting.filter(
    ({ number, business, published }) => !named.has(number) && (business === null || published < patience),
  );
  const groups = [...withName, ...formGroups(nameless, { named: false, smallest })];
  // In the order of what they show: an order of receipt would tell more than the month.
  return groups
    .map((group) => ({ group, order: JSON.stringify(group.shown) }))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ group }, at) => ({ ...group, id: `${month}-${String(at + 1).padStart(5, '0')}` }));
}

/** The groups that are shown. */
export const shownGroups = ({ groups }: Release): ReleasedGroup[] =>
  groups.filter(({ gone }) => gone !== true);
