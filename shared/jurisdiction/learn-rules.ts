import { sha256 } from '../sha256.ts';
import { type DivisionNames, type PlaceWord, placeWords } from './place-words.ts';
import { isSeenElsewhere, LEAST_SHARE, type RoutingRule, trustIn } from './routing-rule.ts';

/** Where a case with this address, or name of a business, ended. */
export interface Ended {
  text: string;
  unit: string;
  /** How many cases. */
  cases: number;
}

/** Fewer cases than this teach nothing. */
const LEAST_CASES = 2;

/** With how many cases of which units a word was seen. */
type Units = Map<string, number>;
interface Seen extends PlaceWord {
  units: Units;
  /** Of a road, by house number. */
  houses: Map<number, Units>;
}

/**
 * What the places of ended cases teach: for each word, with which units it was seen; of a road with several units also
 * which house numbers are whose. Nothing acts by itself: a person reviews the rules before they are loaded. A word that
 * was seen with several units gives a rule for each, so that it is known to be open.
 */
export function learnRules(ended: readonly Ended[], divisionNames: DivisionNames): RoutingRule[] {
  return [...count(ended, divisionNames).values()].flatMap((seen) => {
    const all = total(seen.units);
    if (all < LEAST_CASES) return [];
    // One house says nothing of the road that it stands on.
    if (isOneHouse(seen)) return housesOf(seen);
    const rules = [...seen.units].map(([unit, here]) => ruleOf(seen, unit, here, all - here));
    return [...rules.filter((rule) => !isMistake(rule)), ...(seen.units.size > 1 ? housesOf(seen) : [])];
  });
}

function count(ended: readonly Ended[], divisionNames: DivisionNames): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const { text, unit, cases } of ended) {
    const words = new Map(placeWords(text, divisionNames).map((one) => [`${one.kind}:${one.word}`, one]));
    for (const [key, { kind, word, house }] of words) {
      const known = seen.get(key) ?? { kind, word, units: new Map(), houses: new Map<number, Units>() };
      seen.set(key, known);
      add(known.units, unit, cases);
      if (house === undefined) continue;
      const there = known.houses.get(house) ?? new Map<string, number>();
      known.houses.set(house, there);
      add(there, unit, cases);
    }
  }
  return seen;
}

const add = (units: Units, unit: string, cases: number) => units.set(unit, (units.get(unit) ?? 0) + cases);
const total = (units: Units) => [...units.values()].reduce((sum, cases) => sum + cases, 0);

function ruleOf(
  { kind, word }: PlaceWord,
  unit: string,
  here: number,
  elsewhere: number,
  numbers?: RoutingRule['numbers'],
): RoutingRule {
  const precision = numbers === undefined ? kind : 'house';
  const key = [precision, word, unit, ...Object.values(numbers ?? {})].join(':');
  return {
    // Kept with the cases that it routes, where no words of theirs may stand.
    id: `learned-${sha256(key).slice(0, 16)}`,
    precision,
    word,
    unit,
    ...(numbers === undefined ? {} : { numbers }),
    source: 'learned',
    seen: { here, elsewhere },
  };
}

const isOneHouse = ({ units, houses }: Seen) =>
  houses.size === 1 && [...houses.values()].every((there) => total(there) === total(units));

const isMistake = (rule: RoutingRule) => trustIn(rule) < LEAST_SHARE;

/** House numbers that follow one another on a side of the road with one unit only. */
function housesOf(seen: Seen): RoutingRule[] {
  return (['odd', 'even'] as const).flatMap((side) => {
    const houses = [...seen.houses].filter(([house]) => (house % 2 === 1) === (side === 'odd'));
    const runs: { unit: string | undefined; from: number; to: number; cases: number }[] = [];
    for (const [house, units] of houses.toSorted(([a], [b]) => a - b)) {
      const unit = ownerOf(units);
      const last = runs.at(-1);
      if (last !== undefined && last.unit === unit) {
        last.to = house;
        last.cases += total(units);
      } else runs.push({ unit, from: house, to: house, cases: total(units) });
    }
    return runs.flatMap(({ unit, from, to, cases }) =>
      unit === undefined || cases < LEAST_CASES ? [] : [ruleOf(seen, unit, cases, 0, { from, to, side })],
    );
  });
}

/** The only unit of a house, undefined for several. */
function ownerOf(units: Units): string | undefined {
  const all = total(units);
  const [own] = [...units].filter(
    ([, here]) =>
      all === here || !isSeenElsewhere({ precision: 'house', seen: { here, elsewhere: all - here } }),
  );
  return own?.[0];
}
