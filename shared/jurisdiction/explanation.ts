import * as z from 'zod';
import { HUB_REASONS, type HubReason } from '../case/grounds.ts';
import { COMPETENCE, type CompetenceGround } from './competence.ts';
import { PRECISIONS, type Precision, SOURCES, TERRITORIES } from './routing-rule.ts';

const hubReasons = Object.keys(HUB_REASONS) as [HubReason, ...HubReason[]];
const grounds = Object.keys(COMPETENCE) as [CompetenceGround, ...CompetenceGround[]];
const precisions = Object.keys(PRECISIONS) as [Precision, ...Precision[]];

/** What is read out of the words of a message beside places. */
export const READ = {
  platform: { zh: '平台', en: 'Platform' },
  advertising: { zh: '利用媒介发布广告', en: 'Advertising in a medium' },
  publisher: { zh: '广告发布者', en: 'Publisher of the advertisement' },
} as const;
const READ_WORDS = Object.keys(READ) as [keyof typeof READ, ...(keyof typeof READ)[]];

/** What a rule found in a case. No words: where they stand, and how sure it is that they were meant. */
const match = z.object({
  rule: z.string(),
  precision: z.enum(precisions),
  source: z.enum(SOURCES),
  /** The rule names a kind or a subject, too: closer than one that does not. */
  narrowed: z.boolean().optional(),
  unit: z.string(),
  /** Codes from the bureau down to the unit. */
  path: z.array(z.string()),
  /** The unit stands for all below it: a county, or a township of the county, whose stations are left open. */
  whole: z.boolean().optional(),
  /** The rule says that a dispatcher decides. */
  asks: z.boolean().optional(),
  area: z.string().optional(),
  /** Trust in the rule times confidence in the fact. */
  confidence: z.number().min(0).max(1),
  /** What was learned of a word that was also seen elsewhere: it decides nothing by itself. */
  seenElsewhere: z.boolean().optional(),
  /** What was learned of a word that was seen elsewhere at least once, be it by mistake. */
  onceElsewhere: z.boolean().optional(),
  fact: z.object({
    in: z.enum(['code', 'address', 'name', 'business']),
    start: z.number().int().optional(),
    end: z.number().int().optional(),
  }),
});

/** Why a case went where it went: all that was weighed. The decision follows from it alone, by `decide`. */
export const explanationSchema = z.object({
  /** Version of the register whose rules were asked. */
  version: z.number().int(),
  /** From which confidence on a case goes to its station without a dispatcher. */
  threshold: z.number().min(0).max(1),
  matches: z.array(match),
  /** More matches were found than are kept; of each closeness enough to decide by. */
  cut: z.boolean().optional(),
  /** Whose place was asked, by which article of Order 121. */
  ground: z.enum(grounds),
  /** What was read out of the words to know whose place is asked: where it stands, and how sure it is. */
  read: z
    .array(
      z.object({
        what: z.enum(READ_WORDS),
        start: z.number().int(),
        end: z.number().int(),
        confidence: z.number().min(0).max(1),
      }),
    )
    .optional(),
  /** The reason, where nothing was found at all. */
  nothing: z.enum(hubReasons),
  /** Division of an authority elsewhere that is competent instead. */
  elsewhere: z.string().optional(),
});

export type Match = z.output<typeof match>;
export type Explanation = z.output<typeof explanationSchema>;

/** The one unit in charge, or why a person must decide, and between which; the likeliest first, at most three. */
export type Decision =
  | {
      found: true;
      unit: string;
      area: string | undefined;
      rule: string;
      precision: Precision;
      confidence: number;
    }
  | { found: false; reason: HubReason; candidates: readonly string[] };

/** What became of a match in the decision. */
export const VERDICTS = {
  decides: { zh: '据此确定', en: 'Decided' },
  agrees: { zh: '与结果一致', en: 'Agrees' },
  'less-close': { zh: '不如已采用的事实具体', en: 'Less close than the fact that was used' },
  'left-open': { zh: '仍有多个单位', en: 'Leaves several units open' },
  contradicts: { zh: '指向其他单位，故转人工', en: 'Points elsewhere, so a person decides' },
  'not-sure': { zh: '把握低于阈值', en: 'Below the threshold' },
  asks: { zh: '规则要求人工分派', en: 'The rule asks a dispatcher' },
  'seen-elsewhere': { zh: '同名曾在他处出现', en: 'The name was seen elsewhere, too' },
} as const satisfies Record<string, { zh: string; en: string }>;

const MOST_CANDIDATES = 3;
const ORDER = precisions;

/**
 * Matches as close as one another, the closest first. What a kind or a subject narrows is closer than what nothing
 * narrows; of the same precision, what people laid down goes before the register, and both before what was learned.
 */
export function groupsOf(matches: readonly Match[]): Match[][] {
  const groups = Map.groupBy(matches, closeness);
  return [...groups].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}

const TRUSTED: readonly Match['source'][] = ['by-hand', 'register', 'learned'];

const closeness = ({ precision, narrowed, source }: Match) =>
  (ORDER.indexOf(precision) * 2 + (narrowed === true ? 0 : 1)) * TRUSTED.length + TRUSTED.indexOf(source);

/**
 * Decides by the closest matches. When they leave several units open, less close ones may choose among them. What was
 * learned, and names in the register, must not lead out of the territory that the address names; what people laid down
 * by hand may. Below the threshold, and at any contradiction, a person decides.
 */
export function decide({ matches, threshold, nothing }: Omit<Explanation, 'version'>): Decision {
  if (matches.length === 0) return { found: false, reason: nothing, candidates: [] };
  const groups = groupsOf(matches);
  let open: readonly Match[] = [];
  for (const group of groups) {
    // A county cannot choose between two townships that are named: one of them is wrong.
    if (open.length > 0 && isTerritory(open) && isTerritory(group)) continue;
    const left =
      open.length === 0 ? group : group.filter((one) => open.some((other) => isInside(one, other)));
    if (left.length === 0) continue;
    if (left.some(({ asks }) => asks === true))
      return toPerson('address-ambiguous', [...left, ...groups.flat()]);
    const [best, ...others] = left.toSorted(byConfidence);
    if (best === undefined || best.whole === true || others.some(({ unit }) => unit !== best.unit)) {
      open = left;
      continue;
    }
    if (isGuess(best, open) || contradicts(best, groups))
      return toPerson('address-ambiguous', [best, ...groups.flat()]);
    if (best.confidence < threshold) return toPerson('not-sure', [best, ...groups.flat()]);
    const { unit, rule, precision, confidence } = best;
    return {
      found: true,
      unit,
      area: areaOf(unit, groups.slice(groups.indexOf(group))),
      rule,
      precision,
      confidence,
    };
  }
  return toPerson('address-ambiguous', open.toSorted(byConfidence));
}

/**
 * What was seen with two units is no answer by itself; and where cases alone leave several open, only a word that none of
 * them took elsewhere chooses among those.
 */
function isGuess({ seenElsewhere, onceElsewhere }: Match, open: readonly Match[]): boolean {
  if (open.length === 0) return seenElsewhere === true;
  return onceElsewhere === true && open.every(({ source }) => source === 'learned');
}

const isTerritory = (group: readonly Match[]) =>
  group.every(({ source, precision }) => source === 'register' && TERRITORIES.includes(precision));
const isInside = ({ path }: Match, { unit }: Match) => path.includes(unit);

/** A mall names its station only; the township it stands in may name the area. */
function areaOf(unit: string, groups: readonly Match[][]): string | undefined {
  for (const group of groups) {
    const own = group.filter((one) => one.unit === unit);
    const areas = new Set(own.map(({ area }) => area));
    const [area] = areas;
    if (areas.size === 1 && area !== undefined) return area;
    // Two areas of one township: a person says which.
    if (areas.size > 1) return undefined;
  }
  return undefined;
}

function contradicts(best: Match, groups: readonly Match[][]): boolean {
  if (best.source === 'by-hand') return false;
  const isBinding = (group: readonly Match[]) =>
    isTerritory(group) || (best.source === 'learned' && group.some(({ source }) => source === 'by-hand'));
  return groups.some((group) => isBinding(group) && !group.some((one) => isInside(best, one)));
}

/** The likelier first; the same whatever the order in the register. */
export const byConfidence = (a: Match, b: Match): number =>
  b.confidence - a.confidence || compare(keyOf(a), keyOf(b));
const keyOf = ({ rule, unit, fact }: Match) => [rule, unit, fact.in, fact.start].join(' ');
const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

function toPerson(reason: HubReason, matches: readonly Match[]): Decision {
  return {
    found: false,
    reason,
    candidates: [...new Set(matches.map(({ unit }) => unit))].slice(0, MOST_CANDIDATES),
  };
}

/** Of each match, in the order of the explanation, what became of it. */
export function verdicts(explanation: Explanation): (keyof typeof VERDICTS)[] {
  const decision = decide(explanation);
  return explanation.matches.map((one) => {
    if (decision.found) {
      if (one.rule === decision.rule) return 'decides';
      if (one.unit === decision.unit) return 'agrees';
      return ORDER.indexOf(one.precision) < ORDER.indexOf(decision.precision) ? 'left-open' : 'less-close';
    }
    if (decision.reason === 'not-sure')
      return one.confidence < explanation.threshold ? 'not-sure' : 'less-close';
    if (one.asks === true) return 'asks';
    if (one.seenElsewhere === true) return 'seen-elsewhere';
    const units = new Set(
      explanation.matches.filter(({ precision }) => precision === one.precision).map(({ unit }) => unit),
    );
    if (units.size > 1) return 'left-open';
    // A county stands for its stations: that none of them is chosen yet is no contradiction.
    if (explanation.matches.some((other) => !isInside(one, other) && !isInside(other, one)))
      return 'contradicts';
    return one.onceElsewhere === true ? 'seen-elsewhere' : 'left-open';
  });
}
