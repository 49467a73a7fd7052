import { type Dictionary, longest } from './dictionary.ts';

/** A word of an address, or of the name of a shop, by which places are told apart. */
export interface PlaceWord {
  kind: PlaceWordKind;
  /** Normalised; see `normalizePlace`. */
  word: string;
  /** House number behind a road, where there is one. */
  house?: number | undefined;
}

/** What a word names: a township, a road, a place with many behind one gate, or whoever does business there. */
type PlaceWordKind = 'township' | 'road' | 'place' | 'shop';

/** Names that stand in front of an address, also short ones: of townships the whole name, of what is above them nothing. */
export type DivisionNames = Dictionary<string | undefined>;

/** As people write it and as registers do: width, case, brackets and blanks do not matter. */
export function normalizePlace(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()[\]【】「」“”"'*]+/g, '');
}

/** What forms and callers put behind a place: when, how much. */
const NO_PLACE =
  /(?:发生|消费|购买|下单)?(?:时间|日期|金额|电话)|早晨|早上|上午|中午|下午|晚上|左右|大约?\d+米|约\d+米|\d+月\d+日|\d+点\d*分?|\d+元/;
const BREAKS = /[\s()[\]【】「」“”"'*,，。、;；:：!！?？\-—_/|>→·]+/;
/** Where in or at a place: nothing of this tells one place from another. */
const POSITION =
  /(?:[东西南北](?:侧|面|边|门|头|段|口|区)|门口|正?对面|旁边|附近|隔壁|路口|交叉口|交汇处|交界处|里面|以[东西南北]|内部?(?=$)|(?:[负第]?[0-9一二三四五六七八九十]+)(?:楼|层|号楼|幢|栋|座|单元|室|号院|期|号门|号铺|号商铺|队|排)|[a-z]座|[a-z]区)/;
const ROAD = /^.{1,7}?(?:路|大道|大街|街|巷|弄|胡同|公路|国道|省道)(?!口|边|道|区)/;
/** What a place is, longer endings first: 步行街 before 街. */
const KINDS =
  '步行街|商业街|美食街|小吃街|风情街|工业园区?|开发区|生活区|家属院|批发市场|农贸市场|菜市场|市场|夜市|早市|小区|花园|嘉园|家园|名苑|公寓|新村|社区|广场|商城|商场|商厦|大厦|大楼|购物中心|服务中心|商业中心|中心|综合体|公园|景区|车站|机场|学校|小学|中学|幼儿园|医院|[a-z]+mall|mall';
const PLACE = new RegExp(
  `^.{1,14}?(?:${KINDS}|(?:村|苑|府|园|湾|城)(?!小区|花园|广场|商城|市场|公寓|大厦|中心|社区|[子乡区市里东西南北路街]))`,
);
const KIND_ALONE = new RegExp(`^(?:${KINDS})$`);
const NUMBER = /^第?\d+(?:[-之]\d+)*(?:号|#|弄)?/;
/** Not 中山路2023年, 中山路100米, 中山路3单元. */
const HOUSE =
  /^(?:[东西南北中]段)?第?(\d{1,5})(?![\d.米楼层幢栋座单室期分元块年月日点时个家路公里队排组人十百千万]|号[楼门铺])/;
/** What is said of any shop: 商户 in registers of calls, 店 behind a name. */
const SHOP_ENDING =
  /(?:个体工商户|的?商户|商家|个体户|有限责任公司|股份有限公司|有限公司|公司|专卖店|旗舰店|分店|店铺|(?<![酒饭商药旅书茶门])店)$/;
const SHORTEST = 2;
/** Written where a name is hidden or not known. */
const NO_NAME = /^[x某*]+$/;
/** Shorter parts of a name stand in many names. */
export const LEAST_OF_PART = 3;
/** Longer than any address: the rest is a story. */
const LONGEST_TEXT = 500;

/** Whether a word tells this place from others, as part of a longer name: not 农贸市场 in 金岸一品农贸市场, 家私城 in 某某家私城. */
export function isTelling(word: string, name: string): boolean {
  if (word.length < LEAST_OF_PART || !name.includes(word)) return false;
  return !name.endsWith(word) || (word.length > LEAST_OF_PART && !KIND_ALONE.test(word));
}

/** The house number right behind a road. */
export function houseNumber(behind: string): number | undefined {
  const digits = HOUSE.exec(behind)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * The words of an address or of a shop's name by which its place can be known, in the order of writing. Names above the
 * townships are left out: a county is no news inside its county.
 */
export function placeWords(text: string, divisionNames: DivisionNames): PlaceWord[] {
  const words: PlaceWord[] = [];
  for (const piece of text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().split(BREAKS)) {
    for (const part of piece.split(NO_PLACE).flatMap((one) => one.split(POSITION))) {
      for (const stretch of beforeDivisions(part, divisionNames)) {
        const { townships, rest } = divisionsInFront(stretch, divisionNames);
        words.push(...townships, ...wordsOfPart(rest));
      }
    }
  }
  return words;
}

/** 裕民街 in 裕民街道 is a street: a short name in front of a road's ending stays; 青铜峡市场 is a market. */
const ROAD_ENDING = /^[东西南北中]?(?:路|街(?!道)|大道|大街|巷|弄)/;
const WHOLE_NAME = /.{2}(?:街道|[镇乡区县市])$/;

function isDivision(part: string, { word, end }: { word: string; end: number }): boolean {
  const behind = part.slice(end);
  if (behind.startsWith('场') && word.endsWith('市')) return false;
  return !ROAD_ENDING.test(behind) && (WHOLE_NAME.test(word) || !behind.startsWith('市场'));
}

/** A new stretch begins where a division stands with its whole name, often behind the name of a shop. */
function beforeDivisions(part: string, names: DivisionNames): string[] {
  const starts = longest(names.in(part)).flatMap((one) =>
    WHOLE_NAME.test(one.word) && isDivision(part, one) ? [one.start] : [],
  );
  return [0, ...starts].map((start, at, all) => part.slice(start, all[at + 1]));
}

function divisionsInFront(part: string, names: DivisionNames): { townships: PlaceWord[]; rest: string } {
  const name = names.at(part, 0).find((one) => isDivision(part, one));
  if (name === undefined) return { townships: [], rest: part };
  const { townships, rest } = divisionsInFront(part.slice(name.end), names);
  const own = name.values.flatMap((word) =>
    word === undefined ? [] : [{ kind: 'township' as const, word }],
  );
  return { townships: [...own, ...townships], rest };
}

function wordsOfPart(part: string): PlaceWord[] {
  const words: PlaceWord[] = [];
  let rest = part;
  while (rest !== '') {
    const road = PLACE.exec(rest)?.[0].endsWith('街') === true ? undefined : ROAD.exec(rest)?.[0];
    if (road !== undefined) {
      rest = rest.slice(road.length);
      const house = houseNumber(rest);
      words.push({ kind: 'road', word: road, ...(house === undefined ? {} : { house }) });
      continue;
    }
    const place = PLACE.exec(rest)?.[0];
    if (place !== undefined) {
      words.push({ kind: 'place', word: place });
      rest = rest.slice(place.length);
      continue;
    }
    const number = NUMBER.exec(rest)?.[0];
    if (number !== undefined) {
      rest = rest.slice(number.length);
      continue;
    }
    const [shop = ''] = /^\D+/.exec(rest) ?? [];
    words.push({ kind: 'shop', word: shop.replace(SHOP_ENDING, '') });
    rest = rest.slice(Math.max(shop.length, 1));
  }
  return words.filter(({ word }) => word.length >= SHORTEST && !NO_NAME.test(word));
}
