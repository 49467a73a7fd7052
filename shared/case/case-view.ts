import type { Unit } from '../jurisdiction/registry.ts';
import { rulePackFor } from '../law/rule-packs.ts';
import type { Case } from './case.ts';
import { STATES } from './life-cycle.ts';
import { nextDue } from './steps.ts';

/** A state in the words people see. */
export function stateView(of: Pick<Case, 'state'>) {
  const { zh, en, final } = STATES[of.state];
  return { code: of.state, zh, en, final };
}

/** The next date that the law sets, what must be done by then, and the article; null when no clock runs. */
export function nextLegalDate(of: Case) {
  const next = nextDue(of);
  if (next === undefined) return null;
  const { duty, basis, length, unit } = rulePackFor(of.receivedOn).clocks[next.clock];
  return {
    clock: next.clock,
    start: next.start,
    due: next.due,
    provisional: next.provisional,
    duty,
    basis,
    length,
    unit,
  };
}

/** Name and phone of the unit that has the case, as told to the consumer; null while it is at the hub. */
export function handlingUnit(of: Pick<Case, 'unitPath'>, units: readonly Unit[]) {
  const unit = units.find(({ code }) => code === of.unitPath.at(-1));
  if (unit?.kind !== 'station') return null;
  return { code: unit.code, name: unit.name, phone: unit.phone, address: unit.address };
}
