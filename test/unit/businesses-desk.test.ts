import { describe, expect, test } from 'vitest';
import { findBusiness, showBusiness } from '../../functions/desk-api/businesses.ts';
import * as classes from '../../functions/desk-api/businesses-classes.ts';
import * as watching from '../../functions/desk-api/businesses-watch.ts';
import { search } from '../../functions/desk-api/search.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import { type ClassProposal, PATROLS } from '../../shared/businesses/class-proposal.ts';
import {
  BUSINESSES,
  bodyOf,
  type House,
  house,
  IDENTITY,
  keep,
  MONDAY,
  problemOf,
  registered,
  staff,
  take,
} from './support.ts';

const [NOODLES, MARKET] = BUSINESSES;
const CODE = NOODLES.creditCode;
/** 甲面馆 lies in 古林镇, with this station. */
const head = staff('head', '33020302');
const officer = staff('officer', '33020302');
const manager = staff('manager', '330203');
const elsewhere = staff('head', '33021201');
const dispatcher = staff('dispatcher');

/** A complaint and a report about 甲面馆, and a complaint about 乙超市. */
async function threeCases(deps: House) {
  const numbers = [];
  for (const [draw, kind, name] of [
    [1, 'complaint', '甲面馆'],
    [2, 'report', '宁波示例甲餐饮有限公司'],
    [3, 'complaint', '乙超市'],
  ] as const) {
    const first = registered(draw, MONDAY, { kind, business: { name } });
    const { number } = await keep(deps.cases, [first], IDENTITY);
    await triage(number, deps);
    numbers.push(number);
  }
  return numbers as [string, string, string];
}
const numbersOf = ({ cases }: { cases: { number: string }[] }) => cases.map(({ number }) => number);

describe('a business', () => {
  test('is shown with class, patrol and its cases; a sealed report is not there at all', async () => {
    const deps = house();
    const [complaint, report] = await threeCases(deps);
    const shown = await bodyOf(showBusiness(CODE, head, deps));
    expect(shown).toMatchObject({
      name: NOODLES.name,
      grade: 'B',
      patrol: { timesAYear: 4, zh: '每季度一次' },
      watch: null,
      isWatched: false,
      proposal: null,
      actions: ['watch'],
      complete: true,
    });
    expect(numbersOf(shown)).toEqual([complaint]);
    expect(JSON.stringify(shown)).not.toContain(report);
    // Who is on the report sees it; who works elsewhere sees the business and no case.
    expect(numbersOf(await bodyOf(showBusiness(CODE, manager, deps)))).toEqual([report, complaint]);
    const other = await bodyOf(showBusiness(CODE, elsewhere, deps));
    expect([numbersOf(other), other.actions]).toEqual([[], []]);
    expect((await problemOf(() => showBusiness('x', head, deps))).code).toBe('not-found');
    expect((await problemOf(() => showBusiness(CODE, staff('administrator'), deps))).code).toBe('forbidden');
  });

  test('that a person took off a case has lost it', async () => {
    const deps = house();
    const [complaint] = await threeCases(deps);
    const found = await deps.cases.case(complaint);
    if (found === undefined) throw new Error('not there');
    await deps.cases.commit({ steps: [take(found, 'correct-understanding', { noBusiness: true })] });
    expect(numbersOf(await bodyOf(showBusiness(CODE, officer, deps)))).toEqual([]);
    // And its name does not bring it back.
    expect(numbersOf(await bodyOf(search({ business: '甲面馆' }, officer, deps)))).toEqual([]);
  });

  test('is searched by its cases: by code, whatever name they bear; never a sealed report', async () => {
    const deps = house();
    const [complaint, report] = await threeCases(deps);
    for (const business of ['甲面馆', '宁波示例甲餐饮有限公司', CODE, CODE.toLowerCase()]) {
      const found = await bodyOf(search({ business }, officer, deps));
      expect([numbersOf(found), found.looked], business).toEqual([[complaint], 1]);
    }
    expect(numbersOf(await bodyOf(search({ business: CODE }, manager, deps)))).toEqual([report, complaint]);
  });

  test('is found by what was written, with points and reasons', async () => {
    const deps = house();
    const found = await bodyOf(findBusiness({ name: '甲面官' }, officer, deps));
    expect(found).toMatchObject({
      outcome: { code: 'several' },
      candidates: [{ creditCode: CODE, score: 24, why: [{ code: 'near-name', zh: '名称差一个字' }] }],
    });
    expect((await bodyOf(findBusiness({ creditCode: CODE }, officer, deps))).outcome.code).toBe('one');
    expect(await bodyOf(findBusiness({ name: '没有登记的店' }, officer, deps))).toMatchObject({
      outcome: { code: 'none', zh: '名册中没有' },
      candidates: [],
    });
  });
});

const proposalOf = (creditCode: string, name: string, more: Partial<ClassProposal> = {}): ClassProposal => ({
  creditCode,
  name,
  from: 'B',
  to: 'C',
  timesAYear: PATROLS.C.timesAYear,
  reasons: [{ rule: 'concentrated', people: 10, days: 30, cases: [] }],
  proposedOn: '2026-11-16',
  ...more,
});

describe('a change of class', () => {
  const ACCEPT = { decision: 'accepted', why: '情况属实', proposedOn: '2026-11-16' } as const;

  test('is listed for the head and managers of the place, and for nobody else', async () => {
    const deps = house();
    await deps.businesses.propose(proposalOf(CODE, NOODLES.name));
    await deps.businesses.propose(proposalOf(MARKET.creditCode, MARKET.name));
    const listed = async (who: typeof head) =>
      (await bodyOf(classes.listProposals({}, who, deps))).proposals.map(
        ({ creditCode }: ClassProposal) => creditCode,
      );
    expect(await listed(head)).toEqual([CODE]);
    expect(await listed(manager)).toEqual([CODE]);
    expect(await listed(elsewhere)).toEqual([MARKET.creditCode]);
    expect((await listed(staff('manager'))).sort()).toEqual([CODE, MARKET.creditCode].sort());
    for (const who of [officer, dispatcher, staff('administrator')]) {
      expect((await problemOf(() => classes.listProposals({}, who, deps))).code).toBe('forbidden');
    }
    expect((await bodyOf(classes.listProposals({}, head, deps))).proposals[0]).toMatchObject({
      from: 'B',
      to: 'C',
      patrol: { timesAYear: 12, zh: '每月一次', en: 'monthly' },
      reasons: [{ code: 'concentrated', zh: '投诉集中', people: 10, days: 30 }],
      decided: null,
    });
  });

  test('is accepted by the head with a reason: the class and the patrols change, once', async () => {
    const deps = house();
    await deps.businesses.propose(proposalOf(CODE, NOODLES.name));
    const first = await bodyOf(classes.decideProposal(CODE, ACCEPT, head, deps));
    expect(first.decided).toEqual({ decision: 'accepted', by: head.id, on: '2026-11-16', why: '情况属实' });
    expect(await bodyOf(classes.decideProposal(CODE, ACCEPT, head, deps))).toEqual(first);
    expect(await bodyOf(showBusiness(CODE, head, deps))).toMatchObject({
      grade: 'C',
      patrol: { timesAYear: 12 },
      proposal: null,
    });
    const late = await problemOf(() =>
      classes.decideProposal(CODE, { ...ACCEPT, decision: 'declined' }, manager, deps),
    );
    expect(late.code).toBe('conflict');
  });

  test('is declined with a reason, and the class stays', async () => {
    const deps = house();
    await deps.businesses.propose(proposalOf(CODE, NOODLES.name));
    const declined = { ...ACCEPT, decision: 'declined', why: '多为同一事件' } as const;
    await classes.decideProposal(CODE, declined, manager, deps);
    expect((await deps.businesses.business(CODE))?.grade).toBe('B');
    expect((await bodyOf(classes.listProposals({}, head, deps))).proposals).toEqual([]);
  });

  test('is decided by nobody else, and not in another form than was looked at', async () => {
    const deps = house();
    await deps.businesses.propose(proposalOf(CODE, NOODLES.name));
    for (const who of [officer, elsewhere, staff('auditor')]) {
      expect((await problemOf(() => classes.decideProposal(CODE, ACCEPT, who, deps))).code).toBe('forbidden');
    }
    const old = { ...ACCEPT, proposedOn: '2026-10-01' };
    expect((await problemOf(() => classes.decideProposal(CODE, old, head, deps))).code).toBe('conflict');
    expect(await deps.businesses.openProposal(CODE)).toBeDefined();
  });

  test('that rests on a report is for who may read the report', async () => {
    const deps = house();
    const [, report] = await threeCases(deps);
    const reasons = [{ rule: 'filed', people: 1, days: 365, cases: [report] }];
    await deps.businesses.propose(proposalOf(CODE, NOODLES.name, { reasons }));
    expect((await bodyOf(classes.listProposals({}, head, deps))).proposals).toEqual([]);
    expect((await bodyOf(showBusiness(CODE, head, deps))).proposal).toBeNull();
    expect((await problemOf(() => classes.decideProposal(CODE, ACCEPT, head, deps))).code).toBe('not-found');
    const [shown] = (await bodyOf(classes.listProposals({}, manager, deps))).proposals;
    expect(shown.reasons[0].cases).toEqual([report]);
    await classes.decideProposal(CODE, ACCEPT, manager, deps);
    expect((await deps.businesses.business(CODE))?.grade).toBe('C');
  });

  test('of a business whose class changed meanwhile can only be declined', async () => {
    const deps = house();
    await deps.businesses.propose(proposalOf(CODE, NOODLES.name, { from: 'A', to: 'B' }));
    const problem = await problemOf(() => classes.decideProposal(CODE, ACCEPT, head, deps));
    expect([problem.code, problem.errors[0]?.zh]).toEqual([
      'conflict',
      '该经营者现为 B 类，与建议时不同，只能不采纳',
    ]);
    await classes.decideProposal(CODE, { ...ACCEPT, decision: 'declined' }, head, deps);
    expect(await deps.businesses.openProposal(CODE)).toBeUndefined();
  });
});

describe('the watch-list', () => {
  const WANTED = { until: '2027-02-16', why: ['prepaid-card' as const], version: 0 };
  const listed = async (deps: House, who = head) =>
    (await bodyOf(watching.listWatched(who, deps))).entries.map(
      ({ creditCode }: { creditCode: string }) => creditCode,
    );

  test('holds who a head put on it, says why and until when, and lets go with a reason', async () => {
    const deps = house();
    const entry = await bodyOf(watching.watchBusiness(CODE, WANTED, head, deps));
    expect(entry).toMatchObject({ since: '2026-11-16', until: '2027-02-16', by: head.id, version: 1 });
    expect(entry.why).toEqual([{ code: 'prepaid-card', zh: '预付卡风险', en: 'prepaid cards at risk' }]);
    expect(await bodyOf(watching.watchBusiness(CODE, WANTED, head, deps))).toEqual(entry);
    expect([await listed(deps), await listed(deps, manager), await listed(deps, elsewhere)]).toEqual([
      [CODE],
      [CODE],
      [],
    ]);
    expect(await bodyOf(showBusiness(CODE, officer, deps))).toMatchObject({
      isWatched: true,
      watch: { version: 1 },
    });
    const off = { why: '已整改', version: 1 };
    const ended = await bodyOf(watching.endWatch(CODE, off, manager, deps));
    expect(ended.ended).toEqual({ on: '2026-11-16', by: manager.id, why: '已整改' });
    expect(await bodyOf(watching.endWatch(CODE, off, manager, deps))).toEqual(ended);
    expect(await listed(deps)).toEqual([]);
  });

  test('of two who look at one version one is told to look again', async () => {
    const deps = house();
    await watching.watchBusiness(CODE, WANTED, head, deps);
    const other = { ...WANTED, until: '2026-12-31' };
    expect((await problemOf(() => watching.watchBusiness(CODE, other, manager, deps))).code).toBe('conflict');
    expect((await deps.businesses.watch(CODE))?.until).toBe('2027-02-16');
  });

  test.each([
    ['nobody else', officer, WANTED, 'forbidden'],
    ['nobody of another place', elsewhere, WANTED, 'forbidden'],
    ['yesterday', head, { ...WANTED, until: '2026-11-15' }, 'bad-request'],
    ['over a year', head, { ...WANTED, until: '2028-01-01' }, 'bad-request'],
  ] as const)('is refused: %s', async (_, who, wanted, code) => {
    const deps = house();
    const sent = { ...wanted, why: [...wanted.why] };
    expect((await problemOf(() => watching.watchBusiness(CODE, sent, who, deps))).code).toBe(code);
    expect(await deps.businesses.watch(CODE)).toBeUndefined();
  });
});
