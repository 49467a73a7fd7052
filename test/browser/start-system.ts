import { addressesOf } from '../../infra/local/addresses.ts';
import { sampleBusinesses, sampleRegistry } from '../../infra/local/sample-registry.ts';
import { serveSimulator } from '../../infra/local/simulator/serve.ts';
import type { ClassProposal } from '../../shared/businesses/class-proposal.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { ruleProposal } from '../../shared/jurisdiction/rule-proposal.ts';
import { startSystem } from '../integration/system.ts';
import { alarmOf } from '../unit/early-warning-alarms.ts';

/**
 * Starts the whole system for the browser tests and tells them where its pages are. The bureau wants a second pair
 * of eyes before a mediation is ended; an alarm, a class and a changed rule wait to be looked into.
 */
export default async function start(): Promise<() => Promise<void>> {
  const system = await startSystem();
  serveSimulator(system.runtime, addressesOf(system.runtime));
  const sample = sampleRegistry();
  const settings = { ...sample.settings, secondPairOfEyes: ['terminate'] };
  await system.register.load({ ...sample, settings });
  const today = shanghaiDate(new Date());
  const alarm = alarmOf(`${today.replaceAll('-', '')}-0123456789ab`);
  await system.alarms.saveAlarm({ ...alarm, units: ['330200'], firstDay: today, lastDay: today });
  await system.businesses.propose(classProposal(today));
  await system.rules.propose([RULE]);
  process.env.HOTLINE_PAGES = system.runtime.endpoints.pages;
  process.env.HOTLINE_QUEUES = system.runtime.endpoints.sqs;
  process.env.HOTLINE_TRIAGE_DLQ = system.runtime.physicalId('Triage/TriageDlq');
  return () => system.stop();
}

/** Ten people complained about a business within a month. */
function classProposal(proposedOn: string): ClassProposal {
  const [business] = sampleBusinesses();
  if (business === undefined) throw new Error('the sample has no business');
  const { creditCode, name, grade: from } = business;
  const reasons = [{ rule: 'concentrated', people: 10, days: 30, cases: [] }];
  return { creditCode, name, from, to: 'C', timesAYear: 12, reasons, proposedOn };
}

const OUTCOMES = { right: 3, wrong: 1, dispatcher: 2 };

/** Cases of one road came back from its station and ended with another. */
const RULE = ruleProposal.parse({
  id: '0123456789abcdef0123',
  kind: 'returns',
  ends: [],
  rules: [{ id: 'returns-1', precision: 'road', word: '分界大道', unit: '33020301', source: 'learned' }],
  advice: 'accept',
  evidence: {
    here: 3,
    elsewhere: 0,
    byPeople: 3,
    returns: 3,
    hoursLost: 40,
    reasons: { 'not-competent': 3 },
    units: [{ unit: '33020301', cases: 3 }],
    cases: [],
  },
  trial: {
    days: 90,
    on: '2026-11-20',
    cases: 400,
    known: 380,
    moved: 3,
    ways: [{ to: '33020301', cases: 3 }],
    toDispatcher: 0,
    fromDispatcher: 3,
    returned: 5,
    returnsSaved: 3,
    returnsCaused: 0,
    before: OUTCOMES,
    after: { ...OUTCOMES, right: 6 },
  },
  computedAt: '2026-11-20T02:00:00.000Z',
  register: 2,
  version: 1,
  state: 'open',
});
