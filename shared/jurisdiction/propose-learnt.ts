import type { Instant, LocalDate } from '../dates.ts';
import type { PastCase } from './past-case.ts';
import { placeWords } from './place-words.ts';
import type { Registry } from './registry.ts';
import { indexOf } from './registry-index.ts';
import { placeTextOf, type RuleReview, reviewRules } from './review-rules.ts';
import { newProposal, type RuleChange, type RuleProposal, trialToKeep, withChange } from './rule-proposal.ts';
import { tryRegister } from './trial.ts';

/**
 * What ended cases teach, for review: the rules of one word together, for they stand or fall together; each with the
 * cases that taught it and the trial of this change alone. Confirmations and corrections of dispatchers count as where the
 * case ended, once the unit has taken it on.
 * @param cases of the last `days` days
 */
export function proposeLearnt(
  cases: readonly PastCase[],
  registry: Registry,
  { on, days, at }: { on: LocalDate; days: number; at: Instant },
): RuleProposal[] {
  const reviews = reviewRules(cases, registry, on).filter(changesSomething);
  const byWord = Map.groupBy(reviews, ({ rule }) => rule.word);
  if (byWord.size === 0) return [];
  const taught = casesByWord(cases, registry, new Set(byWord.keys()));
  return [...byWord].flatMap(([word, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const change = changeOf(own);
    const trial = tryRegister(cases, registry, withChange(registry, change), on);
    const seen = taught.get(word) ?? [];
    const isHarmful = own.some((one) => one.do === 'keep') || trial.after.wrong > trial.before.wrong;
    return [
      newProposal({
        kind: 'learnt',
        standing: first.standing,
        ...change,
        advice: isHarmful ? 'decline' : 'accept',
        evidence: {
          here: Math.max(...own.map(({ here }) => here)),
          elsewhere: Math.min(...own.map(({ elsewhere }) => elsewhere)),
          byPeople: seen.filter(({ byPerson }) => byPerson === true).length,
          returns: 0,
          hoursLost: 0,
          reasons: {},
          units: [...Map.groupBy(seen, ({ ended }) => ended)]
            .map(([unit = '', of]) => ({ unit, cases: of.length }))
            .sort((a, b) => b.cases - a.cases),
          cases: seen.map(({ number }) => number),
        },
        trial: trialToKeep(trial, on, days),
        computedAt: at,
        register: registry.version,
      }),
    ];
  });
}

/** Rules in force that cases contradict are for the returns to mend; what is no longer seen may stay. */
const changesSomething = ({ standing, do: instruction }: RuleReview) =>
  standing === 'new' || standing === 'changed' || instruction !== 'keep';

function changeOf(reviews: readonly RuleReview[]): RuleChange {
  const [gone, begins] = [
    reviews.filter((one) => one.do === 'remove'),
    reviews.filter((one) => one.do !== 'remove'),
  ];
  return {
    ends: gone.map(({ rule }) => rule.id),
    rules: begins.map(({ rule }) => ({ ...rule })) as RuleChange['rules'],
  };
}

function casesByWord(
  cases: readonly PastCase[],
  registry: Registry,
  wanted: ReadonlySet<string>,
): Map<string, PastCase[]> {
  const names = indexOf(registry).divisionNames;
  const found = new Map<string, PastCase[]>();
  for (const one of cases) {
    if (one.ended === undefined) continue;
    const words = new Set(placeWords(placeTextOf(one), names).map(({ word }) => word));
    for (const word of words) {
      if (!wanted.has(word)) continue;
      const known = found.get(word);
      if (known === undefined) found.set(word, [one]);
      else known.push(one);
    }
  }
  return found;
}
