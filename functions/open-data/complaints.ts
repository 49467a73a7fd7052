import type * as z from 'zod';
import type { openComplaint, openComplaintsQuery } from '../../events/open-data.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { COMPLAINT_FIELDS } from '../../shared/open-data/catalogue.ts';
import type { OpenGroup, Overview } from '../../shared/open-data/shown.ts';
import { asCsv, documentOf, type OpenDataDependencies, open, overviewOf } from './open-data.ts';

type Row = z.output<typeof openComplaint>;
type Release = Overview['releases'][number];

/**
 * Published complaints, release by release. `next` says from which row of which release the next page goes on: pages
 * stay where they are while other releases come and go.
 */
export async function listComplaints(
  query: z.output<typeof openComplaintsQuery>,
  deps: OpenDataDependencies,
): Promise<Answer> {
  const { checkedOn, releases } = await overviewOf(deps);
  const { updatedSince = '', release: only, limit } = query;
  const [from = '', first = '0'] = (query.next ?? '').split('.');
  const wanted = releases.filter(
    ({ month, changedOn }) =>
      changedOn >= updatedSince && month >= from && (only === undefined || month === only),
  );

  const rows: Row[] = [];
  let next: string | undefined;
  for (const release of wanted) {
    const all = await rowsOf(release, query, deps);
    const start = release.month === from ? Number(first) : 0;
    const end = start + limit - rows.length;
    rows.push(...all.slice(start, end));
    if (end < all.length) next = `${release.month}.${end}`;
    else if (rows.length === limit) next = after(release, wanted);
    if (rows.length === limit) break;
  }
  if (query.format === 'csv') return asCsv('complaints', COMPLAINT_FIELDS, rows, next);
  return open({ checkedOn, releases, complaints: rows, ...(next === undefined ? {} : { next }) });
}

function after(release: Release, wanted: readonly Release[]): string | undefined {
  const following = wanted[wanted.indexOf(release) + 1];
  return following === undefined ? undefined : `${following.month}.0`;
}

async function rowsOf(
  { month, changedOn }: Release,
  { county, creditCode }: z.output<typeof openComplaintsQuery>,
  deps: OpenDataDependencies,
): Promise<Row[]> {
  const groups = await documentOf(`rows/${month}`, deps);
  return groups
    .filter(
      ({ shown }) =>
        (county === undefined || shown.county === county) &&
        (creditCode === undefined || shown.business === creditCode),
    )
    .flatMap((group) =>
      Array.from({ length: group.rows }, (_, at) => rowOf(group, at + 1, month, changedOn)),
    );
}

function rowOf(
  { id, rows, businessName, countyName, shown }: OpenGroup,
  at: number,
  release: string,
  changedOn: string,
): Row {
  return {
    id: `${id}-${at}`,
    release,
    changedOn,
    creditCode: shown.business,
    business: businessName,
    countyCode: shown.county,
    county: countyName,
    received: shown.received,
    subject: shown.subject,
    problem: shown.problem,
    outcome: shown.outcome,
    daysToClose: shown.days,
    agreedFen: shown.agreedFen,
    groupRows: rows,
  };
}
