import { describe, expect, test } from 'vitest';
import { callAnswer, contactsAnswer } from '../../events/answers.ts';
import { type DeskCallsDependencies, listContacts, showCall } from '../../functions/desk-calls/desk-calls.ts';
import type { Case } from '../../shared/case/case.ts';
import { contactReason } from '../../shared/intake/contact-reasons.ts';
import { callIdOf, createMemoryCallStore } from '../../shared/store/call-store.ts';
import { createMemoryContactStore } from '../../shared/store/contact-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import type { Call } from '../../shared/transcripts/call.ts';
import type { Understood } from '../../shared/understanding/understood.ts';
import { keep, MONDAY, problemOf, registered, staff, take } from './support.ts';

const ID = callIdOf('call-0001');
const SAID = '我要投诉，我在光明电器行买了电水壶，花了299元。';
const CALL: Call = {
  callId: 'call-0001',
  callerNumber: '13800000001',
  delivery: 'whole',
  partial: false,
  redacted: false,
  roles: { by: 'labels', confidence: 1 },
  turns: [
    { speaker: 'agent', text: '您好，12315热线。', startMs: 0, endMs: 2_000 },
    { speaker: 'caller', text: SAID, startMs: 83_000, endMs: 90_000 },
  ],
  problems: [],
};

const spanOf = (words: string) => ({
  start: SAID.indexOf(words),
  end: SAID.indexOf(words) + words.length,
});
const UNDERSTOOD = {
  kind: { value: 'complaint', confidence: 0.9, spans: [] },
  scope: { value: 'yes', confidence: 0.9, spans: [] },
  respondent: { span: spanOf('光明电器行'), confidence: 0.5 },
  paid: { fen: 29_900, confidence: 0.9, spans: [spanOf('299元')] },
  authorities: [],
  requests: [],
  urgency: [],
  missing: [],
  asks: [],
  corrected: [],
} satisfies Understood;

async function desk(call: Call = CALL, kind: Case['kind'] = 'complaint') {
  const cases = createMemoryCaseStore();
  const calls = createMemoryCallStore();
  const logged: object[] = [];
  await calls.save({ id: ID, version: 1, call, receivedAt: MONDAY, lastAt: MONDAY });
  const first = registered(1, MONDAY, { text: SAID, kind });
  const event = { ...first.event, facts: { ...first.event.facts, call: ID } };
  const sent = { unit: '33020301', area: 'A101', basis: 'division', understood: UNDERSTOOD };
  const { number } = await keep(cases, [{ ...first, event }, take(first.after, 'distribute', sent)]);
  const deps: DeskCallsDependencies = {
    cases,
    calls,
    contacts: createMemoryContactStore(),
    bureau: '330200',
    now: () => new Date(MONDAY),
    log: (code, facts) => logged.push({ code, ...facts }),
  };
  return { deps, number, logged };
}

describe('the call of a case', () => {
  const officer = staff('officer', '33020301');
  const shown = async ({ deps, number }: Awaited<ReturnType<typeof desk>>) =>
    callAnswer.parse((await showCall(number, officer, deps)).body).call;

  test('is shown turn by turn, with the moment of each field, and without the number it came from', async () => {
    const call = await shown(await desk());
    expect(call?.turns.map(({ speaker, startMs }) => [speaker, startMs])).toEqual([
      ['agent', 0],
      ['caller', 83_000],
    ]);
    expect(call?.moments).toMatchObject([
      { field: 'respondent', confidence: 0.5, turn: 1, startMs: 83_000, endMs: 90_000, exact: false },
      { field: 'paid', turn: 1, startMs: 83_000 },
    ]);
    expect(JSON.stringify(call)).not.toContain('13800000001');
  });

  test('of a better delivery has the moments of the same words, wherever they stand now', async () => {
    const turns = [
      { speaker: 'caller' as const, text: '喂，您好。', startMs: 1_000, endMs: 2_000 },
      { speaker: 'caller' as const, text: '我在光明电器行买的。', startMs: 5_000, endMs: 7_000 },
    ];
    const call = await shown(await desk({ ...CALL, turns }));
    expect(call?.moments).toMatchObject([{ field: 'respondent', turn: 1, startMs: 5_000 }]);
  });

  test('is nothing when the case came by another channel, or its words were erased', async () => {
    const system = await desk();
    const other = await keep(system.deps.cases as ReturnType<typeof createMemoryCaseStore>, [registered(2)]);
    const manager = staff('manager');
    expect((await showCall(other.number, manager, system.deps)).body).toEqual({ call: null });
  });

  test.each([
    ['somebody of another station', staff('officer', '33021201'), 'complaint', 'not-found'],
    ['an administrator', staff('administrator'), 'complaint', 'not-found'],
    ['an officer who is not on the report', officer, 'report', 'forbidden'],
  ] as const)('is not shown to %s', async (_, who, kind, code) => {
    const { deps, number } = await desk(CALL, kind);
    expect((await problemOf(() => showCall(number, who, deps))).code).toBe(code);
  });
});

describe('contacts', () => {
  const contact = (minute: number) => ({
    id: `phone/${minute}`,
    channel: 'phone' as const,
    at: `2026-11-16T02:0${minute}:00.000Z`,
    reason: 'silent',
    from: '13800000001',
    text: '喂',
  });

  test('of a day are listed page by page with their reason in words; the look is on record', async () => {
    const { deps, logged } = await desk();
    for (const minute of [1, 2, 3]) await deps.contacts.keep(contact(minute));
    const dispatcher = staff('dispatcher');
    const page = async (after?: string) =>
      contactsAnswer.parse(
        (await listContacts({ on: '2026-11-16', limit: 2, after }, dispatcher, deps)).body,
      );
    const first = await page();
    expect(first.contacts.map(({ at, reason }) => [at.slice(14, 16), reason.zh])).toEqual([
      ['03', '通话中没有来电人的话'],
      ['02', '通话中没有来电人的话'],
    ]);
    expect((await page(first.next ?? '')).contacts).toHaveLength(1);
    expect(await deps.contacts.reads('2026-11-16')).toMatchObject([
      { staff: 'dispatcher-330200', role: 'dispatcher' },
      { staff: 'dispatcher-330200', role: 'dispatcher' },
    ]);
    expect(JSON.stringify(logged)).not.toContain('13800000001');
  });

  test.each([
    staff('officer', '33020301'),
    staff('head', '33020301'),
    staff('manager', '330203'),
    staff('auditor'),
    staff('administrator'),
  ])('are not shown to $id, and nothing is read', async (who) => {
    const { deps } = await desk();
    const query = { on: '2026-11-16', limit: 50 };
    expect((await problemOf(() => listContacts(query, who, deps))).code).toBe('forbidden');
    expect(await deps.contacts.reads('2026-11-16')).toEqual([]);
  });

  test('a code from nowhere is shown as it is', () => {
    expect(contactReason('new-code')).toEqual({ zh: 'new-code', en: 'new-code' });
    expect(contactReason('everyday').zh).toBe('日常短信、广告');
    expect(contactReason('not-json').en).toContain('JSON');
  });
});
