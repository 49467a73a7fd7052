import { beforeEach, expect, test } from 'vitest';
import {
  alarmList,
  alarmView,
  draftView,
  inspectionPlanView,
  markRequest,
  planQuery,
} from '../../events/warnings.ts';
import {
  draftWarning,
  listAlarms,
  markOne,
  nameInWarning,
  publishWarning,
  showAlarm,
  showPlan,
} from '../../functions/figures-api/warnings.ts';
import type { Case } from '../../shared/case/case.ts';
import { createMemoryAlarmStore } from '../../shared/store/alarm-store.ts';
import { alarmOf } from './early-warning-alarms.ts';
import { GYM, signal, TODAY } from './early-warning-signals.ts';
import { bodyOf, problemOf, registered, registry, STATION_B1, staff, tenOn } from './support.ts';

const ID = '20260910-0123456789ab';
const FIRST = alarmOf(ID).cases[0] ?? '';
const all = { days: 90 };

function desk() {
  const alarms = createMemoryAlarmStore();
  const { after } = registered();
  const first: Case = { ...after, number: FIRST };
  first.complaint = { ...after.complaint, business: { name: '丁戊己健身中心' } };
  return {
    alarms,
    cases: { cases: async (numbers: readonly string[]) => (numbers.includes(FIRST) ? [first] : []) },
    registry: { read: async () => registry },
    now: () => new Date(tenOn(TODAY)),
    log: () => {},
  };
}

let deps: ReturnType<typeof desk>;
beforeEach(async () => {
  deps = desk();
  await deps.alarms.saveAlarm(alarmOf(ID));
  await deps.alarms.keepSignals(
    TODAY,
    alarmOf(ID).cases.map((number) => ({
      ...signal(TODAY, { business: GYM, flags: ['closing'], problem: '合同', claimedFen: 50_000 }),
      number,
    })),
  );
});

test('alarms are listed with reason, cases and what one may do; those of other units are not', async () => {
  const body = alarmList.parse(await bodyOf(listAlarms(all, staff('officer', '33020301'), deps)));
  expect(body.alarms).toHaveLength(1);
  expect(body.alarms[0]).toMatchObject({
    id: ID,
    watch: { id: 'prepaid-business', urgent: true },
    name: '丁戊己健身中心',
    reason: { zh: '过去 8 周同类日平均 < 0.1 件，今日 4 件，为平时的 80 倍；偶然出现的间隔在 10 年以上' },
    status: { zh: '待核实；仍在发展，累计 4 件' },
    running: true,
    actions: ['mark'],
  });
  expect(body.precision).toMatchObject({ open: 1, precision: null });
  const elsewhere = staff('officer', STATION_B1.at(-1));
  expect((await bodyOf(listAlarms(all, elsewhere, deps))).alarms).toEqual([]);
  expect((await problemOf(() => showAlarm(ID, elsewhere, deps))).code).toBe('not-found');
  expect((await problemOf(() => listAlarms(all, staff('administrator'), deps))).code).toBe('forbidden');
});

test('an officer marks it with what was found; the precision follows; who looked at something older is told', async () => {
  const officer = staff('officer', '33020301');
  const mark = { version: 1, as: 'true', why: '现场查实已停业' } as const;
  expect(markRequest.safeParse({ ...mark, why: '' }).success).toBe(false);
  const marked = alarmView.parse(await bodyOf(markOne(ID, mark, officer, deps)));
  expect(marked).toMatchObject({ state: 'true', version: 2, marks: [{ as: 'true', why: mark.why }] });
  expect((await problemOf(() => markOne(ID, mark, officer, deps))).code).toBe('conflict');
  const { precision } = await bodyOf(listAlarms(all, staff('manager'), deps));
  expect(precision).toMatchObject({ right: 1, wrong: 0, precision: 1 });
  expect((await problemOf(() => markOne(ID, mark, staff('auditor'), deps))).code).toBe('forbidden');
});

test('a warning is drafted by a head, named and published by a manager, once, under the next number', async () => {
  const [head, manager] = [staff('head', '33020301'), staff('manager')];
  const draft = draftView.parse(await bodyOf(draftWarning(ID, head, deps)));
  expect(draft).toMatchObject({ version: 1, number: null, named: null });
  expect(draft.text.zh).toContain('4 件写明诉求金额，合计 2,000.00 元');
  expect(draft.text.zh).not.toContain('丁戊己');
  // Asked for again it is the same one.
  expect(await bodyOf(draftWarning(ID, head, deps))).toEqual(draft);
  expect((await problemOf(() => publishWarning(ID, { version: 1 }, head, deps))).code).toBe('forbidden');
  const naming = { version: 1, name: '丁戊己健身中心', why: '已查实停业，仍在售卡' };
  expect((await problemOf(() => nameInWarning(ID, naming, head, deps))).code).toBe('forbidden');
  const named = await bodyOf(nameInWarning(ID, naming, manager, deps));
  expect(named).toMatchObject({ version: 2, named: { by: manager.id } });
  expect((await problemOf(() => publishWarning(ID, { version: 1 }, manager, deps))).code).toBe('conflict');
  const published = draftView.parse(await bodyOf(publishWarning(ID, { version: 2 }, manager, deps)));
  expect(published.number).toEqual({ zh: '消费提示〔2026〕1号', en: 'Consumer warning 2026/1' });
  expect(await bodyOf(publishWarning(ID, { version: 2 }, manager, deps))).toEqual(published);
  expect(await deps.alarms.warnings('2026', 10)).toHaveLength(1);
  expect((await bodyOf(draftWarning(ID, head, deps))).number.zh).toBe('消费提示〔2026〕1号');
});

test('a draft follows its alarm until it is published; who named the business stays', async () => {
  const manager = staff('manager');
  await draftWarning(ID, manager, deps);
  await nameInWarning(ID, { version: 1, name: '丁戊己', why: '查实' }, manager, deps);
  const alarm = await deps.alarms.alarm(ID);
  if (alarm === undefined) throw new Error('no alarm');
  await deps.alarms.saveAlarm({ ...alarm, version: 2, found: { ...alarm.found, observed: 9 } });
  const again = await bodyOf(draftWarning(ID, manager, deps));
  expect(again).toMatchObject({ version: 3, named: { name: '丁戊己' } });
  expect(again.text.zh).toContain('9 件');
});

test('the plan of a month names who is to be visited, of one’s own units only', async () => {
  expect(planQuery.safeParse({ month: '2026-13' }).success).toBe(false);
  const plan = inspectionPlanView.parse(
    await bodyOf(showPlan({ month: '2026-10' }, staff('head', '33020301'), deps)),
  );
  expect(plan.items[0]).toMatchObject({
    source: 'alarm',
    name: '丁戊己健身中心',
    visits: { zh: '每月两次' },
  });
  expect(plan.items.some(({ target }) => target.key === '国庆旅游')).toBe(true);
  const elsewhere = await bodyOf(showPlan({ month: '2026-10' }, staff('head', STATION_B1.at(-1)), deps));
  expect(elsewhere.items.every((item: { source: string }) => item.source === 'season')).toBe(true);
});
