import type { CaseNumber } from '../case/case-number.ts';
import type { LocalDate } from '../dates.ts';
import { type Finding, findStation } from './find-station.ts';
import type { PastCase } from './past-case.ts';
import type { Registry } from './registry.ts';

/** Where a register sends a case: a unit, or `undefined` for the dispatcher. */
type Goal = string | undefined;

/** Of cases whose right unit is known: how many a register sends there, elsewhere, to the dispatcher. */
export interface Outcomes {
  right: number;
  wrong: number;
  dispatcher: number;
}

/** How many cases would go from one place to another. */
interface Way {
  from: Goal;
  to: Goal;
  cases: number;
}

/** A case that would move. */
interface Moved {
  number: CaseNumber;
  from: Goal;
  to: Goal;
  /** The right one, where it is known. */
  ended: Goal;
  /** Rules of the proposed register that move it; those of the one in force where the new one says nothing any more. */
  rules: readonly string[];
}

/** What one rule does in the proposed register. */
export interface RuleTrial {
  rule: string;
  /** Cases that it decides. */
  decides: number;
  right: number;
  wrong: number;
  /** Cases that move because of it. */
  moved: number;
  /** Of these, cases that it leaves to the dispatcher; that go right now, and that no longer do. */
  toDispatcher: number;
  gained: number;
  lost: number;
  returnsSaved: number;
  returnsCaused: number;
}

/** A changed register, tried on cases of the past. */
export interface Trial {
  /** Versions that were compared; of the proposed one the version it was made from. */
  inForce: number;
  proposed: number;
  cases: number;
  /** Cases whose right unit is known. */
  known: number;
  moved: number;
  ways: readonly Way[];
  /** Cases that go to the dispatcher now and did not, and the other way round. */
  toDispatcher: number;
  fromDispatcher: number;
  /** Cases that were returned. */
  returned: number;
  /** Returned cases that the proposed register sends at once to where they ended, and the one in force does not. */
  returnsSaved: number;
  /** Cases that the proposed register sends to a wrong unit, and the one in force does not. */
  returnsCaused: number;
  before: Outcomes;
  after: Outcomes;
  /** The rules that move the most cases first. */
  rules: readonly RuleTrial[];
  examples: readonly Moved[];
}

const MOST_EXAMPLES = 20;

/**
 * Routes past cases by the register in force and by a proposed one. Changes nothing.
 * @param on the day whose rules count as in force, for all cases: a rule that begins today is tried on cases of last month
 * @param onCase called after each case
 */
export function tryRegister(
  cases: readonly PastCase[],
  inForce: Registry,
  proposed: Registry,
  on: LocalDate,
  onCase: () => void = () => undefined,
): Trial {
  const before = outcomes();
  const after = outcomes();
  const ways = new Map<string, Way>();
  const rules = new Map<string, RuleTrial>();
  const examples: Moved[] = [];
  const sums = { known: 0, moved: 0, toDispatcher: 0, fromDispatcher: 0, returned: 0 };
  const returns = { returnsSaved: 0, returnsCaused: 0 };

  for (const { number, facts, ended, returns: came } of cases) {
    const old = findStation(facts, inForce, on);
    const next = findStation(facts, proposed, on);
    const [from, to] = [goalOf(old), goalOf(next)];
    const [was, is] = [verdict(from, ended), verdict(to, ended)];
    const isMoved = from !== to;
    const isSaved = came.length > 0 && was !== 'right' && is === 'right';
    const isCaused = was !== undefined && was !== 'wrong' && is === 'wrong';

    sums.returned += count(came.length > 0);
    sums.known += count(ended !== undefined);
    if (was !== undefined) before[was] += 1;
    if (is !== undefined) after[is] += 1;
    returns.returnsSaved += count(isSaved);
    returns.returnsCaused += count(isCaused);
    if (next.found) {
      const own = trialOf(next.rule, rules);
      own.decides += 1;
      own.right += count(is === 'right');
      own.wrong += count(is === 'wrong');
    }
    if (isMoved) {
      sums.moved += 1;
      sums.toDispatcher += count(to === undefined);
      sums.fromDispatcher += count(from === undefined);
      const way = ways.get(`${from} ${to}`) ?? { from, to, cases: 0 };
      ways.set(`${from} ${to}`, { ...way, cases: way.cases + 1 });
      const causes = causesOf(old, next);
      for (const rule of causes) {
        const own = trialOf(rule, rules);
        own.moved += 1;
        own.toDispatcher += count(to === undefined);
        own.gained += count(is === 'right');
        own.lost += count(was === 'right');
        own.returnsSaved += count(isSaved);
        own.returnsCaused += count(isCaused);
      }
      if (examples.length < MOST_EXAMPLES) examples.push({ number, from, to, ended, rules: causes });
    }
    onCase();
  }
  return {
    inForce: inForce.version,
    proposed: proposed.version,
    cases: cases.length,
    ...sums,
    ...returns,
    before,
    after,
    ways: [...ways.values()].sort((a, b) => b.cases - a.cases),
    rules: [...rules.values()].sort((a, b) => b.moved - a.moved || b.decides - a.decides),
    examples,
  };
}

const outcomes = (): Outcomes => ({ right: 0, wrong: 0, dispatcher: 0 });
const count = (holds: boolean) => (holds ? 1 : 0);
const goalOf = (finding: Finding): Goal => (finding.found ? finding.unit : undefined);

function verdict(goal: Goal, ended: Goal): keyof Outcomes | undefined {
  if (ended === undefined) return undefined;
  if (goal === undefined) return 'dispatcher';
  return goal === ended ? 'right' : 'wrong';
}

/** The rule that decides now. Where nothing decides any more: what contradicts since, else the rule that used to decide. */
function causesOf(old: Finding, next: Finding): string[] {
  if (next.found) return [next.rule];
  const known = new Set(old.explanation.matches.map(({ rule, unit }) => `${rule} ${unit}`));
  const added = next.explanation.matches.filter(({ rule, unit }) => !known.has(`${rule} ${unit}`));
  if (added.length > 0) return [...new Set(added.map(({ rule }) => rule))];
  return old.found ? [old.rule] : [];
}

function trialOf(rule: string, rules: Map<string, RuleTrial>): RuleTrial {
  const known = rules.get(rule) ?? {
    rule,
    decides: 0,
    right: 0,
    wrong: 0,
    moved: 0,
    toDispatcher: 0,
    gained: 0,
    lost: 0,
    returnsSaved: 0,
    returnsCaused: 0,
  };
  rules.set(rule, known);
  return known;
}
