import type { LocalDate } from '../dates.ts';
import { type Business, type Grade, isInBusiness } from './business.ts';
import {
  type KeyKind,
  kindOf,
  type LookupKey,
  namesIn,
  namesOf,
  phoneOf,
  placeOfCode,
  type Question,
} from './lookup-keys.ts';
import { branchReadings, type NameReading } from './name-core.ts';
import { SAME_NAME } from './recognised.ts';
import { type Spots, spotsOf } from './spots.ts';
import { isGeneral } from './trade-words.ts';

/** Why a business fits what was written, or does not. `score` of a candidate is the sum of the points. */
export const WHY = {
  'same-code': { points: 80, zh: '统一社会信用代码一致', en: 'same credit code' },
  'same-phone': { points: 35, zh: '电话一致', en: 'same phone' },
  'same-shop': { points: 60, zh: '平台和店铺一致', en: 'same shop on the same platform' },
  'same-name': { points: 40, zh: '名称一致', en: 'same name' },
  'same-alias': { points: 38, zh: '别名一致', en: 'same as an alias' },
  'same-shop-name': { points: 36, zh: '与其网店名称一致', en: 'same as the name of a shop of it' },
  'name-with-branch': { points: 28, zh: '名称加分店名', en: 'its name with the name of a branch behind it' },
  'near-name': { points: 24, zh: '名称差一个字', en: 'one character differs' },
  'number-differs': {
    points: 12,
    zh: '名称差一个数字或方位字',
    en: 'differs in a number or a direction: perhaps another shop',
  },
  'other-name': { points: -15, zh: '名称不同', en: 'another name' },
  'same-branch': { points: 15, zh: '分店一致', en: 'same branch' },
  'other-branch': { points: -20, zh: '分店不同', en: 'another branch' },
  'same-unit': { points: 30, zh: '商场和楼层或铺位一致', en: 'same mall, and the same floor or shop number' },
  'same-house': { points: 30, zh: '路名和门牌号一致', en: 'same road and number' },
  'same-mall': { points: 15, zh: '商场一致', en: 'same mall' },
  'same-road': { points: 10, zh: '路名一致', en: 'same road' },
  'same-township': { points: 12, zh: '乡镇、街道一致', en: 'same township' },
  'same-county': { points: 6, zh: '区县一致', en: 'same county' },
  'other-township': { points: -12, zh: '乡镇、街道不同', en: 'another township' },
  'other-county': { points: -30, zh: '区县不同', en: 'another county' },
  'not-in-business': { points: -15, zh: '已停业或尚未开业', en: 'not in business on that day' },
} as const satisfies Record<string, { points: number; zh: string; en: string }>;
export type Why = keyof typeof WHY;

interface Candidate {
  creditCode: string;
  /** The township in which it is. */
  division: string;
  grade: Grade;
  score: number;
  why: Why[];
}

/**
 * `one`: this business, clearly. `several`: a person chooses, also where only one nearly fits.
 * `too-common`: more businesses fit than were read, so the candidates are not all. `none`: nobody known fits.
 */
export interface Match {
  outcome: 'one' | 'several' | 'none' | 'too-common';
  /** The most fitting first, at most ten. */
  candidates: Candidate[];
}

/** What was read for a question. */
export interface Read {
  businesses: readonly Business[];
  /** Keys under which more lie than were read. */
  cut: readonly LookupKey[];
}

const MOST_SHOWN = 10;
/** Less says nothing. */
const LEAST = 10;
/** `one` is ahead of the next by so much. */
const LEAD = 12;

/**
 * Finds the business that is meant among those that were read for the question (`keysOfQuestion`).
 * @param on the day of which the question speaks, usually that of the receipt
 * @param places the same as when the keys were made
 */
export function matchBusiness(
  question: Question,
  { businesses, cut }: Read,
  on: LocalDate,
  places: readonly string[],
): Match {
  const asked = factsOf(question, places);
  const all = businesses
    .map((business) => candidateOf(asked, business, on, places))
    .sort((one, other) => other.score - one.score || (one.creditCode < other.creditCode ? -1 : 1));
  const shown = all.filter(({ score }) => score >= LEAST);
  const cutKinds = new Set(cut.map(kindOf));
  return {
    outcome: outcomeOf(asked, all, shown, cutKinds),
    candidates: shown.slice(0, MOST_SHOWN),
  };
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(question: Question, places: readonly string[]) {
  const { name, shop, platform } = namesIn(question, places);
  const readings = [name, shop].filter((reading) => reading !== undefined);
  return {
    creditCode: question.creditCode?.normalize('NFKC').replace(/\s/g, '').toUpperCase(),
    phone: phoneOf(question.phone),
    platform,
    shop,
    readings,
    withBranch: readings.flatMap(branchReadings),
    spots: spotsOf(question.address, places),
    place: placeOfCode(question.division),
  };
}

function candidateOf(asked: Facts, business: Business, on: LocalDate, places: readonly string[]): Candidate {
  const phone = phoneOf(business.phone);
  const why: Why[] = [
    ...(asked.creditCode === business.creditCode ? (['same-code'] as const) : []),
    ...(phone !== undefined && asked.phone === phone ? (['same-phone'] as const) : []),
    ...nameReasons(asked, business, places),
    ...spotReasons(asked.spots, spotsOf(business.address, places)),
    ...divisionReasons(asked.place, business.division),
    ...(isInBusiness(business, on) ? [] : (['not-in-business'] as const)),
  ];
  return {
    creditCode: business.creditCode,
    division: business.division,
    grade: business.grade,
    score: why.reduce((sum, reason) => sum + WHY[reason].points, 0),
    why,
  };
}

/** How the best fitting of its names fits, and its branch. */
function nameReasons(asked: Facts, business: Business, places: readonly string[]): Why[] {
  if (asked.readings.length === 0) return [];
  const fits = namesOf(business, places).flatMap(({ source, platform, reading }): Why[][] => {
    const { core } = reading;
    const branch = branchReason([...asked.readings, ...asked.withBranch], reading, business.address);
    if (platform !== undefined && platform === asked.platform && asked.shop?.core === core)
      return [['same-shop', ...branch]];
    if (asked.readings.some((one) => one.core === core)) return [[SAME_AS[source], ...branch]];
    const withBranch = asked.withBranch.filter((one) => one.core === core);
    if (withBranch.length > 0)
      return [['name-with-branch', ...branchReason(withBranch, reading, business.address)]];
    return asked.readings.map((one) => nearly(one.core, core)).filter((near) => near.length > 0);
  });
  const pointsOf = (reasons: readonly Why[]) => reasons.reduce((sum, reason) => sum + WHY[reason].points, 0);
  return fits.sort((one, other) => pointsOf(other) - pointsOf(one))[0] ?? ['other-name'];
}

const SAME_AS = { name: 'same-name', alias: 'same-alias', shop: 'same-shop-name' } as const;

function branchReason(
  asked: readonly Pick<NameReading, 'branch'>[],
  { branch }: Pick<NameReading, 'branch'>,
  address: string,
): Why[] {
  const wanted = asked.flatMap((one) => (one.branch === undefined ? [] : [one.branch]));
  const isSame = (one: string) =>
    branch !== undefined &&
    (one === branch || (one.length >= 2 && (branch.includes(one) || one.includes(branch))));
  if (wanted.some((one) => isSame(one) || (one.length >= 2 && address.includes(one)))) return ['same-branch'];
  return wanted.length > 0 && branch !== undefined ? ['other-branch'] : [];
}

/** Characters by which two names differ on purpose: 第一药房 and 第二药房, 东门 and 西门. */
const COUNTED = /[\d一二三四五六七八九十甲乙丙丁东南西北上下大小新老]/u;

/** One character wrong, missing, too many, or two neighbours swapped. */
function nearly(one: string, other: string): Why[] {
  const [short = [], long = []] = [Array.from(one), Array.from(other)].sort((a, b) => a.length - b.length);
  if (long.length < 3 || long.length - short.length > 1) return [];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  const a = short.slice(start, short.length - end);
  const b = long.slice(start, long.length - end);
  const isSwapped = a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
  if (b.length > 1 && !isSwapped) return [];
  return [!isSwapped && COUNTED.test([...a, ...b].join('')) ? 'number-differs' : 'near-name'];
}

function spotReasons(asked: Spots, known: Spots): Why[] {
  const sameRoad = asked.road !== undefined && asked.road === known.road;
  const same = (one: string | undefined, other: string | undefined) => one !== undefined && one === other;
  const unitFits = asked.unit === undefined || known.unit === undefined || asked.unit === known.unit;
  const sameUnit = same(asked.unit, known.unit) || (unitFits && same(asked.floor, known.floor));
  const mall: Why[] = isSameMall(asked.malls, known.malls) ? [sameUnit ? 'same-unit' : 'same-mall'] : [];
  const road: Why[] = sameRoad ? [same(asked.house, known.house) ? 'same-house' : 'same-road'] : [];
  return [...mall, ...road];
}

/** Where both say in which district, that must be the same. */
const isSameMall = (asked: Spots['malls'], known: Spots['malls']) =>
  asked.length === 2 && known.length === 2
    ? asked[0] === known[0]
    : asked.some((mall) => known.includes(mall));

function divisionReasons({ county, township }: Facts['place'], division: string): Why[] {
  if (county === undefined) return [];
  if (division.slice(0, 6) !== county) return ['other-county'];
  if (township === undefined) return ['same-county'];
  return [division.startsWith(township) ? 'same-township' : 'other-township'];
}

const NAME: readonly Why[] = [...SAME_NAME, 'name-with-branch', 'near-name'];
const AGAINST: readonly Why[] = [
  'other-name',
  'other-branch',
  'other-township',
  'other-county',
  'number-differs',
  'not-in-business',
];
const EXACT_SPOT: readonly Why[] = ['same-unit', 'same-house'];
/** What says where it is, with the kind of key that finds everybody of the same name there. */
const PLACES: readonly (readonly [Why, KeyKind])[] = [
  ['same-unit', 'name-spot'],
  ['same-house', 'name-spot'],
  ['same-mall', 'name-spot'],
  ['same-road', 'name-spot'],
  ['same-branch', 'name-branch'],
  ['same-township', 'name-township'],
  ['same-county', 'name-county'],
];

const has = ({ why }: Candidate, reasons: readonly Why[]) => why.some((reason) => reasons.includes(reason));

function outcomeOf(
  asked: Facts,
  all: readonly Candidate[],
  shown: readonly Candidate[],
  cut: ReadonlySet<KeyKind>,
): Match['outcome'] {
  const [first, second] = shown;
  if (first === undefined) return cut.size > 0 || saysNothing(asked) ? 'too-common' : 'none';
  const others = all.filter((one) => one !== first);
  const isAhead = second === undefined || first.score - second.score >= LEAD;
  if (isAhead && isSure(asked, first, others, cut)) return 'one';
  // Of those with the same name all were read when their key was: what else nearly fits does not matter.
  const isCut = has(first, SAME_NAME) ? cut.has('name') : cut.size > 0;
  const onlyName = first.why.every((reason) => NAME.includes(reason));
  return isCut || (onlyName && saysNothing(asked)) ? 'too-common' : 'several';
}

/** True where the names say only what a shop is. */
const saysNothing = ({ readings }: Facts) =>
  readings.length > 0 && readings.every(({ core }) => isGeneral(core));

/** Whether the first one is meant beyond doubt, given that it is ahead. */
function isSure(
  asked: Facts,
  first: Candidate,
  others: readonly Candidate[],
  cut: ReadonlySet<KeyKind>,
): boolean {
  const namesake = others.some((one) => has(one, SAME_NAME));
  if (has(first, ['same-code'])) {
    // A sign seldom bears the registered name; but the name of somebody else contradicts the code.
    return !has(first, ['other-county']) && (has(first, NAME) || !namesake);
  }
  if (has(first, AGAINST)) return false;
  if (has(first, ['same-phone'])) return !cut.has('phone') && has(first, [...NAME, ...EXACT_SPOT]);
  if (has(first, ['same-shop'])) return !cut.has('shop') && !others.some((one) => has(one, ['same-shop']));
  if (!has(first, SAME_NAME)) {
    return (
      (has(first, ['near-name']) && has(first, EXACT_SPOT) && !(cut.has('near') && cut.has('unit'))) ||
      (has(first, ['name-with-branch']) && has(first, ['same-branch']) && !cut.has('name'))
    );
  }
  const isPlaced = PLACES.some(
    ([reason, kind]) => has(first, [reason]) && !(cut.has(kind) && cut.has('name')),
  );
  // The name alone: nobody else bears it, and everybody who does was read.
  return isPlaced || (!namesake && !cut.has('name') && !saysNothing(asked));
}
