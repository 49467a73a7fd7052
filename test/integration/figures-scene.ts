import {
  caseFiguresAnswer,
  catalogueAnswer,
  figureCasesAnswer,
  figuresAnswer,
  figureUnitsAnswer,
} from '../../events/figures.ts';
import { reportAnswer } from '../../events/reports.ts';
import {
  alarmList,
  alarmView,
  draftView,
  inspectionPlanView,
  publishedWarnings,
  subscription,
} from '../../events/warnings.ts';
import { register } from '../../shared/case/register.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { quietWeeks } from '../unit/early-warning-signals.ts';
import { eventually, parsed, type System } from './system.ts';

const MANAGER = 'manager-330200-1';
const PEOPLE = 12;
const SUBSCRIBER = '13800004321';

/** A gym closes: people complain of their prepaid cards on one day, each by a phone of his own. */
async function gymCloses(system: System): Promise<string[]> {
  const now = new Date();
  const context = {
    actor: { role: 'consumer', id: 'submit-complaint' } as const,
    now: () => now,
    salt: () => 'salt',
    calendar: createCalendar(HOLIDAY_YEARS),
    settings: settingsOf(undefined),
  };
  const numbers: string[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const identity = { name: `卡友${n}`, phone: `1380006${String(n).padStart(4, '0')}` };
    const text = `我在云动健身房办的预付年卡还有${n + 3}个月，健身房突然关门跑路，联系不上老板，要求退卡退款。`;
    const business = { name: '云动健身房', address: '宁波市海曙区古林镇样例路66号' };
    const origin = {
      kind: 'complaint',
      channel: 'web',
      bureau: '330200',
      secretHash: '0'.repeat(64),
    } as const;
    const step = register(
      { text, business },
      { ...origin, draw: 600_000 + n, identity, isMessage: true },
      context,
    );
    await system.cases.commit({ registrations: [{ step, identity }] });
    numbers.push(step.after.number);
  }
  await eventually(async () => {
    const found = await system.cases.cases(numbers);
    return found.length === PEOPLE && found.every(({ state }) => state !== 'received') ? true : undefined;
  });
  return numbers;
}

/** Eight quiet weeks lie behind the bureau; a few days of them are still read from the cases themselves. */
async function eightQuietWeeks(system: System): Promise<void> {
  const signals = quietWeeks(addDays(shanghaiDate(new Date()), -1));
  for (const [day, its] of Map.groupBy(signals, ({ receivedOn }) => receivedOn)) {
    await system.alarms.keepSignals(day, its);
  }
}

/** A manager reads figures, opens them, marks the alarm, publishes a warning; who subscribed gets an SMS. */
export async function figuresAndWarnings(system: System): Promise<void> {
  const numbers = await gymCloses(system);
  await eventually(async () =>
    (await system.statistics.countsOfDay('330200', '330200', shanghaiDate(new Date()))).received === undefined
      ? undefined
      : true,
  );
  await system.runtime.invoke('RollUpStatistics/Function', {});
  await system.runtime.invoke('RollUpStatistics/Function', { everything: true });
  const token = await system.token('manager', '330200', MANAGER);
  const get = (path: string) => system.api('GET', path, { token });
  const post = (path: string, body: object = {}) => system.api('POST', path, { token, body });

  parsed(figuresAnswer, await get('/desk/figures'), 200);
  parsed(catalogueAnswer, await get('/desk/figures/catalogue'), 200);
  parsed(figureCasesAnswer, await get('/desk/figures/cases?counter=received'), 200);
  parsed(figureUnitsAnswer, await get('/desk/figures/units'), 200);
  parsed(caseFiguresAnswer, await get(`/desk/cases/${numbers[0]}/figures`), 200);
  await system.api('GET', '/statistics');

  await eightQuietWeeks(system);
  await system.runtime.invoke('DetectWarnings/Function', {});
  const { alarms } = parsed(alarmList, await get('/desk/alarms'), 200);
  const alarm = alarms.find(({ cases }) => cases.some((number) => numbers.includes(number)));
  if (alarm === undefined) throw new Error('nobody saw the gym close');
  const path = `/desk/alarms/${alarm.id}`;
  const marked = parsed(
    alarmView,
    await post(`${path}/mark`, { version: alarm.version, as: 'true', why: '现场核查，门店已搬空。' }),
    200,
  );
  parsed(alarmView, await get(path), 200);
  const draft = parsed(draftView, await post(`${path}/warning`), 200);
  const named = parsed(
    draftView,
    await post(`${path}/warning/name`, {
      version: draft.version,
      name: '云动健身房',
      why: '负责人失联，已有多人受损。',
    }),
    200,
  );
  await subscribes(system);
  parsed(draftView, await post(`${path}/warning/publish`, { version: named.version }), 200);
  parsed(inspectionPlanView, await get('/desk/inspection-plan'), 200);
  const { warnings } = parsed(publishedWarnings, await system.api('GET', '/warnings'), 200);
  if (warnings.length !== 1 || marked.state !== 'true') throw new Error('not published');
  await system.runtime.invoke('SpreadWarnings/Function', { anyHour: true });
  await system.runtime.invoke('RecountStatistics/Function', {});
  await reported(system, token);
}

/** The month's summary is ordered, composed, fetched and published. */
async function reported(system: System, token: string): Promise<void> {
  const path = '/desk/figures/reports';
  const body = { kind: 'monthly', period: shanghaiDate(new Date()).slice(0, 7), formats: ['json', 'pdf'] };
  const { id } = parsed(reportAnswer, await system.api('POST', path, { token, body }), 202);
  await eventually(async () => {
    const { state } = parsed(reportAnswer, await system.api('GET', `${path}/${id}`, { token }), 200);
    return state === 'ready' ? true : undefined;
  });
  const { status } = await system.api('GET', `${path}/${id}/json`, { token });
  if (status !== 200) throw new Error(`report: ${status}`);
  parsed(reportAnswer, await system.api('POST', `${path}/${id}/publish`, { token }), 200);
}

/** Somebody proves that a phone is his and subscribes; another one does and thinks again. */
async function subscribes(system: System): Promise<void> {
  const post = async (phone: string) => {
    const asked = await system.api('POST', '/phone-codes', { body: { phone, for: 'warnings' } });
    if (asked.status !== 202) throw new Error(`phone-codes: ${asked.status}`);
    const sms = await eventually(async () => system.runtime.sent.find(({ to }) => to === `+86${phone}`));
    const body = { phone, code: /\d{6}/.exec(sms.body)?.[0] ?? '' };
    parsed(subscription, await system.api('POST', '/warnings/subscribers', { body }), 200);
    return body;
  };
  await post(SUBSCRIBER);
  const body = await post('13800004322');
  parsed(subscription, await system.api('DELETE', '/warnings/subscribers', { body }), 200);
}
