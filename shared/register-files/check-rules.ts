import { shareNumbers } from '../jurisdiction/house-numbers.ts';
import { isOrdinaryWord } from '../jurisdiction/ordinary-words.ts';
import { normalizePlace } from '../jurisdiction/place-words.ts';
import type { RoutingRule } from '../jurisdiction/routing-rule.ts';
import type { Check } from './check.ts';

const SHORTEST = 2;
/** Rules of codes, not of words. */
const BY_CODE: readonly RoutingRule['precision'][] = ['business', 'village'];
const byWord = ({ precision }: RoutingRule) => !BY_CODE.includes(precision);
const ids = (rules: readonly RoutingRule[]) => rules.map(({ id }) => id);

/** What is wrong with rules: none of it breaks the routing of other cases. */
export const OF_RULES: readonly Check[] = [
  {
    fatal: false,
    zh: '规则的承办单位或者片区不在名单中',
    en: 'rule for a unit or an area that does not exist',
    find: ({ units, divisions, rules }) => {
      const known = new Set(units.map(({ code }) => code));
      const areas = new Set(divisions.map(({ area }) => area.code));
      return ids(
        rules.filter(({ unit, area }) => !known.has(unit) || (area !== undefined && !areas.has(area))),
      );
    },
  },
  {
    fatal: false,
    zh: '规则已失效，可以删去',
    en: 'rule that is over: it may be removed',
    find: ({ rules }, on) => ids(rules.filter(({ to }) => to !== undefined && to < on)),
  },
  {
    fatal: false,
    zh: '规则永远不会生效：失效日早于生效日，或者门牌起大于止，或者按门牌却没有门牌',
    en: 'rule that can never apply: its days or house numbers end before they begin, or house numbers are missing',
    find: ({ rules }) =>
      ids(
        rules.filter(
          ({ precision, from, to, numbers }) =>
            (from !== undefined && to !== undefined && to < from) ||
            (numbers !== undefined && numbers.to < numbers.from) ||
            (precision === 'house') !== (numbers !== undefined),
        ),
      ),
  },
  {
    fatal: false,
    zh: '规则的词没有规范书写（全角、大写、空格、括号），永远匹配不上',
    en: 'rule whose word is not written as it is compared (narrow, small, no blanks, no brackets): it never fits',
    find: ({ rules }) => ids(rules.filter((rule) => byWord(rule) && normalizePlace(rule.word) !== rule.word)),
  },
  {
    fatal: false,
    zh: '规则的词太短或者是通用词，会误收案件',
    en: 'rule whose word is too short or an ordinary word: it would draw in cases from anywhere',
    find: ({ rules }) =>
      ids(rules.filter((rule) => byWord(rule) && (rule.word.length < SHORTEST || isOrdinaryWord(rule.word)))),
  },
  {
    fatal: false,
    zh: '两条规则同词同依据、单位不同、同时有效：相关案件要人工分派',
    en: 'two rules of one word and precision, with different units, in force on the same day: their cases go to the dispatcher',
    find: ({ rules }) =>
      [...Map.groupBy(rules, ({ precision, word }) => `${precision} ${word}`).values()].flatMap((same) =>
        same.flatMap((one, at) =>
          same
            .slice(at + 1)
            .filter((other) => collide(one, other))
            .map((other) => `${one.id}×${other.id}`),
        ),
      ),
  },
];

/** Two that fit the same case and say different things. Of learned ones it is known: they leave it open on purpose. */
function collide(one: RoutingRule, other: RoutingRule): boolean {
  return (
    one.unit !== other.unit &&
    !(one.source === 'learned' && other.source === 'learned') &&
    (one.from ?? '') <= (other.to ?? '9999') &&
    (other.from ?? '') <= (one.to ?? '9999') &&
    isInside(one.within, other.within) &&
    share(one.kinds, other.kinds) &&
    share(one.subjects, other.subjects) &&
    // The narrower of two is closer and decides.
    isNarrowed(one) === isNarrowed(other) &&
    shareNumbers(one.numbers, other.numbers)
  );
}

const isNarrowed = ({ kinds, subjects }: RoutingRule) => kinds !== undefined || subjects !== undefined;
const isInside = (one = '', other = '') => one.startsWith(other) || other.startsWith(one);
const share = (one: readonly string[] | undefined, other: readonly string[] | undefined) =>
  one === undefined || other === undefined || one.some((value) => other.includes(value));
