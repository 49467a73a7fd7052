import { describe, expect, test } from 'vitest';
import type { Case } from '../../shared/case/case.ts';
import { type Neighbours, signsOf } from '../../shared/case/signs.ts';
import { calendar, registered, tenOn } from './support.ts';

let draw = 0;
const filed = (day: string, changes: Partial<Case> = {}): Case => {
  draw += 1;
  return { ...registered(draw, tenOn(day), { occurredOn: '2026-08-01' }).after, ...changes };
};
const found = filed('2026-11-16');
const signs = (neighbours: Partial<Neighbours>, of = found) =>
  signsOf(of, { samePhone: [], sameBusiness: [], ...neighbours }, calendar);
const ids = (...given: Parameters<typeof signs>) => signs(...given).map(({ id }) => id);
const phone = (cases: Case[], sameName = true) => cases.map((one) => ({ found: one, sameName }));
const many = (count: number, day: string) => Array.from({ length: count }, () => filed(day));

describe('signs of Art. 17, each with the cases behind it', () => {
  test('an ordinary complaint has none', () => {
    expect(signs({ samePhone: phone([found]), sameBusiness: [found] })).toEqual([]);
  });

  test('the same phone against the same business within thirty days: perhaps a duplicate', () => {
    const other = filed('2026-10-20');
    const [sign] = signs({ samePhone: phone([found, other]), sameBusiness: [found, other] });
    expect(sign).toMatchObject({ id: 'duplicate', cases: [other.number] });
    const older = filed('2026-10-16');
    expect(ids({ samePhone: phone([older]), sameBusiness: [older] })).toEqual([]);
    const joined = { ...other, state: 'joined' as const };
    expect(ids({ samePhone: phone([joined]), sameBusiness: [joined] })).toEqual([]);
  });

  test('three complaints about one business, or ten about any, from one phone within ninety days', () => {
    const two = many(2, '2026-09-01');
    expect(ids({ samePhone: phone(two), sameBusiness: two })).toEqual(['many-complaints']);
    expect(ids({ samePhone: phone(two) })).toEqual([]);
    const nine = many(9, '2026-08-18');
    expect(signs({ samePhone: phone(nine) })).toMatchObject([
      { id: 'many-complaints', cases: nine.map(({ number }) => number) },
    ]);
    expect(ids({ samePhone: phone(many(9, '2026-08-17')) })).toEqual([]);
  });

  test('ten complaints about one business within fourteen days', () => {
    expect(ids({ sameBusiness: [found, ...many(9, '2026-11-02')] })).toEqual(['concentrated']);
    expect(ids({ sameBusiness: [found, ...many(8, '2026-11-02')] })).toEqual([]);
    expect(ids({ sameBusiness: [found, ...many(9, '2026-11-01')] })).toEqual([]);
  });

  test('several people on one phone', () => {
    const other = filed('2026-01-01');
    expect(signs({ samePhone: phone([other], false) })).toMatchObject([
      { id: 'many-people-one-phone', cases: [other.number] },
    ]);
  });

  test('reports of the same phone are never among them', () => {
    const report = filed('2026-11-01', { kind: 'report' });
    expect(ids({ samePhone: phone([report, report, report], false) })).toEqual([]);
  });

  test('neither sum nor day of a purchase: to be checked', () => {
    const bare = filed('2026-11-16');
    bare.complaint = { ...bare.complaint, occurredOn: undefined };
    expect(ids({}, bare)).toEqual(['no-purchase-shown']);
    expect(ids({}, { ...bare, complaint: { ...bare.complaint, paidFen: 100 } })).toEqual([]);
  });

  test.each([
    ['2023-11-15', true],
    ['2023-11-16', false],
  ])(
    'an incident of %s, complained of three years later: too old is %s, and a person decides',
    (occurredOn, old) => {
      const aged = { ...found, complaint: { ...found.complaint, occurredOn } };
      expect(ids({}, aged).includes('over-three-years')).toBe(old);
    },
  );

  test('each is named in both languages with its article', () => {
    const bare = filed('2026-11-16');
    bare.complaint = { ...bare.complaint, occurredOn: undefined };
    const all = signs(
      { samePhone: phone(many(10, '2026-11-16'), false), sameBusiness: many(10, '2026-11-16') },
      bare,
    );
    expect(all.length).toBeGreaterThanOrEqual(3);
    for (const { zh, en, basis } of all) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[A-Z]/);
      expect(basis).toMatch(/总局令第121号第十[二六七]条/);
    }
  });
});
