import { type CaseNumber, parseCaseNumber } from '../case/case-number.ts';
import { type Instant, isLocalDate } from '../dates.ts';
import type { PublicCase } from './public-case.ts';
import { isSome, NO_SUCH_SERVICE, type Refusal, refuse, type Wrong, wrongJurisdiction } from './refusal.ts';
import { findService, type ServiceCode } from './services.ts';
import type { Status } from './status.ts';

/** Both ends belong to it. */
interface Span {
  from: Instant;
  until: Instant;
}

/** What GET /requests asks for. */
export interface RequestsQuery {
  /** When there are numbers, nothing else counts but `extensions`. */
  numbers?: readonly CaseNumber[];
  services?: readonly ServiceCode[];
  statuses?: readonly Status[];
  /** By `requested_datetime`; missing only when `updated` is there. */
  requested?: Span;
  /** By `updated_datetime`: an extension. */
  updated?: Span;
  /** From 1. */
  page: number;
  pageSize: number;
  extensions: boolean;
}

/** "Default query limit is a span of 90 days or first 1000 requests returned, whichever is smallest." */
const LONGEST_SPAN_MS = 90 * 24 * 60 * 60 * 1000;
const MOST_REQUESTS = 1_000;
/** No page lies beyond what anybody has. */
const LAST_PAGE = 1_000_000;

type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Reads the parameters of GET /requests; names in any case, empty ones as if not sent, several values with commas.
 * Numbers of requests that cannot exist are left out. Never throws.
 * @param now end of the last 90 days
 * @see http://wiki.open311.org/GeoReport_v2/#get-service-requests
 */
export function parseRequestsQuery(
  sent: Parameters,
  { now, jurisdiction }: { now: Date; jurisdiction: string },
): { query: RequestsQuery } | { refusal: Refusal } {
  const parameters = new Map(
    Object.entries(sent)
      .map(([name, value]) => [name.trim().toLowerCase(), (value ?? '').trim()] as const)
      .filter(([, value]) => value !== ''),
  );
  const elsewhere = wrongJurisdiction(parameters.get('jurisdiction_id'), jurisdiction);
  if (elsewhere !== undefined) return refuse(elsewhere);
  const extensions = wantsExtensions(parameters.get('extensions'));

  const ids = listOf(parameters.get('service_request_id'));
  if (ids !== undefined) {
    const numbers = ids.map(parseCaseNumber).filter((number) => number !== undefined);
    const different = [...new Set(numbers)].slice(0, MOST_REQUESTS);
    return { query: { numbers: different, page: 1, pageSize: MOST_REQUESTS, extensions } };
  }

  const wrong: Wrong[] = [];
  const services = servicesOf(parameters.get('service_code'), wrong);
  const statuses = statusesOf(parameters.get('status'), wrong);
  const updated = spanOf(parameters, ['updated_after', 'updated_before'], now, wrong);
  const requested = spanOf(parameters, ['start_date', 'end_date'], now, wrong);
  const page = countOf(parameters.get('page'), 'page', LAST_PAGE, wrong) ?? 1;
  const pageSize = countOf(parameters.get('page_size'), 'page_size', MOST_REQUESTS, wrong) ?? MOST_REQUESTS;
  if (isSome(wrong)) return refuse(...wrong);
  const byRequest = requested ?? (updated === undefined ? last90Days(now) : undefined);
  return {
    query: {
      ...(services === undefined ? {} : { services }),
      ...(statuses === undefined ? {} : { statuses }),
      ...(byRequest === undefined ? {} : { requested: byRequest }),
      ...(updated === undefined ? {} : { updated }),
      page,
      pageSize,
      extensions,
    },
  };
}

/** `extensions=true`, also as 1 or yes. */
export function wantsExtensions(written: string | undefined): boolean {
  return /^(?:true|1|yes)$/i.test((written ?? '').trim());
}

const listOf = (written: string | undefined) =>
  written
    ?.split(/[,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function servicesOf(written: string | undefined, wrong: Wrong[]): ServiceCode[] | undefined {
  const found = listOf(written)?.map(findService);
  if (found?.includes(undefined) === true) wrong.push(NO_SUCH_SERVICE);
  return found?.filter((service) => service !== undefined);
}

function statusesOf(written: string | undefined, wrong: Wrong[]): Status[] | undefined {
  const found = listOf(written)?.map((part) => part.toLowerCase());
  const known = found?.filter((part) => part === 'open' || part === 'closed');
  if (found?.length !== known?.length) {
    wrong.push({
      code: 'bad-value',
      field: 'status',
      zh: '只能是 open、closed',
      en: 'Must be open or closed',
    });
  }
  return known;
}

function countOf(
  written: string | undefined,
  field: string,
  most: number,
  wrong: Wrong[],
): number | undefined {
  if (written === undefined) return undefined;
  const count = /^\d{1,9}$/.test(written) ? Number(written) : 0;
  if (count >= 1) return Math.min(count, most);
  wrong.push({ code: 'bad-value', field, zh: '请填 1 以上的整数', en: 'Must be a whole number from 1 on' });
  return undefined;
}

const last90Days = (now: Date): Span => ({
  from: new Date(now.getTime() - LONGEST_SPAN_MS).toISOString(),
  until: now.toISOString(),
});

/** With one end only, the span reaches 90 days from it. */
function spanOf(
  parameters: ReadonlyMap<string, string>,
  [first, last]: readonly [string, string],
  now: Date,
  wrong: Wrong[],
): Span | undefined {
  const [start, end] = [parameters.get(first), parameters.get(last)];
  if (start === undefined && end === undefined) return undefined;
  const from = start === undefined ? undefined : instantOf(start, 'first');
  const until = end === undefined ? undefined : instantOf(end, 'last');
  const unread = [
    ...(start !== undefined && from === undefined ? [first] : []),
    ...(end !== undefined && until === undefined ? [last] : []),
  ];
  for (const field of unread) {
    wrong.push({
      code: 'bad-value',
      field,
      zh: '应为 W3C 格式并带时区，例如 2026-11-21T08:00:00+08:00 或者 2026-11-21',
      en: 'Must be in W3C format with its zone, e.g. 2026-11-21T08:00:00+08:00 or 2026-11-21',
    });
  }
  if (unread.length > 0) return undefined;
  const earliest = from ?? (until ?? now.getTime()) - LONGEST_SPAN_MS;
  const latest = until ?? (from ?? now.getTime()) + LONGEST_SPAN_MS;
  // A last day counts as a whole: 90 days and the rest of that day.
  const slack = end !== undefined && isLocalDate(end) ? DAY_MS : 0;
  if (latest < earliest || latest - earliest > LONGEST_SPAN_MS + slack) {
    wrong.push({
      code: 'bad-value',
      field: `${first}, ${last}`,
      zh: '起止时间应先后有序，最多 90 天',
      en: 'The span must begin before it ends and may not be over 90 days',
    });
    return undefined;
  }
  return { from: new Date(earliest).toISOString(), until: new Date(latest).toISOString() };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Milliseconds of a W3C date and time with its zone, or of the first or last moment of a day in Shanghai. */
function instantOf(written: string, moment: 'first' | 'last'): number | undefined {
  if (isLocalDate(written)) {
    const midnight = Date.parse(`${written}T00:00:00+08:00`);
    return moment === 'first' ? midnight : midnight + DAY_MS - 1;
  }
  // A plus that was not escaped in an address arrives as a blank.
  const match =
    /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(z|[+ -]?\d{2}:?\d{2})$/i.exec(written);
  if (match === null) return undefined;
  const [, day = '', time = '', zone = ''] = match;
  if (!isLocalDate(day)) return undefined;
  const offset = /^z$/i.test(zone)
    ? 'Z'
    : `${zone.startsWith('-') ? '-' : '+'}${zone.replace(/\D/g, '').replace(/^(\d{2})/, '$1:')}`;
  const at = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * The page of these cases that was asked for, and the number of the next one if there is more. The newest first; a
 * query by updates gives the oldest change first, so that whoever follows it page by page misses nothing.
 */
export function selectRequests(
  cases: readonly PublicCase[],
  query: RequestsQuery,
): { cases: PublicCase[]; next?: number } {
  const { numbers, services, statuses, requested, updated, page, pageSize } = query;
  const inside = (at: Instant, span: Span | undefined) =>
    span === undefined || (at >= span.from && at <= span.until);
  const found = cases
    .filter(
      (one) =>
        (numbers === undefined || numbers.includes(one.number)) &&
        (services === undefined || services.includes(one.service)) &&
        (statuses === undefined || statuses.includes(one.status)) &&
        inside(one.requestedAt, requested) &&
        inside(one.updatedAt, updated),
    )
    .sort(updated === undefined ? newestFirst : oldestChangeFirst);
  const start = (page - 1) * pageSize;
  const more = found.length > start + pageSize;
  return { cases: found.slice(start, start + pageSize), ...(more ? { next: page + 1 } : {}) };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const newestFirst = (a: PublicCase, b: PublicCase) =>
  order(b.requestedAt, a.requestedAt) || order(b.number, a.number);
const oldestChangeFirst = (a: PublicCase, b: PublicCase) =>
  order(a.updatedAt, b.updatedAt) || order(a.number, b.number);
