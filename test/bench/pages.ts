import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  findLocalSystem,
  type LocalSystem,
  tableOf,
  tokenFor,
  useLocalServices,
} from '../../infra/commands/connection.ts';
import { sampleBusinesses } from '../../infra/local/sample-registry.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import type { Role } from '../../shared/people/roles.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';

/** What a person waits for at the most: beyond a second a page is no longer used, it is waited for. */
export const BUDGET_MS = 1_000;
const WARM_UPS = 2;
/** Every case that `npm run load-cases` makes. */
const SECRET = '00000-00000';

interface Request {
  who?: readonly [role: Role, unit: string, sub?: string];
  method?: 'GET' | 'POST';
  path: string;
  body?: object;
  headers?: Record<string, string>;
}

const CITY = '330200';
const COUNTY = '330203';
const STATION = '33020305';
const DISPATCHER = ['dispatcher', CITY, 'dispatcher-330200-1'] as const;
const MANAGER = ['manager', CITY, 'manager-330200-1'] as const;
const COUNTY_MANAGER = ['manager', COUNTY, 'manager-330203-1'] as const;
const HEAD = ['head', STATION, `head-${STATION}-1`] as const;
const OFFICER = ['officer', STATION, `officer-${STATION}-1`] as const;

/**
 * What lists, search, dashboard and open pages ask of the API, against a running local system that
 * `npm run load-cases` has filled: p50 and p95 of each request, over HTTP, one after the other.
 */
export async function pages(endpoints: string, { runs, match }: { runs: number; match: string }) {
  const system = findLocalSystem(endpoints);
  useLocalServices(system);
  const cases = await casesIn(system);
  const requests = requestsOf(await samplesOf(system));
  const tokens = new Map<string, string>();
  const results: Record<string, { p50Ms: number; p95Ms: number; bytes: number }> = {};
  for (const [name, request] of Object.entries(requests)) {
    if (!new RegExp(match).test(name)) continue;
    const headers = await headersOf(request, system, tokens);
    const measured = await measure(name, system.api, request, headers, runs);
    results[name] = measured;
    process.stderr.write(
      `${String(measured.p50Ms).padStart(6)} ${String(measured.p95Ms).padStart(6)} ms  ${name}\n`,
    );
  }
  return { cases, budgetMs: BUDGET_MS, requests: results, slow: overBudget(results) };
}

/** How many items lie in the cases' table, and how much open work there is. */
async function casesIn(system: LocalSystem) {
  const { Table } = await createDocumentClient().send(
    new DescribeTableCommand({ TableName: tableOf(system, 'Cases') }),
  );
  return { items: Table?.ItemCount ?? 0 };
}

/** A case of each kind to ask for, out of the lists. */
async function samplesOf(system: LocalSystem) {
  const token = await tokenFor(system, { role: 'officer', unit: STATION, sub: OFFICER[2] });
  const answer = await fetch(`${system.api}/desk/cases?kind=complaint&limit=50`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { cases } = (await answer.json()) as { cases: { number: string; business: { name?: string } }[] };
  const one = cases.find(({ business }) => business.name !== undefined) ?? cases[0];
  if (one === undefined) throw new Error('the station has no open case: npm run load-cases first');
  return { number: one.number, business: one.business.name ?? '' };
}

function requestsOf({ number, business }: { number: string; business: string }): Record<string, Request> {
  const today = shanghaiDate(new Date());
  const month = today.slice(0, 7);
  const quarter = `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
  const year = month.slice(0, 4);
  const monthAgo = addDays(today, -31);
  const list = (query: string) => `/desk/cases?${query}`;
  const figures = (query: string) => `/desk/figures?${query}`;
  const behind = (query: string) => `/desk/figures/cases?${query}`;
  const search = (body: object): Request => ({
    who: DISPATCHER,
    method: 'POST',
    path: '/desk/search',
    body,
  });
  const [{ creditCode } = { creditCode: '' }] = sampleBusinesses();
  return {
    'dispatcher: list': { who: DISPATCHER, path: list('') },
    'dispatcher: whole bureau': { who: DISPATCHER, path: list('below=all') },
    'dispatcher: overdue': { who: DISPATCHER, path: list('below=all&dueUntil=overdue') },
    'dispatcher: a state': { who: DISPATCHER, path: list('below=all&state=mediating') },
    'dispatcher: a rare state': { who: DISPATCHER, path: list('below=all&state=recusal') },
    'dispatcher: nobody on it': { who: DISPATCHER, path: list('below=all&unassigned=yes') },
    'dispatcher: hints': { who: DISPATCHER, path: '/desk/hints' },
    'dispatcher: incidents': { who: DISPATCHER, path: '/desk/incidents' },
    'station: list': { who: OFFICER, path: list('') },
    'station: mine': { who: OFFICER, path: list('officer=me') },
    'station: hints': { who: HEAD, path: '/desk/hints' },
    'station: load': { who: HEAD, path: '/desk/load' },
    'county: all below': { who: COUNTY_MANAGER, path: list('below=all') },
    'county: all below, 100': { who: COUNTY_MANAGER, path: list('below=all&limit=100') },
    'county: a state below': { who: COUNTY_MANAGER, path: list('below=all&state=mediating') },
    'county: a rare state below': { who: COUNTY_MANAGER, path: list('below=all&state=recusal') },
    'search: number': search({ number }),
    'search: number with a slip': search({ number: number.replace(/\d$/, (last) => `${(+last + 1) % 10}`) }),
    'search: phone': search({ phone: '15410000007' }),
    'search: business': search({ business }),
    'search: words often there': search({ words: '退款' }),
    'search: words nowhere': search({ words: '飞机票改签' }),
    'case: open it': { who: OFFICER, path: `/desk/cases/${number}` },
    'case: history': { who: OFFICER, path: `/desk/cases/${number}/history` },
    'case: signs': { who: OFFICER, path: `/desk/cases/${number}/signs` },
    'case: dates': { who: OFFICER, path: `/desk/cases/${number}/dates` },
    'manager: month': { who: MANAGER, path: figures(`month=${month}`) },
    'manager: quarter': { who: MANAGER, path: figures(`quarter=${quarter}`) },
    'manager: year': { who: MANAGER, path: figures(`year=${year}`) },
    'manager: two days': { who: MANAGER, path: figures(`from=${monthAgo}&to=${today}`) },
    'manager: a station': { who: MANAGER, path: figures(`year=${year}&unit=${STATION}`) },
    'manager: an officer': { who: MANAGER, path: figures(`month=${month}&unit=officer:${OFFICER[2]}`) },
    'manager: units, month': { who: MANAGER, path: `/desk/figures/units?month=${month}` },
    'manager: units, year': { who: MANAGER, path: `/desk/figures/units?year=${year}` },
    'manager: late soon': { who: MANAGER, path: '/desk/due-ahead?part=ahead' },
    'manager: late soon, a county': { who: COUNTY_MANAGER, path: '/desk/due-ahead?part=ahead' },
    'manager: cases behind a figure': { who: MANAGER, path: behind(`month=${month}&counter=received`) },
    'manager: cases behind a rare one': {
      who: MANAGER,
      path: behind(`year=${year}&counter=paidFirstFen&limit=200`),
    },
    'manager: cases behind a cut': {
      who: MANAGER,
      path: behind(`year=${year}&counter=received&by=problem&value=${encodeURIComponent('计量')}`),
    },
    'manager: alarms': { who: MANAGER, path: '/desk/alarms' },
    'manager: inspection plan': { who: MANAGER, path: '/desk/inspection-plan' },
    'manager: reports': { who: MANAGER, path: '/desk/figures/reports' },
    'manager: class proposals': { who: MANAGER, path: '/desk/class-proposals' },
    'business page': { who: MANAGER, path: `/desk/businesses/${creditCode}` },
    'anyone: statistics': { path: '/statistics' },
    'anyone: units': { path: '/units' },
    'anyone: open data': { path: '/open-data' },
    'anyone: open data, businesses': { path: '/open-data/businesses?limit=20' },
    'anyone: open data, figures': { path: '/open-data/figures' },
    'anyone: open data, complaints': { path: '/open-data/complaints?limit=100' },
    'anyone: open311': { path: '/open311/v2/requests.json' },
    'consumer: track': { path: `/complaints/${number}`, headers: { 'tracking-secret': SECRET } },
  };
}

async function headersOf(
  { who, headers = {}, body }: Request,
  system: LocalSystem,
  tokens: Map<string, string>,
) {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  if (who === undefined) return { ...headers, ...type };
  const [role, unit, sub] = who;
  const key = who.join(' ');
  const token = tokens.get(key) ?? (await tokenFor(system, { role, unit, sub }));
  tokens.set(key, token);
  return { ...headers, ...type, authorization: `Bearer ${token}` };
}

async function measure(
  name: string,
  api: string,
  request: Request,
  headers: Record<string, string>,
  runs: number,
) {
  const times: number[] = [];
  let bytes = 0;
  for (let run = -WARM_UPS; run < runs; run += 1) {
    const began = performance.now();
    const answer = await fetch(`${api}${request.path}`, {
      method: request.method ?? 'GET',
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${text.slice(0, 300)}`);
    bytes = Buffer.byteLength(text);
    if (run >= 0) times.push(performance.now() - began);
  }
  return { p50Ms: atMost(times, 0.5), p95Ms: atMost(times, 0.95), bytes };
}

/** The milliseconds that this share of the runs took at the most. */
export function atMost(times: readonly number[], share: number): number {
  return Math.round(times.toSorted((one, other) => one - other)[Math.ceil(times.length * share) - 1] ?? 0);
}

/** The names of what takes longer than a person waits. */
export const overBudget = (results: Readonly<Record<string, { p95Ms: number }>>) =>
  Object.keys(results).filter((name) => (results[name]?.p95Ms ?? 0) > BUDGET_MS);
