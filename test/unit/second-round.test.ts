import { expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import { showCase, showSigns } from '../../functions/desk-api/desk.ts';
import { listCases } from '../../functions/desk-api/work-list.ts';
import { report } from '../../functions/statistics-api/report.ts';
import { track } from '../../functions/track-case/track.ts';
import { verifyCases } from '../../infra/commands/verify-history/verify.ts';
import type { RunningClock } from '../../shared/case/case.ts';
import { isRunning } from '../../shared/case/turn-clocks.ts';
import { allEntriesOf } from '../../shared/statistics/ledger.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import {
  bodyOf,
  caseIn,
  context,
  follow,
  house,
  IDENTITY,
  keep,
  MONDAY,
  problemOf,
  registered,
  registryOf,
  SECRET,
  SENT,
  staff,
  stepsTo,
  take,
} from './support.ts';

/*
 * Cases that begin again: reopened, insisted on, taken up as another kind, joined. Nothing counts twice, no period of
 * the round before comes back, and nothing of a report stays where others read it.
 */

const dispatcher = staff('dispatcher');
const officer = { ...staff('officer', '33020301'), id: 'officer-a1' };
const running = (clocks: readonly RunningClock[], id: string) =>
  clocks.filter((clock) => clock.id === id && isRunning(clock));
const last = (steps: ReturnType<typeof follow>) => steps[steps.length - 1]!.after;

test('an agreement after a reopening books what is new, not the same money again', () => {
  const again = follow(stepsTo('closed'), [
    'reopen',
    'accept',
    ['settle', { ...SENT.settle, agreedFen: 15_000, provenFen: 10_000 }],
  ]);
  expect(last(again).money).toMatchObject({ claimed: 12_300, agreed: 15_000, proven: 10_000 });
  expect(again[again.length - 1]?.event.money).toEqual({ agreed: 5_000 });
});

test('what a venue pays first is booked as paid and as paid first', () => {
  const settled = caseIn('settled');
  const paid = take(settled, 'record-money', {
    entry: 'proven',
    fen: 5_000,
    paidBy: 'venue',
    evidence: '转账凭证第二号',
  });
  expect(paid.after.money).toMatchObject({ proven: 7_500, 'paid-first': 5_000 });
});

test('a reopened case that goes to the county that had it in the round before gets a period of its own', () => {
  const here = ['distribute', SENT.distribute] as const;
  const there = ['distribute', { unit: '33021201' }] as const;
  // County A has it, then county B, which closes it: A's clock ended without being kept.
  const closed = follow(
    [registered(1, MONDAY, { consents: { publish: true } })],
    [here, 'return', there, 'accept', 'tell', 'settle', 'perform', 'close'],
  );
  const later = '2027-03-01T02:00:00.000Z';
  const again = follow(closed, ['reopen', 'return', here], later);
  const [clock, ...others] = running(last(again).clocks, 'accept');
  expect(others).toEqual([]);
  expect(clock).toMatchObject({ authority: '330203', start: '2027-03-01' });
});

test('whoever insists on the authority gets seven days from then, whoever had the case before', () => {
  const steps = follow(
    [registered(1)],
    [
      'distribute',
      'return',
      ['distribute', { unit: '33021201' }],
      'return',
      ['offer-first', SENT['offer-first']],
    ],
  );
  const again = follow(steps, ['insist', 'distribute'], '2026-11-23T02:00:00.000Z');
  expect(running(last(again).clocks, 'accept')).toMatchObject([{ start: '2026-11-23', due: '2026-12-02' }]);
});

test('the time for identity proof never ends after the seven days', () => {
  const late = '2026-11-24T02:00:00.000Z';
  const asked = take(caseIn('distributed'), 'ask-proof', { wanted: '身份证复印件' }, context(late)).after;
  const due = (id: string) => running(asked.clocks, id)[0]?.due;
  expect(due('accept')).toBe('2026-11-25');
  expect(due('identity')).toBe('2026-11-25');
});

test('a leader of one county has no business with a case that was designated to another', () => {
  const taken = follow(stepsTo('distributed'), ['take-over', 'raise-dispute', 'designate']);
  expect(last(taken).leader).toBeUndefined();
  expect(last(follow(stepsTo('distributed'), ['take-over', 'accept'])).leader).toBe('manager-330200');
});

test('testing and recusal lead back to where the case was', () => {
  const entrusted = follow(stepsTo('entrusted'), ['begin-testing', 'end-testing']);
  expect(last(entrusted).state).toBe('entrusted');
  const mediating = follow(stepsTo('mediating'), [
    'apply-recusal',
    ['decide-recusal', { granted: false, reason: '没有利害关系，经核实不成立' }],
  ]);
  expect(last(mediating).state).toBe('mediating');
});

test('of a party that died only the other one is told', () => {
  const ended = follow(stepsTo('mediating'), [
    ['terminate', { ground: 'art23-7', reason: '被投诉人已注销，主体资格灭失' }],
    ['tell', { form: 'form-8', party: 'complainant', by: 'phone', proof: '通话录音第三号' }],
  ]);
  expect(last(ended).state).toBe('terminated-told');
});

test('a message that turns out to be a report keeps its day, is sealed, and leaves nothing behind', async () => {
  const deps = house();
  const found = await keep(deps.cases, stepsTo('at-hub'));
  deps.clock.at = '2026-11-18T02:00:00.000Z';
  const answer = await bodyOf(act(found.number, 'reclassify', { kind: 'report' }, dispatcher, deps));
  const [old, begun] = [await deps.cases.case(found.number), await deps.cases.case(answer.opened)];

  expect(begun).toMatchObject({ kind: 'report', receivedOn: '2026-11-16', receivedAt: found.receivedAt });
  expect(running(begun?.clocks ?? [], 'verify-report')).toMatchObject([{ start: '2026-11-16' }]);
  expect(running(begun?.clocks ?? [], 'distribute')).toMatchObject([{ start: '2026-11-18' }]);
  // The old case neither keeps what was said nor tells what it became.
  expect(JSON.stringify([old, await deps.cases.history(found.number)])).not.toMatch(/变质|report/);
  expect(await deps.cases.complainants.identity(found.number)).toBeUndefined();
  // Whoever sent it is told the new number.
  const [first] = await deps.cases.history(answer.opened);
  expect(first?.notices).toEqual([{ notice: 'renumbered', party: 'informer' }]);
  // And what is registered anew verifies, with its day.
  const counting = async () => context(deps.clock.at);
  const verified = await verifyCases([found.number, answer.opened], deps.cases, counting);
  expect(verified).toMatchObject({ broken: [], dates: [] });
});

test('words of a complaint that were changed in the table are found', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('distributed'));
  const changed = {
    ...deps.cases,
    case: async () => {
      const found = await deps.cases.case(number);
      return found && { ...found, complaint: { ...found.complaint, text: '完全满意。' } };
    },
  };
  const counting = async () => context();
  expect((await verifyCases([number], deps.cases, counting)).broken).toEqual([]);
  expect((await verifyCases([number], changed, counting)).broken).toMatchObject([
    { version: 1, fault: 'words-changed' },
  ]);
});

test('the log does not tell which complaint a report was split from', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('distributed'));
  await act(number, 'split-report', SENT['split-report'], officer, deps);
  const taken = deps.logged.filter(({ code }) => code === 'step-taken');
  expect(taken).toEqual([{ code: 'step-taken', facts: { staff: officer.id, action: 'split-report' } }]);
});

test('a case that others are joined to cannot be refused or withdrawn over their heads', async () => {
  const deps = house();
  const lead = await keep(deps.cases, stepsTo('distributed', 1));
  const other = await keep(deps.cases, stepsTo('distributed', 2));
  await act(other.number, 'join', { lead: lead.number, sameMatter: true }, officer, deps);
  for (const action of ['refuse', 'withdraw'] as const) {
    const problem = await problemOf(() => act(lead.number, action, SENT[action], officer, deps));
    expect(
      problem.errors.map(({ field }) => field),
      action,
    ).toContain('/version');
  }
  // Its complainant is told that it is handled together with another.
  expect((await deps.cases.history(other.number)).at(-1)?.notices).toMatchObject([{ notice: 'joined' }]);
});

test('a county’s list shows every case once, also when a station’s page was cut short', async () => {
  const deps = house();
  const numbers: string[] = [];
  for (let draw = 1; draw <= 9; draw += 1) {
    const unit = draw % 3 === 0 ? '33020302' : '33020301';
    numbers.push((await keep(deps.cases, follow([registered(draw)], [['distribute', { unit }]]))).number);
  }
  // As DynamoDB does when a page reaches a megabyte: fewer items than asked for, and a place to go on from.
  const cut: typeof deps = {
    ...deps,
    cases: {
      ...deps.cases,
      openCases: (unit, limit, after) =>
        deps.cases.openCases(unit, unit === '33020301' ? Math.min(limit, 2) : limit, after),
    },
  };
  const manager = staff('manager', '330203');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await bodyOf(listCases({ unit: '330203', below: 'all', limit: 5, after }, manager, cut));
    seen.push(...page.cases.map(({ number }: { number: string }) => number));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen.toSorted()).toEqual(numbers.toSorted());
});

test('an inquirer reads the answer by number and secret; orders from above are not his dates', async () => {
  const deps = house();
  const answered = follow([registered(1, MONDAY, { kind: 'inquiry' })], ['distribute', 'answer']);
  const { number } = await keep(deps.cases, answered);
  const shown = await bodyOf(track(number, SECRET, deps));
  expect(shown.answer).toBe(SENT.answer.answer);

  const watched = await keep(deps.cases, follow(stepsTo('distributed', 2), ['supervise']));
  const tracked = await bodyOf(track(watched.number, SECRET, deps));
  expect(tracked.nextLegalDate.clock).toBe('accept');
});

test('open figures of a station do not count reports or rewards: one of them would point to one informer', async () => {
  const statistics = createMemoryStatisticsStore();
  const steps = follow(stepsTo('decided', 1, MONDAY, 'report'), ['reward']);
  await statistics.tally(allEntriesOf(steps.map(({ event }) => event)));
  const deps = { statistics, registry: registryOf(), now: () => new Date(MONDAY) };
  const station = await bodyOf(report({ unit: '33020301' }, deps));
  expect(JSON.stringify(station)).not.toMatch(/rewardFen|fineFen|"decided"|eports/);
  const city = await bodyOf(report({}, deps));
  expect(city).toMatchObject({ cases: { reportsReceived: 1 }, money: { rewardFen: 20_000 } });
});

test('a dispatcher sees a report while it is at the hub, not when the city itself handles it', async () => {
  const deps = house();
  const atHub = await keep(deps.cases, stepsTo('at-hub', 1, MONDAY, 'report'));
  const handled = await keep(
    deps.cases,
    follow(stepsTo('at-hub', 2, MONDAY, 'report'), [['distribute', { unit: '330200' }]]),
  );
  expect((await bodyOf(showCase(atHub.number, dispatcher, deps))).sealed).toBe(false);
  expect((await bodyOf(showCase(handled.number, dispatcher, deps))).sealed).toBe(true);
});

test('what a reclassified case was is no sign against anybody', async () => {
  const deps = house();
  const shop = { business: { name: '样味面馆', address: '古林镇' } };
  const gone = follow([registered(1, MONDAY, shop)], ['refer']);
  const { number: old } = await keep(deps.cases, gone);
  const { number } = await keep(deps.cases, follow([registered(2, MONDAY, shop)], ['distribute']), IDENTITY);
  const signs = async () =>
    (await bodyOf(showSigns(number, officer, deps))).signs.flatMap(({ cases }: { cases: string[] }) => cases);
  expect(await signs()).toContain(old);
  await act(old, 'reclassify', { kind: 'inquiry' }, dispatcher, deps);
  expect(await signs()).not.toContain(old);
});
