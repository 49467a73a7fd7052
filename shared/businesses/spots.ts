import { withoutPlaces } from './name-core.ts';

/** What an address says of the very spot, each in one way of writing it. */
export interface Spots {
  /** Malls, markets, houses; of a chain with its district first: 鄞州万达, 万达. */
  malls: readonly string[];
  /** `2`, `-1`. */
  floor?: string | undefined;
  /** Shop or stall: `b12`, `2105`. */
  unit?: string | undefined;
  road?: string | undefined;
  house?: string | undefined;
}

const LONGEST_ADDRESS = 200;
/** 48号 behind a road; 中山东路, but no 街道. */
const ROAD = /([\p{Script=Han}\d]{1,6}?(?:大道|路|街(?!道)|巷|弄))(?:(\d{1,5})(?:[-之]\d{1,4})?[号弄])?/u;
/** A city has several of each: the district in front tells which. */
const CHAIN =
  /^([\p{L}]{0,4}?(?:万达|银泰|吾悦|宝龙|印象城|万象城|大悦城|来福士|天街|环球城))(?:广场|百货|天地|城|购物中心)?/u;
const MALL =
  /^([\p{L}\p{N}]{1,10}?(?:购物中心|步行街|商业街|商业广场|广场|商场|商城|百货大楼|百货|大厦|大楼|菜市场|农贸市场|市场|奥特莱斯|小区|花园|家园|新村|公寓))/u;
const FLOOR = /(负|地下|-|b)?([一二三四五六七八九十]{1,3}|\d{1,2})(?:楼|层|f)/u;
const FLOOR_BEFORE = /(?<![a-z\d])[fl](\d{1,2})(?![\da-z-])/u;
const UNIT =
  /([a-z]{0,2}-?\d{1,4}(?:-\d{1,4})?[a-z]?)(?:号)?(?:商铺|店铺|铺位|铺|摊位|摊|档口|档|柜台|柜|室|单元|号店)/u;
const UNIT_BEHIND_FLOOR = /(?:楼|层|\df)([a-z]?\d[\da-z-]{0,8})号?$/u;

/**
 * Reads floor, shop, mall, road and number out of an address, whatever stands around them.
 * @param places as for `readName`
 */
export function spotsOf(address: string | undefined, places: readonly string[] = []): Spots {
  const plain = (address ?? '')
    .slice(0, LONGEST_ADDRESS)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]/gu, '');
  const { rest: tail, last } = withoutPlaces(plain, places);
  const road = ROAD.exec(tail);
  const behindRoad = road === null ? tail : tail.slice(road.index + road[0].length);
  const [, chain] = CHAIN.exec(behindRoad) ?? [];
  const [, mall] = chain === undefined ? (MALL.exec(behindRoad) ?? []) : [];
  const district = last.replace(/[市区县]$/u, '');
  const malls =
    chain === undefined
      ? [mall]
      : [district === '' || chain.startsWith(district) ? undefined : district + chain, chain];
  const floor = FLOOR.exec(plain);
  const unit = UNIT.exec(plain)?.[1] ?? UNIT_BEHIND_FLOOR.exec(plain)?.[1];
  return {
    malls: malls.filter((one) => one !== undefined),
    floor:
      floor === null ? FLOOR_BEFORE.exec(plain)?.[1] : (floor[1] === undefined ? '' : '-') + digits(floor[2]),
    unit: unit?.replaceAll('-', ''),
    road: road?.[1],
    house: road?.[2],
  };
}

const DIGITS = '零一二三四五六七八九';

/** 二, 十二, 二十, 3 as digits. */
function digits(written = ''): string {
  if (!written.includes('十')) {
    return Array.from(written, (sign) => (DIGITS.includes(sign) ? DIGITS.indexOf(sign) : sign)).join('');
  }
  const [tens = '', ones = ''] = written.split('十');
  return String((tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones)));
}
