import type { Case } from '../../shared/case/case.ts';
import type { State } from '../../shared/case/life-cycle.ts';
import type { ClockId } from '../../shared/law/rule-packs.ts';

/*
 * Which duty is owed in which state, written down once more from the articles and independent of the tables:
 * `owes` must run (or be paused), `may` can run beside it, nothing else runs.
 */

interface Duties {
  owes: readonly ClockId[];
  may?: readonly ClockId[];
}

const NOTHING: Duties = { owes: [] };
/** While mediated: the sixty days, and the telling of the acceptance until it is done. */
const MEDIATED: Duties = { owes: ['mediate'], may: ['accept'] };

const DUTIES: Readonly<Record<'complaint' | 'report' | 'inquiry', Partial<Record<State, Duties>>>> = {
  complaint: {
    received: { owes: ['distribute'] },
    // What a county has begun goes on while the hub looks for another unit.
    'at-hub': { owes: ['distribute'], may: ['accept'] },
    distributed: { owes: ['accept'] },
    disputed: { owes: ['authority-dispute', 'accept'] },
    'awaiting-proof': { owes: ['accept', 'identity'] },
    'station-first': { owes: ['station-first'] },
    'first-agreed': { owes: ['confirm-first'] },
    accepted: MEDIATED,
    mediating: MEDIATED,
    testing: MEDIATED,
    entrusted: MEDIATED,
    recusal: { owes: ['mediate', 'recusal'], may: ['accept'] },
    refused: { owes: ['accept'] },
    settled: { owes: [], may: ['accept'] },
    performed: { owes: [], may: ['accept'] },
    terminated: { owes: ['tell-termination'], may: ['accept'] },
    'terminated-told': { owes: [], may: ['accept'] },
    closed: { owes: ['publish'] },
  },
  report: {
    received: { owes: ['distribute', 'verify-report'] },
    'at-hub': { owes: ['distribute', 'verify-report'] },
    distributed: { owes: ['verify-report'] },
    disputed: { owes: ['verify-report', 'authority-dispute'] },
    verified: { owes: ['verify-report'] },
    filed: { owes: ['decide-case'], may: ['tell-informer'] },
    'not-filed': { owes: [], may: ['tell-informer'] },
    decided: { owes: [], may: ['tell-informer'] },
  },
  inquiry: {
    received: { owes: ['distribute', 'answer'] },
    'at-hub': { owes: ['distribute', 'answer'] },
    distributed: { owes: ['answer'] },
  },
};

/** Orders from above and promises stand beside everything. */
const ANYWHERE: ReadonlySet<string> = new Set(['supervision', 'promise']);

/** What is wrong with the clocks of a case; undefined when they fit its state. */
export function isConsistent({ kind, state, clocks }: Case): string | undefined {
  const table = DUTIES[kind === 'other' ? 'inquiry' : kind];
  const { owes, may = [] } = table[state] ?? NOTHING;
  // A violation found while mediating has a period of its own in place of that of a report.
  const running = clocks
    .filter((clock) => clock.stopped === undefined && clock.void === undefined)
    .map(({ id }): ClockId => (id === 'verify-clue' ? 'verify-report' : id));
  const missing = owes.filter((id) => !running.includes(id));
  const extra = running.filter((id) => !owes.includes(id) && !may.includes(id) && !ANYWHERE.has(id));
  const twice = running.filter((id, place) => running.indexOf(id) !== place);
  if (missing.length + extra.length + twice.length === 0) return undefined;
  return `${kind} ${state}: missing ${missing.join()}, extra ${extra.join()}, twice ${twice.join()}`;
}
