import { describe, expect, test } from 'vitest';
import { shanghaiDate } from '../../shared/dates.ts';
import { DEFAULT_SETTINGS, settingsOf } from '../../shared/law/bureau-settings.ts';
import { CLOCKS, type ClockId, clockRule, PAUSE_REASONS, rulePackFor } from '../../shared/law/rule-packs.ts';

const PACKS = ['2026-11-21', '2025-01-01', '2020-01-01'];
const rulesOn = (day: string) => Object.entries(rulePackFor(day).clocks);

describe('the rules of the day of receipt apply', () => {
  test.each([
    ['2026-11-21', 'CN-SAMR-121', 60, 'ND'],
    ['2026-04-15', 'CN-SAMR-121', 60, 'ND'],
    ['2026-04-14', 'CN-SAMR-20', 60, 'ND'],
    ['2024-07-01', 'CN-SAMR-20', 60, 'ND'],
    ['2024-06-30', 'CN-SAMR-20', 45, 'WD'],
    ['1999-01-01', 'CN-SAMR-20', 45, 'WD'],
  ])('received %s: %s, mediation %i %s', (day, id, length, unit) => {
    const pack = rulePackFor(day);
    expect(pack.id).toBe(id);
    expect(pack.clocks.mediate).toMatchObject({ length, unit });
    expect(pack.clocks.accept).toMatchObject({ length: 7, unit: 'WD' });
    expect(pack.clocks.distribute).toMatchObject({ length: 1, unit: 'WD' });
  });

  test.each([
    // Midnight in Beijing is 16:00 UTC of the day before.
    ['2026-04-14T15:59:59.999Z', 'CN-SAMR-20'],
    ['2026-04-14T16:00:00.000Z', 'CN-SAMR-121'],
  ])('a complaint received at %s falls under %s', (instant, id) => {
    expect(rulePackFor(shanghaiDate(instant)).id).toBe(id);
  });

  test('the real-name informer is told within 5 working days under Order 20, and not under Order 121', () => {
    const rule = (day: string) => clockRule(day, 'tell-informer', DEFAULT_SETTINGS);
    expect(rule('2026-04-14')).toMatchObject({
      length: 5,
      unit: 'WD',
      basis: '总局令第20号第三十一条第二款',
    });
    expect(() => rule('2026-04-15')).toThrow(new RangeError('CN-SAMR-121 has no clock tell-informer'));
  });

  test.each(PACKS)('received %s, every clock says in both languages what is owed, from when, why', (day) => {
    for (const [id, { duty, starts, basis, extension }] of rulesOn(day)) {
      const english = [duty.en, starts.en];
      const chinese = [duty.zh, starts.zh, basis, extension?.basis ?? '总局'];
      expect(
        english.every((text) => /^[A-Za-z ,’;-]{5,}$/.test(text)),
        `${id}: ${english.join()}`,
      ).toBe(true);
      expect(
        chinese.every((text) => /\p{Script=Han}{2}/u.test(text)),
        `${id}: ${chinese.join()}`,
      ).toBe(true);
    }
  });

  test('a pack has every clock of the list and no other', () => {
    expect(rulesOn('2026-04-14').map(([id]) => id)).toEqual(expect.arrayContaining([...CLOCKS]));
    expect(rulesOn('2026-04-15').map(([id]) => id)).toEqual(
      expect.arrayContaining(CLOCKS.filter((id) => id !== 'tell-informer')),
    );
    expect(rulesOn('2026-04-15')).toHaveLength(CLOCKS.length - 1);
  });

  test('an old case cites no article of the new order', () => {
    for (const [id, { basis, extension }] of rulesOn('2026-04-14')) {
      expect(basis + (extension?.basis ?? ''), id).not.toContain('总局令第121号');
    }
  });
});

describe('what stops the count, and what lengthens it, is as the law has it', () => {
  test.each<[ClockId, string[]]>([
    ['mediate', ['appraisal', 'testing']],
    ['verify-report', ['appraisal', 'inspection', 'quarantine', 'right-holder', 'testing']],
    ['decide-case', ['announcement', 'hearing', 'suspension', 'testing']],
    ['accept', []],
    ['verify-clue', []],
  ])('%s: days of %j are not counted', (id, reasons) => {
    expect(clockRule('2026-11-21', id, DEFAULT_SETTINGS).pauses.toSorted()).toEqual(reasons);
  });

  test.each(PACKS)('received %s: three clocks can be extended, once', (day) => {
    const extended = rulesOn(day).filter(([, { extension }]) => extension !== undefined);
    expect(
      extended.map(([id, { extension }]) => [id, extension?.length, extension?.unit, extension?.times]),
    ).toEqual([
      ['verify-clue', 15, 'WD', 1],
      ['verify-report', 15, 'WD', 1],
      ['decide-case', 30, 'ND', 1],
    ]);
  });

  test('every reason for a pause has its words and its article', () => {
    for (const { zh, en, basis } of Object.values(PAUSE_REASONS)) {
      expect([/\p{Script=Han}/u.test(zh), /[a-z]/.test(en), /第.+条/.test(basis)]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });
});

describe('a bureau sets for itself what the law leaves open', () => {
  test('its own lengths where the law has none: the rest stays at the default', () => {
    const settings = settingsOf({ lengths: { identity: 5, publish: 20 }, shiftWeekends: true });
    const length = (id: ClockId) => clockRule('2026-11-21', id, settings).length;
    expect([length('identity'), length('publish'), length('recusal'), length('distribute')]).toEqual([
      5, 20, 3, 1,
    ]);
    expect(settings).toMatchObject({ shiftWeekends: true, retentionDays: 1095 });
    // Whoever shows the settings shows the lengths that apply.
    expect(settings.lengths).toMatchObject({ identity: 5, recusal: 3 });
  });

  test('a limit of law is not the bureau’s to set', () => {
    const settings = settingsOf({ lengths: { accept: 70, mediate: 600, limitation: 30 } });
    for (const id of ['accept', 'mediate', 'limitation'] as const) {
      expect(clockRule('2026-11-21', id, settings)).toEqual(rulePackFor('2026-11-21').clocks[id]);
    }
  });

  test('the defaults are those of the rules', () => {
    expect(DEFAULT_SETTINGS.lengths).toEqual({
      distribute: 1,
      identity: 3,
      recusal: 3,
      publish: 7,
      answer: 5,
      supervision: 3,
      promise: 0,
      'confirm-first': 5,
    });
    expect(settingsOf(undefined)).toEqual(DEFAULT_SETTINGS);
    expect(settingsOf({})).toEqual(DEFAULT_SETTINGS);
  });
});
