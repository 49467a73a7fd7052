import type { LocalDate } from '../dates.ts';
import { shareNumbers } from './house-numbers.ts';
import { type Ended, learnRules } from './learn-rules.ts';
import { isOrdinaryWord } from './ordinary-words.ts';
import type { PastCase } from './past-case.ts';
import { normalizePlace } from './place-words.ts';
import type { Registry } from './registry.ts';
import { indexOf } from './registry-index.ts';
import { isInForce, type RoutingRule, trustIn } from './routing-rule.ts';
import { type RuleTrial, tryRegister } from './trial.ts';

/** How what was learned stands to the rules in force. */
export const STANDINGS = {
  new: { zh: '新', en: 'New' },
  changed: { zh: '支持件数有变', en: 'Seen more or less often' },
  contradicted: { zh: '现行规则与近来案件矛盾', en: 'In force, and contradicted by cases' },
  replaced: {
    zh: '现行规则由新规则取代（门牌范围有变）',
    en: 'In force, replaced by one of other house numbers',
  },
  gone: { zh: '现行规则近来没有案件', en: 'In force, and no longer seen' },
} as const;

/** What loading the file of rules does with one. */
export const INSTRUCTIONS = {
  load: { zh: '载入', en: 'Load' },
  keep: { zh: '不动', en: 'Leave as it is' },
  remove: { zh: '删除', en: 'Remove' },
} as const;

/** A rule for a person to decide about. */
export interface RuleReview {
  rule: RoutingRule;
  standing: keyof typeof STANDINGS;
  /** What is proposed: not to load what leads more cases astray than right, and to leave rules in force to a person. */
  do: keyof typeof INSTRUCTIONS;
  /** Cases with its word that ended with its unit, and elsewhere. */
  here: number;
  elsewhere: number;
  /** By all that was learned together; absent for what stays as it is. */
  trial?: RuleTrial | undefined;
}

/** What was said of the place in cases that ended, with the units where they ended. */
export function endedOf(cases: readonly PastCase[]): Ended[] {
  const found = new Map<string, Ended>();
  for (const one of cases) {
    const { ended: unit } = one;
    const text = placeTextOf(one);
    if (unit === undefined || text === '') continue;
    const known = found.get(`${unit} ${text}`);
    if (known === undefined) found.set(`${unit} ${text}`, { text, unit, cases: 1 });
    else known.cases += 1;
  }
  return [...found.values()];
}

/** What a case said of its place that can teach: one that was read out of the words is not sure enough. */
export function placeTextOf({ facts }: Pick<PastCase, 'facts'>): string {
  const { address, name } = facts.business;
  const parts = [facts.addressConfidence === undefined ? address : undefined, name];
  return parts.filter((part) => part !== undefined).join('，');
}

/** Rules that the cases teach, but not what the register says by itself and not what tells no place from another. */
function rulesOf(cases: readonly PastCase[], registry: Registry): RoutingRule[] {
  const units = new Set(registry.units.map(({ code }) => code));
  const stations = Map.groupBy(registry.divisions, ({ name }) => normalizePlace(name));
  const isKnown = ({ precision, word, unit }: RoutingRule) =>
    precision === 'township' && stations.get(word)?.every(({ station }) => station === unit) === true;
  return learnRules(endedOf(cases), indexOf(registry).divisionNames).filter(
    (rule) => units.has(rule.unit) && !isOrdinaryWord(rule.word) && !isKnown(rule),
  );
}

/** A register with these rules in place of those of the same ids. */
export function withRules(registry: Registry, rules: readonly RoutingRule[]): Registry {
  const ids = new Set(rules.map(({ id }) => id));
  return { ...registry, rules: [...registry.rules.filter(({ id }) => !ids.has(id)), ...rules] };
}

/**
 * What ended cases teach, beside the rules in force, each with what it would have done to these cases. The cases that
 * taught are the ones it is tried on: `proveLearning` says how well such rules do on cases they have not seen.
 */
export function reviewRules(cases: readonly PastCase[], registry: Registry, on: LocalDate): RuleReview[] {
  const learned = rulesOf(cases, registry);
  const byId = new Map(registry.rules.map((rule) => [rule.id, rule]));
  const byWord = Map.groupBy(learned, wordOf);
  const laidDown = Map.groupBy(
    registry.rules.filter(({ source }) => source !== 'learned'),
    (rule) => `${wordOf(rule)} ${rule.unit}`,
  );
  const fresh = learned.filter(
    (rule) =>
      laidDown
        .get(`${wordOf(rule)} ${rule.unit}`)
        ?.some(({ numbers }) => shareNumbers(numbers, rule.numbers)) !== true,
  );
  const changed = fresh.filter((rule) => !isSame(byId.get(rule.id), rule));
  const trial = tryRegister(cases, registry, withRules(registry, changed), on);
  const trials = new Map(trial.rules.map((one) => [one.rule, one]));

  const harmful = harmfulWords(changed, trials);
  const proposals = changed.map((rule): RuleReview => {
    const standing = byId.has(rule.id) ? 'changed' : 'new';
    const instruction = harmful.has(wordOf(rule)) ? 'keep' : 'load';
    return { rule, standing, do: instruction, ...seenOf(rule), trial: trials.get(rule.id) };
  });
  const doubts = registry.rules
    .filter((rule) => isInForce(rule, on))
    .flatMap((rule): RuleReview[] => {
      const said = (byWord.get(wordOf(rule)) ?? []).filter(
        ({ unit, numbers }) => isWithin(unit, rule, registry) && shareNumbers(numbers, rule.numbers),
      );
      const own = said.find(({ id }) => id === rule.id) ?? said.find(({ unit }) => unit === rule.unit);
      const here = own?.seen?.here ?? 0;
      const elsewhere = said.reduce((sum, { seen }) => sum + (seen?.here ?? 0), -here);
      // Weak rules are weak on purpose: they keep a word open.
      if (elsewhere > here && trustIn(rule) > 0.5) {
        const isLearned = rule.source === 'learned' && own !== undefined;
        const shown = isLearned ? { rule: own, do: 'load' as const } : { rule, do: 'keep' as const };
        return [{ ...shown, standing: 'contradicted', here, elsewhere, trial: trials.get(rule.id) }];
      }
      if (rule.source !== 'learned' || own?.id === rule.id) return [];
      // Its successor has the house numbers that are known by now.
      return own === undefined
        ? [{ rule, standing: 'gone', do: 'keep', here, elsewhere }]
        : [{ rule, standing: 'replaced', do: 'remove', here, elsewhere }];
    });
  const doubted = new Set(doubts.map(({ rule }) => rule.id));
  return [
    ...doubts,
    // One line for each rule: that it is contradicted is more than that its numbers have changed.
    ...proposals.filter(({ rule }) => !doubted.has(rule.id)).sort((a, b) => b.here - a.here),
  ];
}

/** Words whose rules lead more cases astray than right: the register knew better. They stand or fall together. */
function harmfulWords(
  rules: readonly RoutingRule[],
  trials: ReadonlyMap<string, RuleTrial>,
): ReadonlySet<string> {
  const gains = [...Map.groupBy(rules, wordOf)].map(([word, same]) => {
    const own = same.flatMap(({ id }) => trials.get(id) ?? []);
    return { word, gain: own.reduce((sum, { gained, lost }) => sum + gained - lost, 0) };
  });
  return new Set(gains.filter(({ gain }) => gain < 0).map(({ word }) => word));
}

/** Whether a unit has to do with the place in which a rule's word counts: a road of this name elsewhere is another one. */
function isWithin(unit: string, { within, unit: own }: RoutingRule, { divisions }: Registry): boolean {
  if (within === undefined || unit === own) return true;
  return divisions.some(({ code, station }) => station === unit && code.startsWith(within));
}

const wordOf = ({ precision, word }: RoutingRule) => `${precision}:${word}`;
const seenOf = ({ seen = { here: 0, elsewhere: 0 } }: RoutingRule) => seen;
const isSame = (known: RoutingRule | undefined, { seen }: RoutingRule) =>
  known?.seen?.here === seen?.here && known?.seen?.elsewhere === seen?.elsewhere;

/** The share of the cases, the latest ones, on which learning proves itself. */
const PROOF_SHARE = 0.25;

/** Learns from the older cases and tries that on the latest quarter, as it would have been. */
export function proveLearning(cases: readonly PastCase[], registry: Registry, on: LocalDate) {
  const inOrder = cases.toSorted((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1));
  const from = Math.ceil(inOrder.length * (1 - PROOF_SHARE));
  const taught = { ...registry, rules: registry.rules.filter(({ source }) => source !== 'learned') };
  return tryRegister(
    inOrder.slice(from),
    taught,
    withRules(taught, rulesOf(inOrder.slice(0, from), registry)),
    on,
  );
}
