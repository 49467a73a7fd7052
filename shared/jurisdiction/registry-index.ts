import type { LocalDate } from '../dates.ts';
import type { PlatformOperator } from './competence.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import { type DivisionNames, normalizePlace } from './place-words.ts';
import { byCode, type Division, type Registry } from './registry.ts';
import { isInForce, type RoutingRule } from './routing-rule.ts';

/** A register made ready to be asked: a question costs by the length of an address, whatever the register holds. */
export interface RegistryIndex {
  /** The city's name without 市. */
  city: string;
  /** Codes from the bureau down to a unit; only its own where it is not in the register. */
  pathOf(unit: string): string[];
  /** Whether a unit takes cases on this day. Of one that is missing nothing is known: whoever uses it fails and tries again. */
  takesCases(unit: string, on: LocalDate): boolean;
  /** The named officer of an area (片区责任人). */
  officerOf(area: string): string | undefined;
  /** Units with others below them. */
  above: ReadonlySet<string>;
  /** Townships by their nine-digit code, and all of a county or city by the digits they begin with. */
  byCode: ReadonlyMap<string, readonly Division[]>;
  townships: Dictionary<Division>;
  counties: Dictionary<string>;
  /** 古林 for 古林镇, 海曙 for 海曙区. */
  shortTownships: Dictionary<Division>;
  shortCounties: Dictionary<string>;
  /** Names of all places of ours, also short ones: whoever writes another city means none of them. */
  own: Dictionary<true>;
  /** Platforms by the names that consumers and the law know them by. */
  platforms: Dictionary<PlatformOperator>;
  /** Rules by their word or code, one entry for each word. */
  rules: Dictionary<RulesOfWord>;
  /** Of the divisions that rules name as the only ones they count in, how many digits they have. */
  withinDigits: readonly number[];
  divisionNames: DivisionNames;
}

/** Rules of one word: every county may have a 中心路 of its own. */
export interface RulesOfWord {
  anywhere: readonly RoutingRule[];
  /** By the division in which they count. */
  within: ReadonlyMap<string, readonly RoutingRule[]>;
}

const indexes = new WeakMap<Registry, RegistryIndex>();

/** The index of a register; made once for each. */
export function indexOf(registry: Registry): RegistryIndex {
  const known = indexes.get(registry);
  if (known !== undefined) return known;
  const made = makeIndex(registry);
  indexes.set(registry, made);
  return made;
}

function makeIndex({ city, units, divisions, rules, platforms = [] }: Registry): RegistryIndex {
  const above = new Map(units.map(({ code, parent }) => [code, parent]));
  const pathOf = (code: string): string[] => {
    const parent = above.get(code);
    return parent === undefined ? [code] : [...pathOf(parent), code];
  };
  const byUnit = byCode(units);
  const officers = new Map(divisions.map(({ area }) => [area.code, area.officer]));
  const counties = new Map(divisions.map(({ county }) => [county.code, county.name]));
  return {
    city: shortName(city),
    pathOf,
    takesCases(code, on) {
      const found = byUnit.get(code);
      return found === undefined || isInForce(found, on);
    },
    officerOf: (area) => officers.get(area),
    above: new Set(units.flatMap(({ parent }) => parent ?? [])),
    byCode: byPrefix(divisions),
    townships: createDictionary(divisions.map((division) => [division.name, division])),
    counties: createDictionary([...counties].map(([code, name]) => [name, code])),
    shortTownships: createDictionary(divisions.map((division) => [shortName(division.name), division])),
    shortCounties: createDictionary([...counties].map(([code, name]) => [shortName(name), code])),
    own: createDictionary(
      [shortName(city), ...counties.values(), ...divisions.map(({ name }) => name)].map((name) => [
        name,
        true,
      ]),
    ),
    platforms: createDictionary(
      platforms.flatMap((one) =>
        [one.name, one.operator, ...one.aliases].map((name) => [normalizePlace(name), one] as const),
      ),
    ),
    rules: createDictionary(
      [...Map.groupBy(rules, ({ word }) => word)].map(([word, own]) => [word, rulesOfWord(own)]),
    ),
    withinDigits: [...new Set(rules.flatMap(({ within }) => within?.length ?? []))],
    divisionNames: divisionNames([city, ...counties.values()], divisions),
  };
}

function rulesOfWord(rules: readonly RoutingRule[]): RulesOfWord {
  const [anywhere, within] = [
    rules.filter((rule) => rule.within === undefined),
    rules.filter((rule) => rule.within !== undefined),
  ];
  return { anywhere, within: Map.groupBy(within, (rule) => rule.within ?? '') };
}

function byPrefix(divisions: readonly Division[]): Map<string, Division[]> {
  const found = new Map<string, Division[]>();
  for (const division of divisions) {
    for (const length of [2, 4, 6, 9]) {
      const prefix = division.code.slice(0, length);
      const inside = found.get(prefix);
      if (inside === undefined) found.set(prefix, [division]);
      else inside.push(division);
    }
  }
  return found;
}

function divisionNames(above: readonly string[], divisions: readonly Division[]): DivisionNames {
  const townships = new Set(divisions.map(({ name }) => name));
  const entries = [
    ...above.map((name) => [name, undefined] as const),
    ...[...townships].map((name) => [name, name] as const),
  ];
  return createDictionary(
    entries.flatMap(([name, township]) =>
      [...new Set([name, shortName(name)])].map((one) => [one, township] as const),
    ),
  );
}

/** A name without what kind of place it is, unless too little were left. */
export function shortName(name: string): string {
  const short = name.replace(/(?:街道|地区|[镇乡区县市])$/, '');
  return short.length >= 2 ? short : name;
}
