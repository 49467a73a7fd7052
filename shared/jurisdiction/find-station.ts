import type { Complaint } from '../complaint/case.ts';
import type { HubReason } from '../complaint/grounds.ts';
import type { Division, Registry } from './registry.ts';

/** Either the one station in charge with the fact it rests on, or the reason why a person must decide. */
export type StationFinding =
  | {
      found: true;
      division: Division;
      basis: 'division-code' | 'registered-business' | 'township-in-address';
    }
  | { found: false; reason: HubReason; candidates: readonly string[] };

/**
 * Finds the station for a complaint by where the business is (Order 121 Art. 13(1): actual place of business
 * or residence). It never guesses: a name that fits several stations gives candidates for the dispatcher.
 */
export function findStation(business: Complaint['business'], registry: Registry): StationFinding {
  if (business.divisionCode !== undefined) return byDivisionCode(business.divisionCode, registry);

  const address = normalize(business.address);
  if (address !== '') {
    const finding = byAddress(address, registry);
    if (finding.found) return finding;
    return byRegisteredName(business.name, registry) ?? finding;
  }
  return byRegisteredName(business.name, registry) ?? notFound('address-missing');
}

function byDivisionCode(code: string, { divisions }: Registry): StationFinding {
  // A code may stop at the county (six digits) or go down to the village (twelve).
  const township = divisions.find((division) => code.startsWith(division.code));
  if (township !== undefined) return { found: true, division: township, basis: 'division-code' };
  const inside = divisions.filter((division) => division.code.startsWith(code.replace(/(?:000)+$/, '')));
  return inside.length === 0 ? notFound('address-not-found') : notFound('address-ambiguous', inside);
}

function byRegisteredName(name: string | undefined, registry: Registry): StationFinding | undefined {
  const wanted = normalize(name);
  if (wanted === '') return undefined;
  const known = registry.businesses.filter((business) =>
    [business.name, ...business.aliases].some((alias) => normalize(alias) === wanted),
  );
  const divisions = registry.divisions.filter((division) =>
    known.some((business) => business.division === division.code),
  );
  return decide(divisions, 'registered-business');
}

function byAddress(address: string, registry: Registry): StationFinding {
  if (namesAnotherCity(address, registry)) return notFound('address-not-found');

  const counties = mentionedCounties(address, registry);
  const inCounty = registry.divisions.filter(
    (division) => counties.size === 0 || counties.has(division.county.code),
  );
  const township =
    decide(
      longestMatches(inCounty, address, (division) => division.name),
      'township-in-address',
    ) ??
    // 古林 for 古林镇 is only safe when the county is named too: 南门, 城东 stand in many addresses.
    (counties.size > 0
      ? decide(
          longestMatches(inCounty, address, (division) => shortName(division.name)),
          'township-in-address',
        )
      : undefined);
  if (township !== undefined) return township;
  return counties.size > 0 ? notFound('address-ambiguous', inCounty) : notFound('address-not-found');
}

/** One station: found. Several: candidates. None: undefined, so that the next way may be tried. */
function decide(
  divisions: readonly Division[],
  basis: 'registered-business' | 'township-in-address',
): StationFinding | undefined {
  const [first, ...others] = divisions;
  if (first === undefined) return undefined;
  if (others.every((other) => other.station === first.station))
    return { found: true, division: first, basis };
  return notFound('address-ambiguous', divisions);
}

function notFound(reason: HubReason, divisions: readonly Division[] = []): StationFinding {
  return { found: false, reason, candidates: [...new Set(divisions.map((division) => division.station))] };
}

/** Divisions whose name stands in the text; of names inside one another (城东街道, 东街道) only the longest. */
function longestMatches(
  divisions: readonly Division[],
  text: string,
  nameOf: (division: Division) => string,
): Division[] {
  const named = divisions.filter(
    (division) => nameOf(division).length >= 2 && text.includes(nameOf(division)),
  );
  return named.filter(
    (division) =>
      !named.some((other) => nameOf(other) !== nameOf(division) && nameOf(other).includes(nameOf(division))),
  );
}

function mentionedCounties(address: string, { divisions }: Registry): Set<string> {
  const counties = new Map(divisions.map(({ county }) => [county.code, county.name]));
  const full = [...counties].filter(([, name]) => address.includes(name));
  const matches =
    full.length > 0 ? full : [...counties].filter(([, name]) => address.includes(shortName(name)));
  return new Set(matches.map(([code]) => code));
}

function namesAnotherCity(address: string, { city, divisions }: Registry): boolean {
  const named = /^(?:[一-鿿]{2,8}?(?:省|自治区))?([一-鿿]{2,6}?市)/.exec(address)?.[1];
  if (named === undefined || named === city) return false;
  return !divisions.some(({ county }) => county.name === named);
}

function shortName(name: string): string {
  const short = name.replace(/(?:街道|地区|[镇乡区县市])$/, '');
  return short.length >= 2 ? short : name;
}

function normalize(text: string | undefined): string {
  return (text ?? '').normalize('NFKC').replace(/\s+/g, '');
}
