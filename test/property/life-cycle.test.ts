import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Action } from '../../shared/case/actions.ts';
import type { Case, CaseEvent, Kind } from '../../shared/case/case.ts';
import { verifyChain } from '../../shared/case/chain.ts';
import {
  LIFE_CYCLES,
  reachableStates,
  STATES,
  type State,
  type Transition,
} from '../../shared/case/life-cycle.ts';
import { MONEY_ENTRIES, type MoneyEntry } from '../../shared/case/money-entries.ts';
import { GuardRefusal, NotAllowedNow, rebuild, type Step } from '../../shared/case/take-step.ts';
import { nextTask } from '../../shared/case/watch.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { driftBetween } from '../../shared/statistics/drift.ts';
import { entriesOf, incrementsOf, liveIncrementsOf } from '../../shared/statistics/ledger.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryStatisticsStore } from '../../shared/store/memory-statistics-store.ts';
import { context, IDENTITY, MONDAY, plain, registered, SENT, take } from '../unit/support.ts';
import { isConsistent } from './clock-duties.ts';
import { recountByHand } from './recount-by-hand.ts';

/** What happens between the officer's click and the answer. */
const FATES = ['plain', 'plain', 'plain', 'answer-lost', 'never-arrived', 'two-at-once'] as const;

interface Move {
  /** Which of the actions that are open in the present state. */
  choice: number;
  /** What is sent with it. */
  variant: number;
  days: number;
  fate: (typeof FATES)[number];
}
const move: fc.Arbitrary<Move> = fc.record({
  choice: fc.nat(100_000),
  variant: fc.nat(100_000),
  days: fc.oneof(
    { weight: 12, arbitrary: fc.nat(4) },
    { weight: 3, arbitrary: fc.nat(80) },
    { weight: 1, arbitrary: fc.constant(1_200) },
  ),
  fate: fc.constantFrom(...FATES),
});
const kind = fc.constantFrom<Kind>('complaint', 'complaint', 'report', 'inquiry', 'other');
const journeys = fc.record({ kind, moves: fc.array(move, { minLength: 5, maxLength: 40, size: 'max' }) });

const UNITS = ['33020301', '33020302', '330203', '33021201', '33028101'];
const ACTORS = ['officer-a1', 'officer-33020301'];
const pick = <T>(list: readonly T[], by: number): T => list[by % list.length] as T;

/** Something to send that guards may well let through, different for every variant. */
function requestFor(found: Case, action: Action, n: number, on: string): Record<string, unknown> {
  const left = (found.money.agreed ?? 0) - (found.money.proven ?? 0);
  const clock = nextTask(found, context())?.clock.id ?? 'accept';
  const changes: Partial<Record<Action, Record<string, unknown>>> = {
    distribute: { unit: pick(UNITS, n), area: undefined },
    designate: { unit: pick(UNITS, n) },
    reclassify: { kind: pick(['complaint', 'report', 'inquiry', 'other'], n) },
    'ask-proof': { until: n % 2 === 0 ? undefined : addDays(on, 1 + (n % 4)) },
    tell: {
      form: pick(found.forms, n)?.form ?? 'form-5',
      party: pick(['complainant', 'business', 'informer'], n >> 4),
    },
    'offer-settlement': { offeredFen: n, promisedOn: addDays(on, n % 30) },
    'move-on': { clock, movedOn: on },
    reconcile: { agreedFen: n, provenFen: n % 3 === 0 ? n : 0 },
    settle: {
      agreedFen: n,
      provenFen: Math.floor(n / (1 + (n % 3))),
      document: pick(['form-9', 'off-site'], n),
      promisedOn: n % 4 === 0 ? undefined : addDays(on, n % 30),
      representedConsent: true,
    },
    perform: {
      provenFen: n % 3 === 0 ? Math.max(1, Math.floor(left / 2)) : left,
      paidBy: pick(['business', 'venue'], n),
    },
    'record-money': { entry: pick(Object.keys(MONEY_ENTRIES), n), fen: n },
    'correct-money': { entry: pick(Object.keys(MONEY_ENTRIES), n), fen: (n % 2 === 0 ? 1 : -1) * (n % 500) },
    terminate: { ground: pick(['art23-1', 'art23-2', 'art23-5'], n) },
    'begin-pause': { kind: pick(['testing', 'hearing', 'appraisal'], n) },
    extend: { until: n % 2 === 0 ? undefined : addDays(on, 30) },
    supervise: { answerBy: addDays(on, n % 5) },
    remind: { clock },
    escalate: { clock, level: 1 + (n % 3), to: pick(['officer', 'head', 'manager'], n) },
    'add-facts': { receivedOn: addDays(on, -(n % 3)) },
    propose: pick(
      [
        { action: 'refuse', ...SENT.refuse },
        { action: 'settle', ...SENT.settle },
      ],
      n,
    ),
    'call-back': { performed: pick([true, false, undefined], n) },
  };
  return { ...SENT[action], ...changes[action] };
}

interface Journey {
  store: CaseStore;
  first: Case;
  /** The case after each step that was kept. */
  states: Case[];
  number: string;
}

/** The step that a move takes on this case; undefined when a guard refuses it. */
function stepOf(before: Case, { choice, variant, fate }: Move, now: number): { step?: Step; rival?: Step } {
  const using = context(new Date(now).toISOString(), { role: 'officer', id: pick(ACTORS, variant >> 2) });
  const attempt = (action: Action) => {
    try {
      const sent = requestFor(before, action, variant, shanghaiDate(using.now()));
      return take(before, action, sent, using);
    } catch (error) {
      if (error instanceof GuardRefusal || error instanceof NotAllowedNow) return undefined;
      throw error;
    }
  };
  const rows = LIFE_CYCLES[before.kind].filter(({ from }) => from.includes(before.state));
  const weighted = rows.flatMap((row) => Array<Action>(weightOf(row)).fill(row.action));
  const step = attempt(pick(weighted, choice));
  const rival = fate === 'two-at-once' ? attempt('note') : undefined;
  return { ...(step && { step }), ...(rival && { rival }) };
}

/** Walks with crashes, repeats and rivals; every commit must end as the fate says. */
async function walk(of: Kind, moves: readonly Move[]): Promise<Journey> {
  const store = createMemoryCaseStore();
  const registration = begin(of);
  const first = registration.after;
  await store.commit({ registrations: [{ step: registration, identity: IDENTITY }] });
  const states = [first];
  let now = Date.parse(MONDAY);
  for (const next of moves) {
    now += next.days * 86_400_000;
    const { step, rival } = stepOf(states.at(-1) as Case, next, now);
    if (step === undefined) continue;
    await commit(store, step, rival, next.fate);
    states.push((await store.case(first.number)) as Case);
  }
  return { store, first, states, number: first.number };
}

const begin = (of: Kind) => registered(1, MONDAY, { kind: of, consents: { publish: true } });

/** So that walks go far: what leads on is taken more often than what ends the case or is only written beside it. */
function weightOf({ action, to }: Transition): number {
  if (['tell', 'close', 'publish'].includes(action)) return 8;
  if (to === 'same' || to === 'before') return 1;
  return STATES[to].final && action !== 'exclude' ? 1 : 5;
}

async function commit(
  store: CaseStore,
  step: Step,
  rival: Step | undefined,
  fate: Move['fate'],
): Promise<void> {
  const work = { steps: [step] };
  if (fate === 'two-at-once' && rival !== undefined) {
    const outcomes = await Promise.all([store.commit(work), store.commit({ steps: [rival] })]);
    expect(outcomes.toSorted()).toEqual(['committed', 'conflict']);
    return;
  }
  // One that never arrived is simply sent again.
  expect(await store.commit(work)).toBe('committed');
  if (fate === 'answer-lost') expect(await store.commit(work)).toBe('conflict');
}

// Other test files run on the same two cores.
vi.setConfig({ testTimeout: 60_000 });

const runs = (numRuns: number) => ({ numRuns, seed: 2026 });

test('walks reach every state of every kind: what is said below is said of all of them', () => {
  const reached = new Map<Kind, Set<State>>();
  for (const { kind: of, moves } of fc.sample(journeys, { numRuns: 600, seed: 2026 })) {
    const seen = reached.get(of) ?? new Set<State>();
    reached.set(of, seen);
    let found = begin(of).after;
    let now = Date.parse(MONDAY);
    for (const next of moves) {
      now += next.days * 86_400_000;
      found = stepOf(found, next, now).step?.after ?? found;
      seen.add(found.state);
    }
  }
  for (const of of Object.keys(LIFE_CYCLES) as Kind[]) {
    expect([...(reached.get(of) ?? [])].sort(), of).toEqual([...reachableStates(of)].sort());
  }
});

test('never an illegal state, and in every state exactly the duties of that state run', async () => {
  await fc.assert(
    fc.asyncProperty(journeys, async ({ kind: of, moves }) => {
      const { states } = await walk(of, moves);
      for (const found of states) {
        expect(reachableStates(of)).toContain(found.state);
        expect(isConsistent(found)).toBeUndefined();
      }
    }),
    runs(70),
  );
});

test('versions without gaps, no event lost or doubled, and the history rebuilds the very case that is stored', async () => {
  await fc.assert(
    fc.asyncProperty(journeys, async ({ kind: of, moves }) => {
      const { store, first, states, number } = await walk(of, moves);
      const history = await store.history(number);
      expect(history.map(({ version }) => version)).toEqual(states.map((_, place) => place + 1));
      expect(new Set(history.map(({ id }) => id)).size).toBe(history.length);
      expect(states.map(({ version }) => version)).toEqual(history.map(({ version }) => version));
      expect(plain(rebuild(first, history, context()))).toEqual(plain(await store.case(number)));
    }),
    runs(70),
  );
});

test('the seven days of an authority never begin again while it owes them', async () => {
  await fc.assert(
    fc.asyncProperty(journeys, async ({ moves }) => {
      const { states } = await walk('complaint', moves);
      for (const [place, found] of states.entries()) {
        const [before] = (states[place - 1]?.clocks ?? []).filter(
          ({ id, stopped, void: gone }) => id === 'accept' && stopped === undefined && gone === undefined,
        );
        const [after] = found.clocks.filter(
          ({ id, stopped, void: gone }) => id === 'accept' && stopped === undefined && gone === undefined,
        );
        if (before !== undefined && after?.authority === before.authority) {
          expect([after.start, after.due]).toEqual([before.start, before.due]);
        }
      }
    }),
    runs(50),
  );
});

describe('money', () => {
  test('of a case is the sum of its events, and what the statistics say, tallied twice and out of order', async () => {
    await fc.assert(
      fc.asyncProperty(journeys, fc.nat(1_000), async ({ kind: of, moves }, shuffle) => {
        const { store, number } = await walk(of, moves);
        const history = await store.history(number);
        const stored = (await store.case(number)) as Case;
        const entries = Object.keys(MONEY_ENTRIES) as MoneyEntry[];
        for (const entry of entries) {
          const sum = history.reduce((total, { money }) => total + (money?.[entry] ?? 0), 0);
          expect(stored.money[entry] ?? 0, entry).toBe(sum);
          expect(sum).toBeGreaterThanOrEqual(0);
        }
        const statistics = createMemoryStatisticsStore();
        const turned = history.toSorted(
          (a, b) => ((a.version * 7 + shuffle) % 11) - ((b.version * 7 + shuffle) % 11),
        );
        const written = (some: readonly CaseEvent[]) =>
          some.flatMap(({ version }) => entriesOf(history.slice(0, version)));
        await statistics.tally(written(turned.slice(3)));
        await statistics.tally(written(turned));
        await statistics.tally(written(history.toReversed()));
        const ledger = await Array.fromAsync(statistics.allEntries());
        const counted = incrementsOf(ledger).filter(({ unit }) => !unit.includes(':'));
        expect(driftBetween(counted, recountByHand([history]))).toEqual([]);
        expect(driftBetween(await statistics.allCounts(), liveIncrementsOf(ledger))).toEqual([]);
        const city = counted.filter(({ unit }) => unit === '330200');
        const counter = {
          claimed: 'claimedFen',
          agreed: 'agreedFen',
          proven: 'provenFen',
          fine: 'fineFen',
        } as const;
        for (const entry of ['claimed', 'agreed', 'proven', 'fine'] as const) {
          const sum = city.reduce((total, { counts }) => total + (counts[counter[entry]] ?? 0), 0);
          // Taken up as another kind, what it claimed on filing counts there.
          const gone = entry === 'claimed' && history.some(({ type }) => type === 'reclassified');
          const elsewhere = gone ? (history[0]?.money?.claimed ?? 0) : 0;
          expect(sum, entry).toBe((stored.money[entry] ?? 0) - elsewhere);
        }
      }),
      runs(70),
    );
  });
});

describe('the chain', () => {
  /** The events of a walk, as they lie in the store. */
  const histories = journeys.map(async ({ kind: of, moves }) => {
    const { store, number } = await walk(of, moves);
    return { history: await store.history(number), stored: (await store.case(number)) as Case };
  });

  test('verifies on every walk, also after words were erased', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (walked) => {
        const { history, stored } = await walked;
        expect(verifyChain(history, stored)).toBeUndefined();
        expect(
          verifyChain(
            history.map(({ words: _, ...event }) => event),
            stored,
          ),
        ).toBeUndefined();
      }),
      runs(50),
    );
  });

  test('shows any single field that was changed, in any event', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(10_000), async (walked, n) => {
        const { history, stored } = await walked;
        const victim = pick(history, n);
        for (const field of Object.keys(plain(victim)) as (keyof CaseEvent)[]) {
          const forged = history.map((event) =>
            event === victim ? { ...event, [field]: changed(event[field]) } : event,
          );
          expect(verifyChain(forged, stored), `${victim.type}.${field}`).toBeDefined();
          // Nothing and an empty list of facts are the same.
          if (field === 'words' || JSON.stringify(victim[field]) === '{}') continue;
          const without = history.map((event) =>
            event === victim ? { ...event, [field]: undefined } : event,
          );
          expect(verifyChain(without, stored), `${victim.type} without ${field}`).toBeDefined();
        }
      }),
      runs(30),
    );
  });

  test('shows an event that was taken out, put in twice, or moved', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(10_000), async (walked, n) => {
        const { history, stored } = await walked;
        const place = n % history.length;
        const event = history[place] as CaseEvent;
        expect(verifyChain(history.toSpliced(place, 1), stored)).toBeDefined();
        expect(verifyChain(history.toSpliced(place, 0, event), stored)).toBeDefined();
        if (history.length > 1)
          expect(verifyChain([...history.slice(1), history[0] as CaseEvent], stored)).toBeDefined();
        // Also when the versions are made to fit again.
        const renumbered = history.toSpliced(place, 1).map((one, index) => ({ ...one, version: index + 1 }));
        expect(verifyChain(renumbered, stored)).toBeDefined();
      }),
      runs(30),
    );
  });
});

function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return [...value, 'x'];
  return { ...(value as object), x: 'x' };
}
