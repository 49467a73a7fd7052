import type { Unit } from '../jurisdiction/registry.ts';
import { clockRule } from '../law/rule-packs.ts';
import type { Case, RunningClock } from './case.ts';
import { REFUSAL_GROUNDS, TERMINATION_GROUNDS } from './grounds.ts';
import { STATES } from './life-cycle.ts';
import { nextDue } from './take-step.ts';
import { type Counting, isPaused, isRunning } from './turn-clocks.ts';

/** A state in the words people see. */
export function stateView(of: Pick<Case, 'state'>) {
  const { zh, en, final } = STATES[of.state];
  return { code: of.state, zh, en, final };
}

/** A clock in the words people see. */
export function clockView(clock: RunningClock, receivedOn: string, { settings }: Pick<Counting, 'settings'>) {
  const { duty, basis, length, unit, internal } = clockRule(receivedOn, clock.id, settings);
  return {
    clock: clock.id,
    start: clock.start,
    due: clock.due,
    provisional: clock.provisional,
    paused: isPaused(clock),
    running: isRunning(clock),
    stopped: clock.stopped ?? null,
    duty,
    basis,
    length,
    unit,
    internal,
  };
}

/** The next date that the law sets, what must be done by then, and the article; null when no clock runs. */
export function nextLegalDate(of: Pick<Case, 'clocks' | 'receivedOn'>, counting: Pick<Counting, 'settings'>) {
  const next = nextDue(of);
  if (next === undefined) return null;
  const { running, stopped, paused, internal, ...view } = clockView(next, of.receivedOn, counting);
  return view;
}

/** Name and phone of the unit that has the case, as told to the consumer; null while it is at the hub. */
export function handlingUnit(of: Pick<Case, 'unitPath'>, units: readonly Unit[]) {
  const unit = of.unitPath.length > 1 ? units.find(({ code }) => code === of.unitPath.at(-1)) : undefined;
  if (unit === undefined) return null;
  return { code: unit.code, name: unit.name, phone: unit.phone, address: unit.address };
}

const GROUNDS: Readonly<Record<string, { zh: string; en: string; basis: string }>> = {
  ...REFUSAL_GROUNDS,
  ...TERMINATION_GROUNDS,
};

/** The ground on which a case was refused or ended, in the words of the law; null without one. */
export function groundView(of: Pick<Case, 'ground'>) {
  const ground = of.ground === undefined ? undefined : GROUNDS[of.ground];
  return ground === undefined ? null : { code: of.ground ?? '', ...ground };
}
