import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { catalogue } from '../../shared/open-data/catalogue.ts';
import { type Cell, csvOf } from '../../shared/open-data/csv.ts';
import type { Overview } from '../../shared/open-data/shown.ts';
import type { OpenDataReader, OpenDocuments } from '../../shared/store/open-data-store.ts';

export interface OpenDataDependencies {
  openData: OpenDataReader;
  /** Code of the city bureau. */
  bureau: string;
}

/** What there is, what may be done with it, and how it is protected. */
export async function showCatalogue({ openData, bureau }: OpenDataDependencies): Promise<Answer> {
  return open(catalogue(await openData.document('overview'), { code: bureau, name: '' }));
}

/** What was released. @throws a problem that says when there will be something */
export async function overviewOf({ openData }: OpenDataDependencies): Promise<Overview> {
  const overview = await openData.document('overview');
  if (overview !== undefined) return overview;
  throw new Problem('not-found', [
    {
      field: 'open-data',
      zh: '还没有公示数据，每月第一天夜里公布',
      en: 'Nothing was released yet; the first night of a month does it',
    },
  ]);
}

/** A table; a writer may just be between its parts. */
export async function documentOf<Name extends keyof OpenDocuments>(
  name: Name,
  { openData }: OpenDataDependencies,
): Promise<OpenDocuments[Name]> {
  const found = await openData.document(name);
  if (found === undefined) throw new Problem('try-again');
  return found;
}

/** Released once a night at the most; programs on pages of others may read it, too. */
const HEADERS = { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' } as const;

const bytes = (text: string) => new TextEncoder().encode(text);

/** An answer that caches may keep. */
export function open(body: unknown): Answer {
  const headers = { ...HEADERS, 'content-type': 'application/json; charset=utf-8' };
  return { status: 200, body: bytes(JSON.stringify(body)), headers };
}

/** A table as a file; where the next page is stands in the header `Link` (RFC 8288). */
export function asCsv<Name extends string>(
  id: string,
  fields: Readonly<Record<Name, unknown>>,
  rows: readonly Readonly<Record<Name, Cell>>[],
  next?: string,
): Answer {
  return {
    status: 200,
    body: bytes(csvOf(Object.keys(fields) as Name[], rows)),
    headers: {
      ...HEADERS,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="open-data-${id}.csv"`,
      ...(next === undefined
        ? {}
        : { link: `<?next=${next}>; rel="next"`, 'access-control-expose-headers': 'Link' }),
    },
  };
}
