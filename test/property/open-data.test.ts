import { beforeAll, describe, expect, test } from 'vitest';
import { openFiguresQuery } from '../../events/open-data.ts';
import { addDays, type LocalDate } from '../../shared/dates.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { type BusinessResult, businessResults } from '../../shared/open-data/business-results.ts';
import { openFigure } from '../../shared/open-data/open-figures.ts';
import { type Release, releasesOn } from '../../shared/open-data/release.ts';
import { type OpenRow, openRow } from '../../shared/open-data/row.ts';
import { type OpenGroup, openGroups } from '../../shared/open-data/shown.ts';
import { publicCase } from '../../shared/open311/public-case.ts';
import { SERVICES } from '../../shared/open311/services.ts';
import { protectedCounts } from '../../shared/statistics/protect.ts';
import { CODES, chanceOf, city, type Published } from './open-data-city.ts';

/*
 * The attacker reads everything that is open, every night, and keeps it. He knows more of his neighbour than he should:
 * business, county, class, day of receipt and closing, outcome, the sum to the fen. He wins where fewer than three
 * complaints fit what he knows, or where two files differ by fewer than three.
 */

const FEWEST = 3;
const FIRST = '2025-06-01';
const NIGHTS = 560;
const DAYS = 365;

interface Night {
  on: LocalDate;
  groups: OpenGroup[];
  results: BusinessResult[];
}

const businesses = new Map(CODES.map((creditCode, n) => [creditCode, { creditCode, name: `示例${n}号店` }]));
const cases = city(700, 20261122, FIRST);
const rowOf = ({ found, events }: Published) => openRow(found, events) as OpenRow;

/** What the open data were, night by night. */
function publishAll(smallest?: number): Night[] {
  let releases: Release[] = [];
  return Array.from({ length: NIGHTS }, (_, night) => {
    const on = addDays(FIRST, night);
    const rows = cases
      .filter(({ publishedOn, hiddenOn = '9' }) => publishedOn < on && hiddenOn >= on)
      .map(rowOf);
    ({ releases } = releasesOn(on, { releases, rows, days: DAYS }, smallest));
    const names = { business: (code: string) => businesses.get(code)?.name, county: () => undefined };
    return {
      on,
      groups: releases.flatMap((release) => openGroups(release, names)),
      results: businessResults(releases, businesses),
    };
  });
}

/** True where a row may be this case's, for somebody who knows all of it. */
function fits({ shown }: OpenGroup, row: OpenRow): boolean {
  const quarter = `${row.received.slice(0, 4)}-Q${Math.ceil(Number(row.received.slice(5)) / 3)}`;
  return (
    [null, row.business].includes(shown.business) &&
    [null, row.county].includes(shown.county) &&
    [null, row.subject].includes(shown.subject) &&
    [null, row.problem].includes(shown.problem) &&
    [null, row.outcome].includes(shown.outcome) &&
    [null, row.days].includes(shown.days) &&
    [row.received, quarter, row.received.slice(0, 4)].includes(shown.received)
  );
}

const rowsIn = (groups: readonly OpenGroup[]) => groups.reduce((sum, { rows }) => sum + rows, 0);

/** Cases of which the attacker finds one or two rows. */
function isolated(nights: readonly Night[]): number {
  return cases.map(rowOf).filter((row) =>
    // Once a month is enough: what lies between is the same or less.
    nights.some(({ on, groups }) => {
      if (!on.endsWith('-02')) return false;
      const candidates = rowsIn(groups.filter((group) => fits(group, row)));
      return candidates > 0 && candidates < FEWEST;
    }),
  ).length;
}

/** Nights on which something came or went in a portion that a single case or two could be. */
function smallChanges(nights: readonly Night[]): number {
  const tuple = ({ shown }: OpenGroup) => JSON.stringify(shown);
  const rowsBy = ({ groups }: Night) => {
    const sums = new Map<string, number>();
    for (const group of groups) sums.set(tuple(group), (sums.get(tuple(group)) ?? 0) + group.rows);
    return sums;
  };
  const change = (before: number, now: number) => before !== now && Math.abs(before - now) < FEWEST;
  return nights.slice(1).filter((night, at) => {
    const [before, now] = [rowsBy(nights[at] as Night), rowsBy(night)];
    // A release and a withdrawal in one night may meet in one sum; the groups themselves tell them apart.
    const isRelease = night.on.endsWith('-01');
    const of = (results: readonly BusinessResult[]) =>
      new Map(results.map((one) => [`${one.creditCode} ${one.year}`, one.published]));
    const [was, is] = [of((nights[at] as Night).results), of(night.results)];
    return (
      !isRelease &&
      ([...new Set([...before.keys(), ...now.keys()])].some((key) =>
        change(before.get(key) ?? 0, now.get(key) ?? 0),
      ) ||
        [...new Set([...was.keys(), ...is.keys()])].some((key) =>
          change(was.get(key) ?? 0, is.get(key) ?? 0),
        ))
    );
  }).length;
}

describe('no way back to a person', () => {
  let nights: Night[];
  beforeAll(() => {
    nights = publishAll();
  });
  const last = () => nights.at(-100) as Night;

  test('something is published: the attack is not on an empty file', () => {
    const everReleased = new Set(nights.flatMap(({ groups }) => groups.map(({ id }) => id)));
    expect(everReleased.size).toBeGreaterThan(100);
    expect(last().results.length).toBeGreaterThan(10);
    expect(last().groups.some(({ shown }) => shown.business !== null && shown.outcome !== null)).toBe(true);
  });

  test('every row has two more beside it that are the same in every field', () => {
    for (const { groups } of nights) {
      expect(groups.filter(({ rows }) => rows < FEWEST)).toEqual([]);
    }
  });

  test('who knows everything of a neighbour’s complaint finds no row, or three and more that fit', () => {
    expect(isolated(nights)).toBe(0);
  });

  test('who subtracts last night’s files gets three complaints or more, never one', () => {
    expect(smallChanges(nights)).toBe(0);
  });

  test('in the night of a release nothing new is smaller than three, and nothing old grows', () => {
    for (const [at, night] of nights.entries()) {
      const before = new Map((nights[at - 1]?.groups ?? []).map((group) => [group.id, group]));
      const grown = night.groups.filter((group) => {
        const was = before.get(group.id);
        return was !== undefined && JSON.stringify(was) !== JSON.stringify(group);
      });
      const isNew = night.groups.filter(({ id }) => !before.has(id));
      expect(grown).toEqual([]);
      expect(isNew.every(({ id }) => id.startsWith(night.on.slice(0, 7)))).toBe(true);
    }
  });

  test('who subtracts the rows of a business from its results is left with nothing, or three and more', () => {
    for (const { groups, results } of nights.filter(({ on }) => on.endsWith('-02'))) {
      for (const { creditCode, year, published } of results) {
        const rows = rowsIn(
          groups.filter(({ shown }) => shown.business === creditCode && shown.received.startsWith(year)),
        );
        const rest = published - rows;
        expect(rest === 0 || rest >= FEWEST).toBe(true);
      }
    }
  });

  test('who links Open311 finds three requests for each row, and for each request no row or three', () => {
    const shown = cases.map((one) => {
      const context = { events: one.events, settings: settingsOf(undefined), unitName: () => undefined };
      const request = publicCase(one.found, { ...context, divisionName: () => '某区' });
      if (request === undefined) throw new Error('Open311 shows it');
      const { subject } = SERVICES[request.service];
      const county = request.division?.code.slice(0, 6) ?? null;
      return {
        row: rowOf(one),
        subject: subject ?? null,
        county,
        received: one.found.receivedOn.slice(0, 7),
      };
    });
    // What Open311 does not tell he does not know: business, problem, outcome.
    const mayBe = (group: OpenGroup, { row, subject, county, received }: (typeof shown)[number]) =>
      fits(
        {
          ...group,
          shown: { ...group.shown, business: row.business, problem: row.problem, outcome: row.outcome },
        },
        { ...row, subject, county, received },
      );
    const { groups } = last();
    for (const group of groups) {
      expect(shown.filter((request) => mayBe(group, request)).length).toBeGreaterThanOrEqual(FEWEST);
    }
    for (const request of shown) {
      const rows = rowsIn(groups.filter((group) => mayBe(group, request)));
      expect(rows === 0 || rows >= FEWEST).toBe(true);
    }
  });

  test('no number of a case, no day of one and no exact sum is in what is open', () => {
    const open = JSON.stringify(nights.map(({ groups, results }) => ({ groups, results })));
    for (const { found } of cases) expect(open).not.toContain(found.number);
    expect(open).not.toMatch(/"\d{4}-\d{2}-\d{2}"/);
    for (const { shown } of last().groups) expect((shown.agreedFen ?? 0) % 10_000).toBe(0);
  });

  test('results are over when their term is', () => {
    const end = releasesOn('2030-01-01', {
      releases: [{ month: '2025-07', madeOn: '2025-07-01', changedOn: '2025-07-01', groups: [] }],
      rows: cases.map(rowOf),
      days: DAYS,
    });
    expect(end.over).toEqual(['2025-07']);
    expect(end.releases.flatMap(({ groups }) => groups)).toEqual([]);
  });

  test('without the protection the same attacks succeed: they can tell', () => {
    const bare = publishAll(1);
    expect(isolated(bare)).toBeGreaterThan(100);
    expect(smallChanges(bare)).toBeGreaterThan(5);
  });
});

describe('figures per county and month', () => {
  const { next } = chanceOf(7);
  const days = Array.from({ length: 90 }, () => (next() < 0.3 ? 1 + Math.floor(next() * 2) : 0));
  const sum = (from: number, to: number) => days.slice(from, to + 1).reduce((all, one) => all + one, 0);
  const shown = (from: number, to: number) => protectedCounts({ settled: sum(from, to) }).settled ?? 0;

  test('of periods that overlap by a day the days could be read; so there are whole months only', () => {
    // The shown sum jumps exactly at a day with a case in it, for some beginning: no beginning jumps at a day without.
    const jumps = days.map((_, day) =>
      Array.from({ length: day }, (__, from) => from).some(
        (from) => shown(from, day) !== shown(from, day - 1),
      ),
    );
    const withCase = days.filter((count, day) => day > 10 && count > 0).length;
    expect(jumps.filter((jump, day) => day > 10 && jump && days[day] === 0)).toEqual([]);
    expect(jumps.filter((jump, day) => day > 10 && jump).length).toBeGreaterThan(withCase * 0.9);
    expect(openFiguresQuery.safeParse({ from: '2026-11-03' }).success).toBe(false);
    expect(openFiguresQuery.safeParse({ from: '2026-11' }).success).toBe(true);
  });

  test('counts are multiples of five; a sum in which few have a part is withheld, and not rounded to the one', () => {
    const place = { code: '330203', name: '海曙区', isBureau: false };
    const one = openFigure(place, '2026-10', { received: 7, settled: 1, agreedFen: 438_000, closed: 3 });
    expect(one).toMatchObject({
      roundedTo: 5,
      counts: { received: 5, settled: 0, closed: 5 },
      sums: { agreedFen: null },
    });
    const many = openFigure(place, '2026-10', { settled: 9, agreedFen: 438_000 });
    expect(many).toMatchObject({ counts: { settled: 10 }, sums: { agreedFen: 400_000 } });
    const bureau = openFigure({ ...place, isBureau: true }, '2026-10', { settled: 1, agreedFen: 438_000 });
    expect(bureau).toMatchObject({ roundedTo: null, counts: { settled: 1 }, sums: { agreedFen: 438_000 } });
  });
});
