import type { Complaint } from '../case/case.ts';
import type { HubReason } from '../case/grounds.ts';
import type { Division, Registry } from './registry.ts';

/** The fact that a finding rests on. */
type Basis = 'division-code' | 'township-in-address' | 'registered-business';

/** The one station in charge, or the reason why a person must decide between the candidates. */
export type StationFinding =
  | { found: true; station: string; area: string | undefined; basis: Basis }
  | { found: false; reason: HubReason; candidates: readonly string[] };

/** Townships that a fact leaves open. `exact` when it names townships, not only a county or the city. */
interface Place {
  divisions: readonly Division[];
  exact: boolean;
}

/**
 * Finds the station for a complaint by where the business is (Order 121 Art. 13(1): actual place of business
 * or residence). Code, address and a registered name must agree; what contradicts itself, or fits several
 * stations, is never guessed but gives candidates for the dispatcher.
 */
export function findStation(business: Complaint['business'], registry: Registry): StationFinding {
  const address = normalize(business.address).replace(/^\d{6}/, '');
  if (address !== '' && namesAnotherPlace(address, registry)) return notFound('address-not-found');

  const byCode =
    business.divisionCode === undefined ? undefined : placeOfCode(business.divisionCode, registry);
  if (byCode?.divisions.length === 0) return notFound('address-not-found');
  const byAddress = placeOfAddress(address, registry);
  const byName = divisionsOfRegistered(business.name, registry);

  if (byCode !== undefined && byAddress !== undefined) {
    const both = byCode.divisions.filter((division) => byAddress.divisions.includes(division));
    if (both.length === 0) {
      return notFound('address-ambiguous', [...byCode.divisions, ...byAddress.divisions]);
    }
    return decide(both, byAddress.exact ? 'township-in-address' : 'division-code', byName);
  }
  if (byAddress !== undefined) return decide(byAddress.divisions, 'township-in-address', byName);
  if (byCode !== undefined) return decide(byCode.divisions, 'division-code', byName);
  if (byName.length > 0) return decide(byName, 'registered-business', byName);
  return notFound(address === '' ? 'address-missing' : 'address-not-found');
}

/** One station: found. Several: the registered name may choose among them, otherwise the dispatcher does. */
function decide(divisions: readonly Division[], basis: Basis, byName: readonly Division[]): StationFinding {
  const station = onlyOne(divisions.map((division) => division.station));
  if (station !== undefined) {
    return { found: true, station, area: onlyOne(divisions.map(({ area }) => area.code)), basis };
  }
  const named = divisions.filter((division) => byName.includes(division));
  return named.length > 0 && named.length < divisions.length
    ? decide(named, 'registered-business', byName)
    : notFound('address-ambiguous', divisions);
}

function notFound(reason: HubReason, divisions: readonly Division[] = []): StationFinding {
  return { found: false, reason, candidates: [...new Set(divisions.map((division) => division.station))] };
}

/** A code may stop at the city or county (zeros at its end) or go down to the village (twelve digits). */
function placeOfCode(code: string, { divisions }: Registry): Place {
  const exact = divisions.filter((division) => code.startsWith(division.code));
  if (exact.length > 0) return { divisions: exact, exact: true };
  const prefix = code.replace(/(?:000)+$/, '').replace(/(?:00)+$/, '');
  const inside = prefix === '' ? [] : divisions.filter((division) => division.code.startsWith(prefix));
  return { divisions: inside, exact: false };
}

/** What an address says, undefined when it names no place of ours. */
function placeOfAddress(address: string, registry: Registry): Place | undefined {
  const { divisions } = registry;
  const { counties, rest } = countiesOf(address, registry);
  const inCounties =
    counties.length === 0 ? divisions : divisions.filter(({ county }) => counties.includes(county.code));

  const townships = longestMatches(divisions, address);
  if (townships.length > 0) {
    const agreeing = townships.filter((division) => inCounties.includes(division));
    // A township outside the county named: both stay open, and a person decides.
    return { divisions: agreeing.length > 0 ? agreeing : [...townships, ...inCounties], exact: true };
  }
  if (counties.length === 0) return undefined;
  // 古林 for 古林镇 only right behind the county: 南门, 城东 stand in the names of many roads and shops.
  const short = inCounties.filter(({ name }) => rest.startsWith(shortName(name)));
  const longest = Math.max(...short.map(({ name }) => shortName(name).length));
  const behind = short.filter(({ name }) => shortName(name).length === longest);
  return behind.length > 0 ? { divisions: behind, exact: true } : { divisions: inCounties, exact: false };
}

/**
 * The counties that the address names, and what follows if it is only one. A short name counts only where a
 * county stands, at the beginning or behind the city: 海曙路 may be anywhere.
 */
function countiesOf(address: string, { city, divisions }: Registry): { counties: string[]; rest: string } {
  const all = [...new Map(divisions.map(({ county }) => [county.code, county])).values()];
  const full = all.filter(({ name }) => address.includes(name));
  if (full.length > 0) {
    const [only, ...others] = full.map(({ name }) => name);
    const rest =
      only === undefined || others.length > 0 ? '' : address.slice(address.indexOf(only) + only.length);
    return { counties: full.map(({ code }) => code), rest };
  }
  const cityAt = address.indexOf(shortName(city));
  const behindCity = cityAt < 0 ? address : address.slice(cityAt + shortName(city).length).replace(/^市/, '');
  const short = all.find(({ name }) => behindCity.startsWith(shortName(name)));
  return short === undefined
    ? { counties: [], rest: '' }
    : { counties: [short.code], rest: behindCity.slice(shortName(short.name).length) };
}

/** Townships whose full name stands in the text; of names inside one another (城东街道, 东街道) the longest. */
function longestMatches(divisions: readonly Division[], text: string): Division[] {
  const named = divisions.filter(({ name }) => text.includes(name));
  return named.filter(({ name }) => !named.some((other) => other.name !== name && other.name.includes(name)));
}

function divisionsOfRegistered(name: string | undefined, registry: Registry): Division[] {
  const wanted = normalize(name);
  if (wanted === '') return [];
  const known = registry.businesses.filter((business) =>
    [business.name, ...business.aliases].some((alias) => normalize(alias) === wanted),
  );
  return registry.divisions.filter(({ code }) => known.some(({ division }) => division === code));
}

// A city, district or county at the beginning. Not 超市, 菜市场, 小区, 开发区: those are no authorities.
const LEADING_PLACE =
  /^[一-鿿]{2,10}?(?:(?<![超门城菜夜集上])市(?!场)|(?<![小园社厂校景库发新片城])区|县|自治州)/;

/** True when the address begins with a city, district or county that is not ours. */
function namesAnotherPlace(address: string, { city, divisions }: Registry): boolean {
  const named = LEADING_PLACE.exec(address)?.[0];
  if (named === undefined) return false;
  const ours = [shortName(city), ...divisions.flatMap(({ name, county }) => [name, county.name])];
  return !ours.some((name) => named.includes(name));
}

function shortName(name: string): string {
  const short = name.replace(/(?:街道|地区|[镇乡区县市])$/, '');
  return short.length >= 2 ? short : name;
}

function onlyOne(values: readonly string[]): string | undefined {
  const distinct = new Set(values);
  return distinct.size === 1 ? values[0] : undefined;
}

function normalize(text: string | undefined): string {
  return (text ?? '').normalize('NFKC').replace(/[\s()[\]【】「」]+/g, '');
}
