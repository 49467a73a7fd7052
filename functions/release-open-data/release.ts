import { addDays, type Clock, lastDayOf, shanghaiDate } from '../../shared/dates.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { businessResults } from '../../shared/open-data/business-results.ts';
import { type OpenFigure, openFigure } from '../../shared/open-data/open-figures.ts';
import { type Release, releasesOn, shownGroups } from '../../shared/open-data/release.ts';
import { type Overview, openGroups } from '../../shared/open-data/shown.ts';
import { monthAfter, monthsOf } from '../../shared/statistics/periods.ts';
import type { BusinessStore } from '../../shared/store/business-store.ts';
import type { OpenDataStore } from '../../shared/store/open-data-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';

export interface ReleaseDependencies {
  openData: OpenDataStore;
  businesses: Pick<BusinessStore, 'businesses'>;
  statistics: Pick<StatisticsStore, 'rollUpsOf'>;
  registry: Pick<RegistryStore, 'read'>;
  now: Clock;
}

/** A complaint is handled, at the longest, some months; a reopened one is published two years after it came. */
const RECEIVED_BEFORE_MONTHS = 24;
/** The store reads so many businesses at once. */
const MOST_BUSINESSES = 100;

/** What a run did. */
export interface Released {
  releases: number;
  rows: number;
  /** Rows of groups that went, since a case of theirs is no longer published. */
  hidden: number;
  over: number;
}

/**
 * Every night: takes away what is no longer published; once a month lets out what was published in the months before,
 * and the figures of the months that are over. Written so that a run which breaks off, or comes twice, is made good by
 * the next one: nothing depends on what was done, only on what there is.
 */
export async function releaseOpenData(deps: ReleaseDependencies): Promise<Released> {
  const { openData } = deps;
  const today = shanghaiDate(deps.now());
  const registry = await deps.registry.read();
  const { publicationDays: days } = settingsOf(registry.settings);
  const before = await openData.releases();
  const from = monthAfter(addDays(today, -days).slice(0, 7), -RECEIVED_BEFORE_MONTHS);
  const rows = await Array.fromAsync(openData.staged(from, today.slice(0, 7)));
  const { releases, over } = releasesOn(today, { releases: before, rows, days });

  for (const month of over) await openData.removeRelease(month);
  // Case numbers first: a release that is out and not remembered would let its cases out a second time.
  for (const release of releases) if (!before.includes(release)) await openData.putRelease(release);

  const businesses = await businessesOf(releases, deps);
  const names = {
    business: (creditCode: string) => businesses.get(creditCode)?.name,
    county: countyNames(registry),
  };
  for (const release of releases) {
    await openData.putDocument(`rows/${release.month}`, openGroups(release, names));
  }
  const results = businessResults(releases, businesses);
  await openData.putDocument('businesses', results);
  await releaseFigures(today, days, registry, deps);

  const overview = await overviewOf(
    today,
    { releases, days, registry, businesses: results.length },
    openData,
  );
  await openData.putDocument('overview', overview);
  return {
    releases: releases.length,
    rows: overview.releases.reduce((sum, { rows: its }) => sum + its, 0),
    hidden:
      rowsOf(before) - rowsOf(before.map((was) => releases.find(({ month }) => month === was.month) ?? was)),
    over: over.length,
  };
}

const rowsOf = (releases: readonly Release[]) =>
  releases.flatMap(shownGroups).reduce((sum, { members }) => sum + members.length, 0);

async function businessesOf(releases: readonly Release[], deps: ReleaseDependencies) {
  const codes = [...new Set(releases.flatMap(shownGroups).flatMap(({ shown }) => shown.business ?? []))];
  const found = [];
  for (let at = 0; at < codes.length; at += MOST_BUSINESSES) {
    found.push(...(await deps.businesses.businesses(codes.slice(at, at + MOST_BUSINESSES))));
  }
  return new Map(found.map((business) => [business.creditCode, business]));
}

function countyNames({ divisions }: Registry) {
  const names = new Map(divisions.map(({ county }) => [county.code, county.name]));
  return (code: string) => names.get(code);
}

/** Once a month, when another one is over: figures that moved from day to day would tell which day a case came. */
async function releaseFigures(today: string, days: number, registry: Registry, deps: ReleaseDependencies) {
  const last = monthAfter(today.slice(0, 7), -1);
  const before = (await deps.openData.document('figures')) ?? [];
  if (before.some(({ month }) => month === last)) return;
  await deps.openData.putDocument('figures', await figuresUntil(last, today, days, registry, deps));
}

/** Whole months that are over, of the bureau and of each county. */
async function figuresUntil(
  last: string,
  today: string,
  days: number,
  { bureau, city, units, divisions }: Registry,
  { statistics }: ReleaseDependencies,
): Promise<OpenFigure[]> {
  const first = addDays(today, -days).slice(0, 7);
  const counties = new Map(divisions.map(({ county }) => [county.code, county.name]));
  const places = [
    { code: bureau, name: city, isBureau: true },
    ...units
      .filter(({ kind }) => kind === 'county')
      .map(({ code, name }) => ({ code, name: counties.get(code) ?? name, isBureau: false })),
  ];
  const figures: OpenFigure[] = [];
  const months = monthsOf({ from: `${first}-01`, to: lastDayOf(last) });
  for (const place of places) {
    const rolled = await statistics.rollUpsOf(place.code, months);
    figures.push(...rolled.map(({ period, totals }) => openFigure(place, period, totals)));
  }
  return figures.toSorted((a, b) =>
    a.month === b.month ? (a.code < b.code ? -1 : 1) : a.month < b.month ? 1 : -1,
  );
}

async function overviewOf(
  today: string,
  given: { releases: readonly Release[]; days: number; registry: Registry; businesses: number },
  openData: OpenDataStore,
): Promise<Overview> {
  const { releases, days, registry, businesses } = given;
  const figures = (await openData.document('figures')) ?? [];
  const months = figures.map(({ month }) => month).toSorted();
  return {
    checkedOn: today,
    bureau: { code: registry.bureau, name: registry.city },
    days,
    releases: releases.map((release) => ({
      month: release.month,
      changedOn: release.changedOn,
      rows: rowsOf([release]),
    })),
    figures: months.length === 0 ? null : { from: months[0] ?? '', to: months.at(-1) ?? '' },
    businesses,
  };
}
