import { endsWithTrade, isGeneral, TRADE } from './trade-words.ts';

/*
 * What the name on the licence and what a consumer writes have in common: 宁波市海曙区老王面馆(个体工商户),
 * 宁波老王面馆有限公司天一店 and “老王面馆（天一店）” all come down to 老王面馆.
 */

/** The parts of a name that do not tell one business from another. */
export const NAME_PARTS = {
  place: { zh: '地名', en: 'place' },
  form: { zh: '组织形式', en: 'legal form' },
  branch: { zh: '分店', en: 'branch' },
  'shop-word': { zh: '店铺类型', en: 'kind of shop' },
} as const;
type NamePart = keyof typeof NAME_PARTS;

/** A name in its parts. */
export interface NameReading {
  core: string;
  /** Which shop of several: 天一, 第五. */
  branch?: string | undefined;
  /** What was left out, in the order in which it was. */
  dropped: { part: NamePart; text: string }[];
}

interface Cut {
  rest: string;
  part?: NamePart;
  text: string;
  branch?: string;
}

type Step = (text: string, places: readonly string[], dropped: NameReading['dropped']) => Cut | undefined;

const SHORTEST = 2;
/** What consumers write is searched with patterns: no longer than a name in the register. */
const LONGEST_NAME = 100;
const FORM =
  /(?:集团)?(?:有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|集团|个体工商户|合伙企业|个人独资企业)$/u;
const FORM_IN_BRACKETS = /个体|合伙|独资|有限/u;
const BEHIND_FORM = /^(.+?(?:有限责任公司|股份有限公司|有限公司))([^()]+)$/u;
const BRANCH_WORD = /(?:分公司|分店|门店|营业部|专柜|店)$/u;
/** Without 第 or 号 a number needs 分 behind it: 天天水二店 is a slip for 水果店, and the mall 天一 is no first shop. */
const NUMBERED =
  /第[\d一二三四五六七八九十]+号?(?:分公司|分店|门店|店)$|[\d二三四五六七八九十]+号?(?:分公司|分店|门店)$|\d+号店$/u;
const SHOP_WORD =
  /(?:官方旗舰店|旗舰店|专卖店|专营店|直营店|加盟店|连锁店|体验店|实体店|官方店|总店|分店|门店|网店)$/u;
const BEHIND_TRADE = new RegExp(
  `^(.+?(?:${TRADE}))([^店]{2,8}|[\\d二三四五六七八九十])(?:分店|分公司|门店|店)$`,
  'u',
);
/** 超市, 小区, 菜市场, 老乡 are no places. */
const PLACE_NAME = String.raw`[一-鿿]{2,6}?(?:省|自治区|自治州|(?<![超门城菜夜集上早花股])市(?![场民政集])|(?<![小园社厂校景库发新片城专地])区(?![域块])|县(?!城)|街道|(?<![古小重特名])镇|(?<![之水老家同故下城思])乡)`;
const PLACE = new RegExp(`^${PLACE_NAME}`, 'u');
const TWO_PLACES = new RegExp(`^${PLACE_NAME}${PLACE_NAME}`, 'u');
const DIVISION = /(?:[省市区县镇乡]|自治州|街道)$/u;
const PLACE_ALONE = /^[一-鿿]{2,8}(?:省|自治区|市|区|县)$|^中国$/u;

const lengthOf = (text: string): number => Array.from(text.replace(/[()]/g, '')).length;

const bracketed: Step = (text, places) => {
  for (const found of text.matchAll(/\(([^()]*)\)/gu)) {
    const [whole, inside = ''] = found;
    const rest = text.slice(0, found.index) + text.slice(found.index + whole.length);
    if (lengthOf(rest) < SHORTEST) continue;
    if (places.includes(inside) || PLACE_ALONE.test(inside)) return { rest, part: 'place', text: inside };
    if (FORM_IN_BRACKETS.test(inside)) return { rest, part: 'form', text: inside };
    const isLast = found.index + whole.length === text.length;
    if (inside !== '' && (isLast || BRANCH_WORD.test(inside))) {
      return { rest, part: 'branch', text: inside, branch: branchOf(inside) };
    }
  }
  return undefined;
};

const placed: Step = (text, places, dropped) => {
  // Registered names begin with a place, and 海曙区 follows 宁波市; else 阿婆市果店 is a slip for 水果店.
  const isExpected = dropped.some(
    ({ part, text: before }) => part === 'form' || (part === 'place' && DIVISION.test(before)),
  );
  const place = leadingPlace(text, places, isExpected || TWO_PLACES.test(text));
  if (place === '') return undefined;
  const rest = text.slice(place.length);
  // 宁波银行, 宁波饭店: the place is all that tells it from others; 海曙区水果店 is a fruit shop in 海曙.
  const isItsName = isGeneral(rest) && !DIVISION.test(place);
  return lengthOf(rest) < SHORTEST || isItsName ? undefined : { rest, part: 'place', text: place };
};

const behindForm: Step = (text) => {
  const [, rest, behind] = BEHIND_FORM.exec(text) ?? [];
  if (rest === undefined || behind === undefined) return undefined;
  return { rest, part: 'branch', text: behind, branch: branchOf(behind) };
};

const behindTrade: Step = (text) => {
  const [, rest, behind = ''] = BEHIND_TRADE.exec(text) ?? [];
  if (rest === undefined || endsWithTrade(`${behind}店`)) return undefined;
  return { rest, part: 'branch', text: text.slice(rest.length), branch: behind };
};

const ending =
  (pattern: RegExp, part: NamePart): Step =>
  (text) => {
    const [found] = pattern.exec(text) ?? [];
    const rest = text.slice(0, text.length - (found?.length ?? 0));
    if (found === undefined || lengthOf(rest) < SHORTEST) return undefined;
    return { rest, part, text: found, ...(part === 'branch' ? { branch: branchOf(found) } : {}) };
  };

const unbracketed: Step = (text) =>
  /[()]/.test(text) ? { rest: text.replace(/[()]/g, ''), text: '' } : undefined;

const STEPS: readonly Step[] = [
  bracketed,
  behindForm,
  ending(FORM, 'form'),
  ending(NUMBERED, 'branch'),
  behindTrade,
  ending(SHOP_WORD, 'shop-word'),
  placed,
  unbracketed,
];

/**
 * Reads a name; reading the core again gives the same core.
 * @param places names and short names of cities, counties, townships that may stand before a name (宁波市, 宁波, 海曙, 古林镇)
 */
export function readName(name: string, places: readonly string[] = []): NameReading {
  let text = plain(name);
  let branch: string | undefined;
  const dropped: NameReading['dropped'] = [];
  // Each step makes it shorter, so this ends.
  for (let cut = firstCut(text, places, dropped); cut !== undefined; cut = firstCut(text, places, dropped)) {
    text = plain(cut.rest);
    branch ??= cut.branch;
    if (cut.part !== undefined) dropped.push({ part: cut.part, text: cut.text });
  }
  return { core: text, ...(branch === undefined ? {} : { branch }), dropped };
}

function firstCut(...given: Parameters<Step>): Cut | undefined {
  for (const step of STEPS) {
    const cut = step(...given);
    if (cut !== undefined) return cut;
  }
  return undefined;
}

const LONGEST_BRANCH = 4;

/**
 * Other ways to read a name that ends with 店 and in which nothing tells where the branch begins: 星巴克天一店 may be
 * 星巴克 with the branch 天一, or 星巴 with 克天一. Three at most.
 */
export function branchReadings({ core, branch, dropped }: NameReading): { core: string; branch: string }[] {
  const lost = dropped.some(({ text }) => text === '分店' || text === '门店');
  if (branch !== undefined || endsWithTrade(core) || !(lost || core.endsWith('店'))) return [];
  const signs = Array.from(core.replace(/店$/u, ''));
  const readings = [];
  for (let length = 2; length <= LONGEST_BRANCH && signs.length - length >= SHORTEST; length += 1) {
    readings.push({ core: signs.slice(0, -length).join(''), branch: signs.slice(-length).join('') });
  }
  return readings;
}

/** Takes the places off the beginning of an address: `药行街48号` of 宁波市海曙区药行街48号, with the last place. */
export function withoutPlaces(
  text: string,
  places: readonly string[],
  last = '',
): { rest: string; last: string } {
  const place = leadingPlace(text, places, true);
  return place === '' ? { rest: text, last } : withoutPlaces(text.slice(place.length), places, place);
}

/** A place of ours, or with `anywhere` whatever looks like one. */
function leadingPlace(text: string, places: readonly string[], anywhere: boolean): string {
  const known = places
    .filter((place) => place !== '' && text.startsWith(place))
    .filter((place) => !place.endsWith('市') || !/^[场民政集]/u.test(text.slice(place.length)))
    .sort((one, other) => other.length - one.length)[0];
  if (known === undefined) return anywhere ? (PLACE.exec(text)?.[0] ?? '') : '';
  const [kind = ''] = /^(?:省|市(?![场民政集])|区(?![域块])|县(?!城))/u.exec(text.slice(known.length)) ?? [];
  return known + kind;
}

function branchOf(text: string): string {
  const bare = text.replace(BRANCH_WORD, '');
  return bare === '' ? text : bare;
}

/** One way of writing it: full-width, capitals, blanks, points and kinds of brackets make no difference. */
function plain(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[【〔［{[「『《〈]/gu, '(')
    .replace(/[】〕］}\]」』》〉]/gu, ')')
    .replace(/[^\p{L}\p{N}()]/gu, '')
    .normalize('NFKC');
}
