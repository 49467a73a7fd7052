import type { Instant, LocalDate } from '../dates.ts';
import { sha256 } from '../sha256.ts';
import { learnRules } from './learn-rules.ts';
import type { PastCase } from './past-case.ts';
import { normalizePlace } from './place-words.ts';
import type { Registry } from './registry.ts';
import { indexOf } from './registry-index.ts';
import { LEAST_RETURNS, LEAST_SHARE, type Return } from './returns.ts';
import { endedOf } from './review-rules.ts';
import type { RoutingRule } from './routing-rule.ts';
import { newProposal, type RuleChange, type RuleProposal, trialToKeep, withChange } from './rule-proposal.ts';
import { type Trial, tryRegister } from './trial.ts';

type Returned = Return & { endedWith: string };

/**
 * What would mend the rules whose cases keep coming back, each with its trial on these cases: where they ended with one
 * other unit, the words that only they have point there, or else the rule; where they ended with several, or where that
 * would lead more cases astray than right, a dispatcher is asked.
 * @param cases of the last `days` days
 */
export function mendRules(
  cases: readonly PastCase[],
  registry: Registry,
  { on, days, at }: { on: LocalDate; days: number; at: Instant },
): RuleProposal[] {
  return [...Map.groupBy(returnedBySystem(cases), ({ rule, unit }) => `${rule} ${unit}`).values()]
    .filter((group) => group.length >= LEAST_RETURNS)
    .flatMap((group) => {
      const tried = changesFor(group, cases, registry).map((change) => ({
        change,
        trial: tryRegister(cases, registry, withChange(registry, change), on),
      }));
      const best = tried.slice(0, -1).toSorted((a, b) => gain(b.trial) - gain(a.trial))[0];
      const chosen = best !== undefined && gain(best.trial) > 0 ? best : tried.at(-1);
      if (chosen === undefined) return [];
      const { change, trial } = chosen;
      const isGood = trial.moved > 0 && trial.after.wrong <= trial.before.wrong;
      return [
        newProposal({
          kind: 'returns',
          ...change,
          advice: isGood ? 'accept' : 'decline',
          evidence: evidenceOf(group),
          trial: trialToKeep(trial, on, days),
          computedAt: at,
          register: registry.version,
        }),
      ];
    })
    .sort((a, b) => b.evidence.returns - a.evidence.returns || (a.id < b.id ? -1 : 1));
}

const gain = ({ returnsSaved, returnsCaused }: Trial) => returnsSaved - returnsCaused;

function returnedBySystem(cases: readonly PastCase[]): Returned[] {
  return cases.flatMap(({ returns }) =>
    returns.flatMap((one) =>
      one.rule === 'dispatcher' || one.endedWith === undefined ? [] : [{ ...one, endedWith: one.endedWith }],
    ),
  );
}

/** What may be changed, the narrowest first; to ask a dispatcher is the last. Nothing where no rule can say it. */
function changesFor(
  group: readonly Returned[],
  cases: readonly PastCase[],
  registry: Registry,
): RuleChange[] {
  const [first] = group;
  const rule = first === undefined ? undefined : ruleToMend(first, registry);
  if (rule === undefined) return [];
  const mended = (more: Partial<RoutingRule>): RuleChange => ({
    ends: registry.rules.some(({ id }) => id === rule.id) ? [rule.id] : [],
    rules: [byHand({ ...rule, ...more })],
  });
  const to = unitOfMost(group);
  const ask = mended({ decidedBy: 'dispatcher' });
  if (to === undefined) return [ask];
  const words = ownWords(group, to, cases, registry).map(
    (own): RuleChange => ({
      ends: [],
      rules: [byHand({ ...own, unit: to, ...(rule.within === undefined ? {} : { within: rule.within }) })],
    }),
  );
  return [...words, mended({ unit: to }), ask];
}

/** The unit where nearly all of them ended. */
function unitOfMost(group: readonly Returned[]): string | undefined {
  const [most] = unitsOf(group);
  return most !== undefined && most.cases / group.length >= LEAST_SHARE ? most.unit : undefined;
}

const unitsOf = (group: readonly Returned[]) =>
  [...Map.groupBy(group, ({ endedWith }) => endedWith)]
    .map(([unit, own]) => ({ unit, cases: own.length }))
    .sort((a, b) => b.cases - a.cases || (a.unit < b.unit ? -1 : 1));

const TOWNSHIP = /^township:(\d{9})$/;

/** The rule as it stands; of a township as the register has it a rule that says the same, which may be changed. */
function ruleToMend({ rule: id, unit }: Return, { rules, divisions }: Registry): RoutingRule | undefined {
  const known = rules.find((rule) => rule.id === id);
  if (known !== undefined) return known;
  const code = TOWNSHIP.exec(id)?.[1];
  const division = divisions.find((one) => one.code === code);
  if (division === undefined) return undefined;
  return {
    id,
    precision: 'township',
    word: normalizePlace(division.name),
    within: division.county.code,
    unit,
    source: 'register',
  };
}

/** Roads, places and names that these cases have and no case has that was right where it went first. */
function ownWords(
  group: readonly Returned[],
  to: string,
  cases: readonly PastCase[],
  registry: Registry,
): RoutingRule[] {
  const numbers = new Set(group.filter(({ endedWith }) => endedWith === to).map(({ number }) => number));
  const names = indexOf(registry).divisionNames;
  const near = cases.filter(
    ({ number, ended }) => numbers.has(number) || (ended !== undefined && ended !== to),
  );
  return learnRules(endedOf(near), names).filter(
    ({ precision, unit, seen }) =>
      unit === to && precision !== 'township' && seen?.elsewhere === 0 && seen.here >= LEAST_RETURNS,
  );
}

/** A rule as people lay it down, with an id of its own that holds no words: they may be people's names. */
function byHand(rule: RoutingRule): RoutingRule {
  const { seen, area, from, to, decidedBy, ...said } = rule;
  const mended = { ...said, ...(decidedBy === undefined ? {} : { decidedBy }), source: 'by-hand' as const };
  const { precision, word, within, numbers, unit } = rule;
  const key = JSON.stringify([precision, word, within, numbers, unit, decidedBy]);
  return { ...mended, id: `mended-${sha256(key).slice(0, 16)}` };
}

function evidenceOf(group: readonly Returned[]): RuleProposal['evidence'] {
  const [most] = unitsOf(group);
  const reasons = Map.groupBy(group, ({ reason }) => reason);
  return {
    here: most?.cases ?? 0,
    elsewhere: group.length - (most?.cases ?? 0),
    byPeople: group.length,
    returns: group.length,
    hoursLost: Math.round(group.reduce((sum, { hoursLost }) => sum + hoursLost, 0) * 10) / 10,
    reasons: Object.fromEntries([...reasons].map(([reason, own]) => [reason, own.length])),
    units: unitsOf(group),
    cases: [...new Set(group.map(({ number }) => number))],
  };
}
