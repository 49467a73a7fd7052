import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { partnerCaseDetail, partnerCaseList, partnerReceipt } from '../../events/answers.ts';
import { type PartnerAnswer, partnerAnswer } from '../../events/partner-requests.ts';
import { act } from '../../functions/desk-api/act.ts';
import { showPartners } from '../../functions/desk-api/desk.ts';
import { type Caller, callerOf } from '../../functions/partner-api/caller.ts';
import {
  answerCase,
  listCases,
  type PartnerDependencies,
  showCase,
} from '../../functions/partner-api/partner-api.ts';
import { takeConsumerStep } from '../../functions/take-consumer-step/take-consumer-step.ts';
import { track } from '../../functions/track-case/track.ts';
import { watch } from '../../functions/watch-deadlines/watch.ts';
import type { Case } from '../../shared/case/case.ts';
import { makePartnerLink } from '../../shared/partners/link.ts';
import type { Partner } from '../../shared/partners/partner.ts';
import { allEntriesOf, incrementsOf } from '../../shared/statistics/ledger.ts';
import {
  bodyOf,
  caseIn,
  follow,
  type House,
  house,
  IDENTITY,
  keep,
  PARTNERS,
  problemOf,
  SECRET,
  SENT,
  staff,
  stepsTo,
  tenOn,
} from './support.ts';

const [STATION, BUSINESS] = PARTNERS as [Partner, Partner];
const KEYS = ['a-key-of-thirty-two-letters-at-least'];
const SETTLE: PartnerAnswer = {
  answer: 'settle',
  offeredFen: 30_000,
  terms: '退款三百元，原路退回',
  promisedOn: '2026-12-10',
};
const HAND_BACK: PartnerAnswer = { answer: 'hand-back', reason: '双方对责任认定分歧较大，协商不成。' };

function partnerHouse(): House & PartnerDependencies {
  return { ...house(), linkKeys: KEYS };
}

/** A case in the hands of the rights station. */
async function offered(deps: House, sent: object = {}): Promise<Case> {
  const way = follow(stepsTo('distributed'), [['offer-first', { ...SENT['offer-first'], ...sent }]]);
  return keep(deps.cases, way);
}

const linkTo = ({ number, offer }: Case, expires = '2026-12-08T00:00:00Z') =>
  makePartnerLink(
    { number, partner: STATION.code, offer: offer?.version ?? 0, expires: new Date(expires) },
    KEYS,
  );
const withLink = (found: Case): Caller => ({
  partner: STATION,
  link: {
    number: found.number,
    partner: STATION.code,
    offer: found.offer?.version ?? 0,
    expires: new Date(),
  },
});
const callWith = (authorization: string) =>
  ({
    headers: { authorization },
    rawPath: '/api/partner/cases',
    rawQueryString: '',
    requestContext: { http: { method: 'GET' } },
  }) as unknown as APIGatewayProxyEventV2;
const types = async (number: string, { cases }: House) =>
  (await cases.history(number)).map(({ type }) => type);
const show = async (number: string, caller: Caller, deps: PartnerDependencies) =>
  partnerCaseDetail.parse(await bodyOf(showCase(number, caller, deps)));
const answer = async (number: string, request: PartnerAnswer, caller: Caller, deps: PartnerDependencies) =>
  partnerReceipt.parse(await bodyOf(answerCase(number, partnerAnswer.parse(request), caller, deps)));

describe('who calls', () => {
  test('a link opens what it is for; wrong, old and strange ones are refused, and counted by a stable code', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    expect((await callerOf(callWith(`Bearer ${linkTo(found)}`), deps)).partner.code).toBe(STATION.code);
    const stranger = makePartnerLink(
      { number: found.number, partner: 'S999', offer: 3, expires: new Date('2027-01-01') },
      KEYS,
    );
    const refused = [
      ['', 'no-credentials'],
      ['Basic x', 'no-credentials'],
      [`Bearer ${linkTo(found)}x`, 'link-not-ours'],
      [`Bearer ${linkTo(found, '2026-11-15T00:00:00Z')}`, 'link-expired'],
      [`Bearer ${stranger}`, 'unknown-partner'],
      [`Partner code=S999, time=1, signature=${'A'.repeat(86)}==`, 'unknown-partner'],
      [`Partner code=S330203001, time=1, signature=${'A'.repeat(86)}==`, 'wrong-signature'],
    ] as const;
    for (const [authorization, reason] of refused) {
      const problem = await problemOf(() => callerOf(callWith(authorization), deps));
      expect([problem.code, deps.logged.at(-1)]).toEqual([
        'unauthorized',
        { code: 'partner-refused', facts: { reason } },
      ]);
      expect(problem.errors[0]?.zh).not.toBe('');
    }
  });

  test('a link of another case, or of another partner, finds nothing', async () => {
    const deps = partnerHouse();
    const [mine] = [await offered(deps)];
    const other = await keep(deps.cases, stepsTo('station-first', 2));
    const attempts: [string, Caller][] = [
      [other.number, withLink(mine)],
      [mine.number, { ...withLink(mine), link: { ...withLink(mine).link, offer: 2 } as Caller['link'] }],
      [mine.number, { partner: BUSINESS }],
    ];
    for (const [number, caller] of attempts) {
      expect((await problemOf(() => showCase(number, caller, deps))).code).toBe('not-found');
      expect((await problemOf(() => answerCase(number, SETTLE, caller, deps))).code).toBe('not-found');
    }
    expect((await problemOf(() => listCases({ limit: 10 }, withLink(mine), deps))).code).toBe('forbidden');
  });
});

describe('what is seen', () => {
  test('what is claimed, by when; not who, and no phone in the words, unless the consumer agreed', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    const seen = await show(found.number, withLink(found), deps);
    expect(seen).toMatchObject({
      state: { code: 'open' },
      answerBy: '2026-11-30',
      consumer: null,
      answer: null,
    });
    expect(JSON.stringify(seen)).not.toContain(IDENTITY.phone);
    expect(await deps.identities.reads(found.number)).toEqual([]);
  });

  test('with that agreement name and phone; each reading is kept like one of staff', async () => {
    const deps = partnerHouse();
    const found = await offered(deps, { contactAgreed: true });
    const { consumer } = await show(found.number, withLink(found), deps);
    expect(consumer).toEqual({ name: IDENTITY.name, phone: IDENTITY.phone });
    expect(await deps.identities.reads(found.number)).toMatchObject([
      { staff: STATION.code, role: 'partner', reason: 'settling' },
    ]);
  });

  test('when it has moved on, only that it has', async () => {
    const deps = partnerHouse();
    const found = await offered(deps, { contactAgreed: true });
    await takeConsumerStep(found.number, SECRET, 'insist', deps);
    expect(await show(found.number, withLink(found), deps)).toMatchObject({
      state: { code: 'over' },
      answerBy: null,
      complaint: null,
      consumer: null,
    });
    expect(await deps.identities.reads(found.number)).toEqual([]);
  });

  test('of a message that also reports a violation, the complaint’s part only; nothing while nobody told them apart', async () => {
    const text = '买到过期牛奶要求退款。另举报该店无证经营。';
    const heard = (understood: object) => async () => {
      const deps = partnerHouse();
      const found = await offered(deps);
      const read = { kind: { value: 'both', confidence: 0.9, spans: [] }, corrected: [], ...understood };
      const mixed = {
        ...found,
        complaint: { ...found.complaint, text },
        understood: read,
      } as unknown as Case;
      const cases = { ...deps.cases, case: async () => mixed };
      return (await show(found.number, withLink(found), { ...deps, cases })).complaint?.text;
    };
    const parts = { complaint: [{ start: 0, end: 11 }], report: [{ start: 11, end: 21 }] };
    expect(await heard({ parts })()).toBe('买到过期牛奶要求退款。');
    expect(await heard({})()).toBeNull();
  });

  test('by its own system: all its open cases, page by page, and nobody else’s', async () => {
    const deps = partnerHouse();
    const numbers: string[] = [];
    for (const draw of [1, 2, 3])
      numbers.push((await keep(deps.cases, stepsTo('station-first', draw))).number);
    await keep(deps.cases, stepsTo('reconciled', 4));
    const first = partnerCaseList.parse(await bodyOf(listCases({ limit: 2 }, { partner: STATION }, deps)));
    const after = first.next ?? '';
    const second = partnerCaseList.parse(
      await bodyOf(listCases({ limit: 2, after }, { partner: STATION }, deps)),
    );
    expect([...first.cases, ...second.cases].map(({ number }) => number).sort()).toEqual(numbers.sort());
    expect(second.next).toBeNull();
    expect(await bodyOf(listCases({ limit: 2 }, { partner: BUSINESS }, deps))).toEqual({
      cases: [],
      next: null,
    });
  });
});

describe('an offer', () => {
  test('is no money until the consumer confirms it; then it counts once, for the kind of partner', async () => {
    const deps = partnerHouse();
    const { number, ...found } = await offered(deps);
    await answer(number, SETTLE, withLink({ number, ...found }), deps);
    expect((await deps.cases.case(number))?.money).toEqual(found.money);
    const seen = await bodyOf(track(number, SECRET, deps));
    expect(seen.first).toMatchObject({
      name: STATION.name,
      offer: { offeredFen: 30_000, terms: SETTLE.terms, promisedOn: '2026-12-10', confirmBy: '2026-11-23' },
    });
    expect(seen.actions).toEqual(expect.arrayContaining(['confirm-settlement', 'insist', 'withdraw']));

    const confirm = () => bodyOf(takeConsumerStep(number, SECRET, 'confirm-settlement', deps));
    const first = await confirm();
    expect(first.state).toMatchObject({ code: 'reconciled', final: true });
    expect(await confirm()).toEqual(first);
    const after = (await deps.cases.case(number)) as Case;
    expect(after.money).toEqual({ ...found.money, agreed: 30_000 });
    expect(after.clocks.at(-1)).toMatchObject({ id: 'promise', due: '2026-12-10' });
    const history = await deps.cases.history(number);
    const counts = incrementsOf(allEntriesOf(history)).filter(({ unit }) => unit === '330200');
    expect(counts.reduce((sum, { counts: one }) => sum + (one.agreedFen ?? 0), 0)).toBe(30_000);
    expect(counts.reduce((sum, { counts: one }) => sum + (one.reconciled ?? 0), 0)).toBe(1);
    expect(history.at(-1)).toMatchObject({
      type: 'settlement-confirmed',
      facts: { partner: STATION.code, partnerKind: 'rights-station', agreedFen: 30_000 },
    });
    expect(await show(number, withLink(after), deps)).toMatchObject({
      state: { code: 'settled' },
      complaint: null,
    });
  });

  test('that the consumer refuses goes to the authority, whose seven days begin with that word', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    await answer(found.number, SETTLE, withLink(found), deps);
    deps.clock.at = tenOn('2026-11-18');
    await takeConsumerStep(found.number, SECRET, 'insist', deps);
    const after = (await deps.cases.case(found.number)) as Case;
    expect([after.state, after.money.agreed]).toEqual(['distributed', undefined]);
    expect(after.clocks.findLast(({ id }) => id === 'accept')).toMatchObject({
      start: '2026-11-18',
      due: '2026-11-27',
    });
  });

  test('sent twice gets the first receipt; a changed one, or a hand-back after it, is a conflict', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    const caller = withLink(found);
    const first = await answer(found.number, SETTLE, caller, deps);
    deps.clock.at = tenOn('2026-11-17');
    expect(await answer(found.number, SETTLE, caller, deps)).toEqual(first);
    // Also after the consumer has spoken: the answer was lost on its way, not the case.
    await takeConsumerStep(found.number, SECRET, 'confirm-settlement', deps);
    expect(await answer(found.number, SETTLE, caller, deps)).toEqual(first);
    for (const other of [{ ...SETTLE, offeredFen: 1 } as PartnerAnswer, HAND_BACK]) {
      expect((await problemOf(() => answer(found.number, other, caller, deps))).code).toBe('conflict');
    }
    expect((await types(found.number, deps)).filter((type) => type === 'settlement-offered')).toHaveLength(1);
  });

  test('and a hand-back at the same moment: one is kept, the other a conflict', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    const both = await Promise.allSettled(
      [SETTLE, HAND_BACK].map((request) => answer(found.number, request, withLink(found), deps)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'conflict' });
  });

  test('is taken although an officer writes on the case at the same moment', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    let overtaken = false;
    const busy: typeof deps = {
      ...deps,
      cases: {
        ...deps.cases,
        commit: async (work) => {
          if (overtaken) return deps.cases.commit(work);
          overtaken = true;
          await deps.cases.commit({
            steps: [follow([{ after: found, event: {} as never }], ['note']).at(-1) as never],
          });
          return deps.cases.commit(work);
        },
      },
    };
    await answer(found.number, SETTLE, withLink(found), busy);
    expect((await types(found.number, deps)).slice(-2)).toEqual(['noted', 'settlement-offered']);
  });

  test.each([
    ['money without a day', { ...SETTLE, promisedOn: undefined }, '/promisedOn'],
    ['a day that is over', { ...SETTLE, promisedOn: '2026-11-15' }, '/promisedOn'],
    ['a set phrase for a reason', { ...HAND_BACK, reason: '按规定办理' }, '/reason'],
  ] as const)('%s is sent back with the field', async (_, request, field) => {
    const deps = partnerHouse();
    const found = await offered(deps);
    const problem = await problemOf(() => answer(found.number, request, withLink(found), deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['bad-request', field]);
  });
});

test('a hand-back goes to whoever handed it over: the unit, or the hub', async () => {
  const deps = partnerHouse();
  const atUnit = await offered(deps);
  await answer(atUnit.number, HAND_BACK, withLink(atUnit), deps);
  expect(await deps.cases.case(atUnit.number)).toMatchObject({
    state: 'distributed',
    unitPath: atUnit.unitPath,
  });
  const atHub = await keep(deps.cases, follow(stepsTo('at-hub', 2), ['offer-first']));
  await answer(atHub.number, HAND_BACK, withLink(atHub), deps);
  expect(await deps.cases.case(atHub.number)).toMatchObject({ state: 'at-hub', hubReason: 'handed-back' });
});

describe('nobody answers', () => {
  // 2026-04-15 + 10 working days = 04-29; moved on on 04-30; seven more (law/README): 05-13.
  test('the case moves on by itself on the eleventh working day, and the authority has its seven', async () => {
    const deps = partnerHouse();
    const found = await keep(deps.cases, stepsTo('station-first', 1, tenOn('2026-04-15')));
    expect(found.clocks.find(({ id }) => id === 'station-first')?.due).toBe('2026-04-29');
    for (const day of ['2026-04-28', '2026-04-29']) {
      deps.clock.at = tenOn(day);
      await watch(deps);
      expect((await deps.cases.case(found.number))?.state).toBe('station-first');
    }
    deps.clock.at = tenOn('2026-04-30');
    await Promise.all([watch(deps), watch(deps)]);
    await watch(deps);
    const after = (await deps.cases.case(found.number)) as Case;
    expect(after.state).toBe('distributed');
    expect(after.clocks.find(({ id, stopped }) => id === 'accept' && stopped === undefined)).toMatchObject({
      start: '2026-04-30',
      due: '2026-05-13',
    });
    // The partner was reminded once; nobody of the staff was late.
    expect((await types(found.number, deps)).slice(3)).toEqual(['reminded', 'moved-on']);
    expect(after.clocks.flatMap(({ lateOwner }) => lateOwner ?? [])).toEqual([]);

    const problem = await problemOf(() => answer(found.number, SETTLE, withLink(found), deps));
    expect([problem.code, problem.errors[0]?.field]).toEqual(['conflict', 'number']);
  });

  test('a watch that stood still takes nobody’s time away: counted from the day it should have moved on', async () => {
    const deps = partnerHouse();
    const found = await keep(deps.cases, stepsTo('station-first', 1, tenOn('2026-04-15')));
    deps.clock.at = tenOn('2026-05-11');
    await watch(deps);
    const after = (await deps.cases.case(found.number)) as Case;
    expect(after.clocks.find(({ id, stopped }) => id === 'accept' && stopped === undefined)).toMatchObject({
      start: '2026-04-30',
      due: '2026-05-13',
    });
  });

  test('nor does the consumer: silence confirms nothing', async () => {
    const deps = partnerHouse();
    const found = await offered(deps);
    await answer(found.number, SETTLE, withLink(found), deps);
    deps.clock.at = tenOn('2026-11-24');
    await watch(deps);
    expect(await deps.cases.case(found.number)).toMatchObject({ state: 'distributed', money: found.money });
    expect(
      (await problemOf(() => takeConsumerStep(found.number, SECRET, 'confirm-settlement', deps))).code,
    ).toBe('conflict');
  });

  test('a case of old, whose place stands in words, moves on likewise', async () => {
    const deps = partnerHouse();
    const steps = follow(stepsTo('distributed'), [
      ['offer-first', { place: '某商场', consumerAgrees: true }],
    ]);
    const found = await keep(deps.cases, steps);
    expect(found.offer).toBeUndefined();
    deps.clock.at = tenOn('2026-12-01');
    await watch(deps);
    expect((await deps.cases.case(found.number))?.state).toBe('distributed');
  });
});

describe('the desk', () => {
  const officer = { ...staff('officer', '33020301'), id: 'officer-a1' };
  const offer = (deps: House, number: string, partner: string) =>
    act(number, 'offer-first', { partner, consumerAgrees: true }, officer, deps);

  test('hands a case to a partner of the register only, one that is in use', async () => {
    const deps = partnerHouse();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    expect((await problemOf(() => offer(deps, number, 'S000'))).errors[0]?.field).toBe('/partner');
    const retired: House = {
      ...deps,
      partners: { ...deps.partners, partner: async () => ({ ...BUSINESS, to: '2026-11-15' }) },
    };
    expect((await problemOf(() => offer(retired, number, BUSINESS.code))).errors[0]?.field).toBe('/partner');
    await offer(deps, number, BUSINESS.code);
    expect((await deps.cases.case(number))?.offer).toEqual({
      partner: BUSINESS.code,
      kind: 'business',
      version: 3,
      contactAgreed: false,
    });
  });

  test('is shown who fits, and why', async () => {
    const deps = partnerHouse();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const { partners } = await bodyOf(showPartners(number, { find: 'B3302' }, officer, deps));
    expect(partners).toMatchObject([{ code: BUSINESS.code, kind: { code: 'business' }, why: null }]);
  });
});

test('a case that was offered once is not offered again', () => {
  expect(caseIn('first-agreed').offer).toMatchObject({ partner: STATION.code, offeredFen: 10_000 });
});
