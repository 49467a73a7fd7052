import {
  consumerStepAnswer,
  datesAnswer,
  noticesAnswer,
  readsAnswer,
  signsAnswer,
} from '../../events/answers.ts';
import { register } from '../../shared/case/register.ts';
import { type StepContext, takeStep } from '../../shared/case/take-step.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { COMPLAINT, fileComplaint, step, told, wholeJob, wholeReport } from './scenario.ts';
import { eventually, parsed, type System } from './system.ts';

const LAND_LINE = '0574-87654321';
const WITHOUT_ADDRESS = { ...COMPLAINT, business: { name: '没有登记的小店' } };

/** A scenario in which every function does all that it can do at any hour of any day. */
export async function everythingHappens(system: System): Promise<void> {
  const job = await wholeJob(system);
  const report = await wholeReport(system);
  const dispatcher = await system.token('dispatcher', '330200');
  const auditor = await system.token('auditor', '330200');

  await withTheDispatcher(system, dispatcher);
  await byTheConsumer(system);
  await joined(system, job.token);
  await byEmail(system, job.token);
  await lookedAt(system, job.registered.number, job.token, auditor);
  await reportLookedAt(system, report.number, report.token, await system.token('auditor', '330200'));
  await longAgo(system);

  await system.runtime.invoke('SweepUntriaged/Function', {});
  await system.runtime.invoke('WatchDeadlines/Function', {});
  await system.runtime.invoke('WatchDeadlines/Function', { task: 'recount-dates' });
  await system.api('GET', '/units');
}

async function withTheDispatcher(system: System, token: string): Promise<void> {
  const handedOn = (await fileComplaint(system, WITHOUT_ADDRESS)).registered.number;
  await step(system, token, handedOn, 'distribute', { unit: '33020301' });

  // A complaint that is a report, and the other way round: each person moves to the other table.
  const toReport = (await fileComplaint(system, WITHOUT_ADDRESS)).registered.number;
  await step(system, token, toReport, 'reclassify', { kind: 'report' });
  const wrong = { ...WITHOUT_ADDRESS, kind: 'report', complainant: COMPLAINT.complainant };
  const toComplaint = (await fileComplaint(system, wrong)).registered.number;
  const { status } = await system.api('POST', `/desk/reports/${toComplaint}/reclassify`, {
    token,
    body: { kind: 'complaint' },
  });
  if (status !== 200) throw new Error(`reclassify: ${status}`);
}

async function byTheConsumer(system: System): Promise<void> {
  const { registered } = await fileComplaint(system);
  const answer = await system.api('POST', `/complaints/${registered.number}/withdraw`, {
    headers: { 'tracking-secret': registered.secret },
  });
  parsed(consumerStepAnswer, answer, 200);
}

async function joined(system: System, token: string): Promise<void> {
  const lead = (await fileComplaint(system)).registered.number;
  const other = (await fileComplaint(system)).registered.number;
  await step(system, token, other, 'join', { lead, sameMatter: true });
  await step(system, token, lead, 'add-complainant', {
    name: '李小测',
    phone: '13800009999',
    consents: true,
  });
  await step(system, token, lead, 'accept');
  await told(system, lead, 'form-5', 'complainant');
  await step(system, token, other, 'unjoin');
  await step(system, token, lead, 'split-report', { text: '同时反映经营者没有营业执照，请依法查处。' });
}

async function byEmail(system: System, token: string): Promise<void> {
  const complainant = { ...COMPLAINT.complainant, phone: LAND_LINE, email: 'consumer@example.org' };
  const byMail = (await fileComplaint(system, { ...COMPLAINT, complainant })).registered.number;
  await step(system, token, byMail, 'accept');
  await told(system, byMail, 'form-5', 'complainant');

  const unreachable = { ...COMPLAINT.complainant, phone: LAND_LINE };
  const byHand = (await fileComplaint(system, { ...COMPLAINT, complainant: unreachable })).registered.number;
  await step(system, token, byHand, 'accept');
  await eventually(async () => ((await system.notices.notices(byHand)).length > 0 ? true : undefined));
}

async function lookedAt(system: System, number: string, token: string, auditor: string): Promise<void> {
  const get = (path: string, by = token) => system.api('GET', `/desk/cases${path}`, { token: by });
  parsed(datesAnswer, await get(`/${number}/dates`), 200);
  parsed(signsAnswer, await get(`/${number}/signs`), 200);
  parsed(noticesAnswer, await get(`/${number}/notices`), 200);
  for (const path of [`/${number}/history`, `/${number}/complainant?reason=handling`]) {
    const { status } = await get(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
  parsed(readsAnswer, await get(`/${number}/reads`, auditor), 200);
  await get('?below=all&unit=330200', auditor);
  await form(system, `/desk/cases/${number}/forms/form-5`, token);
}

async function reportLookedAt(system: System, number: string, token: string, auditor: string): Promise<void> {
  for (const [path, by] of [
    [`/desk/reports/${number}/informer?reason=handling`, token],
    [`/desk/reports/${number}/reads`, auditor],
  ] as const) {
    const { status } = await system.api('GET', path, { token: by });
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
  await form(system, `/desk/reports/${number}/forms/form-10`, token);
}

async function form(system: System, path: string, token: string): Promise<void> {
  const { status } = await fetch(`${system.runtime.endpoints.api}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (status !== 200) throw new Error(`${path}: ${status}`);
}

/** Cases that ended before the term of keeping: their people's data are erased. */
async function longAgo(system: System): Promise<void> {
  const at = new Date('2020-03-02T02:00:00.000Z');
  const context: StepContext = {
    actor: { role: 'system', id: 'test' },
    now: () => at,
    salt: () => 'salt',
    calendar: createCalendar(HOLIDAY_YEARS),
    settings: settingsOf(undefined),
  };
  const identity = { name: '周小测', phone: '13800006666' };
  for (const [draw, kind] of (['complaint', 'report'] as const).entries()) {
    const begun = register(
      { text: '多年以前的样例', business: { name: '早已注销的店' } },
      { kind, channel: 'web', bureau: '330200', draw, secretHash: '0'.repeat(64), identity },
      context,
    );
    await system.cases.commit({ registrations: [{ step: begun, identity }] });
    const waiting = takeStep(begun.after, 'refer', { reason: 'address-missing' }, context);
    const over =
      kind === 'complaint'
        ? takeStep(waiting.after, 'withdraw', { note: '投诉人当年来电表示撤回，早年的样例' }, context)
        : takeStep(waiting.after, 'point-elsewhere', { route: '早年告知的样例' }, context);
    await system.cases.commit({ steps: [waiting, over] });
  }
  await system.runtime.invoke('EraseExpired/Function', {});
}
