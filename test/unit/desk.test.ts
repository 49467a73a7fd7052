import { describe, expect, test } from 'vitest';
import {
  caseDetail,
  caseList,
  complainantAnswer,
  datesAnswer,
  historyAnswer,
  readsAnswer,
  signsAnswer,
} from '../../events/answers.ts';
import { deskListQuery, historyQuery, identityQuery } from '../../events/desk-requests.ts';
import {
  showCase,
  showComplainant,
  showDates,
  showHistory,
  showNotices,
  showReads,
  showSigns,
} from '../../functions/desk-api/desk.ts';
import { listCases } from '../../functions/desk-api/work-list.ts';
import { triage } from '../../functions/triage-case/triage.ts';
import type { Case } from '../../shared/case/case.ts';
import type { Staff } from '../../shared/people/roles.ts';
import {
  bodyOf,
  COUNTY_A,
  follow,
  type House,
  house,
  IDENTITY,
  keep,
  MONDAY,
  problemOf,
  registered,
  SENT,
  staff,
  stepsTo,
  tenOn,
} from './support.ts';

const officer = staff('officer', '33020301');
const countyOfficer = staff('officer', COUNTY_A);
const dispatcher = staff('dispatcher');
const manager = staff('manager');
const auditor = staff('auditor');

const list = (query: object, who: Staff, deps: House) => listCases(deskListQuery.parse(query), who, deps);
const ask = (number: string, reason: string, who: Staff, deps: House) =>
  showComplainant(number, identityQuery.parse({ reason }), who, deps);

test('the dispatcher sees why a case waits for him, the stations proposed, and what became of each fact', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, [
    registered(7, MONDAY, { business: { address: '新城街道测试路1号' } }),
  ]);
  await triage(number, deps);
  const { routing } = await bodyOf(showCase(number, dispatcher, deps));
  expect(routing).toMatchObject({
    version: 1,
    decided: null,
    reason: { code: 'address-ambiguous' },
    proposals: [{ code: '33020302' }, { code: '33021202' }],
    ground: { code: 'art13-1' },
    elsewhere: null,
  });
  expect(routing.matches.map(({ verdict }: { verdict: { zh: string } }) => verdict.zh)).toEqual([
    '仍有多个单位',
    '仍有多个单位',
  ]);
});

describe('the list', () => {
  test('shows the unit’s open cases, the next legal date first, with what this person may do', async () => {
    const deps = house();
    const later = await keep(deps.cases, stepsTo('distributed', 1, tenOn('2026-11-18')));
    const sooner = await keep(deps.cases, stepsTo('distributed', 2));
    await keep(deps.cases, stepsTo('refused-told', 3));
    const body = caseList.parse(await bodyOf(list({}, officer, deps)));
    expect(body.cases.map(({ number }) => number)).toEqual([sooner.number, later.number]);
    expect(body.cases[0]?.actions).toEqual(expect.arrayContaining(['accept', 'refuse', 'return', 'note']));
    expect(body.cases[0]?.actions).not.toEqual(expect.arrayContaining(['assign']));
    // Nothing waits for these: an order from above, a proposal, a stopped period.
    for (const idle of ['answer-supervision', 'approve', 'end-pause'])
      expect(body.cases[0]?.actions).not.toContain(idle);
    expect(body).toMatchObject({ unit: '33020301', next: null });
  });

  test('has no name and no phone of the complainant', async () => {
    const deps = house();
    await keep(deps.cases, stepsTo('distributed'));
    expect(JSON.stringify(await list({}, officer, deps))).not.toMatch(/某甲|13800000000|secretHash/);
  });

  test('is shortened to 80 characters of the words, never through the middle of one', async () => {
    const deps = house();
    const text = `${'字'.repeat(79)}𠮷𠮷`;
    await keep(deps.cases, follow([registered(1, MONDAY, { text })], ['distribute']));
    const body = await bodyOf(list({}, officer, deps));
    expect(body.cases[0].excerpt).toBe(`${'字'.repeat(79)}𠮷`);
  });

  test('says which are late, paused, waiting for approval, and why they are at the hub', async () => {
    const deps = house();
    await keep(deps.cases, follow(stepsTo('distributed', 1), ['note'], tenOn('2026-11-26')));
    await keep(deps.cases, follow(stepsTo('testing', 2), ['tell']));
    await keep(deps.cases, follow(stepsTo('distributed', 3), ['propose']));
    const { cases } = caseList.parse(await bodyOf(list({}, officer, deps)));
    expect(cases.map(({ late: clocks }) => clocks).flat()).toEqual(['accept']);
    expect(cases.filter(({ paused }) => paused).map(({ nextLegalDate }) => nextLegalDate)).toEqual([null]);
    expect(cases.filter(({ awaitsApproval }) => awaitsApproval)).toHaveLength(1);
    await keep(deps.cases, stepsTo('at-hub', 4));
    const hub = caseList.parse(await bodyOf(list({}, dispatcher, deps)));
    expect(hub.cases[0]?.hubReason).toMatchObject({ code: 'address-missing', zh: expect.any(String) });
  });

  test('comes in pages', async () => {
    const deps = house();
    for (const draw of [1, 2, 3]) await keep(deps.cases, stepsTo('distributed', draw));
    const first = await bodyOf(list({ limit: '2' }, officer, deps));
    const second = await bodyOf(list({ limit: '2', after: first.next }, officer, deps));
    expect([first.cases.length, second.cases.length, second.next]).toEqual([2, 1, null]);
  });

  test('of a unit below is open to those above, of others to nobody', async () => {
    const deps = house();
    for (const [who, unit] of [
      [manager, '33020301'],
      [countyOfficer, '33020301'],
      [dispatcher, '330200'],
    ] as const) {
      expect((await list({ unit }, who, deps)).status).toBe(200);
    }
    for (const [who, unit] of [
      [officer, '33020302'],
      [officer, COUNTY_A],
      [officer, '330200'],
      [countyOfficer, '33021201'],
      [manager, '99999999'],
    ] as const) {
      expect((await problemOf(() => list({ unit }, who, deps))).code, unit).toBe('forbidden');
    }
  });

  test('names in the log what cannot be read, and shows all else', async () => {
    const deps = house();
    const good = await keep(deps.cases, stepsTo('distributed', 1));
    const broken: House = {
      ...deps,
      cases: {
        ...deps.cases,
        openCases: async (...asked) => ({
          ...(await deps.cases.openCases(...asked)),
          unreadable: ['261116-000009-0'],
        }),
      },
    };
    const body = await bodyOf(list({}, officer, broken));
    expect(body.cases.map(({ number }: Case) => number)).toEqual([good.number]);
    expect(deps.logged).toContainEqual({ code: 'case-unreadable', facts: { number: '261116-000009-0' } });
  });
});

describe('with the units below it', () => {
  /** Thirty cases over five units, no two days alike in order, some handed back to the hub. */
  async function city() {
    const deps = house();
    const order: { number: string; key: string; path: readonly string[] }[] = [];
    const units = ['33020301', '33020302', '330203', '33021201', '33028101'];
    for (let draw = 0; draw < 30; draw += 1) {
      const at = tenOn(`2026-10-${String(9 + ((draw * 7) % 20)).padStart(2, '0')}`);
      const first = follow([registered(draw, at)], [['distribute', { unit: units[draw % 5] }]], at);
      const steps = draw % 6 === 5 ? follow(first, ['return'], at) : first;
      const kept = await keep(deps.cases, steps);
      const due = kept.clocks
        .filter(({ stopped, void: gone }) => stopped === undefined && gone === undefined)
        .map((clock) => clock.due)
        .sort()[0];
      order.push({
        number: kept.number,
        key: `${due}#${kept.receivedAt}#${kept.number}`,
        path: kept.unitPath,
      });
    }
    order.sort((a, b) => (a.key < b.key ? -1 : 1));
    return { deps, order };
  }
  async function pages(query: object, who: Staff, deps: House) {
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 40; page += 1) {
      const body = await bodyOf(list({ ...query, ...(after === undefined ? {} : { after }) }, who, deps));
      seen.push(...body.cases.map(({ number }: Case) => number));
      if (body.next === null) return seen;
      after = body.next;
    }
    throw new Error('pages never end');
  }

  test.each(['1', '2', '7', '30', '100'])(
    'city and county are one list in one order, nothing missing or twice, %s a page',
    async (limit) => {
      const { deps, order } = await city();
      const wanted = (unit: string) =>
        order.filter(({ path }) => path.includes(unit)).map(({ number }) => number);
      expect(await pages({ below: 'all', limit }, manager, deps)).toEqual(wanted('330200'));
      expect(await pages({ below: 'all', limit }, countyOfficer, deps)).toEqual(wanted(COUNTY_A));
      expect(await pages({ below: 'all', limit }, officer, deps)).toEqual(wanted('33020301'));
    },
  );

  test('without `below` it is the unit’s own', async () => {
    const { deps, order } = await city();
    const own = order.filter(({ path }) => path.at(-1) === COUNTY_A).map(({ number }) => number);
    expect(await pages({}, countyOfficer, deps)).toEqual(own);
  });

  test('one case that cannot be read is left out of the city’s list and named', async () => {
    const { deps, order } = await city();
    const [gone] = order;
    const broken: House = {
      ...deps,
      cases: {
        ...deps.cases,
        cases: async (numbers) => deps.cases.cases(numbers.filter((number) => number !== gone?.number)),
      },
    };
    const body = await bodyOf(list({ below: 'all', limit: '100' }, manager, broken));
    expect(body.cases).toHaveLength(29);
    expect(deps.logged).toContainEqual({ code: 'case-unreadable', facts: { number: gone?.number } });
  });
});

describe('one case', () => {
  test('is shown with words, clocks and history, and without who complained', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('refused'));
    const body = caseDetail.parse(await bodyOf(showCase(number, officer, deps)));
    expect(body).toMatchObject({
      ground: { code: 'art16-1' },
      state: { code: 'refused', final: false },
      mayReadIdentity: true,
      earlier: null,
      sealed: false,
    });
    expect(body.history.map(({ type }) => type)).toEqual(['registered', 'distributed', 'refused']);
    expect(body.history.at(-1)?.words).toEqual({ reason: SENT.refuse.reason });
    expect(JSON.stringify(body)).not.toMatch(/secretHash|某甲|13800000000|"salt"/);
  });

  test.each([
    ['the officer of another station', staff('officer', '33020302')],
    ['the officer of another county', staff('officer', '330212')],
    ['staff of another city', staff('manager', '110100')],
    ['an administrator', staff('administrator')],
  ])('does not exist for %s', async (_, who) => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    for (const show of [showCase, showDates, showSigns, showNotices, showReads]) {
      const hidden = await problemOf(() => show(number, who, deps));
      const missing = await problemOf(() => show('261116-999999-9', who, deps));
      expect([hidden.code, hidden.errors]).toEqual([missing.code, missing.errors]);
      expect(hidden.code).toBe('not-found');
    }
  });

  test('at the hub is not open to stations', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('at-hub'));
    expect((await problemOf(() => showCase(number, officer, deps))).code).toBe('not-found');
    expect((await showCase(number, dispatcher, deps)).status).toBe(200);
  });

  test('with a long history comes with its latest fifty events; older ones page by page, each once', async () => {
    const deps = house();
    const notes = Array.from({ length: 118 }, () => 'note' as const);
    const { number } = await keep(deps.cases, follow(stepsTo('distributed'), notes));
    const body = caseDetail.parse(await bodyOf(showCase(number, officer, deps)));
    expect(body.history.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, i) => 71 + i));
    expect(body.earlier).toBe(71);
    const seen: number[] = [];
    for (let before = body.earlier; before !== null; ) {
      const page = historyAnswer.parse(
        await bodyOf(showHistory(number, historyQuery.parse({ before, limit: '32' }), officer, deps)),
      );
      seen.push(...page.history.map(({ version }) => version));
      before = page.earlier;
    }
    expect(seen).toEqual(Array.from({ length: 70 }, (_, i) => 70 - i));
  });
});

describe('why this date?', () => {
  test('every day from the start to the last, counted or not, and why, in both languages', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed', 1, tenOn('2026-09-30')));
    const { clocks } = datesAnswer.parse(await bodyOf(showDates(number, officer, deps)));
    const accept = clocks.find(({ clock }) => clock === 'accept');
    expect(accept).toMatchObject({ start: '2026-09-30', due: '2026-10-15', basis: '总局令第121号第十五条' });
    const days = accept?.explanation?.days ?? [];
    expect(days).toHaveLength(15);
    expect(days.filter(({ counted }) => counted).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(days[0]).toMatchObject({ date: '2026-10-01', kind: 'holiday', counted: false });
    for (const { why } of days) {
      expect(why.zh).toMatch(/[一-鿿]/);
      expect(why.en).toMatch(/[a-z]/);
    }
  });

  test('days of testing name their evidence', async () => {
    const deps = house();
    const steps = follow(stepsTo('mediating'), ['begin-testing'], tenOn('2026-11-18'));
    const { number } = await keep(deps.cases, follow(steps, ['end-testing'], tenOn('2026-11-25')));
    const { clocks } = datesAnswer.parse(await bodyOf(showDates(number, officer, deps)));
    const days = clocks.find(({ clock }) => clock === 'mediate')?.explanation?.days ?? [];
    const tested = days.filter(({ date }) => date > '2026-11-18' && date <= '2026-11-25');
    expect(tested).toHaveLength(7);
    for (const { counted, why } of tested) {
      expect(counted).toBe(false);
      expect(why.zh).toContain('检测委托书第1号');
    }
  });

  test('a day that a person set is not explained away: nothing was counted', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('awaiting-proof'));
    const { clocks } = datesAnswer.parse(await bodyOf(showDates(number, officer, deps)));
    expect(clocks.find(({ clock }) => clock === 'identity')).toMatchObject({ set: true, explanation: null });
  });
});

describe('who complained', () => {
  test('is told for a reason that is on record before anything is shown', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const order: string[] = [];
    const watched: House = {
      ...deps,
      identities: {
        ...deps.identities,
        recordRead: async (read) => {
          order.push('recorded');
          await deps.identities.recordRead(read);
        },
        identity: async (one) => {
          order.push('read');
          return deps.identities.identity(one);
        },
      },
    };
    const body = complainantAnswer.parse(await bodyOf(ask(number, 'handling', officer, watched)));
    expect(body.complainant).toEqual(IDENTITY);
    expect(order).toEqual(['recorded', 'read']);
    expect(readsAnswer.parse(await bodyOf(showReads(number, auditor, deps))).reads).toEqual([
      { number, at: MONDAY, staff: officer.id, role: 'officer', reason: 'handling' },
    ]);
    expect(JSON.stringify(deps.logged)).not.toMatch(/某甲|13800000000/);
  });

  test('is not shown when the reading cannot be recorded', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    const dead: House = {
      ...deps,
      identities: { ...deps.identities, recordRead: () => Promise.reject(new Error('no table')) },
    };
    await expect(ask(number, 'handling', officer, dead)).rejects.toThrow('no table');
  });

  test('is not told without a reason, or for one of one’s own', () => {
    expect(() => identityQuery.parse({})).toThrow();
    expect(() => identityQuery.parse({ reason: 'curiosity' })).toThrow();
  });

  test('is not told to an auditor, and an informer is never told here', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed', 1));
    expect((await problemOf(() => ask(number, 'review', auditor, deps))).code).toBe('forbidden');
    const report = await keep(deps.cases, stepsTo('distributed', 2, MONDAY, 'report'));
    expect((await problemOf(() => ask(report.number, 'review', manager, deps))).code).toBe('not-found');
    expect((await problemOf(() => showReads(report.number, manager, deps))).code).toBe('forbidden');
    expect(await deps.identities.reads(number)).toEqual([]);
    expect(await deps.cases.informers.reads(report.number)).toEqual([]);
  });

  test('who read it is for auditors and managers', async () => {
    const deps = house();
    const { number } = await keep(deps.cases, stepsTo('distributed'));
    expect((await problemOf(() => showReads(number, officer, deps))).code).toBe('forbidden');
    expect((await showReads(number, manager, deps)).status).toBe(200);
  });
});

describe('a report', () => {
  const SECRETS = /举报|面条|商家|甲面馆|古林镇测试路|过期食品|officer-note|13800000000|某甲/;
  const report = (deps: House, draw = 1) =>
    keep(
      deps.cases,
      follow(
        [
          registered(draw, MONDAY, {
            kind: 'report',
            business: { name: '甲面馆', address: '宁波市海曙区古林镇测试路1号' },
          }),
        ],
        ['distribute', 'verify', ['note', { text: 'officer-note' }]],
      ),
    );

  test('shows those who are not on it that it exists and is due, and no word of it', async () => {
    const deps = house();
    const { number } = await report(deps);
    for (const who of [officer, staff('head', '33020301'), auditor, countyOfficer]) {
      const shown = await bodyOf(list({ unit: '33020301' }, who, deps));
      expect(shown.cases).toMatchObject([{ number, sealed: true, excerpt: '', business: {} }]);
      const detail = caseDetail.parse(await bodyOf(showCase(number, who, deps)));
      expect(detail).toMatchObject({ sealed: true, complaint: null, history: [], mayReadIdentity: false });
      const { due, actions, unit, ...rest } = detail;
      expect(JSON.stringify(rest)).not.toMatch(SECRETS);
      expect(JSON.stringify(shown.cases[0].excerpt)).not.toMatch(SECRETS);
      expect(due).toBe('2026-12-07');
      // Nor how far it has come, who is on it, or with which complaint it came in.
      expect(detail).toMatchObject({ nextLegalDate: null, officers: [], late: [], state: { en: 'Sealed' } });
      expect(detail.receivedAt).toMatch(/T00:00:00/);
      for (const show of [showDates, showSigns, showNotices]) {
        expect((await problemOf(() => show(number, who, deps))).code).toBe('forbidden');
      }
      const history = () => showHistory(number, historyQuery.parse({}), who, deps);
      expect((await problemOf(history)).code).toBe('forbidden');
    }
  });

  test('is open to the officer on it and to the head of the bureau', async () => {
    const deps = house();
    const kept = await keep(
      deps.cases,
      follow(stepsTo('distributed', 1, MONDAY, 'report'), [['assign', { officer: 'officer-33020301' }]]),
    );
    for (const who of [officer, manager]) {
      const detail = caseDetail.parse(await bodyOf(showCase(kept.number, who, deps)));
      expect(detail).toMatchObject({ sealed: false, complaint: { text: kept.complaint.text } });
    }
    const colleague = { ...officer, id: 'another' };
    expect((await bodyOf(showCase(kept.number, colleague, deps))).sealed).toBe(true);
  });

  test('is the dispatcher’s while it is at the hub, and sealed to him afterwards', async () => {
    const deps = house();
    const hub = await keep(deps.cases, stepsTo('at-hub', 1, MONDAY, 'report'));
    expect((await bodyOf(showCase(hub.number, dispatcher, deps))).sealed).toBe(false);
    const gone = await keep(deps.cases, stepsTo('distributed', 2, MONDAY, 'report'));
    expect((await bodyOf(showCase(gone.number, dispatcher, deps))).sealed).toBe(true);
  });

  test('has no signs of Art. 17: they are for complaints', async () => {
    const deps = house();
    const { number } = await report(deps);
    expect(await bodyOf(showSigns(number, manager, deps))).toEqual({ signs: [], matters: [] });
  });
});

describe('signs', () => {
  test('bring the cases behind them, by phone and by business', async () => {
    const deps = house();
    const file = (draw: number, name: string) =>
      keep(
        deps.cases,
        follow(
          [registered(draw, MONDAY, { business: { name: '甲面馆' } })],
          [['distribute', { unit: '33020301' }]],
        ),
        { name, phone: draw % 2 === 0 ? '138 0000 0000' : '+86-13800000000' },
      );
    const [first, second, third] = [await file(1, '某甲'), await file(2, '某甲'), await file(3, '某乙')];
    const { signs } = signsAnswer.parse(await bodyOf(showSigns(third.number, officer, deps)));
    const cases = (id: string) => signs.find((sign) => sign.id === id)?.cases.toSorted();
    expect(cases('duplicate')).toEqual([first.number, second.number].sort());
    expect(cases('many-people-one-phone')).toEqual([first.number, second.number].sort());
    expect(cases('many-complaints')).toEqual([first.number, second.number].sort());
  });

  test('are none for a person who complains for the first time and shows the purchase', async () => {
    const deps = house();
    const { number } = await keep(
      deps.cases,
      follow([registered(1, MONDAY, { paidFen: 100 })], [['distribute', { unit: '33020301' }]]),
    );
    expect(await bodyOf(showSigns(number, officer, deps))).toEqual({ signs: [], matters: [] });
  });
});

test('notices are those of the case', async () => {
  const deps = house();
  const { number } = await keep(deps.cases, stepsTo('accepted'));
  expect(await bodyOf(showNotices(number, officer, deps))).toEqual({ notices: [] });
});
