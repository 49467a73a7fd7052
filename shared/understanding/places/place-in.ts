import type { Source } from '../source.ts';
import type { Gazetteer } from './gazetteer.ts';
import { namesOfDivisions } from './readings.ts';

/** A place in a message; offsets into `Source.written`. */
export interface FoundPlace {
  start: number;
  end: number;
  confidence: number;
}

interface Piece {
  start: number;
  end: number;
  /** Where the divisions end. */
  tail: number;
  /** What the deepest division in it is worth, and that it says more than one. */
  divisions: number;
  /** Road, number, village, estate, building behind them. */
  parts: number;
  score: number;
}

// Place names in published complaints are replaced by codes.
const CODED = /(?:西地省)?(?:[A-Z]\d{0,2}(?:省|市|区|县|镇|乡|州)(?:市(?![场监民委政容]))?)+|西地省/g;
const CODED_SIGN = /[A-Z]\d*[省市区县镇乡州]|西地省/g;

// Verbs, pronouns, particles: no name of a place goes over one.
const NO_NAME =
  '的了在是我你您他她它们不为被把和与等对向从到去来这那个没已将要会能可也都就还而但因所以及或说问请举报诉咨询违反购买有给让称由于则若凡每什么怎如何吗呢吧啊做卖办收涉嫌欺骗乱拒哪又竟';
// Where an organisation or a new thought begins, the place has ended.
const NO_PLACE =
  '公司|集团|医院|学校|大学|学院|派出所|法院|政府|幼儿园|中学|小学|物业|开发商|驾校|银行|酒店|宾馆|超市|业主|居民|村民|住户|教育|城管|交警|经侦|公安|民政|农村|城乡|下乡|城镇|城市|乡镇|工商|消费|管理|局|委|厅|传销|违|非法|相关|部分|进行|某|商品房|品房|老人|停车位|讨薪|公共|西地省|[A-Z]\\d*[省市区县镇乡]';
const NAME = `(?!${NO_PLACE})[^${NO_NAME}\\s\\p{P}\\p{S}]`;
const ENDINGS =
  '街道办事处|街道办|街道|镇|乡|社区|新村|村|组|屯|公路|国道|省道|大道|大街|路|街|巷|弄|胡同|小区|花园|家园|公寓|别墅|山庄|庄园|宿舍|广场|大厦|写字楼|商场|市场|购物中心|商业中心|开发区|工业园|工业区|产业园|科技园|物流园|园区|校区|景区|片区|城区|新区|示范区|安置区|公园|车站|火车站|高铁站|地铁站|客运站|机场|码头|楼盘|华府|庭院|公馆|半岛|水岸|华庭|天下|新天地|世家|官邸|名邸|壹号|帝景|御景|云顶|里|苑|府|湾|庭|郡|园|城|[一二三四五六七八九]期';
const PART = new RegExp(
  `(?:${NAME}){1,12}(?<!村(?=村))(?:${ENDINGS})(?![局长委法警务民织灯]|支书|干部|主任|级)`,
  'uy',
);
const NUMBER =
  /(?:(?:[a-z]?\d{1,5}[a-z]?|[a-z])(?:[-—~]\d{1,5})?(?:号楼|号院|号铺|号店|号门面|号(?!电梯|线|文|令)|弄|栋|幢|座|单元|室|楼|层|期|段|片|区|组|房|门)|第?[一二三四五六七八九十百]{1,4}(?:号楼|号(?!电梯|线|文|令)|栋|幢|单元|楼|期|段|区|组))/uy;
const BETWEEN_PARTS = /[\s·,，]?/y;
/** An estate or a building that is named without its division. */
const ESTATE = new RegExp(
  `(?:${NAME}){2,10}(?:[一二三四五六七八九十]期|小区|花园|家园|公寓|社区|广场|大厦|商场|山庄|新村|楼盘|苑|公馆|步行街)(?:[一二三四五六七八九十\\d]{1,2}期)?(?:[a-z]?\\d{1,3}栋)?`,
  'u',
);
const ESTATE_SCORE = 1.1;

/** How often the words are those that a careful reader marks: in a title, in the text. */
const EXACT_DIVISIONS = [0.82, 0.58] as const;
const EXACT_WITH_PARTS = [0.71, 0.6] as const;

const LONGEST_TAIL = 8;
/** Behind the name of a business: an estate that bears it. */
const NAMED_AFTER = /^(?:小区|楼盘|[一二三四五六]期)/;
/** A place and the name of its business stand this close. */
const NEAR = 120;
const LOOKED_AT = 300;
const MUCH_LESS = 2;
const IN_TITLE = 0.4;
const PART_WORTH = 0.8;

/** Written before the place where something happened. */
const HERE = /(?:位于|地址[是为]?[:：]?|地点[是为]?[:：]?|坐落[于在]|开在|在|于|到|去|来到|前往|投诉|举报)$/;
/** Written before a place that is not meant. */
const ELSEWHERE =
  /(?:户口|户籍|老家|来自|籍贯|寄往|寄到|发往|出生|毕业于|工作于|迁入|迁到|相比|临近|邻近|[比离距像])(?:在|是|于|到|往)?$/;

/**
 * The words that say best where the business is or where it happened: one piece, from the names of divisions down to
 * road, number and building. Null when no place is named. `respondent`: offsets of the business's name, as far as it
 * is known; a place ends before it, and of a place inside it only the divisions count.
 */
export function placeIn(
  source: Source,
  gazetteer: Gazetteer,
  respondent?: { start: number; end: number },
): FoundPlace | null {
  const pieces = [...piecesIn(source, gazetteer, respondent), ...estateIn(source, respondent)];
  let best: Piece | null = null;
  for (const piece of pieces) if (best === null || piece.score > best.score) best = piece;
  if (best === null) return null;
  const { start, end, parts } = fullest(best, pieces, source);
  const [inTitle, inText] = parts > 0 ? EXACT_WITH_PARTS : EXACT_DIVISIONS;
  return { start, end, confidence: start < source.textStart ? inTitle : inText };
}

/** The same place, elsewhere in the message written with more words, not only with the province before it. */
function fullest(best: Piece, pieces: readonly Piece[], { written }: Source): Piece {
  const words = written.slice(best.start, best.end);
  const tail = written.slice(best.tail, best.end);
  let longest = best;
  for (const piece of pieces) {
    if (piece.score < best.score - MUCH_LESS) continue;
    const others = written.slice(piece.start, piece.end).replace(PROVINCE, '');
    const fuller = others.length > longest.end - longest.start && others.includes(words);
    const nearer = tail !== '' && piece.divisions > longest.divisions && others.endsWith(tail);
    if (fuller || nearer) longest = piece;
  }
  return longest;
}

function estateIn({ written }: Source, respondent?: { start: number; end: number }): Piece[] {
  const found = ESTATE.exec(written.slice(0, LOOKED_AT));
  if (
    found === null ||
    (respondent !== undefined &&
      found.index < respondent.end &&
      respondent.start < found.index + found[0].length)
  )
    return [];
  const start = found.index;
  return [{ start, end: start + found[0].length, tail: start, divisions: 0, parts: 1, score: ESTATE_SCORE }];
}

function piecesIn(
  source: Source,
  gazetteer: Gazetteer,
  respondent?: { start: number; end: number },
): Piece[] {
  const { written } = source;
  const business = respondent === undefined ? '' : written.slice(respondent.start, respondent.end);
  return headsIn(written, gazetteer).map(({ start, end, divisions }) => {
    const { to, parts } = tailOf(source, start, end, business);
    const piece = { start, end: to, tail: end, divisions, parts, score: 0 };
    piece.score = scoreOf(piece, source);
    return piece;
  });
}

interface Head {
  start: number;
  end: number;
  divisions: number;
}

/** Names of divisions, those that adjoin as one. */
function headsIn(written: string, gazetteer: Gazetteer): Head[] {
  const coded = [...written.matchAll(CODED)].map(({ 0: words, index }) => ({
    start: index,
    end: index + words.length,
    divisions: depthOf(words),
  }));
  // Where places are coded, real ones are those that nobody asks about.
  const doubt = coded.length > 0 ? BESIDE_CODES : 0;
  const named = namesOfDivisions(written, gazetteer).map(({ start, end, level }) => ({
    start,
    end,
    divisions: (DEPTHS[level] ?? 0) - doubt,
  }));
  const heads: Head[] = [];
  for (const name of [...coded, ...named].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = heads.at(-1);
    if (last !== undefined && name.start < last.end) continue;
    if (last !== undefined && name.start === last.end && name.divisions > last.divisions) {
      last.end = name.end;
      last.divisions = name.divisions + TWO_LEVELS;
    } else heads.push(name);
  }
  return heads;
}

const DEPTHS = [0.3, 1, 1.6, 2];
const TWO_LEVELS = 0.3;
const BESIDE_CODES = 1.2;
const SIGNS = ['省', '市州', '区县', '镇乡'];
const PROVINCE = /^(?:西地|[\u4e00-\u9fff]{2,3})省(?=.)/u;

function depthOf(words: string): number {
  const signs = words.match(CODED_SIGN) ?? [];
  const last = (signs.at(-1) ?? '').slice(-1);
  const depth = DEPTHS[SIGNS.findIndex((row) => row.includes(last))] ?? 0;
  return depth + (signs.length > 1 ? TWO_LEVELS : 0);
}

function tailOf(
  { written, folded }: Source,
  start: number,
  from: number,
  business: string,
): { to: number; parts: number } {
  const limit = limitOf(written, start, from, business);
  const words = written.slice(0, Math.min(limit, from + NEAR));
  let to = from;
  let parts = 0;
  while (parts < LONGEST_TAIL) {
    const next = nextPart(words, folded, to);
    if (next <= to || next > limit) break;
    to = next;
    parts += 1;
  }
  return { to, parts };
}

/** Where the business's name begins behind the place. */
function limitOf(written: string, start: number, from: number, business: string): number {
  if (business === '') return written.length;
  if (written.startsWith(business, start)) return from;
  const at = written.slice(0, from + NEAR).indexOf(business, from);
  const isName =
    at !== -1 && !NAMED_AFTER.test(written.slice(at + business.length, at + business.length + 2));
  return isName ? at : written.length;
}

function nextPart(written: string, folded: string, from: number): number {
  BETWEEN_PARTS.lastIndex = from;
  BETWEEN_PARTS.test(written);
  NUMBER.lastIndex = from;
  if (NUMBER.test(folded)) return NUMBER.lastIndex;
  PART.lastIndex = from;
  return PART.test(written) ? PART.lastIndex : from;
}

function scoreOf({ start, divisions, parts }: Piece, { written, textStart }: Source): number {
  const before = written.slice(Math.max(0, start - 8), start);
  return (
    divisions +
    Math.min(parts, 4) * PART_WORTH +
    (start < textStart ? IN_TITLE : 0) +
    (HERE.test(before) ? 0.4 : 0) -
    (ELSEWHERE.test(before) ? 1.5 : 0) -
    start / 2000
  );
}
