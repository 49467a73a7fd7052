import type * as z from 'zod';
import type { reportAnswer, reportRequest, reportsQuery } from '../../events/reports.ts';
import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayPublishReports, seesSealedFigures } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { ReportQueue } from '../../shared/queue/report-queue.ts';
import {
  type Asked,
  FORMATS,
  type Format,
  fileKey,
  isSameOrder,
  newOrder,
  published,
  type ReportOrder,
} from '../../shared/reports/order.ts';
import { periodOf } from '../../shared/reports/report-words.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { ReportFiles } from '../../shared/store/report-files.ts';
import type { ReportStore } from '../../shared/store/report-store.ts';
import { placeOf } from './figures.ts';

export interface ReportsDependencies {
  reports: ReportStore;
  files: ReportFiles;
  queue: ReportQueue;
  registry: RegistryStore;
  now: Clock;
  randomBytes: (count: number) => Uint8Array;
}

const LISTED = 50;

/** Orders a report; one that is asked for and not yet there is given instead of a second. */
export async function orderReport(
  { unit, kind, period, language, formats }: z.output<typeof reportRequest>,
  staff: Staff,
  deps: ReportsDependencies,
): Promise<Answer> {
  const place = placeOf(unit, staff, await deps.registry.read());
  const at = deps.now().toISOString();
  if (periodOf(period).from > shanghaiDate(at)) {
    throw new Problem('bad-request', [
      { field: '/period', zh: '这一时段还没有开始', en: 'This period has not begun' },
    ]);
  }
  const asked: Asked = {
    kind,
    unit: place.code,
    period,
    language,
    formats,
    sealed: kind !== 'public' && seesSealedFigures(staff),
    askedBy: staff.id,
  };
  const open = (await deps.reports.orders(place.code, LISTED)).find((one) => isSameOrder(one, asked));
  const order = open ?? newOrder(asked, at, Buffer.from(deps.randomBytes(4)).toString('hex'));
  if (open === undefined && (await deps.reports.save(order)) === 'conflict') throw new Problem('try-again');
  // Sent again for one that is open: its message may never have reached the queue, and twice makes no second report.
  if ((await deps.queue.send([order.id])).length > 0) throw new Problem('try-again');
  return { status: 202, body: shown(order) };
}

/** The latest orders of a unit. */
export async function listReports(
  { unit }: z.output<typeof reportsQuery>,
  staff: Staff,
  deps: ReportsDependencies,
): Promise<Answer> {
  const place = placeOf(unit, staff, await deps.registry.read());
  const orders = await deps.reports.orders(place.code, LISTED);
  return {
    status: 200,
    body: { reports: orders.filter((order) => mayRead(order, staff)).map(shown) },
  };
}

/** How far a report has come. */
export async function showReport(id: string, staff: Staff, deps: ReportsDependencies): Promise<Answer> {
  return { status: 200, body: shown(await found(id, staff, deps)) };
}

/** A file of a report that is ready. */
export async function fetchReport(
  id: string,
  format: Format,
  staff: Staff,
  deps: ReportsDependencies,
): Promise<Answer> {
  const order = await found(id, staff, deps);
  if (!order.formats.includes(format)) throw new Problem('not-found');
  if (order.state !== 'ready') {
    throw new Problem('conflict', [
      { field: 'id', zh: '报告还没有做好，请稍后再取', en: 'The report is not ready; please fetch it later' },
    ]);
  }
  const bytes = await deps.files.get(fileKey(id, format));
  if (bytes === undefined) throw new Problem('not-found');
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': FORMATS[format],
      'content-disposition': `attachment; filename="${order.kind}-${order.unit}-${order.period}.${format}"`,
    },
  };
}

/** Publishes a report: from now on what is corrected later is shown beside its figures. */
export async function publishReport(id: string, staff: Staff, deps: ReportsDependencies): Promise<Answer> {
  const before = await found(id, staff, deps);
  if (!mayPublishReports(staff)) throw new Problem('forbidden');
  const at = deps.now().toISOString();
  if (before.publishedAt === undefined) {
    const after = published(before, staff.id, at);
    if (after === undefined || (await deps.reports.save(after)) === 'conflict') {
      throw new Problem('conflict', [
        { field: 'id', zh: '只有做好的报告可以公布', en: 'Only a report that is ready can be published' },
      ]);
    }
  }
  // Also for one that bears its date already: the note may have been lost between the two.
  await deps.reports.notePublication(before, before.publishedAt ?? at);
  return { status: 200, body: shown(await found(id, staff, deps)) };
}

async function found(id: string, staff: Staff, deps: ReportsDependencies): Promise<ReportOrder> {
  const order = await deps.reports.order(id);
  if (order === undefined) throw new Problem('not-found');
  placeOf(order.unit, staff, await deps.registry.read());
  if (!mayRead(order, staff)) throw new Problem('forbidden');
  return order;
}

/** What is sealed about reports stays so in a file that somebody else had made. */
const mayRead = ({ sealed }: ReportOrder, staff: Staff): boolean => !sealed || seesSealedFigures(staff);

function shown({
  version: _version,
  askedBy: _asked,
  publishedBy: _by,
  sealed: _sealed,
  ...order
}: ReportOrder): z.output<typeof reportAnswer> {
  return order;
}
