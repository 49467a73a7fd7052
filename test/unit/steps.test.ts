import { describe, expect, test } from 'vitest';
import type { Case } from '../../shared/case/case.ts';
import { handlingUnit, nextLegalDate } from '../../shared/case/case-view.ts';
import { type Action, STATES, type State, TRANSITIONS } from '../../shared/case/life-cycle.ts';
import {
  accept,
  distribute,
  NotAllowedNow,
  nextDue,
  refer,
  refuse,
  returnToHub,
  type Step,
  settle,
  terminate,
} from '../../shared/case/steps.ts';
import {
  caseIn,
  consumer,
  context,
  MONDAY,
  registered,
  registry,
  STATION_A1,
  STATION_A2,
  STATION_B1,
} from './support.ts';

const TAKE: Record<Action, (before: Case) => Step> = {
  distribute: (c) => distribute(c, { unitPath: STATION_A1, area: 'A101' }, 'dispatcher', context()),
  refer: (c) => refer(c, { reason: 'address-missing', candidates: [] }, context()),
  return: (c) => returnToHub(c, { reason: 'not-competent', note: '不属本所' }, context()),
  accept: (c) => accept(c, context()),
  refuse: (c) => refuse(c, { ground: 'art16-3' }, context()),
  settle: (c) => settle(c, { agreedFen: 100, provenFen: 50 }, context()),
  terminate: (c) => terminate(c, { ground: 'art23-1' }, context()),
};
const STATE_NAMES = Object.keys(STATES) as State[];
const ACTION_NAMES = Object.keys(TRANSITIONS) as Action[];

describe('registering', () => {
  const { after, event } = registered(483_729, '2026-11-20T16:30:00.000Z');

  test('gives a number of the day in Shanghai, at the hub, as the first event', () => {
    expect(after).toMatchObject({ number: '261121-483729-2', version: 1, state: 'received' });
    expect(after).toMatchObject({ receivedOn: '2026-11-21', unitPath: ['330200'] });
    expect(event).toMatchObject({
      id: '261121-483729-2.1',
      type: 'registered',
      on: '2026-11-21',
      actor: consumer,
    });
    expect(event.facts).toEqual({ channel: 'web', claimedFen: 12_300 });
  });

  test('starts the hub’s own day', () => {
    // Saturday 11-21: the next working day is Monday.
    expect(after.clocks).toEqual({
      distribute: { start: '2026-11-21', due: '2026-11-23', provisional: false, authority: '330200' },
    });
  });

  test('keeps names and phones out of the case and its history', () => {
    expect(JSON.stringify({ after, event })).not.toMatch(/13800000000|某甲/);
  });
});

describe.each(STATE_NAMES)('in state %s', (state) => {
  test.each(ACTION_NAMES)('%s is taken or refused as the life cycle says', (action) => {
    const before = caseIn(state);
    if (!TRANSITIONS[action].from.includes(state)) {
      expect(() => TAKE[action](before)).toThrow(NotAllowedNow);
      return;
    }
    const copy = structuredClone(before);
    const { after, event } = TAKE[action](before);
    expect(after.state).toBe(TRANSITIONS[action].to);
    expect(after.version).toBe(before.version + 1);
    expect(event).toMatchObject({
      id: `${before.number}.${after.version}`,
      number: before.number,
      version: after.version,
      type: TRANSITIONS[action].event,
      at: MONDAY,
      on: '2026-11-16',
    });
    // The step makes a new case; the one before stays as it was.
    expect(before).toEqual(copy);
  });
});

describe('the legal clocks', () => {
  const at = (day: string) => context(`${day}T02:00:00.000Z`);
  const dispatch = (before: Case, to: readonly string[], day: string) =>
    distribute(before, { unitPath: to }, 'dispatcher', at(day)).after;
  const handBack = (before: Case, day: string) =>
    returnToHub(before, { reason: 'address-unknown' }, at(day)).after;
  const received = registered().after;

  test('handing over stops the hub’s clock and starts seven working days of the county', () => {
    const found = dispatch(received, STATION_A1, '2026-11-17');
    expect(found.clocks.distribute).toMatchObject({ stopped: '2026-11-17' });
    expect(found.clocks.accept).toEqual({
      start: '2026-11-17',
      due: '2026-11-26',
      provisional: false,
      authority: '330203',
    });
  });

  test('referring to the dispatcher keeps the hub’s clock', () => {
    const found = refer(received, { reason: 'address-missing', candidates: [] }, at('2026-11-17')).after;
    expect(found.clocks).toEqual(received.clocks);
    expect(found).toMatchObject({ hubReason: 'address-missing', unitPath: ['330200'] });
  });

  test('handing back starts the hub’s clock anew, and the county’s goes on', () => {
    const found = handBack(dispatch(received, STATION_A1, '2026-11-17'), '2026-11-19');
    expect(found.clocks.distribute).toEqual({
      start: '2026-11-19',
      due: '2026-11-20',
      provisional: false,
      authority: '330200',
    });
    expect(found.clocks.accept).toMatchObject({ due: '2026-11-26' });
    expect(found.clocks.accept?.stopped).toBeUndefined();
    expect(found).toMatchObject({ unitPath: ['330200'], hubReason: 'address-unknown', area: undefined });
  });

  test('to another station of the same county: the period goes on', () => {
    const found = dispatch(
      handBack(dispatch(received, STATION_A1, '2026-11-17'), '2026-11-19'),
      STATION_A2,
      '2026-11-20',
    );
    expect(found.clocks.accept).toMatchObject({
      start: '2026-11-17',
      due: '2026-11-26',
      authority: '330203',
    });
    expect(found.clocks.distribute).toMatchObject({ start: '2026-11-19', stopped: '2026-11-20' });
    expect(found.hubReason).toBeUndefined();
  });

  test('to another county: a period of its own', () => {
    const found = dispatch(
      handBack(dispatch(received, STATION_A1, '2026-11-17'), '2026-11-19'),
      STATION_B1,
      '2026-11-20',
    );
    expect(found.clocks.accept).toMatchObject({
      start: '2026-11-20',
      due: '2026-12-01',
      authority: '330212',
    });
  });

  test('and back to the first county: the period begins again there', () => {
    const second = dispatch(
      handBack(dispatch(received, STATION_A1, '2026-11-17'), '2026-11-18'),
      STATION_B1,
      '2026-11-19',
    );
    const third = dispatch(handBack(second, '2026-11-20'), STATION_A2, '2026-11-23');
    expect(third.clocks.accept).toMatchObject({ start: '2026-11-23', authority: '330203' });
  });

  test('accepting stops the seven days and starts sixty natural days', () => {
    const found = accept(dispatch(received, STATION_A1, '2026-11-17'), at('2026-11-18')).after;
    expect(found.clocks.accept).toMatchObject({ stopped: '2026-11-18' });
    // 2027 is not loaded: counted without its holidays, and marked.
    expect(found.clocks.mediate).toEqual({
      start: '2026-11-18',
      due: '2027-01-17',
      provisional: true,
      authority: '330203',
    });
  });

  test.each(['refused', 'settled', 'terminated'] as const)('nothing runs once a case is %s', (state) => {
    expect(nextDue(caseIn(state))).toBeUndefined();
    expect(nextLegalDate(caseIn(state))).toBeNull();
  });

  test('a case received under Order 20 keeps its rules when accepted after the change', () => {
    const old = registered(0, '2024-06-30T02:00:00.000Z', { occurredOn: '2024-06-01' }).after;
    const found = accept(dispatch(old, STATION_A1, '2026-11-17'), at('2026-11-18')).after;
    // 45 working days are nine weeks from a Wednesday to a Wednesday.
    expect(nextLegalDate(found)).toMatchObject({
      clock: 'mediate',
      length: 45,
      unit: 'WD',
      due: '2027-01-20',
    });
  });

  test('of two running clocks the one that ends first is shown', () => {
    const found = handBack(dispatch(received, STATION_A1, '2026-11-17'), '2026-11-19');
    expect(nextDue(found)).toMatchObject({ clock: 'distribute', due: '2026-11-20' });
    const late = handBack(dispatch(received, STATION_A1, '2026-11-17'), '2026-11-26');
    expect(nextDue(late)).toMatchObject({ clock: 'accept', due: '2026-11-26' });
  });
});

describe('what is counted for whom', () => {
  test('a return counts for the unit that had the case, not for the hub', () => {
    const { event, after } = returnToHub(caseIn('distributed'), { reason: 'unclear' }, context());
    expect(event.unitPath).toEqual(STATION_A1);
    expect(after.unitPath).toEqual(['330200']);
  });

  test('a hand-over counts for the station that gets the case', () => {
    const { event } = distribute(caseIn('at-hub'), { unitPath: STATION_B1 }, 'dispatcher', context());
    expect(event.unitPath).toEqual(STATION_B1);
  });

  test('the agreed and the proven sum stand apart', () => {
    const { after, event } = settle(caseIn('accepted'), { agreedFen: 9_900, provenFen: 1 }, context());
    expect(after.recovered).toEqual({ agreedFen: 9_900, provenFen: 1 });
    expect(event.facts).toEqual({ agreedFen: 9_900, provenFen: 1 });
  });

  test('a refusal and a termination keep their ground in the case and the history', () => {
    expect(refuse(caseIn('distributed'), { ground: 'art16-4' }, context()).after.ground).toBe('art16-4');
    const ended = terminate(caseIn('accepted'), { ground: 'art23-5', note: '逾期' }, context());
    expect(ended.after.ground).toBe('art23-5');
    expect(ended.event.facts).toEqual({ ground: 'art23-5', note: '逾期' });
  });
});

test('the consumer is told the station, and nobody while the case is at the hub', () => {
  expect(handlingUnit(caseIn('distributed'), registry.units)).toMatchObject({
    code: '33020301',
    phone: '0574-00000000',
  });
  expect(handlingUnit(caseIn('at-hub'), registry.units)).toBeNull();
  expect(handlingUnit({ unitPath: ['330200', '330203', '99999999'] }, registry.units)).toBeNull();
});
