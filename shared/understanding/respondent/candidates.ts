import type { Source } from '../source.ts';
import { BORDER, type Marks, type Suffix } from './marks.ts';

/** Where a name was looked for. */
export type Found = Suffix | 'person' | 'called' | 'bare' | 'brand' | 'quoted' | 'repeated';

/** One place in the message that may be the name of the business. */
export interface Candidate {
  start: number;
  end: number;
  found: Found;
  /** Whether a place stands just before it or at its beginning. */
  afterPlace: boolean;
}

const LONGEST = 26;
const LONGEST_BARE = 14;
const TITLE_READ = 80;
/** Names without a trade word are shorter, sentences are longer. */
const LONGEST_OWN = 8;
const CUE_LENGTH = 5;
const AT_MOST = 240;
const PLACE = /(?:[a-z]\d{0,2}|[一-龥]{1,5}?)(?:自治区|自治州|街道|大道|[省市区县镇乡村路街])/y;
const NO_PLACE =
  /(?:超市|城市|夜市|菜市|早市|集市|花市|股市|上市|门市|都市|小区|社区|校区|园区|景区|专区|厂区|一路|上路|网路|步行街)$/;
/** Names of cities and provinces: two characters, where they have more they are listed. */
const REAL =
  '(?:黑龙江|内蒙古|石家庄|秦皇岛|张家口|哈尔滨|齐齐哈尔|佳木斯|牡丹江|葫芦岛|呼和浩特|乌鲁木齐|克拉玛依|连云港|马鞍山|景德镇|平顶山|三门峡|驻马店|张家界|防城港|攀枝花|六盘水|嘉峪关|石嘴山|[一-龥]{2})';
const DIVISIONS = new RegExp(
  String.raw`(?:西地省|[a-z]\d{0,2}(?:县市|[省市区县州镇])|${REAL}[省市]|(?<=[省市])[一-龥]{1,3}[区县市])+(?:市区)?`,
  'y',
);
const TWO_DIVISIONS = /^(?:[a-z]\d{0,2}|..)市(?:[a-z]\d{0,2}|..|...)[区县镇]/;
const LAST_DIVISION = new RegExp(
  String.raw`(?:西地省|[a-z]\d{0,2}(?:县市|[省市区县州镇])|(?<=[省市])[一-龥]{1,3}[区县市]|${REAL}[省市])$`,
);
const DIVISION_ENDS = new Set('省市区县州镇');
const DIVISION_SOON = /[省市区县州镇]/;
const STREETS =
  /(?:(?:[一-龥]{2,4}?|[东南西北中])(?:大道|街道|[路镇乡](?![店桥]))(?:[东南西北中]段)?(?:\d{1,4}号)?)+/y;
const KEEPER = /物业(?:管理|服务)?(?:有限)?(?:责任)?(?:公司)?$/;
const ESTATE_BEFORE =
  /^.{1,14}(?:物业公司|物业|家园|花园|公寓|公园|小区|广场|大厦|国际城|华府|名城|苑)(?=.{2,4}物业)/;
const HOUSE_BEFORE =
  /^.{1,10}(?:广场|大厦|商场|大楼|市场|小区|[一二三四五六七八九十\d]+[楼层]|[一二三四五六七八九]期)(?=.{4,}$)/;
/** What is called with its place: firms by law, public institutions by custom. */
export const KEEPS_PLACE =
  /有限(?:责任)?公司|(?<!物业|置业|地产|中介)公司|合作社|集团|^(?:[一二三四五六七八九十]+|职|实验)中|经营部|商行|医院|保健院|卫生院|学院|大学|小学|学校|邮政局|供电局|协会|商会|检测站|研究院|工厂|中心$/;
const KEEPS_NONE = /(?:小区|楼盘|花园|家园|开发商|物业|江湾|半岛|国际|华府|城|湾|府|苑)$/;
const SHORT_PLACE = /^[一-龥](?:市|区|县|路|街|村|镇|乡)$/;
const QUOTED = /[“"'‘「『《【]([^“”"'‘’「」『』《》【】\n。，！？；]{2,20})[”"'’」』》】]/g;
/** Somebody who trades under his own name: '以李某为首', '由李某一人'. */
const PERSON =
  /(?:[以由有]|村民|老板|店主|业主|户主|商贩|个体户|法人|负责人|当事人|叫|名为)((?:[赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘范彭鲁马方任袁柳史唐薛雷贺倪汤罗毕安常于傅齐康余顾孟黄萧尹姚邵汪毛戴宋熊纪项祝董梁杜贾江颜郭梅林钟徐邱骆高夏蔡田胡万管卢莫丁邓洪石崔龚程陆翁段侯武刘龙叶黎白赖谭曾向易文肖欧聂廖])[一-龥]{1,2})(?=为首|一人|等人|[等在无未非私擅违将把等利开租经办]|[，。；、\s])/g;
/** What a shop is called, before its trade: '一家叫满口香的面馆'. */
const CALLED =
  /(?:[一那这有][家个间]名?叫做?|[一那这有][家个间]|名叫|名为|叫做|店名叫?)[“"]?([^，。！？；、\s“”"的叫]{2,8})(?=[”"]?的[一-龥]{0,4}?(?:店|馆|院|厅|超市|市场|学校|机构|公司|平台|中心|所|会|园|吧|铺|摊|厂))/g;
/** With these estates and malls end, and the name of a shop in them may begin. */
const ESTATE_ENDS = new Set('城郡苑府湾园');
const BRANCH = /^[（(][^（()）\n。，！？；、]{2,12}[）)](?:有限公司|公司|店(?!大))?/;
/** Behind these a name without a suffix often stands. */
const TRIGGER =
  /投诉|举报|反映|曝光|[一那有][家个间](?:名?叫做?|名为|是)?|[家个店]叫|[上里](?:点|买|订|团|下单)了?的|改名|改叫|原名|店名叫?|入住|购买了?|认购了?|订购了?|名为|名叫|叫做|商户名称|店铺名称|商家|店名|公司名称|开发商|平台|通过|使用|联系|我是|我们是|位于|关于|加入|旗下|下载了?|[在到去找由被向与跟和叫买给]/g;

/** Collects all places that may be the name, the title first. Never more than a few hundred. */
export function candidatesOf(source: Source, marks: Marks): Candidate[] {
  const seen = new Set<number>();
  const all: Candidate[] = [];
  const add = (start: number, end: number, found: Found, afterPlace: boolean, bracket = end): void => {
    const key = start * 65_536 + end;
    if (all.length >= AT_MOST || end - start < 2 || end - start > LONGEST || seen.has(key)) return;
    if (start < source.textStart && end >= source.textStart) return;
    if (
      found !== 'quoted' &&
      found !== 'person' &&
      lastSureStart(marks, start, Math.min(bracket, start + CUE_LENGTH + 2)) > start
    )
      return;
    seen.add(key);
    if (found !== 'person' && isSentence(marks, start, end, found)) return;
    if ((found === 'bare' || found === 'repeated') && isWordy(marks, start, end)) return;
    all.push({ start, end, found, afterPlace });
  };
  const addWithoutPlace = (start: number, end: number, found: Found, bracket = end): void => {
    if (end - start < 2 || isSentence(marks, start, end, found)) return;
    const bare = afterDivisions(source.folded, start, end);
    const named = afterHouse(source.folded, marks, afterStreets(source.folded, bare, end), end);
    const from = withItsPlace(source.folded, marks, named, end);
    add(from, end, found, from > start || precededByPlace(source.folded, from), bracket);
    const other = from < named ? named : beforePlace(source.folded, named);
    if (other !== from)
      add(other, end, found, from > start || precededByPlace(source.folded, other), bracket);
    if (bare < named && (marks.said[end] ?? 0) - (marks.said[named] ?? 0) >= end - named)
      add(bare, end, found, true, bracket);
    if (
      start < from &&
      TWO_DIVISIONS.test(source.folded.slice(start, start + 7)) &&
      KEEPS_PLACE.test(source.folded.slice(from, end))
    )
      add(start, end, found, false, bracket);
    for (const inner of placeEnds(source.folded, from, end)) {
      add(
        withItsPlace(source.folded, marks, afterDivisions(source.folded, inner, end), end),
        end,
        found,
        true,
        bracket,
      );
    }
  };

  for (const { start, end, kind } of marks.suffixes) {
    const branch = BRANCH.exec(source.folded.slice(end, end + 20))?.[0].length ?? 0;
    for (const from of startsBefore(marks, start, end, kind === 'housing' ? '' : source.folded)) {
      addWithoutPlace(from, end, kind);
      if (branch > 0) addWithoutPlace(from, end + branch, kind, end);
    }
  }
  for (const { start, end } of marks.brands) addWithoutPlace(start, end, 'brand');
  for (const quoted of source.folded.matchAll(QUOTED)) {
    const start = quoted.index + 1;
    const words = quoted[1] ?? '';
    const end = start + words.length;
    addWithoutPlace(start, end, 'quoted');
    for (const [from, to] of unquotedOf(source.folded, marks, words, start)) add(from, to, 'quoted', false);
    if (between(marks.plain, start, end) < words.length) continue;
    for (const from of startsBefore(marks, start - 2, end, '')) add(from, end + 1, 'quoted', false);
  }
  for (const person of source.folded.matchAll(PERSON)) {
    const end = person.index + person[0].length;
    add(end - (person[1] ?? '').length, end, 'person', false);
  }
  for (const called of source.folded.matchAll(CALLED)) {
    const end = called.index + called[0].length;
    add(end - (called[1] ?? '').length, end, 'called', false);
  }
  for (const from of bareStarts(source, marks)) {
    for (const to of endsAfter(marks, from, from < source.textStart ? 4 : 2))
      addWithoutPlace(from, to, 'bare');
  }
  for (const { start, end } of repeatedOf(source, marks)) {
    addWithoutPlace(lastSureStart(marks, start, end), end, 'repeated');
  }
  return all;
}

/** The words of a quotation with the trade word behind them, where they stand with it and without quotation marks. */
function* unquotedOf(folded: string, { suffixes }: Marks, words: string, start: number) {
  let looked = 0;
  for (let at = folded.indexOf(words); at >= 0 && looked < 6; at = folded.indexOf(words, at + words.length)) {
    looked += 1;
    const end = at + words.length;
    const from = at === start ? end + 1 : end;
    for (const suffix of suffixes) {
      if (suffix.start > from) break;
      if (suffix.start === from && suffix.end - from > 1)
        yield [at === start ? at - 1 : at, suffix.end] as const;
    }
  }
}

function between(total: Uint16Array, start: number, end: number): number {
  return (total[end] ?? 0) - (total[start] ?? 0);
}

/** Whether it says something rather than names anybody: with a verb in it, or at whose beginning a verb stands. */
function isSentence(marks: Marks, start: number, end: number, found: Found): boolean {
  const { common, office, said, ends } = marks;
  const has = (total: Uint16Array, from: number): number => (total[end] ?? 0) - (total[from] ?? 0);
  if ((ends[start] === BORDER.word && found !== 'quoted' && found !== 'called') || has(office, end - 1) > 0)
    return true;
  if (
    found !== 'firm' &&
    found !== 'quoted' &&
    found !== 'brand' &&
    found !== 'called' &&
    has(common, start) > 0
  )
    return true;
  return found === 'bare' && (end - start === 2 || has(said, start) >= end - start - 1);
}

/** Whether it is too wordy for a name that has no trade word. */
function isWordy(
  { said, plain, everyday, ends, brands, suffixTo }: Marks,
  start: number,
  end: number,
): boolean {
  const brand = brands.find((one) => one.start === start);
  if (brand !== undefined)
    return (
      end > brand.end && between(said, brand.end, end) + between(everyday, brand.end, end) >= end - brand.end
    );
  for (let at = start + 2; at < end - 2; at += 1)
    if ((suffixTo[at] ?? 0) > 1 && between(said, start, at) >= at - start && between(plain, at, end) === 0)
      return true;
  const own = end - start - between(plain, start, end);
  const isEverydayLast = between(everyday, end - 1, end) > between(plain, end - 1, end);
  return (
    end - start === 2 ||
    own >= LONGEST_OWN ||
    between(said, start, end) + between(everyday, start, end) >= end - start ||
    isEverydayLast ||
    hasVerb(ends, start, end)
  );
}

function hasVerb(ends: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at += 1) if (ends[at] === BORDER.word) return true;
  return false;
}

/** Where a name that ends with this suffix may begin, the nearest first. */
function startsBefore({ starts, ends }: Marks, suffixStart: number, end: number, folded: string): number[] {
  const found: number[] = [];
  for (let at = suffixStart; at >= 0 && end - at <= LONGEST; at -= 1) {
    const level = starts[at] ?? 0;
    if (level > 0 && ((ends[at] ?? 0) !== BORDER.word || level >= BORDER.sign)) found.push(at);
    else if (level === 0 && suffixStart - at > 1 && ESTATE_ENDS.has(folded[at - 1] ?? '')) found.push(at);
    if (level >= BORDER.surely) break;
  }
  return found;
}

/** Where a name that begins here may end, the nearest first. */
function endsAfter({ ends }: Marks, start: number, atMost: number): number[] {
  const found: number[] = [];
  for (let at = start + 1; at < ends.length && at - start <= LONGEST_BARE; at += 1) {
    const level = ends[at] ?? 0;
    if (level > 0 && at - start > 1) found.push(at);
    if (level >= BORDER.surely || found.length >= atMost) break;
  }
  return found;
}

/** The last border from which a name surely begins, in a stretch of which the end is part of the name. */
function lastSureStart({ starts }: Marks, start: number, end: number): number {
  for (let at = end - 2; at > start; at -= 1) if ((starts[at] ?? 0) >= BORDER.surely) return at;
  return start;
}

function bareStarts({ folded, textStart }: Source, { starts }: Marks): number[] {
  const found: number[] = [];
  for (let at = 0; at < Math.min(textStart, TITLE_READ); at += 1) if ((starts[at] ?? 0) > 0) found.push(at);
  found.push(textStart);
  for (const trigger of folded.matchAll(TRIGGER)) {
    const from = trigger.index + trigger[0].length;
    const pair = folded.slice(from, from + 2);
    const isAgain = folded.indexOf(pair) < from || folded.indexOf(pair, from + 1) > 0;
    if (trigger[0].length > 1 || isAgain) found.push(from);
    if (found.length > 120) break;
  }
  return found;
}

/** Where the divisions with which this stretch begins end: '宁波市|海曙区|…', 'A市A3区|…'. */
function afterDivisions(folded: string, start: number, end: number): number {
  if (!DIVISION_SOON.test(folded.slice(start, start + 6))) return start;
  DIVISIONS.lastIndex = start;
  const places = DIVISIONS.exec(folded.slice(0, end))?.[0] ?? '';
  return end - start - places.length < 2 || NO_PLACE.test(places) ? start : start + places.length;
}

/** A street or town before the name of a shop is where it is, not how it is called. */
function afterStreets(folded: string, start: number, end: number): number {
  STREETS.lastIndex = start;
  const places = STREETS.exec(folded.slice(0, end))?.[0] ?? '';
  const rest = end - start - places.length;
  return places === '' || rest < 4 || NO_PLACE.test(places) || /公司/.test(folded.slice(start, end))
    ? start
    : start + places.length;
}

/** The house or estate in which a shop or a property firm works stands before its name: '百汇广场春风里理发店'. */
function afterHouse(folded: string, marks: Marks, start: number, end: number): number {
  const name = folded.slice(start, end);
  const house = (KEEPER.test(name) ? ESTATE_BEFORE : HOUSE_BEFORE).exec(name)?.[0].length ?? 0;
  if (house === 0) return start;
  const from = start + house;
  const own = end - from - ((marks.plain[end] ?? 0) - (marks.plain[from] ?? 0));
  return own >= 2 ? from : start;
}

/**
 * Where a name begins together with the place before it that belongs to it: always with firms, with public
 * institutions and what has no name of its own; shops and estates are called without.
 */
function withItsPlace(folded: string, marks: Marks, start: number, end: number): number {
  const place = divisionBefore(folded, start);
  if (place === '') return start;
  const name = folded.slice(start, end);
  const isPlain = (at: number): boolean => (marks.plain[at + 1] ?? 0) > (marks.plain[at] ?? 0);
  const hasOwnWords =
    end - start > (marks.plain[end] ?? 0) - (marks.plain[start] ?? 0) ||
    marks.brands.some((brand) => brand.start === start);
  const belongs =
    KEEPS_PLACE.test(name) ||
    (!hasOwnWords && !KEEPS_NONE.test(name)) ||
    (place.endsWith('省') && isPlain(end - 1));
  return belongs ? start - place.length : start;
}

function beforePlace(folded: string, start: number): number {
  return start - divisionBefore(folded, start).length;
}

function precededByPlace(folded: string, start: number): boolean {
  return divisionBefore(folded, start) !== '';
}

function divisionBefore(folded: string, start: number): string {
  if (!DIVISION_ENDS.has(folded[start - 1] ?? '')) return '';
  return LAST_DIVISION.exec(folded.slice(Math.max(0, start - 12), start))?.[0] ?? '';
}

/** Where the places with which this stretch begins end: 'A市|A3区|桐梓坡路|…'. */
function placeEnds(folded: string, start: number, end: number): number[] {
  const found: number[] = [];
  let at = start;
  while (at < end) {
    PLACE.lastIndex = at;
    const place = PLACE.exec(folded.slice(0, end))?.[0];
    if (place === undefined) break;
    if (NO_PLACE.test(place) || SHORT_PLACE.test(place)) break;
    at += place.length;
    if (at < end) found.push(at);
  }
  return found;
}

/** Stretches of the title that the text has word for word. */
function repeatedOf(
  { folded, textStart }: Source,
  { starts, ends }: Marks,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const titleEnd = Math.min(textStart - 1, TITLE_READ);
  let reached = 0;
  for (let start = 0; start + 1 < titleEnd; start += 1) {
    let end = Math.max(start + 2, reached);
    if (end > titleEnd || folded.indexOf(folded.slice(start, end), textStart) < 0) continue;
    while (end < titleEnd && folded.indexOf(folded.slice(start, end + 1), textStart) >= 0) end += 1;
    if (end > reached) {
      let from = start;
      for (let at = start + 1; at <= end; at += 1) {
        if (at < end && starts[at] !== BORDER.sign && ends[at] !== BORDER.sign) continue;
        const isInside = ends[at] === BORDER.sign || at === end;
        if (isInside && at - from > 1) found.push({ start: from, end: at });
        if (at < end) from = starts[at] === BORDER.sign ? at : at + 1;
      }
    }
    reached = end;
  }
  return found;
}
