import { describe, expect, test } from 'vitest';
import type { Action } from '../../shared/case/actions.ts';
import type { Case, Kind } from '../../shared/case/case.ts';
import { nextLegalDate } from '../../shared/case/case-view.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import { nextDue } from '../../shared/case/take-step.ts';
import { DEFAULT_SETTINGS } from '../../shared/law/bureau-settings.ts';
import type { ClockId } from '../../shared/law/rule-packs.ts';
import { isConsistent } from '../property/clock-duties.ts';
import { caseIn, context, registered, SENT, take, tenOn, WAYS } from './support.ts';

/** Goes on with a case, each step on its day: `[day, action, what is sent beyond the usual]`. */
type Entry = readonly [day: string, action: Action, changes?: object];
function live(found: Case, entries: readonly Entry[]): Case {
  return entries.reduce(
    (before, [day, action, changes]) =>
      take(before, action, { ...SENT[action], ...changes }, context(tenOn(day))).after,
    found,
  );
}
const received = (day: string, kind: Kind = 'complaint') => registered(0, tenOn(day), { kind }).after;
const clock = (found: Case, id: ClockId) =>
  found.clocks.findLast((one) => one.id === id && one.void === undefined);
const to = (unit: string) => ({ unit, area: undefined });
const settings = { settings: DEFAULT_SETTINGS };

describe('seven working days to accept or refuse, and to tell (Art. 15)', () => {
  test('begin when the county has the case, and the hub’s own day ends', () => {
    const found = live(received('2026-11-16'), [['2026-11-17', 'distribute']]);
    expect(clock(found, 'distribute')).toMatchObject({ stopped: '2026-11-17' });
    expect(clock(found, 'accept')).toEqual({
      id: 'accept',
      start: '2026-11-17',
      due: '2026-11-26',
      provisional: false,
      authority: '330203',
    });
  });

  test('end when the complainant was told, not with the decision', () => {
    const accepted = live(received('2026-11-16'), [
      ['2026-11-17', 'distribute'],
      ['2026-11-18', 'accept'],
    ]);
    expect(clock(accepted, 'accept')?.stopped).toBeUndefined();
    expect(nextLegalDate(accepted, settings)).toMatchObject({ clock: 'accept', due: '2026-11-26' });
    expect(clock(live(accepted, [['2026-11-20', 'tell']]), 'accept')?.stopped).toBe('2026-11-20');
  });

  test('of a refusal end with its telling too, and then nothing is owed', () => {
    const refused = live(received('2026-11-16'), [
      ['2026-11-17', 'distribute'],
      ['2026-11-18', 'refuse'],
    ]);
    expect(refused.state).toBe('refused');
    expect(clock(refused, 'accept')?.stopped).toBeUndefined();
    const told = live(refused, [['2026-11-19', 'tell', { form: 'form-6' }]]);
    expect(told.state).toBe('refused-told');
    expect(clock(told, 'accept')?.stopped).toBe('2026-11-19');
    expect(nextDue(told)).toBeUndefined();
  });

  test('telling the business of the acceptance does not end them', () => {
    const found = live(received('2026-11-16'), [
      ['2026-11-17', 'distribute'],
      ['2026-11-18', 'accept'],
      ['2026-11-19', 'tell', { party: 'business' }],
    ]);
    expect(clock(found, 'accept')?.stopped).toBeUndefined();
    expect(found.told).toEqual({ 'form-5.business': '2026-11-19' });
  });

  test('told too late: who had the case is on record', () => {
    const found = live(received('2026-11-16'), [
      ['2026-11-16', 'distribute', { officer: 'officer-a1' }],
      ['2026-11-17', 'accept'],
      ['2026-11-26', 'tell'],
    ]);
    expect(clock(found, 'accept')).toMatchObject({
      due: '2026-11-25',
      stopped: '2026-11-26',
      lateOwner: { unit: '33020301', officer: 'officer-a1' },
    });
  });

  test('told on the last day is not late', () => {
    const found = live(received('2026-11-16'), [
      ['2026-11-16', 'distribute'],
      ['2026-11-17', 'accept'],
      ['2026-11-25', 'tell'],
    ]);
    expect(clock(found, 'accept')).not.toHaveProperty('lateOwner');
  });

  test('the law’s own dates: received on 9-30, the last day is 10-15', () => {
    const found = live(received('2026-09-30'), [['2026-09-30', 'distribute']]);
    expect(clock(found, 'accept')?.due).toBe('2026-10-15');
  });
});

describe('a case that is handed back and on', () => {
  const first = live(received('2026-11-16'), [['2026-11-17', 'distribute']]);

  test('handed back: the hub’s day begins anew, and the county’s period goes on', () => {
    const found = live(first, [['2026-11-19', 'return']]);
    expect(clock(found, 'distribute')).toMatchObject({
      start: '2026-11-19',
      due: '2026-11-20',
      authority: '330200',
    });
    expect(clock(found, 'accept')).toMatchObject({ due: '2026-11-26' });
    expect(clock(found, 'accept')?.stopped).toBeUndefined();
  });

  test('to another station of the same county: the period goes on', () => {
    const found = live(first, [
      ['2026-11-19', 'return'],
      ['2026-11-20', 'distribute', to('33020302')],
    ]);
    expect(clock(found, 'accept')).toMatchObject({
      start: '2026-11-17',
      due: '2026-11-26',
      authority: '330203',
    });
  });

  test('from the county down to a station of its own: the period goes on', () => {
    const found = live(received('2026-11-16'), [
      ['2026-11-17', 'distribute', to('330203')],
      ['2026-11-19', 'distribute', to('33020302')],
    ]);
    expect(clock(found, 'accept')).toMatchObject({ start: '2026-11-17', authority: '330203' });
  });

  test('to another county: a period of its own; the first one ends without being kept or broken', () => {
    const found = live(first, [
      ['2026-11-19', 'return'],
      ['2026-11-20', 'distribute', to('33021201')],
    ]);
    expect(clock(found, 'accept')).toMatchObject({
      start: '2026-11-20',
      due: '2026-12-01',
      authority: '330212',
    });
    const gone = found.clocks.find(({ authority, id }) => id === 'accept' && authority === '330203');
    expect(gone).toMatchObject({ void: '2026-11-20' });
    expect([gone?.stopped, gone?.lateOwner]).toEqual([undefined, undefined]);
  });

  test('A → B → A: county A received it the first time, so its first period counts', () => {
    const found = live(first, [
      ['2026-11-18', 'return'],
      ['2026-11-19', 'distribute', to('33021201')],
      ['2026-11-20', 'return'],
      ['2026-11-23', 'distribute', to('33020302')],
    ]);
    expect(clock(found, 'accept')).toMatchObject({
      start: '2026-11-17',
      due: '2026-11-26',
      authority: '330203',
    });
    expect(
      found.clocks.filter(({ id, void: gone, stopped }) => id === 'accept' && !gone && !stopped),
    ).toHaveLength(1);
  });

  test('two authorities at odds: seven working days to agree; the designated one has a period of its own', () => {
    const disputed = live(first, [['2026-11-18', 'raise-dispute']]);
    expect(clock(disputed, 'authority-dispute')).toMatchObject({ due: '2026-11-27' });
    const designated = live(disputed, [['2026-11-20', 'designate']]);
    expect(clock(designated, 'authority-dispute')?.stopped).toBe('2026-11-20');
    expect(clock(designated, 'accept')).toMatchObject({ start: '2026-11-20', authority: '330212' });
  });
});

describe('first at a rights station or the business', () => {
  const offered = live(received('2026-11-16'), [
    ['2026-11-16', 'distribute'],
    ['2026-11-17', 'offer-first'],
  ]);

  test('ten working days run, and those of the authority do not', () => {
    expect(clock(offered, 'station-first')).toMatchObject({ due: '2026-12-01' });
    expect(clock(offered, 'accept')?.stopped).toBe('2026-11-17');
    expect(nextDue(offered)?.id).toBe('station-first');
  });

  test('a consumer who insists starts seven new working days', () => {
    const found = live(offered, [['2026-11-24', 'insist']]);
    expect(found.state).toBe('distributed');
    expect(clock(found, 'station-first')?.stopped).toBe('2026-11-24');
    expect(clock(found, 'accept')).toMatchObject({ start: '2026-11-24', due: '2026-12-03' });
  });

  test('insisting before any unit had the case brings it back to the dispatcher', () => {
    const found = live(received('2026-11-16'), [
      ['2026-11-16', 'refer'],
      ['2026-11-17', 'offer-first'],
      ['2026-11-24', 'insist'],
    ]);
    expect(found).toMatchObject({ state: 'at-hub', hubReason: 'insisted' });
    expect(clock(found, 'distribute')).toMatchObject({ start: '2026-11-24', due: '2026-11-25' });
  });

  test('settled there: nothing runs', () => {
    expect(nextDue(live(offered, [['2026-11-20', 'reconcile']]))).toBeUndefined();
  });
});

describe('sixty days of mediation (Art. 23)', () => {
  const mediating = live(received('2026-08-03'), [
    ['2026-08-03', 'distribute'],
    ['2026-08-03', 'accept'],
    ['2026-08-04', 'tell'],
    ['2026-08-05', 'start-mediation'],
  ]);

  test('end after the holidays when the last day falls into them: 08-03 → 10-08', () => {
    expect(clock(mediating, 'mediate')).toMatchObject({ start: '2026-08-03', due: '2026-10-08' });
  });

  test('stop while a test goes on, and the evidence stays beside the pause', () => {
    const testing = live(mediating, [['2026-08-10', 'begin-testing']]);
    // Nothing else runs: the desk has no date for it.
    expect(nextDue(testing)).toBeUndefined();
    const after = live(testing, [['2026-08-20', 'end-testing']]);
    expect(clock(after, 'mediate')).toMatchObject({
      // 10 days later: 60 days end on 10-12, a working Monday.
      due: '2026-10-12',
      pauses: [{ reason: 'testing', from: '2026-08-10', to: '2026-08-20', evidence: '检测委托书第1号' }],
    });
  });

  test('two tests are two pauses', () => {
    const after = live(mediating, [
      ['2026-08-10', 'begin-testing'],
      ['2026-08-20', 'end-testing'],
      ['2026-08-25', 'begin-testing', { kind: 'appraisal' }],
      ['2026-08-30', 'end-testing'],
    ]);
    expect(clock(after, 'mediate')).toMatchObject({ due: '2026-10-17' });
    expect(clock(after, 'mediate')?.pauses).toHaveLength(2);
  });

  test('do not stop for a recusal, which has three working days of its own', () => {
    const recusal = live(mediating, [['2026-08-10', 'apply-recusal']]);
    expect(clock(recusal, 'recusal')).toMatchObject({ due: '2026-08-13' });
    const after = live(recusal, [['2026-08-12', 'decide-recusal']]);
    expect(clock(after, 'recusal')?.stopped).toBe('2026-08-12');
    expect(clock(after, 'mediate')).toMatchObject({ due: '2026-10-08' });
    expect(clock(after, 'mediate')).not.toHaveProperty('pauses');
    expect(after.officers).toEqual(['officer-a1']);
  });

  test('end with a termination, which both parties are told within seven working days', () => {
    const ended = live(mediating, [['2026-09-30', 'terminate']]);
    expect(clock(ended, 'mediate')?.stopped).toBe('2026-09-30');
    expect(clock(ended, 'tell-termination')).toMatchObject({ due: '2026-10-15' });
    const half = live(ended, [['2026-10-09', 'tell', { form: 'form-8' }]]);
    expect(half.state).toBe('terminated');
    expect(clock(half, 'tell-termination')?.stopped).toBeUndefined();
    const both = live(half, [['2026-10-10', 'tell', { form: 'form-8', party: 'business' }]]);
    expect(both.state).toBe('terminated-told');
    expect(clock(both, 'tell-termination')?.stopped).toBe('2026-10-10');
  });

  test('a termination in the middle of a test ends the pause with it', () => {
    const ended = live(mediating, [
      ['2026-08-10', 'begin-testing'],
      ['2026-08-12', 'terminate', { ground: 'art23-4' }],
    ]);
    expect(clock(ended, 'mediate')).toMatchObject({ stopped: '2026-08-12', pauses: [{ to: '2026-08-12' }] });
  });

  test('of a case received under Order 20 before 2024-07 are forty-five working days, whenever it is accepted', () => {
    const found = live(registered(0, tenOn('2024-06-30'), { occurredOn: '2024-06-01' }).after, [
      ['2026-11-17', 'distribute'],
      ['2026-11-18', 'accept'],
    ]);
    expect(nextLegalDate(found, settings)).not.toBeNull();
    expect(clock(found, 'mediate')).toMatchObject({ due: '2027-01-20', provisional: true });
  });

  test('received on 2026-04-14 or on the day after: the same sixty days, each under its own order', () => {
    for (const [day, basis] of [
      ['2026-04-14', '国务院令第778号第四十六条'],
      ['2026-04-15', '总局令第121号第二十三条第一款第（五）项'],
    ] as const) {
      const found = live(received(day), [
        [day, 'distribute'],
        [day, 'accept'],
        [day, 'tell'],
      ]);
      expect(nextLegalDate(found, settings)).toMatchObject({
        clock: 'mediate',
        length: 60,
        unit: 'ND',
        basis,
      });
    }
  });
});

describe('a promise', () => {
  const promised = live(received('2026-11-16'), [
    ['2026-11-16', 'distribute'],
    ['2026-11-17', 'accept'],
    ['2026-11-17', 'tell'],
    ['2026-11-18', 'settle', { promisedOn: '2026-12-05' }],
  ]);

  test('is owed on the very day that was named, counted or not: 12-05 is a Saturday', () => {
    expect(clock(promised, 'promise')).toMatchObject({ due: '2026-12-05', set: true, provisional: false });
  });

  test('ends when all of it was paid', () => {
    const part = live(promised, [['2026-11-20', 'perform', { provenFen: 100 }]]);
    expect(clock(part, 'promise')?.stopped).toBeUndefined();
    expect(clock(live(part, [['2026-11-21', 'perform', { provenFen: 7_400 }]]), 'promise')?.stopped).toBe(
      '2026-11-21',
    );
  });

  test('outlives the closing of the case, until it is paid', () => {
    const closed = live(promised, [['2026-11-19', 'close']]);
    expect(clock(closed, 'promise')?.stopped).toBeUndefined();
    const published = live({ ...closed, consents: { publish: true } }, [['2026-11-20', 'publish']]);
    expect(published.watchAt).toBeDefined();
    expect(clock(live(published, [['2026-12-04', 'perform']]), 'promise')?.stopped).toBe('2026-12-04');
  });

  test('an agreement without a day starts no clock', () => {
    const found = live(caseIn('mediating'), [
      ['2026-11-18', 'settle', { provenFen: 10_000, promisedOn: undefined }],
    ]);
    expect(clock(found, 'promise')).toBeUndefined();
  });
});

describe('a report', () => {
  const found = received('2026-09-30', 'report');

  test('is verified within fifteen working days of its receipt: 09-30 → 10-27, extended once → 11-17', () => {
    const handed = live(found, [['2026-10-08', 'distribute']]);
    expect(clock(handed, 'verify-report')).toMatchObject({ start: '2026-09-30', due: '2026-10-27' });
    const extended = live(handed, [['2026-10-20', 'extend']]);
    expect(clock(extended, 'verify-report')).toMatchObject({
      due: '2026-11-17',
      extensions: [{ length: 15, unit: 'WD', on: '2026-10-20', by: 'officer-a1' }],
    });
  });

  test('is not counted while a sample is tested', () => {
    const after = live(found, [
      ['2026-10-08', 'distribute'],
      ['2026-10-09', 'begin-pause'],
      ['2026-10-19', 'end-pause'],
    ]);
    // Six working days of testing: 10-10 (worked) and 10-12 … 10-16, 10-19 are not counted.
    expect(clock(after, 'verify-report')?.due).toBe('2026-11-05');
  });

  test('new facts of the same informer start the period anew from the day the last report came', () => {
    const after = live(found, [
      ['2026-10-08', 'distribute'],
      ['2026-10-09', 'verify'],
      ['2026-10-21', 'add-facts', { receivedOn: '2026-10-19' }],
    ]);
    expect(after.state).toBe('distributed');
    expect(clock(after, 'verify-report')).toMatchObject({ start: '2026-10-19', due: '2026-11-09' });
    expect(
      after.clocks.filter(
        ({ id, stopped, void: gone }) =>
          id === 'verify-report' && stopped === undefined && gone === undefined,
      ),
    ).toHaveLength(1);
  });

  test('filed: ninety days to decide, thirty more once, then a day set together', () => {
    const filed = live(received('2026-07-01', 'report'), [
      ['2026-07-01', 'distribute'],
      ['2026-07-02', 'verify'],
      ['2026-07-03', 'file-case'],
    ]);
    expect(clock(filed, 'verify-report')?.stopped).toBe('2026-07-03');
    // The ninetieth day is 10-01.
    expect(clock(filed, 'decide-case')?.due).toBe('2026-10-08');
    const extended = live(filed, [['2026-09-20', 'extend']]);
    expect(clock(extended, 'decide-case')?.due).toBe('2026-10-31');
    const again = live(extended, [['2026-10-30', 'extend', { until: '2026-12-31' }]]);
    expect(clock(again, 'decide-case')?.due).toBe('2026-12-31');
  });

  test('received before 2026-04-15: the informer is told of the filing within five working days', () => {
    for (const [action, form] of [
      ['file-case', 'form-10'],
      ['not-file', 'form-10'],
    ] as const) {
      const decided = live(received('2026-04-14', 'report'), [
        ['2026-04-14', 'distribute'],
        ['2026-04-20', 'verify'],
        ['2026-04-21', action],
      ]);
      expect(clock(decided, 'tell-informer')).toMatchObject({ start: '2026-04-21', due: '2026-04-28' });
      const told = live(decided, [['2026-04-22', 'tell', { form, party: 'informer' }]]);
      expect(clock(told, 'tell-informer')?.stopped).toBe('2026-04-22');
    }
  });

  test('received on 2026-04-15 or later: no such period', () => {
    const decided = live(received('2026-04-15', 'report'), [
      ['2026-04-15', 'distribute'],
      ['2026-04-20', 'verify'],
      ['2026-04-21', 'not-file'],
    ]);
    expect(clock(decided, 'tell-informer')).toBeUndefined();
  });

  test('without a name: nobody to tell, so no period under the old order either', () => {
    const anonymous = { ...received('2026-04-14', 'report'), consents: { anonymous: true } };
    const decided = live(anonymous, [
      ['2026-04-14', 'distribute'],
      ['2026-04-20', 'verify'],
      ['2026-04-21', 'not-file'],
    ]);
    expect(clock(decided, 'tell-informer')).toBeUndefined();
  });

  test('reopened is verified within fifteen working days again', () => {
    const again = live(caseIn('report-closed', 1, tenOn('2026-11-16'), 'report'), [['2026-11-20', 'reopen']]);
    expect(again.state).toBe('distributed');
    expect(clock(again, 'verify-report')).toMatchObject({ start: '2026-11-20', due: '2026-12-11' });
  });
});

describe('other periods', () => {
  test('missing proof: the bureau’s three working days, or the day that the form names', () => {
    const asked = (changes: object) =>
      live(received('2026-11-16'), [
        ['2026-11-16', 'distribute'],
        ['2026-11-16', 'ask-proof', changes],
      ]);
    expect(clock(asked({ until: undefined }), 'identity')).toMatchObject({ due: '2026-11-19' });
    expect(clock(asked({ until: '2026-11-24' }), 'identity')).toMatchObject({ due: '2026-11-24', set: true });
    const back = live(asked({}), [['2026-11-18', 'receive-proof']]);
    expect(clock(back, 'identity')?.stopped).toBe('2026-11-18');
    expect(clock(back, 'accept')).toMatchObject({ start: '2026-11-16', due: '2026-11-25' });
  });

  test('a supervision order is answered by the day it names; a new one takes its place', () => {
    const ordered = live(caseIn('accepted'), [['2026-11-16', 'supervise']]);
    expect(clock(ordered, 'supervision')).toMatchObject({ due: '2026-11-19', set: true });
    const again = live(ordered, [['2026-11-17', 'supervise', { answerBy: '2026-11-18' }]]);
    expect(clock(again, 'supervision')).toMatchObject({ due: '2026-11-18' });
    expect(clock(live(again, [['2026-11-18', 'answer-supervision']]), 'supervision')?.stopped).toBe(
      '2026-11-18',
    );
  });

  test('a closed case is published, or excluded, within seven working days', () => {
    const closed = caseIn('closed');
    expect(clock(closed, 'publish')).toMatchObject({ due: '2026-11-25' });
    expect(clock(live(closed, [['2026-11-20', 'publish']]), 'publish')?.stopped).toBe('2026-11-20');
    expect(clock(live(closed, [['2026-11-20', 'exclude']]), 'publish')?.stopped).toBe('2026-11-20');
  });

  test('lengths that the law leaves to the bureau are the bureau’s; the law’s own are not', () => {
    const own = { lengths: { distribute: 3, accept: 30 } };
    const first = registered(0, tenOn('2026-11-16')).after;
    const handed = take(first, 'distribute', SENT.distribute, context(tenOn('2026-11-16'), undefined, own));
    expect(clock(handed.after, 'accept')?.due).toBe('2026-11-25');
    const back = take(handed.after, 'return', SENT.return, context(tenOn('2026-11-16'), undefined, own));
    expect(clock(back.after, 'distribute')?.due).toBe('2026-11-19');
  });
});

describe('days and years are those of Beijing', () => {
  test('a second before midnight is today, midnight is tomorrow', () => {
    const before = registered(0, '2026-11-16T15:59:59.999Z').after;
    const after = registered(0, '2026-11-16T16:00:00.000Z').after;
    expect([before.receivedOn, after.receivedOn]).toEqual(['2026-11-16', '2026-11-17']);
    expect([before.clocks[0]?.due, after.clocks[0]?.due]).toEqual(['2026-11-17', '2026-11-18']);
  });

  test('a case told at 23:59:59 of the last day is in time, at 00:00 it is late', () => {
    const accepted = live(received('2026-11-16'), [
      ['2026-11-16', 'distribute'],
      ['2026-11-17', 'accept'],
    ]);
    const told = (at: string) => clock(take(accepted, 'tell', SENT.tell, context(at)).after, 'accept');
    expect(told('2026-11-25T15:59:59.999Z')).not.toHaveProperty('lateOwner');
    expect(told('2026-11-25T16:00:00.000Z')).toHaveProperty('lateOwner');
  });

  test('over the change of year into one without a notice: counted, and marked', () => {
    const found = live(received('2026-12-30'), [['2026-12-31', 'distribute']]);
    expect(clock(found, 'accept')).toMatchObject({
      start: '2026-12-31',
      due: '2027-01-11',
      provisional: true,
    });
  });

  test('the rule pack changes at midnight in Beijing', () => {
    const last = registered(0, '2026-04-14T15:59:59.999Z').after;
    const first = registered(0, '2026-04-14T16:00:00.000Z').after;
    const basis = (found: Case) =>
      nextLegalDate(take(found, 'distribute', SENT.distribute, context(tenOn('2026-04-16'))).after, settings)
        ?.basis;
    expect(basis(last)).toBe('总局令第20号第十四条');
    expect(basis(first)).toBe('总局令第121号第十五条');
  });
});

test('in every state exactly those clocks run whose duty is owed there', () => {
  for (const kind of Object.keys(WAYS) as Kind[]) {
    for (const state of Object.keys(WAYS[kind]) as State[]) {
      expect(isConsistent(caseIn(state, 0, undefined, kind)), `${kind} ${state}`).toBeUndefined();
    }
  }
});
