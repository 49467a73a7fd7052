import { describe, expect, test } from 'vitest';
import type { Case, Identity, NoticeOrder } from '../../shared/case/case.ts';
import { isOnDuty } from '../../shared/jurisdiction/duty-hours.ts';
import type { Officer, Unit } from '../../shared/jurisdiction/registry.ts';
import { type PeopleSources, recipientsOf } from '../../shared/notices/recipients.ts';

const STATION = '33020301';
const found = {
  number: 'LEAD',
  kind: 'complaint',
  unitPath: ['330200', '330203', STATION],
  officers: ['o1'],
  joined: [] as string[],
  complaint: { text: '', business: {} },
} as unknown as Case;
const reachable = (id: string, role: Officer['role'], unit: string): Officer => ({
  id,
  name: id,
  role,
  unit,
  phone: '13800000000',
});
const officers = [
  reachable('o1', 'officer', STATION),
  reachable('o2', 'officer', STATION),
  reachable('h1', 'head', STATION),
  reachable('m-county', 'manager', '330203'),
  reachable('m-city', 'manager', '330200'),
  reachable('d1', 'dispatcher', '330200'),
];
const nobody: PeopleSources = {
  identity: async () => undefined,
  cases: async () => [],
  partner: async () => undefined,
};

const units: Unit[] = [
  {
    code: STATION,
    kind: 'station',
    name: '示例所',
    address: '',
    phone: '',
    dutyHours: '08:30-17:30',
  },
];
/** Ten in the morning in Shanghai, and two at night. */
const [BY_DAY, AT_NIGHT] = ['2026-11-16T02:00:00.000Z', '2026-11-16T18:00:00.000Z'];

async function placesOf(
  order: NoticeOrder,
  of: Partial<Case> = {},
  staff = officers,
  sources = nobody,
  at = BY_DAY,
) {
  const all = await recipientsOf(order, { ...found, ...of }, { officers: staff, units }, sources, at);
  return all.map(({ place, of: theirs }) => `${place.party}.${place.index} ${theirs.number}`);
}

describe('staff', () => {
  const staff = (to?: string): NoticeOrder => ({ notice: 'overdue', party: 'staff', to });
  test.each<[string, string | undefined, Partial<Case>, string[]]>([
    ['the officer on the case', 'officer', {}, ['o1']],
    ['its officer and the leader who took it over', 'officer', { leader: 'm-city' }, ['o1', 'm-city']],
    ['the head while nobody is on it', 'officer', { officers: [] }, ['h1']],
    ['the head', 'head', {}, ['h1']],
    ['the dispatcher while it is at the hub', 'head', { unitPath: ['330200'] }, ['d1']],
    ['the nearest manager', 'manager', {}, ['m-county']],
    ['one person by id', 'm-city', {}, ['m-city']],
  ])('%s', async (_, to, of, ids) => {
    expect(await placesOf(staff(to), of)).toEqual(ids.map((id) => `staff.${id}.0 LEAD`));
  });

  test('in an emergency by day those who have the case; at night also the manager above, for nobody may be there', async () => {
    const alarm: NoticeOrder = { notice: 'emergency', party: 'staff', to: 'head' };
    expect(await placesOf(alarm)).toEqual(['staff.h1.0 LEAD']);
    const atNight = (order: NoticeOrder) => placesOf(order, {}, officers, nobody, AT_NIGHT);
    expect(await atNight(alarm)).toEqual(['staff.h1.0 LEAD', 'staff.m-county.0 LEAD']);
    // Nothing else gets anybody up.
    expect(await atNight(staff('head'))).toEqual(['staff.h1.0 LEAD']);
  });

  test.each([
    ['08:30-17:30', '08:29', false],
    ['08:30-17:30', '08:30', true],
    ['08:30-17:30', '17:30', false],
    ['20:00-06:00', '23:00', true],
    ['20:00-06:00', '05:59', true],
    ['20:00-06:00', '12:00', false],
    ['00:00-24:00', '23:59', true],
    [undefined, '03:00', true],
  ])('duty hours %s at %s: %s', (dutyHours, time, expected) => {
    expect(isOnDuty({ dutyHours }, new Date(`2026-11-16T${time}:00+08:00`).toISOString())).toBe(expected);
  });

  test('whom the register gives no way to reach gets nothing: the desk shows it', async () => {
    const { phone, ...silent } = officers[0] as Officer;
    expect(await placesOf(staff('officer'), {}, [silent])).toEqual([]);
  });
});

describe('those who complained', () => {
  const order: NoticeOrder = { notice: 'accepted', party: 'complainant', form: 'form-5' };
  const one = (name: string): Identity => ({ name, phone: '13800000000' });

  test('all who complain together, and those of joined cases by their own number', async () => {
    const people: Record<string, Identity> = {
      LEAD: { ...one('a'), joint: [one('b')] },
      JOINED: one('c'),
      OUT: one('d'),
    };
    const cases = [
      { ...found, number: 'JOINED', lead: 'LEAD' },
      { ...found, number: 'OUT', lead: undefined },
    ];
    const sources = {
      ...nobody,
      identity: async (number: string) => people[number],
      cases: async () => cases,
    };
    expect(await placesOf(order, { joined: ['JOINED', 'OUT'] }, officers, sources)).toEqual([
      'complainant.0 LEAD',
      'complainant.1 LEAD',
      'complainant.JOINED.0 JOINED',
    ]);
  });

  test('the agent, too, whatever joint complainants come later', async () => {
    const sourcesOf = (people: Identity) => ({ ...nobody, identity: async () => people });
    const agent = { ...one('e'), powers: 'special' as const };
    const alone = await placesOf(order, {}, officers, sourcesOf({ ...one('a'), agent }));
    expect(alone).toEqual(['complainant.0 LEAD', 'complainant.agent.0 LEAD']);
    const together = await placesOf(
      order,
      {},
      officers,
      sourcesOf({ ...one('a'), joint: [one('b')], agent }),
    );
    expect(together).toEqual(['complainant.0 LEAD', 'complainant.1 LEAD', 'complainant.agent.0 LEAD']);
  });

  test('of nobody whom we know there is still one to be told by hand', async () => {
    expect(await placesOf(order)).toEqual(['complainant.0 LEAD']);
    expect(await placesOf({ notice: 'terminated', party: 'business' })).toEqual(['business.0 LEAD']);
  });
});

describe('whoever was asked to settle first', () => {
  const order: NoticeOrder = { notice: 'partner-case', party: 'partner' };
  const offer: Case['offer'] = { partner: 'S1', kind: 'rights-station', version: 3, contactAgreed: false };
  const sources: PeopleSources = { ...nobody, partner: async () => ({ phone: '13800000021' }) };

  test('by what the register has of it, also when it has nothing: then by hand', async () => {
    expect(await placesOf(order, { offer }, officers, sources)).toEqual(['partner.0 LEAD']);
    expect(await placesOf(order, { offer })).toEqual(['partner.0 LEAD']);
  });

  test('nobody in cases of old, which name the place in words', async () => {
    expect(await placesOf(order, {}, officers, sources)).toEqual([]);
  });
});
