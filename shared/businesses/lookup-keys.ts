import type { Business } from './business.ts';
import { branchReadings, type NameReading, readName } from './name-core.ts';
import { platformOf } from './platforms.ts';
import { type Spots, spotsOf } from './spots.ts';

/*
 * Keys under which a business is found by what consumers write. A city has 300,000 businesses: they are never compared
 * one by one, only those that share a key with the question.
 */

/**
 * What a key is made of, the most telling first. A key is `<kind>:<text>`.
 * `near` meets a name with one character wrong, missing, too many or swapped: both sides leave out each character in turn.
 */
const KEY_KINDS = [
  'phone',
  'shop',
  'name',
  'unit',
  'name-spot',
  'name-branch',
  'name-township',
  'name-county',
  'near',
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];
export type LookupKey = `${KeyKind}:${string}`;

/** What a consumer says of the business; all of it as he wrote it. */
export interface Question {
  name?: string | undefined;
  address?: string | undefined;
  /** Code of the place that was understood from the address: county or township, zeros behind or not. */
  division?: string | undefined;
  platform?: string | undefined;
  shop?: string | undefined;
  creditCode?: string | undefined;
  phone?: string | undefined;
}

/** A name of a business, and where it stands. */
export interface NameOfBusiness {
  source: 'name' | 'alias' | 'shop';
  platform?: string | undefined;
  reading: NameReading;
}

/** So many keys at most are asked for one question, and kept for one business: a transaction takes a hundred items. */
export const MOST_ASKED = 40;
export const MOST_KEPT = 97;

/** Of longer cores the first five and the last five characters are compared. */
const LONGEST_NEAR = 10;
const SHORTEST_NEAR = 2;
const LONGEST_KEY = 150;

export const kindOf = (key: LookupKey): KeyKind => key.slice(0, key.indexOf(':')) as KeyKind;

/** All names of a business: as registered, aliases, shops. */
export function namesOf({ name, aliases, shops }: Business, places: readonly string[]): NameOfBusiness[] {
  const read = (written: string) => readName(written, places);
  return [
    { source: 'name', reading: read(name) },
    ...aliases.map((alias) => ({ source: 'alias', reading: read(alias) }) as const),
    ...shops.map(
      ({ platform, shop }) =>
        ({ source: 'shop', platform: platformOf(platform), reading: read(shop) }) as const,
    ),
  ];
}

/** The names in a question. A name with a platform is the name of a shop there. */
export function namesIn(question: Question, places: readonly string[]) {
  const { name, platform, shop = platform === undefined ? undefined : name } = question;
  const read = (written: string | undefined) => {
    const reading = written === undefined ? undefined : readName(written, places);
    return reading === undefined || reading.core === '' ? undefined : reading;
  };
  return {
    name: read(name),
    shop: read(shop),
    platform: platform === undefined ? undefined : platformOf(platform),
  };
}

/** Keys under which a business is kept, the most telling first; with many aliases the last names miss their `near`. */
export function keysOfBusiness(business: Business, places: readonly string[]): LookupKey[] {
  const names = namesOf(business, places);
  const spots = spotsOf(business.address, places);
  const county = business.division.slice(0, 6);
  const township = business.division.slice(0, 9);
  return firstOf(MOST_KEPT, [
    ...phoneKeys(business.phone),
    ...names.flatMap(({ platform, reading }) =>
      platform === undefined ? [] : [key('shop', `${platform}|${reading.core}`)],
    ),
    ...names.map(({ reading }) => key('name', reading.core)),
    ...unitKeys(spots),
    ...names.flatMap(({ reading: { core, branch } }) => [
      ...spotKeys(core, spots),
      ...(branch === undefined ? [] : [key('name-branch', `${core}@${branch}`)]),
      key('name-township', `${core}@${township}`),
      key('name-county', `${core}@${county}`),
      ...nearKeys(core),
    ]),
  ]);
}

/** Keys to ask for, the most telling first; their number does not depend on how many businesses there are. */
export function keysOfQuestion(question: Question, places: readonly string[]): LookupKey[] {
  const { name, shop, platform } = namesIn(question, places);
  const spots = spotsOf(question.address, places);
  const first = name ?? shop;
  const core = first?.core ?? '';
  const { county, township } = placeOfCode(question.division);
  const cores = [...(name === undefined ? [] : [name]), ...(shop === undefined ? [] : [shop])].map(
    (reading) => reading.core,
  );
  const others = first === undefined ? [] : branchReadings(first);
  return firstOf(MOST_ASKED, [
    ...phoneKeys(question.phone),
    ...(platform === undefined || shop === undefined ? [] : [key('shop', `${platform}|${shop.core}`)]),
    ...[...cores, ...others.map((reading) => reading.core)].map((one) => key('name', one)),
    ...unitKeys(spots),
    ...(core === ''
      ? []
      : [
          ...spotKeys(core, spots),
          ...(first?.branch === undefined ? [] : [key('name-branch', `${core}@${first.branch}`)]),
          ...(township === undefined ? [] : [key('name-township', `${core}@${township}`)]),
          ...(county === undefined ? [] : [key('name-county', `${core}@${county}`)]),
        ]),
    ...cores.flatMap(nearKeys),
  ]);
}

/** The county and township that a code names: `330203`, `330203001`, `330203000000`. A city's names neither. */
export function placeOfCode(code: string | undefined): {
  county?: string | undefined;
  township?: string | undefined;
} {
  if (code === undefined || !/^\d{6}(?:\d{3}){0,2}$/.test(code) || code.slice(4, 6) === '00') return {};
  const isTownship = code.length >= 9 && code.slice(6, 9) !== '000';
  return { county: code.slice(0, 6), township: isTownship ? code.slice(0, 9) : undefined };
}

/** The same for a number however it is written. */
export function phoneOf(phone: string | undefined): string | undefined {
  const digits = (phone ?? '')
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(?:00)?86(?=\d{10,})/, '');
  return digits.length < 5 ? undefined : digits;
}

const key = (kind: KeyKind, text: string): LookupKey => `${kind}:${text.slice(0, LONGEST_KEY)}`;

const firstOf = (most: number, keys: readonly LookupKey[]): LookupKey[] => [...new Set(keys)].slice(0, most);

function phoneKeys(written: string | undefined): LookupKey[] {
  const phone = phoneOf(written);
  return phone === undefined ? [] : [key('phone', phone)];
}

function unitKeys({ malls, floor, unit, road, house }: Spots): LookupKey[] {
  return [
    ...(unit === undefined ? [] : malls.map((mall) => key('unit', `${mall}|${unit}`))),
    ...(road === undefined || house === undefined ? [] : [key('unit', `${road}|${house}`)]),
    ...(floor === undefined ? [] : malls.map((mall) => key('unit', `${mall}|${floor}f`))),
  ];
}

function spotKeys(core: string, { malls, road }: Spots): LookupKey[] {
  return [...malls, ...(road === undefined ? [] : [road])].map((spot) => key('name-spot', `${core}@${spot}`));
}

/** The core, and what is left of it without each of its characters: with one slip both sides have one in common. */
function nearKeys(core: string): LookupKey[] {
  const signs = Array.from(core);
  const ends =
    signs.length <= LONGEST_NEAR
      ? signs
      : [...signs.slice(0, LONGEST_NEAR / 2), ...signs.slice(-LONGEST_NEAR / 2)];
  const shorter = ends.map((_, index) => ends.toSpliced(index, 1));
  return [ends, ...shorter]
    .filter(({ length }) => length >= SHORTEST_NEAR)
    .map((left) => key('near', left.join('')));
}
