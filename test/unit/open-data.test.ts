import { describe, expect, test } from 'vitest';
import {
  openBusinessesQuery,
  openComplaint,
  openComplaintsQuery,
  openFiguresQuery,
} from '../../events/open-data.ts';
import { enter, listWaiting, review } from '../../functions/business-answers/business-answers.ts';
import { listBusinesses, showBusiness } from '../../functions/open-data/businesses.ts';
import { listComplaints } from '../../functions/open-data/complaints.ts';
import { listFigures } from '../../functions/open-data/figures.ts';
import { showCatalogue } from '../../functions/open-data/open-data.ts';
import { publishCase } from '../../functions/publish-cases/publish.ts';
import { releaseOpenData } from '../../functions/release-open-data/release.ts';
import type { Case } from '../../shared/case/case.ts';
import { parseParameters } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { BUSINESS_FIELDS, COMPLAINT_FIELDS, FIGURE_FIELDS } from '../../shared/open-data/catalogue.ts';
import { csvOf } from '../../shared/open-data/csv.ts';
import { openRow } from '../../shared/open-data/row.ts';
import { rollUpPeriod } from '../../shared/statistics/roll-up.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryOpenDataStore } from '../../shared/store/open-data-store.ts';
import { createMemoryPublicCaseStore } from '../../shared/store/public-case-store.ts';
import { BUSINESSES, follow, keep, registryOf, staff, stepsTo, tenOn } from './support.ts';

const [KNOWN] = BUSINESSES;
const at = (day: string) => () => new Date(tenOn(day));

/** A house with so many complaints about one business, published on 2026-11-16. */
async function house(count = 4) {
  const cases = createMemoryCaseStore();
  const openData = createMemoryOpenDataStore();
  const businesses = createMemoryBusinessStore();
  await businesses.put({ ...KNOWN, size: { measure: 'outlets', number: 2 } }, []);
  const deps = {
    cases,
    openData,
    businesses,
    publicCases: createMemoryPublicCaseStore(),
    registry: registryOf(),
  };
  const publish = (number: string) => publishCase(number, { ...deps, now: at('2026-11-16') });
  const ways = Array.from({ length: count }, (_, draw) => stepsTo('published', draw));
  for (const way of ways) {
    const { number } = await keep(cases, way);
    const named = async (found: Case | undefined) =>
      found && {
        ...found,
        understood: {
          ...(found.understood ?? { kind: { value: 'complaint' }, corrected: [] }),
          business: { creditCode: KNOWN.creditCode, confidence: 1, by: 'one', candidates: [] },
        },
      };
    const read = { ...cases, case: async (one: string) => named(await cases.case(one)) as Promise<Case> };
    await publishCase(number, { ...deps, cases: read, now: at('2026-11-16') });
  }
  const release = (day: string) =>
    releaseOpenData({
      ...deps,
      statistics: {
        rollUpsOf: async (unit, periods) =>
          periods
            .filter((period) => period === '2026-11')
            .map((period) => ({
              ...rollUpPeriod(unit, period, []),
              totals: { received: 7, settled: 2, agreedFen: 990_000 },
            })),
      },
      now: at(day),
    });
  return { ...deps, ways, publish, release, open: { openData, bureau: '330200' } };
}

const read = (answer: Answer) => JSON.parse(new TextDecoder().decode(answer.body as Uint8Array));
const complaints = (asked: Record<string, string> = {}) => parseParameters(asked, openComplaintsQuery);
const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof Problem)) throw new Error('no problem');
  return error;
};

describe('what is staged', () => {
  const way = stepsTo('published');
  const [published] = way.slice(-1).map(({ after }) => after);
  const history = way.map(({ event }) => event);

  test('a published complaint: classes and months, no words, no days', () => {
    expect(openRow(published as Case, history)).toMatchObject({
      received: '2026-11',
      published: '2026-11',
      county: '330203',
      outcome: 'settled',
      agreedFen: 10_000,
      provenFen: 10_000,
      days: '0-7',
    });
  });

  test.each([
    ['excluded', { state: 'excluded' }],
    ['closed, not yet published', { state: 'closed' }],
    ['taken up again', { state: 'distributed' }],
    ['a report', { kind: 'report' }],
    ['erased', { erased: true }],
    ['the consent is withdrawn', { consents: { publish: false } }],
  ])('never: %s', (_, changed) => {
    expect(openRow({ ...(published as Case), ...(changed as Partial<Case>) }, history)).toBeUndefined();
  });
});

test('a case is read once for all that is published of it', async () => {
  const deps = await house(1);
  const number = deps.ways[0]?.[0]?.after.number ?? '';
  const reads: string[] = [];
  const cases: Pick<typeof deps.cases, 'case' | 'history'> = {
    case: (one) => {
      reads.push('case');
      return deps.cases.case(one);
    },
    history: (one) => {
      reads.push('history');
      return deps.cases.history(one);
    },
  };
  await publishCase(number, { ...deps, cases, now: at('2026-11-16') });
  expect(reads).toEqual(['case', 'history']);
});

describe('releases', () => {
  test('what was published in a month is open the month after, and not before', async () => {
    const { release, open } = await house();
    expect(await release('2026-11-20')).toMatchObject({ rows: 0 });
    expect(await release('2026-12-01')).toMatchObject({ rows: 4, releases: 2 });
    // Twice is once.
    expect(await release('2026-12-01')).toMatchObject({ rows: 4, releases: 2 });
    const { complaints: rows, releases } = read(await listComplaints(complaints(), open));
    expect(rows).toHaveLength(4);
    expect(openComplaint.parse(rows[0])).toMatchObject({
      id: '2026-12-00001-1',
      business: KNOWN.name,
      creditCode: KNOWN.creditCode,
      county: '海曙区',
      received: '2026-11',
      outcome: 'settled',
      agreedFen: 10_000,
      groupRows: 4,
    });
    expect(releases.map(({ month }: { month: string }) => month)).toEqual(['2026-11', '2026-12']);
  });

  test('two complaints are too few, whatever they are about', async () => {
    const { release, open } = await house(2);
    await release('2026-12-01');
    expect(read(await listComplaints(complaints(), open)).complaints).toEqual([]);
    expect(read(await listBusinesses(parseParameters({}, openBusinessesQuery), open)).businesses).toEqual([]);
  });

  test('a case that is taken up again takes its group along, and the group does not come back', async () => {
    const { release, open, ways, cases, publish } = await house();
    await release('2026-12-01');
    const way = ways[0] ?? [];
    const [reopened] = follow(way, ['reopen']).slice(-1);
    if (reopened === undefined) throw new Error('no step');
    expect(await cases.commit({ steps: [reopened] })).toBe('committed');
    await publish(reopened.after.number);
    expect(await release('2026-12-02')).toMatchObject({ rows: 0, hidden: 4 });
    const after = read(await listComplaints(complaints({ updatedSince: '2026-12-02' }), open));
    expect(after).toMatchObject({ complaints: [] });
    expect(after.releases.at(-1)).toEqual({ month: '2026-12', changedOn: '2026-12-02', rows: 0 });
    expect(await release('2027-01-01')).toMatchObject({ rows: 0 });
  });

  test('after the term of the bureau everything is gone', async () => {
    const { release, open } = await house();
    await release('2026-12-01');
    await release('2028-11-29');
    expect(read(await listComplaints(complaints(), open)).complaints).toHaveLength(4);
    expect(await release('2028-12-01')).toMatchObject({ over: 1, rows: 0 });
    expect(read(await listComplaints(complaints(), open)).complaints).toEqual([]);
  });
});

describe('the open API', () => {
  test('pages follow each other without gaps, by rows and across releases', async () => {
    const { release, open } = await house(7);
    await release('2026-12-01');
    const ids: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const asked: Record<string, string> = next === '' ? { limit: '3' } : { limit: '3', next };
      const page = read(await listComplaints(complaints(asked), open));
      ids.push(...page.complaints.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
    expect(read(await listComplaints(complaints({ updatedSince: '2026-12-02' }), open)).complaints).toEqual(
      [],
    );
    expect(read(await listComplaints(complaints({ county: '330212' }), open)).complaints).toEqual([]);
  });

  test('results of a business: share with its interval, rounded sums, by size, with its answer', async () => {
    const { release, open, openData } = await house(12);
    await release('2026-12-01');
    const { businesses, total } = read(
      await listBusinesses(parseParameters({ q: ' 示例甲' }, openBusinessesQuery), open),
    );
    expect(total).toBe(1);
    expect(businesses[0]).toMatchObject({
      creditCode: KNOWN.creditCode,
      year: '2026',
      published: 12,
      settled: 12,
      settledShare: 1,
      intervalTo: 1,
      agreedFen: 100_000,
      sizeMeasure: 'outlets',
      complaintsPerSize: 6,
    });
    expect(businesses[0].intervalFrom).toBeCloseTo(0.757, 2);
    const waiting = { text: '已整改', by: 'a', at: tenOn('2026-12-01') };
    await openData.saveAnswer({ creditCode: KNOWN.creditCode, year: '2026', version: 1, shown: waiting });
    const one = read(await showBusiness({ creditCode: KNOWN.creditCode }, open));
    expect(one.answers).toEqual([{ year: '2026', text: '已整改', at: tenOn('2026-12-01') }]);
    const unknown = await problemOf(showBusiness({ creditCode: BUSINESSES[1].creditCode }, open));
    expect(unknown.code).toBe('not-found');
  });

  test('figures: exact for the bureau, rounded for counties, sums of few withheld', async () => {
    const { release, open } = await house();
    await release('2026-12-01');
    const { figures } = read(await listFigures(parseParameters({}, openFiguresQuery), open));
    expect(figures[0]).toMatchObject({ code: '330200', roundedTo: null, received: 7, agreedFen: 990_000 });
    expect(figures[1]).toMatchObject({
      code: '330203',
      name: '海曙区',
      roundedTo: 5,
      received: 5,
      settled: 0,
      agreedFen: null,
    });
  });

  test('columns of the files are the fields of the answers, in the order of the catalogue', async () => {
    const { release, open } = await house();
    await release('2026-12-01');
    for (const [fields, answer] of [
      [COMPLAINT_FIELDS, await listComplaints(complaints({ format: 'csv' }), open)],
      [BUSINESS_FIELDS, await listBusinesses(parseParameters({ format: 'csv' }, openBusinessesQuery), open)],
      [FIGURE_FIELDS, await listFigures(parseParameters({ format: 'csv' }, openFiguresQuery), open)],
    ] as const) {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(answer.body as Uint8Array);
      expect(text.startsWith('\ufeff')).toBe(true);
      expect(text.slice(1).split('\r\n')[0]).toBe(Object.keys(fields).join(','));
      expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' });
    }
    const first = read(await listComplaints(complaints(), open)).complaints[0];
    expect(Object.keys(first)).toEqual(Object.keys(COMPLAINT_FIELDS));
    const catalogue = read(await showCatalogue(open));
    expect(catalogue).toMatchObject({ checkedOn: '2026-12-01', keptDays: 730 });
    expect(catalogue.datasets[0].rows).toBe(4);
  });

  test('before the first release the catalogue says so, and tables are not found', async () => {
    const open = { openData: createMemoryOpenDataStore(), bureau: '330200' };
    expect(read(await showCatalogue(open))).toMatchObject({ checkedOn: null });
    expect((await problemOf(listComplaints(complaints(), open))).code).toBe('not-found');
  });

  test.each([
    [{ limit: '0' }, 'limit'],
    [{ next: 'x' }, 'next'],
    [{ updatedSince: '2026-02-30' }, 'updatedSince'],
    [{ format: 'xml' }, 'format'],
    [{ name: '某甲' }, 'name'],
  ])('refuses %j and names the field', async (asked, field) => {
    const refused = await problemOf(Promise.resolve().then(() => complaints(asked as never)));
    expect(refused.errors[0]).toMatchObject({ field });
  });
});

describe('CSV', () => {
  test.each(['=cmd|A1', '+1', '-1+1', '@SUM(A1)', '\t=1', ' =1', '＝1'])('%j runs nowhere', (name) => {
    expect(csvOf(['name'], [{ name }])).toContain(`"'${name}"`);
  });

  test('numbers stay numbers, null is empty, quotes are doubled', () => {
    expect(csvOf(['a', 'b', 'c'], [{ a: -5, b: null, c: '他说"好"' }])).toBe(
      '\ufeffa,b,c\r\n-5,,"他说""好"""\r\n',
    );
  });
});

describe('answers of businesses', () => {
  const creditCode = KNOWN.creditCode;
  const deps = () => ({ openData: createMemoryOpenDataStore(), now: at('2026-11-20'), log: () => {} });
  const sent = { year: '2026', text: '我店已整改', version: 0 };
  const shown = { year: '2026', version: 1, decision: 'show' as const };

  test('are shown only after a second person read them', async () => {
    const desk = deps();
    const officer = staff('officer', '33020301');
    expect((await enter(creditCode, sent, officer, desk)).body).toMatchObject({ version: 1, shown: null });
    expect(await desk.openData.shownAnswers(creditCode)).toEqual([]);
    expect((await listWaiting(officer, desk)).body).toMatchObject({ answers: [{ creditCode }] });
    expect((await problemOf(review(creditCode, shown, officer, desk))).code).toBe('forbidden');
    await review(creditCode, shown, staff('head', '33020301'), desk);
    expect(await desk.openData.shownAnswers(creditCode)).toMatchObject([{ text: '我店已整改' }]);
    expect(
      (await problemOf(review(creditCode, { ...shown, version: 2 }, staff('head'), desk))).errors[0],
    ).toMatchObject({
      field: '/version',
    });
  });

  test('nobody reviews his own entry, declines without a reason, or overwrites what another changed', async () => {
    const desk = deps();
    const head = staff('head', '33020301');
    await enter(creditCode, sent, head, desk);
    expect((await problemOf(review(creditCode, shown, head, desk))).errors[0]).toMatchObject({
      field: '/decision',
    });
    const decline = { ...shown, decision: 'decline' as const };
    expect((await problemOf(review(creditCode, decline, staff('manager'), desk))).errors[0]).toMatchObject({
      field: '/why',
    });
    expect((await problemOf(enter(creditCode, sent, head, desk))).errors[0]).toMatchObject({
      field: '/version',
    });
  });

  test.each(['请致电13800000000', '案件261121-483729-2', 'a@example.org'])('%s is refused', async (text) => {
    const refused = await problemOf(enter(creditCode, { ...sent, text }, staff('officer'), deps()));
    expect(refused.errors[0]).toMatchObject({ field: '/text' });
  });
});
