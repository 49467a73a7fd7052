import type { ComposeRequest } from '../../events/reports.ts';
import type { Clock } from '../../shared/dates.ts';
import type { Fonts } from '../../shared/forms/fonts.ts';
import type { Log } from '../../shared/logging.ts';
import { composeReport as compose } from '../../shared/reports/compose.ts';
import { type GatherDependencies, gatherReport, stepsToGather } from '../../shared/reports/gather.ts';
import { composing, FORMATS, failed, fileKey, type ReportOrder, ready } from '../../shared/reports/order.ts';
import { renderReport } from '../../shared/reports/render.ts';
import type { ReportSource } from '../../shared/reports/source.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { ReportFiles } from '../../shared/store/report-files.ts';
import type { ReportStore } from '../../shared/store/report-store.ts';

export interface ComposeDependencies {
  reports: ReportStore;
  files: ReportFiles;
  statistics: GatherDependencies['statistics'];
  registry: RegistryStore;
  alarms: GatherDependencies['alarms'];
  fonts: Fonts;
  now: Clock;
  log: Log;
}

const TRIES = 5;

/**
 * Composes the report of an order. Safe to do twice, at the same moment: the figures are kept once, from equal figures
 * come equal bytes, and each file has one place.
 */
export async function composeReport({ id }: ComposeRequest, deps: ComposeDependencies): Promise<void> {
  const order = await deps.reports.order(id);
  if (order === undefined || order.state === 'ready') return deps.log('report-settled', { id });
  try {
    await writeFiles(order, deps);
    await move(id, deps, (before) => ready(before, deps.now().toISOString()));
    deps.log('report-ready', { id, kind: order.kind, formats: order.formats.join() });
  } catch (error) {
    // Whoever waits sees it; the queue brings it again, and then it may still become ready.
    await move(id, deps, failed);
    throw error;
  }
}

async function writeFiles(order: ReportOrder, deps: ComposeDependencies): Promise<void> {
  const registry = await deps.registry.read();
  const steps = stepsToGather(order, registry) + order.formats.length;
  const tell = (done: number) => move(order.id, deps, (before) => composing(before, done, steps));
  await tell(0);
  const source = await sourceOf(order, deps);
  const report = compose(source);
  for (const [at, format] of order.formats.entries()) {
    await tell(steps - order.formats.length + at);
    const bytes = await renderReport(report, format, deps.fonts);
    await deps.files.put(fileKey(order.id, format), bytes, FORMATS[format]);
  }
}

/** The figures of the report: those that were kept for it, or as they stand now. */
async function sourceOf(order: ReportOrder, deps: ComposeDependencies): Promise<ReportSource> {
  const kept = await deps.reports.source(order.id);
  if (kept !== undefined) return kept;
  const source = await gatherReport(order, {
    statistics: deps.statistics,
    registry: await deps.registry.read(),
    alarms: deps.alarms,
    published: await publishedBefore(order, deps),
    at: deps.now().toISOString(),
  });
  return deps.reports.keepSource(order.id, source);
}

/** The figures that were published for the same period, to be shown beside corrected ones. */
async function publishedBefore(
  order: ReportOrder,
  { reports }: ComposeDependencies,
): Promise<ReportSource['published']> {
  const publication = await reports.publication(order);
  if (publication === undefined) return undefined;
  const source = await reports.source(publication.id);
  return source && { id: publication.id, on: publication.on, figures: source.now };
}

/** Moves an order on; where another delivery moved it meanwhile, from there. */
async function move(
  id: string,
  { reports }: ComposeDependencies,
  change: (before: ReportOrder) => ReportOrder | undefined,
): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await reports.order(id);
    const after = before && change(before);
    if (after === undefined || (await reports.save(after)) === 'saved') return;
  }
  throw new Error('the order moved under another delivery, again and again');
}
