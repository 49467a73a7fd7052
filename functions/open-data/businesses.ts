import type * as z from 'zod';
import type { openBusinessesQuery, openBusinessPath, openBusinessRow } from '../../events/open-data.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { BusinessResult } from '../../shared/open-data/business-results.ts';
import { BUSINESS_FIELDS } from '../../shared/open-data/catalogue.ts';
import { asCsv, documentOf, type OpenDataDependencies, open, overviewOf } from './open-data.ts';

/** Results per business and year, those with the most complaints of the latest year first. */
export async function listBusinesses(
  { format, limit, next = '0', q = '', year }: z.output<typeof openBusinessesQuery>,
  deps: OpenDataDependencies,
): Promise<Answer> {
  const { checkedOn } = await overviewOf(deps);
  const wanted = fold(q);
  const found = (await documentOf('businesses', deps)).filter(
    (one) =>
      (year === undefined || one.year === year) &&
      (fold(one.name).includes(wanted) || one.creditCode === wanted),
  );
  const end = Number(next) + limit;
  const rows = found.slice(Number(next), end).map(rowOf);
  const following = end < found.length ? String(end) : undefined;
  if (format === 'csv') return asCsv('businesses', BUSINESS_FIELDS, rows, following);
  const more = following === undefined ? {} : { next: following };
  return open({ checkedOn, total: found.length, businesses: rows, ...more });
}

/** One business with all its years, and what it answers. */
export async function showBusiness(
  { creditCode }: z.output<typeof openBusinessPath>,
  deps: OpenDataDependencies,
): Promise<Answer> {
  await overviewOf(deps);
  const results = (await documentOf('businesses', deps)).filter((one) => one.creditCode === creditCode);
  const [latest] = results;
  if (latest === undefined) {
    throw new Problem('not-found', [
      {
        field: 'creditCode',
        zh: '该经营者没有公示结果，或者不足三件',
        en: 'Nothing is published of this business, or fewer than three complaints',
      },
    ]);
  }
  const answers = await deps.openData.shownAnswers(creditCode);
  return open({ creditCode, name: latest.name, results: results.map(rowOf), answers });
}

const fold = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

function rowOf({ interval, bySize, ...result }: BusinessResult): z.output<typeof openBusinessRow> {
  return {
    creditCode: result.creditCode,
    name: result.name,
    year: result.year,
    published: result.published,
    settled: result.settled,
    settledShare: result.settledShare,
    intervalFrom: interval.from,
    intervalTo: interval.to,
    agreedFen: result.agreedFen,
    provenFen: result.provenFen,
    sizeMeasure: bySize?.measure ?? null,
    size: bySize?.size ?? null,
    perSize: bySize?.per ?? null,
    complaintsPerSize: bySize?.complaints ?? null,
  };
}
