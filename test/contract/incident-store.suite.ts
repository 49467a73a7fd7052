import { beforeEach, expect, test } from 'vitest';
import type { Incident, Member } from '../../shared/matter/incident.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { IncidentChange, IncidentStore } from '../../shared/store/incident-store.ts';
import { keep, registered, take } from '../unit/support.ts';

const BUREAU = '330200';
const at = (hour: number) => `2026-11-16T${String(hour).padStart(2, '0')}:00:00.000Z`;
const member = (hour: number, more: Partial<Member> = {}): Member => ({
  number: `261116-0000${String(hour).padStart(2, '0')}-0`,
  at: at(hour),
  counted: true,
  claimedFen: 1,
  unitPath: [BUREAU],
  ...more,
});
const incident = (version: number, more: Partial<Incident> = {}): Incident => ({
  id: 'c0ffee',
  version,
  kind: 'business',
  state: 'gathering',
  cases: version,
  people: version,
  claimedFen: version,
  since: at(1),
  lastAt: at(version),
  days: { '2026-11-16': version },
  first: '261116-000001-0',
  units: [BUREAU],
  toldAt: 0,
  ...more,
});
const change = (version: number, more: Partial<Incident> = {}): IncidentChange => ({
  bureau: BUREAU,
  after: incident(version, more),
  member: member(version),
});

/** What every store of incidents must do, alone and in the transaction of a case. */
export function incidentStoreSuite(
  create: () => Promise<{ cases: CaseStore; incidents: IncidentStore }>,
): void {
  let cases: CaseStore;
  let incidents: IncidentStore;
  beforeEach(async () => {
    ({ cases, incidents } = await create());
  });

  test('what gathers is kept with its complaints, the latest first, and listed once it is one', async () => {
    for (const version of [1, 2]) expect(await incidents.save(change(version))).toBe('committed');
    expect(await incidents.recognised(BUREAU, 10)).toEqual([]);
    const open = change(3, { state: 'open', begunAt: at(3), toldAt: 3 });
    expect(await incidents.save(open)).toBe('committed');
    expect(await incidents.incident('c0ffee')).toEqual(open.after);
    expect(await incidents.incident('other')).toBeUndefined();
    expect((await incidents.members('c0ffee', 10)).items).toEqual([member(3), member(2), member(1)]);
    const first = await incidents.members('c0ffee', 2);
    expect((await incidents.members('c0ffee', 2, first.next)).items).toEqual([member(1)]);
    expect(await incidents.recognised(BUREAU, 10)).toEqual([open.after]);
    expect(await incidents.recognised('330100', 10)).toEqual([]);
    const dismissed = { by: 'dispatcher-1', at: at(4), people: 3 };
    const away: IncidentChange = { bureau: BUREAU, after: incident(4, { state: 'dismissed', dismissed }) };
    expect(await incidents.save(away)).toBe('committed');
    expect(await incidents.recognised(BUREAU, 10)).toEqual([away.after]);
  });

  test('of two at the same version one loses; a complaint is counted once', async () => {
    await incidents.save(change(1));
    const [one, other] = await Promise.all([
      incidents.save(change(2)),
      incidents.save({ ...change(2), member: member(9) }),
    ]);
    expect([one, other].sort()).toEqual(['committed', 'conflict']);
    const again = (await incidents.members('c0ffee', 1)).items[0];
    expect(await incidents.save({ ...change(3), member: again })).toBe('conflict');
    expect(await incidents.save(change(1))).toBe('conflict');
    expect((await incidents.incident('c0ffee'))?.version).toBe(2);
  });

  test('the step of a case and what it adds are kept together, or neither', async () => {
    const found = await keep(cases, [registered(1)]);
    await incidents.save(change(1));
    const step = take(found, 'distribute');
    expect(await cases.commit({ steps: [step], incident: change(1) })).toBe('conflict');
    expect((await cases.case(found.number))?.state).toBe('received');
    expect(await cases.commit({ steps: [step], incident: change(2) })).toBe('committed');
    expect(await cases.commit({ steps: [step], incident: change(3) })).toBe('conflict');
    expect((await incidents.members('c0ffee', 10)).items).toHaveLength(2);
    expect((await cases.case(found.number))?.state).toBe('distributed');
  });
}
