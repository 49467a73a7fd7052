/*
 * Whether two names as people write them mean one business: 某某超市(中山路店), 某某超市中山路店, 宁波某某超市有限公司.
 */

/** `branch`: the same chain, a shop with another name. `unknown`: one of the two is not named. */
export type SameName = 'same' | 'alike' | 'branch' | 'different' | 'unknown';

/** A name in its parts. */
interface ReadName {
  /** What is left without place, legal form and branch. */
  core: string;
  /** The shop of a chain: 中山路. */
  branch?: string | undefined;
}

const LEGAL_FORM =
  /(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|总公司|公司|\(?个体工商户\)?|经营部|商行)$/u;
const IN_BRACKETS = /\(([^()]{1,14}?)(?:分店|分公司|门店|店)?\)/u;
/** 某某超市中山路店: what a shop is, and behind it which one. */
const BEHIND_THE_TYPE =
  /^(.+?(?:超市|便利店|酒店|宾馆|饭店|餐厅|面馆|火锅|烧烤|咖啡|奶茶|蛋糕|烘焙|药房|药店|商场|商城|百货|家电|电器|手机|眼镜|健身|美容|美发|服饰|家居|家具|汽车|培训|教育|影城|瑜伽))([^店]{2,10})(?:分店|分公司|门店|店)$/u;

/** Reads a name; `places` are short names of provinces, cities and counties that may stand before it. */
export function readName(name: string, places: readonly string[] = []): ReadName {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[【〔［{]/gu, '(')
    .replace(/[】〕］}]/gu, ')')
    .replace(/[^\p{L}\p{N}()]/gu, '');
  const bracketed = IN_BRACKETS.exec(plain);
  const whole = withoutForm(withoutPlaces(plain.replace(/\([^()]*\)/gu, ''), places));
  const behind = BEHIND_THE_TYPE.exec(whole);
  const isShop = bracketed !== null && !/个体|有限/u.test(bracketed[1] ?? '');
  const branch = isShop ? bracketed[1] : behind?.[2];
  return {
    core: bracketed === null && behind !== null ? (behind[1] ?? whole) : whole,
    ...(branch === undefined || places.some((place) => place === branch) ? {} : { branch }),
  };
}

function withoutPlaces(name: string, places: readonly string[]): string {
  const place = places.find((one) => name.startsWith(one) && name.length >= one.length + 2);
  if (place === undefined) return name;
  return withoutPlaces(name.slice(place.length).replace(/^[省市区县]/u, ''), places);
}

function withoutForm(name: string): string {
  const bare = name.replace(LEGAL_FORM, '');
  return bare.length >= 2 && bare !== name ? withoutForm(bare) : name;
}

/** Signs by which two names differ on purpose: 第一药房 and 第二药房, 东门 and 西门. */
const COUNTED = /[\d一二三四五六七八九十甲乙丙丁东南西北上下大小新老]/u;
/** A core that is only what a shop is says nothing: 超市, 药店. */
const SHORTEST_CORE = 3;

/** Compares two names; symmetric. */
export function compareNames(
  one: string | undefined,
  other: string | undefined,
  places: readonly string[] = [],
): SameName {
  if (one === undefined || other === undefined || one === '' || other === '') return 'unknown';
  const [a, b] = [readName(one, places), readName(other, places)];
  const sameCore = a.core === b.core;
  if (sameCore && a.branch === b.branch) return 'same';
  if (sameCore || isNearly(a.core, b.core)) {
    if (a.branch === undefined || b.branch === undefined || a.branch === b.branch) return 'alike';
    return isNearly(a.branch, b.branch) || a.branch.includes(b.branch) || b.branch.includes(a.branch)
      ? 'alike'
      : 'branch';
  }
  return 'different';
}

/** One sign misheard or mistyped in a name of five or more, or one name inside the other. */
function isNearly(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST_CORE) return false;
  if (long.includes(short)) {
    // 甲药房 and 甲药房二店: what is added counts which one.
    return short.length >= SHORTEST_CORE + 1 && !COUNTED.test(long.replace(short, ''));
  }
  if (short.length < 5 || long.length !== short.length) return false;
  const differing = Array.from(short).flatMap((sign, index) =>
    sign === long[index] ? [] : [[sign, long[index] ?? '']],
  );
  return differing.length === 1 && !differing.flat().some((sign) => COUNTED.test(sign));
}
