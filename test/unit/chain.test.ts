import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../shared/case/case.ts';
import { hashOf, sealEvent, verifyChain } from '../../shared/case/chain.ts';
import { documentNumber, seriesOf } from '../../shared/case/document-number.ts';
import { businessKey, nameKey, phoneKey } from '../../shared/case/lookup-keys.ts';
import { plain, registry, stepsTo } from './support.ts';

const steps = stepsTo('closed');
const events = steps.map(({ event }) => event);
const last = steps.at(-1)?.after;
const change = (version: number, changes: Partial<CaseEvent>) =>
  events.map((event) => (event.version === version ? { ...event, ...changes } : event));

describe('the first broken link is named', () => {
  test('none in a whole chain, also as it comes out of a table', () => {
    expect(verifyChain(events, last)).toBeUndefined();
    expect(verifyChain(plain(events), plain(last))).toBeUndefined();
  });

  test.each<[string, readonly CaseEvent[], ReturnType<typeof verifyChain>]>([
    [
      'a fact was changed',
      change(3, { facts: { documentNumber: '别的' } }),
      { version: 3, fault: 'changed' },
    ],
    ['a day was changed', change(2, { on: '2026-11-15' }), { version: 2, fault: 'changed' }],
    [
      'words were changed',
      change(7, { words: { found: '别的', salt: 'salt' } }),
      { version: 7, fault: 'words-changed' },
    ],
    ['an event is gone', events.toSpliced(3, 1), { version: 4, fault: 'missing' }],
    ['the last event is gone', events.slice(0, -1), { version: 7, fault: 'missing' }],
    ['a hash was taken off', change(5, { hash: undefined }), { version: 5, fault: 'unchained' }],
    [
      'the last was written anew',
      [...events.slice(0, -1), resealed()],
      { version: 7, fault: 'state-differs' },
    ],
  ])('%s', (_, forged, fault) => {
    expect(verifyChain(forged, last)).toEqual(fault);
  });

  function resealed(): CaseEvent {
    const { hash: _, ...event } = events.at(-1) as CaseEvent;
    return sealEvent({ ...event, facts: { forged: true } }, events.at(-2)?.hash);
  }

  test('what the first version wrote bears no hash; what comes after it must', () => {
    const old = events.slice(0, 2).map(({ hash: _, wordsHash: __, ...event }) => event);
    const [third, fourth] = events.slice(2) as [CaseEvent, CaseEvent];
    const next = sealEvent({ ...third, hash: undefined }, undefined);
    expect(verifyChain([...old, next])).toBeUndefined();
    expect(verifyChain([...old, next, { ...fourth, hash: undefined }])).toEqual({
      version: 4,
      fault: 'unchained',
    });
  });
});

test('the hash of a value does not depend on the order of its fields or on fields that are not there', () => {
  expect(hashOf({ a: 1, b: [{ c: 2, d: undefined }] })).toBe(hashOf({ b: [{ c: 2 }], a: 1 }));
  expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: '1' }));
  expect(hashOf({ a: null })).not.toBe(hashOf({}));
  expect(hashOf(['a', 'b'])).not.toBe(hashOf(['b', 'a']));
});

describe('keys by which cases are found', () => {
  test.each([
    '13800000000',
    '138 0000 0000',
    '138-0000-0000',
    '+86 138 0000 0000',
    '008613800000000',
    '１３８０００００００0',
  ])('the phone %s is the same phone', (phone) => {
    expect(phoneKey(phone)).toBe(phoneKey('13800000000'));
  });

  test('another phone is another one, and a key says nothing to whoever sees it', () => {
    expect(phoneKey('13800000001')).not.toBe(phoneKey('13800000000'));
    expect(phoneKey('13800000000')).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a business by its name however it is written; without a name by nothing', () => {
    expect(businessKey('甲 面馆（古林店）')).toBe(businessKey('甲面馆(古林店)'));
    expect(businessKey('ＡＢＣ Shop')).toBe(businessKey('abc shop'));
    expect(businessKey('甲面馆')).not.toBe(businessKey('乙面馆'));
    for (const none of [undefined, '', ' ', '（）']) expect(businessKey(none)).toBeUndefined();
    expect(nameKey('某 甲')).toBe(nameKey('某甲'));
  });
});

describe('the number of a form', () => {
  test.each([
    ['33020302', '海曙古林市监〔2026〕第12号'],
    ['330203', '海曙市监〔2026〕第12号'],
    ['33028101', '余姚梨洲市监〔2026〕第12号'],
    ['330200', '宁波市监〔2026〕第12号'],
  ])('of unit %s is %s', (unit, number) => {
    expect(documentNumber(unit, '2026', 12, registry.units)).toBe(number);
  });

  test('has a series for each unit and year', () => {
    expect(
      new Set([seriesOf('330203', '2026'), seriesOf('330203', '2027'), seriesOf('33020301', '2026')]).size,
    ).toBe(3);
  });
});
