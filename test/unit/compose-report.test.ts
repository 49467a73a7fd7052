import { beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { reportAnswer, reportRequest, reportsAnswer } from '../../events/reports.ts';
import { type ComposeDependencies, composeReport } from '../../functions/compose-report/compose-report.ts';
import {
  fetchReport,
  listReports,
  orderReport,
  publishReport,
  type ReportsDependencies,
  showReport,
} from '../../functions/figures-api/reports.ts';
import { loadFonts } from '../../shared/forms/fonts.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { createMemoryReportFiles } from '../../shared/store/report-files.ts';
import { createMemoryReportStore, type ReportStore } from '../../shared/store/report-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';
import { correct, storeOfYear, XIANGYANG } from './report-year.ts';
import { registry } from './support.ts';

const fonts = loadFonts();
const MANAGER: Staff = { id: 'manager-1', role: 'manager', unit: '330200' };
const DISPATCHER: Staff = { id: 'dispatcher-1', role: 'dispatcher', unit: '330200' };
const ELSEWHERE: Staff = { id: 'head-1', role: 'head', unit: '33021201' };

let statistics: StatisticsStore;
let reports: ReportStore;
let files: ReturnType<typeof createMemoryReportFiles>;
let queued: string[];
let clock: string;
let chance: number;
let logged: unknown[];
const registryStore = { read: async () => registry } as unknown as ComposeDependencies['registry'];

const composeDeps = (more: Partial<ComposeDependencies> = {}): ComposeDependencies => ({
  reports,
  files,
  statistics,
  registry: registryStore,
  alarms: async () => [],
  fonts,
  now: () => new Date(clock),
  log: (...line) => logged.push(line),
  ...more,
});
const apiDeps = (): ReportsDependencies => ({
  reports,
  files,
  queue: {
    async send(ids) {
      queued.push(...ids);
      return [];
    },
  },
  registry: registryStore,
  now: () => new Date(clock),
  randomBytes: (count) => new Uint8Array(count).fill((chance += 1)),
});
const order = async (body: z.input<typeof reportRequest>, staff = MANAGER) =>
  (await orderReport(reportRequest.parse(body), staff, apiDeps())).body as z.output<typeof reportAnswer>;
const JULY: { kind: 'monthly'; period: string; formats: ('json' | 'pdf')[] } = {
  kind: 'monthly',
  period: '2026-07',
  formats: ['json', 'pdf'],
};
const july = async (id: string) =>
  JSON.parse(Buffer.from((await fetchReport(id, 'json', MANAGER, apiDeps())).body as Uint8Array).toString());
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

beforeEach(async () => {
  statistics = await storeOfYear(2026, { ...XIANGYANG, late: 120 });
  reports = createMemoryReportStore();
  files = createMemoryReportFiles();
  queued = [];
  logged = [];
  chance = 0;
  clock = '2026-08-03T01:00:00.000Z';
});

describe('an order', () => {
  test('is answered at once, composed from the queue, and fetched later', async () => {
    const asked = await order(JULY);
    expect(asked).toMatchObject({ state: 'asked', unit: '330200', formats: ['pdf', 'json'] });
    expect(reportAnswer.safeParse(asked).success).toBe(true);
    expect(queued).toEqual([asked.id]);
    expect(await refusal(fetchReport(asked.id, 'pdf', MANAGER, apiDeps()))).toBe('conflict');

    await composeReport({ id: asked.id }, composeDeps());
    const { body } = await showReport(asked.id, MANAGER, apiDeps());
    expect(body).toMatchObject({ state: 'ready', progress: { done: 10, of: 10 } });
    const pdf = await fetchReport(asked.id, 'pdf', MANAGER, apiDeps());
    expect(
      Buffer.from(pdf.body as Uint8Array)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(pdf.headers).toMatchObject({
      'content-disposition': 'attachment; filename="monthly-330200-2026-07.pdf"',
    });
    expect(await refusal(fetchReport(asked.id, 'docx', MANAGER, apiDeps()))).toBe('not-found');
    expect(reportsAnswer.safeParse((await listReports({}, MANAGER, apiDeps())).body).success).toBe(true);
    expect(JSON.stringify([logged, queued])).not.toContain('manager-1');
  });

  test('asked for twice while it is open is one order', async () => {
    const [one, other] = [await order(JULY), await order({ ...JULY, formats: ['pdf', 'json'] })];
    expect(other.id).toBe(one.id);
    expect((await order({ ...JULY, language: 'en' })).id).not.toBe(one.id);
  });

  test('tells how far it is while it is composed', async () => {
    const { id } = await order(JULY);
    const seen: number[] = [];
    const watched: ReportStore = {
      ...reports,
      async save(one) {
        seen.push(one.progress.done / one.progress.of);
        return reports.save(one);
      },
    };
    await composeReport({ id }, composeDeps({ reports: watched }));
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test.each([
    ['a unit of others', { ...JULY, unit: '33020301' }, ELSEWHERE, 'forbidden'],
    ['a unit that is none', { ...JULY, unit: '999999' }, MANAGER, 'not-found'],
    ['a period to come', { ...JULY, period: '2027-01' }, MANAGER, 'bad-request'],
  ] as const)('%s is refused', async (_, body, staff, code) => {
    expect(await refusal(order(body, staff))).toBe(code);
  });

  test.each([
    ['monthly', '2026'],
    ['yearly', '2026-10'],
    ['daily', '2026-02-30'],
    ['public', '2026-10-01'],
  ] as const)('%s takes no %s', (kind, period) => {
    expect(reportRequest.safeParse({ kind, period }).success).toBe(false);
  });
});

describe('delivered twice', () => {
  test('one after the other: nothing is written again', async () => {
    const { id } = await order(JULY);
    await composeReport({ id }, composeDeps());
    const [puts, first] = [files.puts(), await july(id)];
    await correct(statistics, '2026-07', { late: -1 });
    await composeReport({ id }, composeDeps());
    expect(files.puts()).toBe(puts);
    expect(await july(id)).toEqual(first);
  });

  test('at the same moment, while figures change: the same report, one file of each format', async () => {
    const { id } = await order(JULY);
    let reads = 0;
    const moving: ComposeDependencies['statistics'] = {
      ...statistics,
      async rollUpsOf(...asked) {
        reads += 1;
        if (reads === 3) await correct(statistics, '2026-07', { late: 7 });
        return statistics.rollUpsOf(...asked);
      },
    };
    const deps = composeDeps({ statistics: moving });
    await Promise.allSettled([composeReport({ id }, deps), composeReport({ id }, deps)]);
    await composeReport({ id }, deps);
    expect(files.keys()).toEqual([`reports/330200/${id}.json`, `reports/330200/${id}.pdf`]);
    const kept = await reports.source(id);
    expect((await july(id)).figures['now.late.value'].value).toBe(kept?.now.counts.late);
    expect((await reports.order(id))?.state).toBe('ready');
  });

  test('what failed is seen as failed, and becomes ready when the queue brings it again', async () => {
    const { id } = await order(JULY);
    const broken = composeDeps({
      files: {
        ...files,
        put: async () => {
          throw new Error('no storage');
        },
      },
    });
    await expect(composeReport({ id }, broken)).rejects.toThrow('no storage');
    expect((await reports.order(id))?.state).toBe('failed');
    await composeReport({ id }, composeDeps());
    expect((await reports.order(id))?.state).toBe('ready');
  });

  test('what is ready stays so when another delivery fails at its end', async () => {
    const { id } = await order(JULY);
    let others = 0;
    const slow = composeDeps({
      files: {
        ...files,
        async put() {
          // While this one draws, another delivery comes to its end.
          if ((others += 1) === 1) await composeReport({ id }, composeDeps());
          throw new Error('no storage');
        },
      },
    });
    await expect(composeReport({ id }, slow)).rejects.toThrow('no storage');
    expect((await reports.order(id))?.state).toBe('ready');
  });

  test('an order that is none is left alone', async () => {
    await composeReport({ id: '330200-20260803010000-ffffffff' }, composeDeps());
    expect(files.puts()).toBe(0);
  });
});

describe('published', () => {
  const made = async () => {
    const { id } = await order(JULY);
    await composeReport({ id }, composeDeps());
    return id;
  };

  test('a figure corrected three months later stands beside the published one, which can be fetched as it was', async () => {
    const first = await made();
    await publishReport(first, MANAGER, apiDeps());
    const asPublished = await july(first);
    await correct(statistics, '2026-07', { late: -1 });
    clock = '2026-11-03T01:00:00.000Z';
    const later = await made();
    const corrected = await july(later);
    expect(JSON.stringify(corrected.sections.at(-1))).toMatch(/原公布.*10件.*更正后.*9件/);
    expect(corrected.figures['now.late.as-published'].text).toBe('10件');
    expect(await july(first)).toEqual(asPublished);
  });

  test('only when it is ready, only by a manager; twice changes nothing', async () => {
    const { id } = await order(JULY);
    expect(await refusal(publishReport(id, MANAGER, apiDeps()))).toBe('conflict');
    await composeReport({ id }, composeDeps());
    expect(await refusal(publishReport(id, { ...MANAGER, role: 'head' }, apiDeps()))).toBe('forbidden');
    const { body } = await publishReport(id, MANAGER, apiDeps());
    clock = '2026-09-01T01:00:00.000Z';
    expect((await publishReport(id, MANAGER, apiDeps())).body).toEqual(body);
    expect(await reports.publication({ ...JULY, unit: '330200' })).toEqual({ id, on: '2026-08-03' });
  });
});

describe('what is sealed', () => {
  test('a file with figures of reports opens only to who may see them', async () => {
    const { id } = await order(JULY);
    await composeReport({ id }, composeDeps());
    expect(await refusal(fetchReport(id, 'json', DISPATCHER, apiDeps()))).toBe('forbidden');
    expect((await listReports({}, DISPATCHER, apiDeps())).body).toEqual({ reports: [] });
    const own = await order(JULY, DISPATCHER);
    expect(own.id).not.toBe(id);
    await composeReport({ id: own.id }, composeDeps());
    expect(JSON.stringify(await july(own.id))).not.toContain('reportsReceived');
  });

  test('nobody reads reports of a unit that is not his', async () => {
    const { id } = await order(JULY);
    expect(await refusal(showReport(id, ELSEWHERE, apiDeps()))).toBe('forbidden');
  });
});
