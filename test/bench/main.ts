import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sampleRegistry } from '../../infra/local/sample-registry.ts';
import { register as registerCase } from '../../shared/case/register.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { dueDate } from '../../shared/law/clocks.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { registryDocument } from '../../shared/store/registry-store.ts';
import { COMPLAINT } from '../integration/scenario.ts';
import { type System, startSystem } from '../integration/system.ts';
import synthesize from '../synthesize.ts';
import { desk } from './desk.ts';
import { figures } from './figures.ts';
import { firstLoad } from './first-load.ts';
import { pages } from './pages.ts';
import { routing } from './routing.ts';
import { screens } from './screens.ts';
import { understanding } from './understanding.ts';

const HELP = `npm run bench [-- --only domain|routing|figures|understanding|intake|desk|bundles|pages|screens|first-load]

Prints measurements as JSON. \`floor\` is the least that the same work takes on the same machine in the same run:
what is measured is as good as it is near to its floor. \`routing\` and \`desk\` compare
large with small: \`ratio\` must stay under 2. \`understanding\` reads messages of 500 characters on one core: at least 1,000 a
second. By name only, on a running system: \`pages\` asks for lists, search and figures as the pages do, of a system that
\`npm run load-cases\` has filled; \`screens\` opens the lists and the dashboard of the same in Chromium; \`first-load\` opens
the consumer's page on a slow phone. They end with exit code 1 when something is over its budget. --endpoints FILE says which
system, by default .local/endpoints.json; --runs N how often \`pages\` and \`screens\` ask each, --match REGEXP which of the
requests of \`pages\`.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    endpoints: { type: 'string', default: '.local/endpoints.json' },
    runs: { type: 'string', default: '20' },
    match: { type: 'string', default: '' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

/** How often per second `work` runs, over at least half a second. */
function perSecond(work: () => void): number {
  let runs = 0;
  const start = performance.now();
  while (performance.now() - start < 500) {
    for (let round = 0; round < 100; round += 1) work();
    runs += 100;
  }
  return Math.round((runs * 1000) / (performance.now() - start));
}

function domain() {
  const registry = sampleRegistry();
  const calendar = createCalendar(HOLIDAY_YEARS);
  const business = { address: '宁波市海曙区古林镇样例路88号' };
  const document = JSON.parse(JSON.stringify(registry));
  return {
    findStationPerSecond: perSecond(() => findStation({ business }, registry, '2026-11-16')),
    sevenWorkingDaysPerSecond: perSecond(() =>
      dueDate({ start: '2026-09-18', length: 7, unit: 'WD' }, calendar),
    ),
    sixtyDaysPerSecond: perSecond(() => dueDate({ start: '2026-08-03', length: 60, unit: 'ND' }, calendar)),
    parseRegisterPerSecond: perSecond(() => registryDocument.parse(document)),
  };
}

/** Runs `work` `count` times, 16 at once. */
async function throughput(count: number, work: (index: number) => Promise<unknown>) {
  const durations: number[] = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        const began = performance.now();
        await work(index);
        durations.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  durations.sort((a, b) => a - b);
  const at = (share: number) => Math.round(durations[Math.floor(durations.length * share)] ?? 0);
  return { perSecond: Math.round(count / seconds), p50Ms: at(0.5), p95Ms: at(0.95) };
}

async function intake(system: System) {
  // Each by somebody else: what one person tells again and again would be joined.
  let people = 0;
  const file = () => {
    people += 1;
    const phone = `1380000${String(people).padStart(4, '0')}`;
    const body = { ...COMPLAINT, complainant: { ...COMPLAINT.complainant, phone } };
    return system.api('POST', '/complaints', { body });
  };
  await throughput(100, file);
  const { complainant, ...complaint } = COMPLAINT;
  const context = {
    actor: { role: 'consumer', id: 'bench' },
    now: () => new Date(),
    calendar: createCalendar(HOLIDAY_YEARS),
    settings: settingsOf(undefined),
    salt: () => 'bench',
  } as const;
  const origin = { kind: 'complaint', channel: 'web', bureau: '330200', secretHash: '' } as const;
  const register = (draw: number) => {
    const step = registerCase(complaint, { ...origin, draw }, context);
    return system.cases.commit({ registrations: [{ step, identity: complainant }] });
  };
  return {
    // A request that touches no table: edge, API, sandbox, parser.
    floorRequest: await throughput(500, () => system.api('POST', '/complaints', { raw: '{}' })),
    // The transaction alone, as fast as DynamoDB Local does it.
    floorTransaction: await throughput(500, register),
    complaints: await throughput(500, file),
    figures: await throughput(300, () => system.api('GET', '/statistics')),
  };
}

const BUNDLES = resolve(import.meta.dirname, '../../.build/functions');

function bundles() {
  return Object.fromEntries(
    readdirSync(BUNDLES).map((name) => [name, statSync(resolve(BUNDLES, name, 'index.mjs')).size]),
  );
}

const wants = (part: string) => values.only === undefined || values.only === part;
const results: Record<string, unknown> = {};
if (wants('domain')) results.domain = domain();
if (wants('routing')) results.routing = routing();
if (wants('figures')) results.figures = await figures();
if (['understanding', 'intake', 'desk', 'bundles'].some(wants)) synthesize();
if (wants('understanding')) results.understanding = understanding(BUNDLES);
if (wants('intake')) {
  const system = await startSystem();
  results.intake = await intake(system);
  await system.stop();
}
if (wants('desk')) results.desk = await desk();
if (wants('bundles')) results.bundleBytes = bundles();
// These need a system that somebody started, and are asked for by name.
if (values.only === 'pages') {
  const found = await pages(values.endpoints, { runs: Number(values.runs), match: values.match });
  results.pages = found;
  if (found.slow.length > 0) process.exitCode = 1;
}
if (values.only === 'screens') {
  const found = await screens(values.endpoints, Number(values.runs));
  results.screens = found;
  if (found.slow.length > 0) process.exitCode = 1;
}
if (values.only === 'first-load') {
  const found = await firstLoad(values.endpoints);
  results.firstLoad = found;
  if (found.overBudget) process.exitCode = 1;
}
process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
