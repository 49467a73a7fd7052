import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import { handlingUnit } from '../../shared/case/case-view.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import { rowsFor, type State } from '../../shared/case/life-cycle.ts';
import { GuardRefusal, NotAllowedNow, rebuild } from '../../shared/case/take-step.ts';
import {
  ALL_ACTIONS,
  caseIn,
  consumer,
  context,
  follow,
  MONDAY,
  message,
  registered,
  registry,
  SENT,
  STATION_A1,
  STATION_B1,
  stepsTo,
  take,
  tenOn,
  WAYS,
} from './support.ts';

describe('registering', () => {
  const { after, event } = registered(483_729, '2026-11-20T16:30:00.000Z');

  test('gives a number of the day in Shanghai, at the hub, as the first event', () => {
    expect(after).toMatchObject({ number: '261121-483729-2', version: 1, state: 'received' });
    expect(after).toMatchObject({ receivedOn: '2026-11-21', unitPath: ['330200'] });
    expect(event).toMatchObject({
      id: '261121-483729-2.1',
      kind: 'complaint',
      type: 'registered',
      on: '2026-11-21',
      actor: consumer,
      money: { claimed: 12_300 },
      facts: { channel: 'web' },
    });
  });

  test('starts the hub’s own day', () => {
    // Saturday 11-21: the next working day is Monday.
    expect(after.clocks).toEqual([
      { id: 'distribute', start: '2026-11-21', due: '2026-11-23', provisional: false, authority: '330200' },
    ]);
  });

  test('of a report starts its fifteen working days at once, and claims nothing', () => {
    const report = registered(1, MONDAY, { kind: 'report' });
    expect(report.after.clocks.map(({ id, due }) => [id, due])).toEqual([
      ['distribute', '2026-11-17'],
      ['verify-report', '2026-12-07'],
    ]);
    expect([report.after.money, report.event.money]).toEqual([{}, undefined]);
    expect(report.after.consents).toEqual({});
  });

  test('of a report without a name says that there is nobody to tell or reward', () => {
    const { complainant: _, ...rest } = message({ kind: 'report' });
    const anonymous = registered(1, MONDAY, { ...rest, complainant: undefined });
    expect(anonymous.after.consents).toEqual({ anonymous: true });
  });

  test('of an inquiry starts the bureau’s five working days for the answer', () => {
    for (const kind of ['inquiry', 'other'] as const) {
      const { clocks } = registered(1, MONDAY, { kind }).after;
      expect(clocks.map(({ id, due }) => [id, due])).toEqual([
        ['distribute', '2026-11-17'],
        ['answer', '2026-11-23'],
      ]);
    }
  });

  test('keeps names and phones out of the case and its history', () => {
    const together = registered(1, MONDAY, {
      joint: [{ name: '某乙', phone: '13800000001', consents: true }],
    });
    expect(JSON.stringify([after, event, together])).not.toMatch(/1380000000|某甲|某乙/);
    expect(together.after.consents).toEqual({ joint: true });
  });

  test('keeps only what was agreed to', () => {
    const { consents } = registered(1, MONDAY, { consents: { publish: true, entrust: false } }).after;
    expect(consents).toEqual({ publish: true });
  });
});

const everyState = (Object.keys(WAYS) as (keyof typeof WAYS)[]).flatMap((kind) =>
  (Object.keys(WAYS[kind]) as State[]).map((state) => [kind, state] as const),
);

describe.each(everyState)('a %s that is %s', (kind, state) => {
  test('takes exactly the steps that its table has, each as one event, and stays as it was', () => {
    for (const action of ALL_ACTIONS) {
      const before = caseIn(state, 0, MONDAY, kind);
      const copy = structuredClone(before);
      const rows = rowsFor(kind, state, action);
      const attempt = () => take(before, action);
      if (rows.length === 0) {
        expect(attempt, action).toThrow(NotAllowedNow);
      } else {
        try {
          const { after, event } = attempt();
          expect(after.version).toBe(before.version + 1);
          expect(event).toMatchObject({
            id: `${before.number}.${after.version}`,
            version: after.version,
            kind,
            type: ACTIONS[action].event,
            at: MONDAY,
            on: '2026-11-16',
          });
          const targets = rows.map(({ to }) => (to === 'same' ? state : to));
          if (!targets.includes('before')) expect(targets, action).toContain(after.state);
        } catch (error) {
          // What a guard says is tried in guards.test.ts; nothing else may be thrown.
          if (!(error instanceof NotAllowedNow)) expect(error, action).toBeInstanceOf(GuardRefusal);
        }
      }
      expect(before, action).toEqual(copy);
    }
  });

  test('is rebuilt from its history, and its chain verifies', () => {
    const steps = stepsTo(state, 0, MONDAY, kind);
    const [first] = steps;
    const last = steps.at(-1);
    const events = steps.map(({ event }) => event);
    expect(first && rebuild(first.after, events, context())).toEqual(last?.after);
    expect(verifyChain(events, last?.after)).toBeUndefined();
  });
});

describe('what is written down', () => {
  test('what people wrote stands apart from codes, days and sums, with salt', () => {
    const { event } = take(caseIn('distributed'), 'refuse', {
      ground: 'art16-4',
      reason: '距离知道权益受损已经超过三年。',
    });
    expect(event.facts).toEqual({ ground: 'art16-4' });
    expect(event.words).toEqual({ reason: '距离知道权益受损已经超过三年。', salt: 'salt' });
    expect(event.wordsHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what was left empty is not written', () => {
    const { event } = take(caseIn('distributed'), 'accept', { note: '' });
    expect([event.facts, event.words, event.wordsHash]).toEqual([{}, undefined, undefined]);
  });

  test('words that are erased leave the chain whole; words that are changed do not', () => {
    const steps = stepsTo('refused');
    const events = steps.map(({ event }) => event);
    const erased = events.map(({ words: _, ...event }) => event);
    expect(verifyChain(erased, steps.at(-1)?.after)).toBeUndefined();
    const forged = events.map((event) =>
      event.type === 'refused' ? { ...event, words: { ...event.words, reason: '别的理由' } } : event,
    );
    expect(verifyChain(forged)).toEqual({ version: 3, fault: 'words-changed' });
  });

  test('a return counts for the unit that had the case, not for the hub', () => {
    const { event, after } = take(caseIn('distributed'), 'return');
    expect([event.unitPath, after.unitPath]).toEqual([STATION_A1, ['330200']]);
    expect(after).toMatchObject({ hubReason: 'not-competent', officers: [], area: undefined });
  });

  test('a hand-over counts for the station that gets the case, and its officer is on it at once', () => {
    const { event, after } = take(caseIn('at-hub'), 'distribute', {
      unit: '33021201',
      officer: 'officer-B101',
    });
    expect([event.unitPath, after.officers, after.hubReason]).toEqual([
      STATION_B1,
      ['officer-B101'],
      undefined,
    ]);
  });

  test('the agreed and the proven sum stand apart; who paid first has an entry of his own', () => {
    const settled = take(caseIn('accepted'), 'settle', { ...SENT.settle, agreedFen: 9_900, provenFen: 1 });
    expect([settled.after.money, settled.event.money]).toEqual([
      { claimed: 12_300, agreed: 9_900, proven: 1 },
      { agreed: 9_900, proven: 1 },
    ]);
    const paid = take(settled.after, 'perform', { ...SENT.perform, provenFen: 9_899, paidBy: 'venue' });
    expect(paid.event.money).toEqual({ proven: 9_899, 'paid-first': 9_899 });
    expect(paid.after.state).toBe('performed');
  });

  test('a correction is a new entry; the old one stays in the history', () => {
    const settled = take(caseIn('accepted'), 'settle').after;
    const corrected = take(settled, 'correct-money', {
      entry: 'agreed',
      fen: -1_000,
      reason: '协议书上为九十元，登记有误。',
    });
    expect(corrected.after.money.agreed).toBe(9_000);
    expect(corrected.event.money).toEqual({ agreed: -1_000 });
  });

  test('a refusal and a termination keep their ground', () => {
    expect(take(caseIn('distributed'), 'refuse').after.ground).toBe('art16-1');
    expect(take(caseIn('accepted'), 'terminate').after.ground).toBe('art23-2');
  });

  test('a form is issued with the number it was given', () => {
    const { after, event } = take(
      caseIn('distributed'),
      'accept',
      {},
      {
        ...context(),
        documentNumber: '海曙南门市监〔2026〕第1号',
      },
    );
    expect(event.facts).toEqual({ documentNumber: '海曙南门市监〔2026〕第1号' });
    expect(after.forms).toEqual([
      { form: 'form-5', documentNumber: '海曙南门市监〔2026〕第1号', on: '2026-11-16', version: 3 },
    ]);
  });

  test('whom a step tells is written with it; nobody is told of a report without a name', () => {
    expect(take(caseIn('mediating'), 'terminate').event.notices).toEqual([
      { notice: 'terminated', party: 'complainant', form: 'form-8' },
      { notice: 'terminated', party: 'business', form: 'form-8' },
    ]);
    const verified = caseIn('verified', 1, MONDAY, 'report');
    expect(take(verified, 'not-file').event.notices).toHaveLength(1);
    const anonymous = { ...verified, consents: { anonymous: true } };
    expect(take(anonymous, 'not-file').event.notices).toBeUndefined();
  });

  test('a proposal waits with all its words, says nothing of money, and any other step takes it off the table', () => {
    const proposed = take(caseIn('mediating'), 'propose', {
      action: 'settle',
      ...SENT.settle,
      agreement: '退款',
    });
    expect(proposed.after).toMatchObject({
      state: 'mediating',
      proposal: { action: 'settle', words: { agreement: '退款' }, by: 'officer-a1' },
    });
    expect(proposed.event.money).toBeUndefined();
    expect(proposed.after.money).toEqual({ claimed: 12_300 });
    expect(take(proposed.after, 'note').after.proposal).toBeDefined();
    expect(take(proposed.after, 'entrust').after.proposal).toBeUndefined();
  });
});

describe('a case that is taken up again', () => {
  const closed = caseIn('closed');
  const { after } = take(closed, 'reopen');

  test('begins a new round: ground, result and tellings go, sums stay', () => {
    expect(after).toMatchObject({ state: 'distributed', told: {}, forms: [], money: closed.money });
    expect([after.ground, after.result, after.eraseOn]).toEqual([undefined, undefined, undefined]);
  });

  test('has seven working days again, and owes no publication', () => {
    const running = after.clocks.filter(
      ({ stopped, void: gone }) => stopped === undefined && gone === undefined,
    );
    expect(running).toMatchObject([{ id: 'accept', start: '2026-11-16', due: '2026-11-25' }]);
  });

  test('owes nothing that was promised in the round before', () => {
    const promised = follow(stepsTo('accepted'), [
      'tell',
      ['settle', { ...SENT.settle, promisedOn: '2026-12-01' }],
      'close',
    ]).at(-1)?.after as typeof closed;
    expect(promised.clocks.find(({ id }) => id === 'promise')).toMatchObject({ due: '2026-12-01' });
    const again = take(promised, 'reopen').after;
    expect(again.clocks.find(({ id }) => id === 'promise')?.stopped).toBe('2026-11-16');
  });

  test('at the hub, where no unit ever had it, waits for the dispatcher', () => {
    const withdrawn = caseIn('withdrawn');
    expect(take(withdrawn, 'reopen').after).toMatchObject({ state: 'at-hub', hubReason: 'reopened' });
  });
});

describe('a joint case', () => {
  const distributed = caseIn('mediating');

  test('that is joined follows its lead: nothing of its own runs', () => {
    const { after } = take(distributed, 'join');
    expect(after).toMatchObject({ state: 'joined', lead: SENT.join.lead });
    expect(
      after.clocks.filter(({ stopped, void: gone }) => stopped === undefined && gone === undefined),
    ).toEqual([]);
  });

  test('that is taken out again is what it was, periods and all', () => {
    const joined = take(distributed, 'join', SENT.join, context(tenOn('2026-11-18'))).after;
    const { after } = take(joined, 'unjoin', {}, context(tenOn('2026-11-25')));
    const { version: _, hash: __, ...was } = distributed;
    expect(after).toMatchObject(JSON.parse(JSON.stringify(was)));
    expect([after.lead, after.before, after.eraseOn]).toEqual([undefined, undefined, undefined]);
  });

  test('the lead knows whom it took in, and forgets whom it let out', () => {
    const lead = take(caseIn('accepted'), 'take-in', { case: '261116-000001-9' }).after;
    expect(lead.joined).toEqual(['261116-000001-9']);
    expect(take(lead, 'let-out', { case: '261116-000001-9' }).after.joined).toEqual([]);
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

test('every action has something to send in these tests', () => {
  for (const action of Object.keys(ACTIONS) as Action[]) expect(SENT[action], action).toBeDefined();
});
