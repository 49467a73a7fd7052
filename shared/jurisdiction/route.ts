import type { Complaint, Kind } from '../case/case.ts';
import type { HubReason } from '../case/grounds.ts';
import type { LocalDate } from '../dates.ts';
import { type CompetenceGround, placingOf } from './competence.ts';
import { longest, type Occurrence } from './dictionary.ts';
import { byConfidence, type Explanation, groupsOf, type Match } from './explanation.ts';
import { homeDivision } from './home-division.ts';
import {
  houseNumber,
  isTelling,
  LEAST_OF_PART,
  normalizePlace,
  type PlaceWord,
  placeWords,
} from './place-words.ts';
import { advertisingIn, platformIn } from './read-dealing.ts';
import type { Division, Registry } from './registry.ts';
import { indexOf, type RegistryIndex, type RulesOfWord } from './registry-index.ts';
import { isInForce, isSeenElsewhere, type Precision, type RoutingRule, trustIn } from './routing-rule.ts';

/** What a case says by which it can be routed. */
export interface RoutingFacts {
  business: Complaint['business'];
  /** How sure the address is: 1 where the sender filled it in, less where it was read out of his words. */
  addressConfidence?: number | undefined;
  /** A registered business that was recognised. */
  creditCode?: string | undefined;
  /** Where it lies, or where all lie that bear the name that was written. */
  recognised?: { townships: readonly string[]; confidence: number } | undefined;
  kind?: Kind | undefined;
  /** Subject that was read, and the bureau's own class. */
  subjects?: readonly string[] | undefined;
  /** Division of the country that the address names, where that is sure. */
  addressDivision?: string | undefined;
  /** An officer has noted that nobody is reached at the address that is shown on the platform. */
  unreachable?: boolean | undefined;
  /** The words of the message, out of which platform and advertising are read; kept nowhere. */
  text?: string | undefined;
}

/** Kept with a case of each closeness: more than a person looks through, and enough for any decision. */
const MOST_OF_GROUP = 10;
/** A county with more stations than a dispatcher is shown stands for them itself. */
const MOST_OF_COUNTY = 3;

type Fact = Match['fact'];
/** Townships that a fact leaves open, and how closely it names them. */
interface Place {
  divisions: readonly Division[];
  precision: 'township' | 'county';
  fact: Fact;
}

/**
 * Weighs all that the register knows of what a case says: by where the business is (Order 121 Art. 13(1): actual place
 * of business or residence). `decide` says what follows. Costs by the length of what was written.
 * @param on the day whose rules are in force
 */
export function explainRouting(
  given: RoutingFacts,
  registry: Registry,
  { on, threshold }: { on: LocalDate; threshold: number },
): Explanation {
  const index = indexOf(registry);
  const { business, ground, sure: meant, read } = placed(given, index);
  const isOwn = business === given.business;
  // Of the business that was named, and says nothing of an operator or a publisher.
  const facts = {
    ...given,
    business,
    ...(isOwn ? {} : { creditCode: undefined, addressDivision: undefined }),
  };
  const address = normalizeAddress(business.address);
  const base = { version: registry.version, threshold, ground, ...(read.length === 0 ? {} : { read }) };
  const nothing = (reason: HubReason, division: string | undefined): Explanation =>
    division === undefined || isOurs(division, registry)
      ? { ...base, matches: [], nothing: reason }
      : { ...base, matches: [], nothing: 'elsewhere', elsewhere: division };
  if (address !== '' && namesAnotherPlace(address, index))
    return nothing('address-not-found', facts.addressDivision);
  const byCode = placeOfCode(business.divisionCode, index);
  if (byCode?.divisions.length === 0) return nothing('address-not-found', business.divisionCode);
  const places = [...(byCode === undefined ? [] : [byCode]), ...placesOfAddress(address, index)];

  const sure = facts.addressConfidence ?? 1;
  const within = rulesWithin(places, index);
  const open: OpenRules = (sets) =>
    sets.flatMap(within).filter((rule) => isInForce(rule, on) && isMeant(rule, facts, places));
  const ruled = rulesSeen(facts, address, open, index).map(({ rule, fact }) =>
    matchOfRule(rule, fact, fact.in === 'address' ? sure : 1, index),
  );
  // Where the operator of the platform decides, the shop that was named does not.
  const { townships = [], confidence = 1 } = isOwn ? (given.recognised ?? {}) : {};
  const named = townships.flatMap((code) => index.byCode.get(code.slice(0, TOWNSHIP_DIGITS)) ?? []);
  const matches = distinct([
    ...ruled,
    ...places.flatMap((place) => matchesOfPlace(place, place.fact.in === 'address' ? sure : 1, index)),
    ...matchesOfStations(named, 'shop', { in: 'name' }, confidence, index),
  ])
    .filter(({ unit }) => index.takesCases(unit, on))
    // Whose place is asked is no surer than the words that say so.
    .map((one) => (meant === 1 ? one : { ...one, confidence: one.confidence * meant }));
  if (matches.length === 0)
    return nothing(address === '' ? 'address-missing' : 'address-not-found', facts.addressDivision);
  const kept = groupsOf(matches).flatMap(mostTelling);
  return {
    ...base,
    matches: kept,
    ...(kept.length < matches.length ? { cut: true } : {}),
    nothing: 'address-ambiguous',
  };
}

interface Placed {
  business: Complaint['business'];
  ground: CompetenceGround;
  /** How sure it is that this place is meant. */
  sure: number;
  /** What was read out of the words for it. */
  read: NonNullable<Explanation['read']>;
}

/** Below this a platform that was only mentioned changes nothing. */
const SURE_OF_PLATFORM = 0.8;

/** By whose place it is decided who is competent: the business that was named, the operator of its platform, a publisher. */
function placed(
  { business, kind = 'complaint', unreachable = false, text = '' }: RoutingFacts,
  { platforms }: RegistryIndex,
): Placed {
  const named = (name: string | undefined) => platforms.get(normalizePlace(name ?? ''))[0];
  const operator = named(business.name);
  const found = business.platform === undefined ? platformIn(text, platforms) : undefined;
  const inWords = found !== undefined && found.reading.confidence >= SURE_OF_PLATFORM ? found : undefined;
  const platform = operator ?? named(business.platform) ?? inWords?.platform;
  const advertising = kind === 'report' ? advertisingIn(text) : undefined;
  const { by, ground } = placingOf({
    kind,
    platform,
    againstOperator: operator !== undefined,
    hasAddress: business.address !== undefined || business.divisionCode !== undefined,
    unreachable,
    advertising: advertising?.medium,
  });
  const read = [
    ...(inWords === undefined || operator !== undefined
      ? []
      : [{ what: 'platform' as const, ...inWords.reading }]),
    ...(advertising === undefined ? [] : [{ what: 'advertising' as const, ...advertising.reading }]),
    ...(advertising?.publisher === undefined
      ? []
      : [{ what: 'publisher' as const, ...advertising.publisher.reading }]),
  ];
  if (by === 'operator' && platform !== undefined) {
    const sure = platform === inWords?.platform ? inWords.reading.confidence : 1;
    return { business: { name: platform.operator, divisionCode: platform.division }, ground, sure, read };
  }
  if (by === 'publisher') {
    // The advertiser's address says nothing of where the publisher is: without his name a person decides.
    const name = advertising?.publisher?.name;
    return { business: name === undefined ? {} : { name }, ground, sure: MEANT_BY_WORDS, read };
  }
  return { business, ground, sure: 1, read };
}

const MEANT_BY_WORDS = 0.9;

/** Whether a division lies in the bureau's own city, or the bureau's county where that is all it has. */
function isOurs(division: string, { bureau }: Registry): boolean {
  return division.startsWith(homeDivision(bureau));
}

/** One unit by one rule in one place of the words counts once. */
function distinct(matches: readonly Match[]): Match[] {
  const seen = new Map(
    matches.map((one) => [`${one.rule} ${one.unit} ${one.fact.in} ${one.fact.start}`, one]),
  );
  return [...seen.values()];
}

/** Of matches as close as one another the likeliest; before a unit comes again, each other one. */
function mostTelling(group: readonly Match[]): Match[] {
  const sorted = group.toSorted(byConfidence);
  const units = new Set<string>();
  const isNews = ({ unit, area }: Match) => units.size < units.add(`${unit} ${area}`).size;
  const news = new Set(sorted.filter(isNews));
  return [...news, ...sorted.filter((one) => !news.has(one))].slice(0, MOST_OF_GROUP);
}

function matchesOfPlace({ divisions, precision, fact }: Place, sure: number, index: RegistryIndex): Match[] {
  if (precision === 'township')
    return divisions.map((division) => matchOfDivision(division, precision, fact, sure, index));
  const stations = new Set(divisions.map(({ station }) => station));
  if (stations.size <= MOST_OF_COUNTY) return matchesOfStations(divisions, precision, fact, sure, index);
  const counties = new Set(divisions.map(({ county }) => county.code));
  return [...counties].map((county) => ({
    rule: `county:${county}`,
    precision,
    source: 'register',
    unit: county,
    path: index.pathOf(county),
    whole: true,
    confidence: sure,
    fact,
  }));
}

/** Each station of these townships once; its area where it is the same in all of them. */
function matchesOfStations(
  divisions: readonly Division[],
  precision: Precision,
  fact: Fact,
  sure: number,
  index: RegistryIndex,
): Match[] {
  const byStation = Map.groupBy(divisions, ({ station }) => station);
  return [...byStation.values()].flatMap((own) => {
    const [first] = own.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    if (first === undefined) return [];
    const { area, ...match } = matchOfDivision(first, precision, fact, sure, index);
    return [own.every((one) => one.area.code === area) ? { ...match, area } : match];
  });
}

function matchOfDivision(
  { code, station, area }: Division,
  precision: Precision,
  fact: Fact,
  sure: number,
  index: RegistryIndex,
): Match {
  return {
    rule: `${precision}:${code}`,
    precision,
    source: 'register',
    unit: station,
    path: index.pathOf(station),
    ...(index.above.has(station) ? { whole: true } : {}),
    area: area.code,
    confidence: sure,
    fact,
  };
}

function matchOfRule(rule: RoutingRule, fact: Fact, sure: number, index: RegistryIndex): Match {
  const { id, precision, source, unit, area, kinds, subjects, decidedBy } = rule;
  return {
    rule: id,
    precision,
    source,
    ...(kinds === undefined && subjects === undefined ? {} : { narrowed: true }),
    unit,
    path: index.pathOf(unit),
    ...(decidedBy === undefined ? {} : { asks: true }),
    ...(area === undefined ? {} : { area }),
    confidence: trustIn(rule) * sure,
    // A word that was seen at two units is for a person to weigh: it may only choose among what the address leaves open.
    ...(source === 'learned' && isSeenElsewhere(rule) ? { seenElsewhere: true } : {}),
    ...(source === 'learned' && (rule.seen?.elsewhere ?? 0) > 0 ? { onceElsewhere: true } : {}),
    fact,
  };
}

/** Of the rules of a word those that may be meant here. */
type OpenRules = (sets: readonly RulesOfWord[]) => RoutingRule[];

/** The rules of a word without those of other divisions than the case names: there may be one in every county. */
function rulesWithin(places: readonly Place[], { withinDigits }: RegistryIndex) {
  const [smallest] = places.toSorted((a, b) => a.divisions.length - b.divisions.length);
  if (smallest === undefined)
    return ({ anywhere, within }: RulesOfWord) => [...anywhere, ...[...within.values()].flat()];
  const named = new Set(
    smallest.divisions.flatMap(({ code }) => withinDigits.map((digits) => code.slice(0, digits))),
  );
  return ({ anywhere, within }: RulesOfWord) => [
    ...anywhere,
    ...(within.size === 0 ? [] : [...named].flatMap((code) => within.get(code) ?? [])),
  ];
}

/** Rules whose word stands in what the case says. */
function rulesSeen(
  { business, creditCode }: RoutingFacts,
  address: string,
  open: OpenRules,
  index: RegistryIndex,
): { rule: RoutingRule; fact: Fact }[] {
  const ofWord = (word: string, fact: Fact) => open(index.rules.get(word)).map((rule) => ({ rule, fact }));
  const code = business.divisionCode ?? '';
  const name = normalizePlace(business.name ?? '');
  return [
    ...(creditCode === undefined ? [] : ofWord(creditCode, { in: 'business' })),
    ...(code.length < VILLAGE_DIGITS ? [] : ofWord(code.slice(0, VILLAGE_DIGITS), { in: 'code' })),
    ...inText(address, 'address', open, index),
    ...inText(name, 'name', open, index),
  ];
}

const TOWNSHIP_DIGITS = 9;
const VILLAGE_DIGITS = 12;

/**
 * Of rules whose words stand inside one another only the longest word counts; but what was learned hides nothing that
 * people laid down, and the name of a shop no place: 万达广场 in 万达广场某某快餐.
 */
function inText(
  text: string,
  where: 'address' | 'name',
  open: OpenRules,
  index: RegistryIndex,
): { rule: RoutingRule; fact: Fact }[] {
  const words = placeWords(text, index.divisionNames);
  const seen = index.rules.in(text).map((at) => ({ ...at, values: open(at.values) }));
  const only = (isWanted: (rule: RoutingRule, at: Occurrence<RoutingRule>) => boolean) =>
    longest(
      seen.flatMap((at) => {
        const values = at.values.filter((rule) => !isCode(rule) && isWanted(rule, at));
        return values.length === 0 ? [] : [{ ...at, values }];
      }),
    );
  const isLearned = ({ source }: RoutingRule) => source === 'learned';
  const isShop = ({ precision }: RoutingRule) => precision === 'shop';
  const found = [
    ...only((rule, at) => !isLearned(rule) && !isShop(rule) && isNamed(rule, at, text, words)),
    ...only((rule) => !isLearned(rule) && isShop(rule)),
    ...only((rule, at) => !isLearned(rule) || isTold(at.word, words)).map((at) => ({
      ...at,
      values: at.values.filter(isLearned),
    })),
  ];
  return found.flatMap(({ start, end, values }) =>
    values
      .filter((rule) => holdsNumber(rule, houseNumber(text.slice(end))))
      .map((rule) => ({ rule, fact: { in: where, start, end } })),
  );
}

/**
 * What people laid down counts wherever it stands, unless it is the end of another name: 东街 in 汉坝东街, 解放街 in
 * 解放街道.
 */
function isNamed(
  { precision }: RoutingRule,
  { word, start, end }: Occurrence<RoutingRule>,
  text: string,
  words: readonly PlaceWord[],
): boolean {
  if (!LINES.includes(precision) || words.some((one) => one.word === word)) return true;
  if (word.endsWith('街') && text[end] === '道') return false;
  return word.length >= LEAST_OF_PART && !/[东西南北中新老大小]/.test(text[start - 1] ?? '');
}

/** What is called after its direction from somewhere. */
const LINES: readonly Precision[] = ['house', 'road', 'village'];

/** What was learned counts as a word of its own, or as the telling part of a longer name. */
function isTold(word: string, words: readonly PlaceWord[]): boolean {
  return words.some((one) => one.word === word || (one.kind !== 'road' && isTelling(word, one.word)));
}

/** A rule of codes, not of words. */
const isCode = ({ word }: RoutingRule) => /^[0-9A-Z]{6,}$/.test(word);

function holdsNumber({ precision, numbers }: RoutingRule, house: number | undefined): boolean {
  if (numbers === undefined) return precision !== 'house';
  if (house === undefined || house < numbers.from || house > numbers.to) return false;
  return numbers.side === undefined || (house % 2 === 1) === (numbers.side === 'odd');
}

/** Whether a rule speaks of such a case, and of a place that the case does not exclude. */
function isMeant(
  { within, kinds, subjects }: RoutingRule,
  facts: RoutingFacts,
  places: readonly Place[],
): boolean {
  if (kinds !== undefined && (facts.kind === undefined || !kinds.includes(facts.kind))) return false;
  if (subjects !== undefined && !subjects.some((one) => facts.subjects?.includes(one) === true)) return false;
  if (within === undefined || places.length === 0) return true;
  return places.every(({ divisions }) => divisions.some(({ code }) => code.startsWith(within)));
}

/** A code may stop at the city or county (zeros at its end) or go down to the village (twelve digits). */
function placeOfCode(code: string | undefined, { byCode }: RegistryIndex): Place | undefined {
  if (code === undefined) return undefined;
  const fact: Fact = { in: 'code' };
  const exact = byCode.get(code.slice(0, 9)) ?? [];
  if (code.length >= 9 && exact.length > 0) return { divisions: exact, precision: 'township', fact };
  const prefix = code.replace(/(?:000)+$/, '').replace(/(?:00)+$/, '');
  return { divisions: byCode.get(prefix) ?? [], precision: 'county', fact };
}

/** What an address says of townships and counties; nothing when it names no place of ours. */
function placesOfAddress(address: string, index: RegistryIndex): Place[] {
  const { counties, behind } = countiesOf(address, index);
  const inCounties = counties.flatMap((code) => index.byCode.get(code) ?? []);
  const isOpen = (division: Division) => counties.length === 0 || counties.includes(division.county.code);
  const county: Place[] =
    counties.length === 0 ? [] : [{ divisions: inCounties, precision: 'county', fact: { in: 'address' } }];

  const full = longest(index.townships.in(address));
  if (full.length > 0) {
    const divisions = full.flatMap(({ values }) => values);
    const agreeing = divisions.filter(isOpen);
    const [first] = full;
    const fact: Fact = { in: 'address', start: first?.start, end: first?.end };
    // A township outside the county that is named: both stay open, and a person decides.
    return [
      { divisions: agreeing.length > 0 ? agreeing : divisions, precision: 'township', fact },
      ...county,
    ];
  }
  if (counties.length !== 1) return county;
  // 古林 for 古林镇 only right behind the county: 南门, 城东 stand in the names of many roads and shops.
  const [short] = index.shortTownships
    .in(address)
    .filter(({ start, values }) => start === behind && values.some(isOpen));
  if (short === undefined) return county;
  const fact: Fact = { in: 'address', start: short.start, end: short.end };
  return [{ divisions: short.values.filter(isOpen), precision: 'township', fact }, ...county];
}

/**
 * The counties that the address names, and where the only one ends. A short name counts only where a county stands, at
 * the beginning or behind the city: 海曙路 may be anywhere.
 */
function countiesOf(address: string, index: RegistryIndex): { counties: string[]; behind: number } {
  const full = index.counties.in(address);
  const codes = [...new Set(full.flatMap(({ values }) => values))];
  if (codes.length > 0) return { counties: codes, behind: codes.length > 1 ? -1 : (full[0]?.end ?? -1) };
  const cityAt = address.indexOf(index.city);
  const from =
    cityAt < 0 ? 0 : cityAt + index.city.length + (address[cityAt + index.city.length] === '市' ? 1 : 0);
  const [short] = index.shortCounties.in(address).filter(({ start }) => start === from);
  return short === undefined
    ? { counties: [], behind: -1 }
    : { counties: [...short.values], behind: short.end };
}

// A city, district or county at the beginning. Not 超市, 菜市场, 小区, 开发区: those are no authorities.
const LEADING_PLACE =
  /^[一-鿿]{2,10}?(?:(?<![超门城菜夜集上])市(?!场)|(?<![小园社厂校景库发新片城])区|县|自治州)/;

/** 天一广场北区 is a part of 天一广场, no district. */
const PARTED_PLACE = /广场|商[城场厦]|市场|大[厦楼]|中心|小区|[公花]园/;

/** True when the address begins with a city, district or county that is not ours. */
function namesAnotherPlace(address: string, { own }: RegistryIndex): boolean {
  const named = LEADING_PLACE.exec(address)?.[0];
  return named !== undefined && !PARTED_PLACE.test(named) && own.in(named).length === 0;
}

/** Behind a postal code. */
const normalizeAddress = (address: string | undefined) => normalizePlace(address ?? '').replace(/^\d{6}/, '');
