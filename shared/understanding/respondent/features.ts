import type { Source } from '../source.ts';
import { type Candidate, type Found, KEEPS_PLACE } from './candidates.ts';
import { BORDER, type Marks, type WordHit } from './marks.ts';

/** All mentions of one name, the words the same everywhere. */
export interface Name {
  words: string;
  mentions: [Candidate, ...Candidate[]];
}

/** What speaks for or against a name being that of the business; each a number, mostly 0 or 1. */
export const FEATURES = [
  'limited',
  'company',
  'group',
  'shop',
  'shopOneCharacter',
  'housing',
  'housingOneCharacter',
  'brand',
  'brandOnly',
  'bare',
  'quoted',
  'repeated',
  'nothingOwn',
  'nothingOwnWithPlace',
  'oneOwn',
  'twoOwn',
  'fiveOwn',
  'manyOwn',
  'afterPlace',
  'roadInside',
  'length2',
  'length3',
  'length9',
  'inTitle',
  'titleOnly',
  'titleBegin',
  'titleBeforeDeed',
  'early',
  'firstSentence',
  'logCount',
  'logCoreCount',
  'coreInTitle',
  'coreOnceMore',
  'bordersInside',
  'office',
  'wellEnded',
  'startSign',
  'startSureWord',
  'startSureCharacter',
  'startWord',
  'startCharacter',
  'endSign',
  'endSureCharacter',
  'endWord',
  'endCharacter',
  'endNone',
  'startsWithBrand',
  'subjectShop',
  'subjectHousing',
  'subjectBare',
  'topic',
  'topicBare',
  'textLimited',
  'textBare',
  'textQuoted',
  'textCompany',
  'titleShop',
  'titleBare',
  'titleHousing',
  'keeper',
  'keeperNamed',
  'builder',
  'tailVerb',
  'head',
  'headCounted',
  'bareTwice',
  'bareOnce',
  'afterComplain',
  'afterBuyAt',
  'afterCalled',
  'afterDeveloper',
  'afterDe',
  'beforeDeed',
  'beforeBuy',
  'beforeTail',
  'beforeSuffix',
  'beforeDe',
  'digitFirst',
  'digitInside',
  'grows',
  'onlyHere',
  'tailInside',
  'placeKept',
  'placeLeft',
  'districtKept',
  'placeLawfullyKept',
  'placeNeverLeft',
  'saidInside',
  'saidMost',
  'generic',
  'beforeNear',
  'beforeOther',
  'listed',
  'keepersMatter',
  'buildersMatter',
  'titleHasName',
  'logOrder',
  'always',
  'everydayInside',
  'everydayStart',
  'wordsOnly',
  'withBranch',
  'beforeBranch',
  'suffixFollows',
  'suffixInside',
  'tradeInTitle',
  'tradeSomeInTitle',
  'afterHouse',
  'endsAsPlace',
  'endsAsPart',
  'afterPaid',
  'inBoth',
  'person',
  'headLoose',
  'beforeVerb',
  'placeKeptHealth',
  'placeKeptUtility',
  'placeKeptCompany',
  'placeKeptLimited',
  'placeKeptShort',
  'fullerForm',
  'called',
  'afterPlatform',
  'beforeDeTrade',
  'quotedTrade',
  'streetKept',
  'verbInside',
  'afterColon',
  'titleLeads',
  'fullerInTitle',
] as const;
export type Feature = (typeof FEATURES)[number];

const AT = Object.fromEntries(FEATURES.map((feature, at) => [feature, at])) as Record<Feature, number>;

const COMPLAIN = /(?:投诉|举报|反映|曝光|控告|揭露|查处|严查|彻查|关于|控诉|质疑)(?:一下)?[:：]?$/;
const BUY_AT = /(?:[在到去从找于向]|购买了?|认购了?|订购了?|入住|购房|我是|签订|报名了?|下载|使用|通过)$/;
const CALLED = /(?:名为|名叫|叫做?|名称[:：]?是?为?|一个|一家|有家|所谓的?|即|是)[“"'《【]?$/;
const DEVELOPER = /(?:开发商|建设单位|卖方|出卖人|商家|物业公司|物业|公司|由)[（(:：是为]*$/;
const DEED =
  /^(?:涉嫌|虚假|欺骗|欺诈|诈骗|违规|违法|违反|违约|非法|乱|收|多收|拒|不|没|未|强|私自|擅自|恶意|故意|无|存在|疑似|诱导|误导|忽悠|随意|拖|延期|逾期|迟迟|垄断|捆绑|搭售|出售|销售|卖|偷|坑|骗|黑心|霸王|霸道|态度|服务|质量|经常|长期|一直|多次|竟|居然|却|为何|为什么|何时|是否|是不是|侵|威胁|扰民|污染|退|欠|克扣|骚扰|假|以次|以假|缺斤|短斤|过期|宰|店大|变相|任意|肆意|利用|打着|借|联合|跑路|关门|倒闭|失联)/;
const BUY = /^(?:[^，。！？；\n]{0,6}?)(?:购买|买|消费|办理|办了|充值|吃|就诊|报名|订|签|交了|缴纳|花|付)/;
const TAIL =
  /^(?:小区|楼盘|项目|售楼|开发商|业主|物业|置业|工作人员|员工|客服|老板|销售|[一二三四五六七八九十\d]+期|\d+(?:栋|号))/;
const NEAR =
  /^(?:小区)?(?:附近|旁|对面|门口|门前|楼下|楼上|后面|前面|周边|周围|一带|地段|[东南西北]门|[a-z]座|[a-z\d]+区|[一二三四五六七八九十\d]+(?:楼|层|号|栋|期|门)|路口|院内|里面的|内的)/;
const BUILDERS_MATTER =
  /开发商|交房|购房|买房|房屋|楼盘|车位|精装|房子|房产证|认筹|业主|预售|产权|收房|首付|定金/;
const SUFFIX_NEXT = /^(?:有限|公司|集团|店|超市|机构|学校|平台|app|网|商城|分公司|房地产|地产|物业)/;
const TAIL_INSIDE = /(?:小区|楼盘|项目|开发商|售楼部|售楼处|业主|工作人员|客服|老板|员工|团伙)$/;
const LIMITED = /有限(?:责任)?公司(?:.{2,8}分公司|[（(].*[）)])?$|合作社$/;
const COMPANY = /公司$/;
const KEEPER = /物业(?:管理|服务)?(?:有限)?(?:责任)?(?:公司)?$/;
const KEEPERS_WORK = /物业|电梯|停车|车位|车库|小区|业委会|收费|宽带/;
const ESTATES = /小区|楼盘|家园|花园|项目/;
const BUILDER = /(?:地产|置业|房产|开发|集团|置地)(?:有限)?(?:责任)?(?:公司)?$/;
const HEAD = /^(?:[和及与在有个家名所以被由的地得着把将给对向让就也又都]|工作|进行|开发商)/;
const COUNTED =
  /^(?:有|[一两几多各这那该此某我本贵]|[一二两三四五六七八九十]+(?=[家个所间伙些种名群批]))+(?:家|个|所|间|伙|些|种|名|群|批)?/;
const ROAD = /[路街镇乡村](?=..)|街道|大道|社区(?=..)/;
/** Somewhere in a stretch: '低塘街道|一家作坊' names nobody. */
const PUBLIC =
  /(?:[一二三四五六七八九十]中|学校|中学|小学|大学|学院|医院|卫生院|保健院|邮政局|供电局|协会|商会|收费站|频道|[车客运货]站|中心|图书馆|少年宫|水厂|水务|燃气|煤气)$/;
const HEALTH = /(?:医院|卫生院|保健院)$/;
const UTILITY = /(?:邮政|供电|收费站|频道|[车客运货]站|协会|水厂|水务|燃气|煤气|热力)(?:局|公司)?$/;
const STREET_FIRST = /^[一-龥]{1,3}[镇乡村街路](?=..)/;
/** 叫 before a name is no part of it; 叫了 begins some. */
const CALLED_SO = /^叫(?!了)/;
/** 低塘|街道 is half a place. */
const HALF = /^(?:街道|镇|乡)/;
const LATIN = /^[^一-龥]+$/;
/** A word of an English sentence, a key or a value of a program: no brand. */
const ENGLISH_NEXT = /^[=:_]|^ [a-z]|^"\s*(?:[:=}]|,\s*")/;
const BRANCH_ONLY =
  /^(?:.{0,4}[省市区县州镇])?(?:分公司|子公司|总公司|分店|总店|门店|校区|分校|分行|支行|服务中心)$/;
const TITLE_LEAD =
  /^(?:再次|实名|强烈|坚决|紧急|我要?|恳请|请|求|严厉|被)*(?:投诉|举报|反映|曝光|控告|揭露|查处|严查|彻查|关于|控诉|质疑|咨询|反对|核查)?(?:一下)?[:：]?$/;
const TITLE_PLACES = /[a-z]\d{0,2}(?:县市|[省市区县州镇])|西地省|[一-龥]{2}[省市区县]/g;
const BRANCH_NEXT =
  /^[（(][^（()）\n]{1,10}(?:店|校区|分校|部|广场|城|区|路|街|中心|分公司|总部|有限公司|合伙)[）)]/;
const PART_END = /[期栋楼层号座门区](?<=[\da-z一二三四五六七八九十].)$/;
const PLACE_END = /(?:[镇乡村路街道]|社区|大道|路口)$/;
const IN_HOUSE = /(?:[栋楼层号座]|门面|门口|楼下|对面|旁边?|附近|里面?|路上|[一有那][家个]叫?)的?$/;
const PAID = /(?:交给|付给|转给|打给|转账给|支付给|欠|被|告|起诉|缴给|汇给|借给|受|遭)$/;
const VERB_NEXT =
  /^(?:公司|集团)?(?:工作人员|员工|老板|方面)?(?:却|竟然?|就|也|还|都|又|一直|仍|总是|经常|已经?|现在?|再次|突然|为了?|对|把|将|以|用|向|要求|要|让|说|称|承诺|强制|收取|收费|推销|卖|骗|不|拒|没|未|私|擅|违|乱|多|迟|拖|涉)/;
const HEAD_LOOSE = /^[现原再又说看离自等打要问请按凭与和帮为是经由从到去来回让使并据新该本此某后前次的内]/;
const SOME = /[一二两三四五几多某](?:家|个|间|所|伙|名|些)/;
const ONLY_PLACE = /^(?:[a-z]\d{0,2}(?:县市|[省市区县州镇])|西地省)+$/;
const SPEAKABLE = /[一-龥]|[a-z]{2}/;
const FIRST_PLACE =
  /^(?:[a-z]\d{0,2}[省市区县州镇]|西地省|[一-龥]{2}(?:省|市|县|区)(?<!超市|城市|夜市|都市|门市|小区|社区|校区|园区|景区|厂区|专区))/;
const LAST_PLACE = /(?:[a-z]\d{0,2}[省市区县州镇]|西地省|[省市][一-龥]{1,3}[区县市]|[一-龥]{2}[省市])$/;
const EARLY = 60;
const TOPIC_AT = 8;
const START_OF: Readonly<Record<number, Feature>> = {
  [BORDER.sign]: 'startSign',
  [BORDER.sureWord]: 'startSureWord',
  [BORDER.sureCharacter]: 'startSureCharacter',
  [BORDER.word]: 'startWord',
  [BORDER.character]: 'startCharacter',
};
const END_OF: Readonly<Record<number, Feature>> = {
  [BORDER.sign]: 'endSign',
  [BORDER.sureCharacter]: 'endSureCharacter',
  [BORDER.word]: 'endWord',
  [BORDER.character]: 'endCharacter',
};

/** Whether the words only say a trade or how many: '快递公司', '三家饭店'. */
export function isNobody({ start, end }: Candidate, source: Source, marks: Marks): boolean {
  const folded = source.folded.slice(start, end);
  const counted = COUNTED.exec(folded)?.[0].length ?? 0;
  if (marks.brands.some((brand) => brand.start === start)) return false;
  if (BRANCH_ONLY.test(folded) || CALLED_SO.test(folded)) return true;
  const next = source.folded.slice(end, end + 4);
  if (HALF.test(next) || (LATIN.test(folded) && ENGLISH_NEXT.test(next))) return true;
  const some = folded.search(SOME);
  if (some > 0 && isSaid(marks, start + some, end)) return true;
  const from = start + counted;
  if (placeFirst(folded) && end - start > between(marks.common, { start, end }))
    return ONLY_PLACE.test(folded);
  return isSaid(marks, from, end) || !SPEAKABLE.test(folded);
}

/** Whether no character is anybody's own. */
function isSaid({ said }: Marks, start: number, end: number): boolean {
  return end - start <= between(said, { start, end });
}

/** Kinds of names; what speaks for one says little of another, so each has weights of its own. */
export const KINDS = [
  'bare',
  'limited',
  'keeper',
  'company',
  'shop',
  'housing',
  'brand',
  'quoted',
  'public',
] as const;

type SetFigure = (feature: Feature, value: number | boolean) => void;

/** What all names of one message have in common, found out once. */
export interface Scene {
  source: Source;
  marks: Marks;
  title: string;
  text: string;
  keepersMatter: boolean;
  buildersMatter: boolean;
  titleHasName: boolean;
  /** Whether the title names a shop or firm by more than its trade. */
  titleHasOwn: boolean;
  /** By offset: many names begin or end at one place. */
  lefts: Map<number, Left>;
  rights: Map<number, Right>;
  /** How often words stand in the message. */
  counts: Map<string, number>;
}

/** What stands before a name. */
type Left = Readonly<
  Record<
    | 'complain'
    | 'buyAt'
    | 'called'
    | 'developer'
    | 'de'
    | 'place'
    | 'comma'
    | 'house'
    | 'paid'
    | 'colon'
    | 'leads'
    | 'platform',
    boolean
  >
>;
/** What stands behind a name. */
type Right = Readonly<
  Record<
    | 'deed'
    | 'buy'
    | 'tail'
    | 'suffix'
    | 'de'
    | 'near'
    | 'comma'
    | 'other'
    | 'branch'
    | 'verb'
    | 'trade'
    | 'deTrade'
    | 'quotedTrade',
    boolean
  >
>;

/** Looks at a message as far as all its names have it in common. */
export function sceneOf(source: Source, marks: Marks): Scene {
  const title = source.folded.slice(0, source.textStart);
  const inTitle = marks.suffixes.filter(({ end }) => end < source.textStart);
  return {
    source,
    marks,
    title,
    text: source.folded.slice(source.textStart),
    keepersMatter: KEEPERS_WORK.test(title),
    buildersMatter: BUILDERS_MATTER.test(title),
    titleHasName: inTitle.length > 0,
    titleHasOwn: inTitle.some(
      ({ start, kind }) => kind !== 'housing' && between(marks.said, { start: start - 2, end: start }) === 0,
    ),
    lefts: new Map(),
    rights: new Map(),
    counts: new Map(),
  };
}

function leftOf({ source, lefts }: Scene, start: number): Left {
  const known = lefts.get(start);
  if (known !== undefined) return known;
  const words = source.folded.slice(Math.max(0, start - 8), start);
  const left = {
    complain: COMPLAIN.test(words),
    buyAt: BUY_AT.test(words),
    called: CALLED.test(words),
    developer: DEVELOPER.test(words),
    de: words.endsWith('的'),
    place: LAST_PLACE.test(words),
    comma: words.endsWith('、'),
    house: IN_HOUSE.test(words),
    paid: PAID.test(words),
    colon: /[:：]$/.test(words),
    platform: /[上里](?:点|买|订|团|预订|下单|订购|购买)了?的(?:一家|一个)?$/.test(words),
    leads:
      start < source.textStart && TITLE_LEAD.test(source.folded.slice(0, start).replace(TITLE_PLACES, '')),
  };
  lefts.set(start, left);
  return left;
}

/** Whether another business's name ends soon behind, with no sure border between. */
function isFollowedByOther({ suffixAt, surely }: Marks, end: number): boolean {
  for (let at = end + 1; at <= end + 8 && surely[at] === surely[end]; at += 1)
    if ((suffixAt[at] ?? 0) > 1) return true;
  return false;
}

function rightOf({ source, marks, rights }: Scene, end: number): Right {
  const known = rights.get(end);
  if (known !== undefined) return known;
  const words = source.folded.slice(end, end + 12);
  const right = {
    deed: DEED.test(words),
    buy: BUY.test(words),
    tail: TAIL.test(words),
    suffix: SUFFIX_NEXT.test(words),
    de: words.startsWith('的'),
    near: NEAR.test(words),
    comma: words.startsWith('、'),
    branch: BRANCH_NEXT.test(words),
    verb: VERB_NEXT.test(words),
    trade: (marks.suffixAt[end] ?? 0) > 1,
    deTrade: words.startsWith('的') && (marks.suffixAt[end + 1] ?? 0) > 1,
    quotedTrade:
      /^[”"’』」》】]/.test(words) &&
      ((marks.suffixAt[end + 1] ?? 0) > 0 || (words[1] === '的' && (marks.suffixAt[end + 2] ?? 0) > 0)),
    other: isFollowedByOther(marks, end),
  };
  rights.set(end, right);
  return right;
}

/** What the figures of a name are made of. */
interface Facts {
  words: string;
  mentions: Name['mentions'];
  first: Candidate;
  folded: string;
  found: ReadonlySet<Found>;
  brand: WordHit | undefined;
  core: string;
  coreCount: number;
  own: number;
  count: number;
  hasPlace: boolean;
  /** Whether its last character belongs to a word for a trade. */
  lastIsPlain: boolean;
  inTitle: boolean;
  isLimited: boolean;
  isCompany: boolean;
  isShop: boolean;
  isHousing: boolean;
  isBrand: boolean;
  isBare: boolean;
}

/**
 * Describes one name by the figures it has in its message.
 * @param figures what was in it is lost; filled in the order of `FEATURES`
 * @returns its place in `KINDS`
 */
export function describe(name: Name, scene: Scene, figures: Float64Array): number {
  figures.fill(0);
  const set: SetFigure = (feature, value) => {
    if (value === false || value === 0) return;
    const at = AT[feature];
    figures[at] = Math.max(figures[at] ?? 0, Number(value));
  };
  const facts = factsOf(name, scene);
  setKind(set, facts);
  setWords(set, facts, scene);
  setPlaces(set, facts);
  setOccurrence(set, facts, scene);
  setMentions(set, facts, scene);
  setFirms(set, facts, scene);
  setMatters(set, scene);
  return KINDS.indexOf(kindOf(facts));
}

function kindOf(facts: Facts): (typeof KINDS)[number] {
  const { folded, lastIsPlain, isLimited, isCompany, isShop, isHousing, isBrand } = facts;
  if (isLimited) return 'limited';
  if (KEEPER.test(folded)) return 'keeper';
  if (isCompany || folded.endsWith('集团')) return 'company';
  if (isShop && lastIsPlain) return PUBLIC.test(folded) ? 'public' : 'shop';
  if (isHousing && lastIsPlain) return 'housing';
  if (isBrand) return 'brand';
  return facts.found.has('quoted') ? 'quoted' : PUBLIC.test(folded) ? 'public' : 'bare';
}

function factsOf({ words, mentions }: Name, scene: Scene): Facts {
  const { source, marks } = scene;
  const [first] = mentions;
  const folded = source.folded.slice(first.start, first.end);
  const found = new Set<Found>(mentions.map((mention) => mention.found));
  const counted = COUNTED.exec(folded)?.[0].length ?? 0;
  const own = words.length - counted - between(marks.plain, { start: first.start + counted, end: first.end });
  const isLimited = LIMITED.test(folded);
  const isCompany = COMPANY.test(folded);
  const [isShop, isHousing, isBrand] = [found.has('shop'), found.has('housing'), found.has('brand')];
  const core = coreOf({ mentions }, source, marks);
  return {
    words,
    mentions,
    first,
    folded,
    found,
    brand: marks.brands.find(({ start }) => mentions.some((mention) => mention.start === start)),
    core,
    coreCount: core === '' ? 0 : countOf(scene, core),
    own: Math.max(0, own),
    count: countOf(scene, folded),
    hasPlace: placeFirst(folded),
    lastIsPlain: (marks.plain[first.end] ?? 0) > (marks.plain[first.end - 1] ?? 0),
    inTitle: first.start < source.textStart,
    isLimited,
    isCompany,
    isShop,
    isHousing,
    isBrand,
    isBare: !isLimited && !isCompany && !isShop && !isHousing && !isBrand,
  };
}

/** What kind of name it is. */
function setKind(
  set: SetFigure,
  { first, folded, found, brand, lastIsPlain, isLimited, isCompany }: Facts,
): void {
  set('limited', isLimited);
  set('company', isCompany && !isLimited);
  set('group', folded.endsWith('集团'));
  set('shop', found.has('shop') && lastIsPlain);
  set('shopOneCharacter', found.has('shop') && !lastIsPlain);
  set('housing', found.has('housing') && lastIsPlain);
  set('housingOneCharacter', found.has('housing') && !lastIsPlain);
  set('brand', found.has('brand'));
  set('brandOnly', found.has('brand') && found.size === 1);
  set('startsWithBrand', brand !== undefined && brand.end < first.end);
  set('bare', found.has('bare'));
  set('quoted', found.has('quoted'));
  set('repeated', found.has('repeated'));
  set('called', found.has('called') ? 2 : 0);
}

/** How the name is made. */
function setWords(set: SetFigure, facts: Facts, { marks }: Scene): void {
  const { words, mentions, first, folded, brand, own, hasPlace, found } = facts;
  const isQuoted = found.has('quoted') && facts.isBare;
  set('nothingOwn', own === 0 && brand === undefined && !hasPlace);
  set('nothingOwnWithPlace', own === 0 && brand === undefined && hasPlace);
  set('oneOwn', own === 1);
  set('twoOwn', own === 2);
  set('fiveOwn', own >= 5);
  set('manyOwn', own >= 8);

  const afterPlace = mentions.some((mention) => mention.afterPlace);
  set('afterPlace', afterPlace);
  set('roadInside', ROAD.test(folded));

  set('length2', words.length === 2);
  set('length3', words.length === 3);
  set('length9', words.length >= 9);

  const borders = isQuoted ? 0 : between(marks.borders, { start: first.start + 1, end: first.end });
  set('bordersInside', borders);
  set('office', between(marks.office, first) > 0);
  set('digitFirst', /^\d/.test(folded));
  set('digitInside', /\d/.test(hasPlace ? folded.slice(3) : folded));
  set('tailInside', TAIL_INSIDE.test(folded));
  const said = between(marks.said, first);
  const long = first.end - first.start;
  set('saidInside', said / long);
  set('saidMost', long - said < 2);
  set('generic', long - said < 1);
  const everyday = between(marks.everyday, first);
  set('everydayInside', everyday / long);
  set('everydayStart', (marks.everyday[first.start + 1] ?? 0) > (marks.everyday[first.start] ?? 0));
  set('wordsOnly', everyday > 0 && long - said - everyday < 1);
  set('withBranch', /[)）]$/.test(folded) ? 2 : 0);
  set('streetKept', STREET_FIRST.test(folded));
  set('endsAsPart', PART_END.test(folded));
  set('endsAsPlace', PLACE_END.test(folded));
  set('headLoose', HEAD_LOOSE.test(folded));
  set(
    'person',
    mentions.some((mention) => mention.found === 'person'),
  );
  let inside = 0;
  let verbs = 0;
  for (let at = first.start + 1; at < first.end - 2; at += 1) {
    const suffixLong = marks.suffixAt[at] ?? 0;
    if (suffixLong > 1 && at + suffixLong < first.end - 1) inside += 1;
    if (marks.ends[at] === BORDER.word) verbs += 1;
  }
  set('suffixInside', inside);
  set('verbInside', isQuoted ? 0 : verbs);
}

/** The place with which it begins or that stands before it. */
function setPlaces(set: SetFigure, facts: Facts): void {
  const { folded, count, coreCount } = facts;
  const isPlaceKept = FIRST_PLACE.test(folded);
  set('placeKept', isPlaceKept);
  set('districtKept', isPlaceKept && /^(?:[a-z]\d{0,2}|..)[区县镇]/.test(folded));
  set('placeLawfullyKept', isPlaceKept && KEEPS_PLACE.test(folded));
  set('placeNeverLeft', isPlaceKept && coreCount <= count);
  const isShort = facts.own <= 2;
  set('placeKeptHealth', isPlaceKept && HEALTH.test(folded));
  set('placeKeptUtility', isPlaceKept && UTILITY.test(folded));
  set('placeKeptCompany', isPlaceKept && facts.isCompany && !facts.isLimited);
  set('placeKeptLimited', isPlaceKept && facts.isLimited);
  set('placeKeptShort', isPlaceKept && isShort);
}

/** What the message is about; it weighs differently for each kind of name. */
function setMatters(set: SetFigure, scene: Scene): void {
  set('always', true);
  set('keepersMatter', scene.keepersMatter);
  set('buildersMatter', scene.buildersMatter);
  set('titleHasName', scene.titleHasName);
}

/** Where in the message and how often it stands. */
function setOccurrence(
  set: SetFigure,
  { first, folded, core, coreCount, count, inTitle }: Facts,
  { source, title, text }: Scene,
): void {
  set('inTitle', inTitle);
  set('titleOnly', inTitle && !text.includes(folded));
  set('early', first.start - source.textStart < EARLY);
  set('logCount', Math.log2(count));
  set('logCoreCount', Math.log2(1 + coreCount));
  set('coreInTitle', core !== '' && title.includes(core));
  set('coreOnceMore', coreCount > count);
}

/** What stands before and behind it. */
function setMentions(set: SetFigure, facts: Facts, scene: Scene): void {
  const { mentions, first, folded, count } = facts;
  const { source, marks } = scene;
  let bestStart = 0;
  let bestEnd = 0;
  let wellEnded = 0;
  let subject = false;
  let topic = false;
  let grows = true;
  const next = source.folded[first.end];
  for (const { start, end } of mentions) {
    const left = leftOf(scene, start);
    const right = rightOf(scene, end);
    const isTitle = start < source.textStart;
    set('titleBegin', isTitle && start === 0);
    set('titleBeforeDeed', isTitle && right.deed);
    set('firstSentence', !isTitle && start === source.textStart);
    bestStart = Math.max(bestStart, marks.starts[start] ?? 0);
    bestEnd = Math.max(bestEnd, marks.ends[end] ?? 0);
    wellEnded += Number((marks.ends[end] ?? 0) > 0);
    const begins = (marks.starts[start] ?? 0) >= BORDER.word;
    const stops = (marks.ends[end] ?? 0) >= BORDER.word;
    subject ||= isTitle && begins && (stops || right.deed || right.tail);
    topic ||= isTitle && start <= TOPIC_AT && begins;
    set('afterComplain', left.complain);
    set('afterHouse', left.house);
    set('afterPlatform', left.platform ? 2 : 0);
    set('afterColon', left.colon);
    set('titleLeads', left.leads);
    set('beforeDeTrade', right.deTrade);
    set('quotedTrade', right.quotedTrade);
    set('afterPaid', left.paid);
    set('beforeBranch', right.branch);
    set('beforeVerb', right.verb);
    set('suffixFollows', right.trade);
    set('afterBuyAt', left.buyAt);
    set('afterCalled', left.called);
    set('afterDeveloper', left.developer);
    set('afterDe', left.de);
    set('placeLeft', left.place);
    set('listed', left.comma || right.comma);
    set('beforeDeed', right.deed);
    set('beforeBuy', right.buy);
    set('beforeTail', right.tail);
    set('beforeSuffix', right.suffix);
    set('beforeDe', right.de);
    set('beforeNear', right.near);
    set('beforeOther', right.other);
    grows &&= source.folded[end] === next;
  }
  const startKind = START_OF[bestStart];
  if (startKind !== undefined) set(startKind, true);
  set(END_OF[bestEnd] ?? 'endNone', true);
  set('wellEnded', wellEnded / mentions.length);
  set('grows', count > 1 && mentions.length > 1 && grows && next !== undefined && /[一-龥a-z0-9]/.test(next));
  set('onlyHere', count === 1);
  let stemEnd = first.end - 2;
  while (stemEnd > first.start + 1 && stemEnd + (marks.suffixAt[stemEnd] ?? 0) !== first.end) stemEnd -= 1;
  if (stemEnd > first.start + 1) {
    const stem = source.folded.slice(first.start, stemEnd);
    set('fullerForm', countOf(scene, stem) > count);
    set('fullerInTitle', !facts.inTitle && scene.title.includes(stem));
  }
  set('inBoth', facts.inTitle && (mentions.at(-1)?.start ?? 0) >= source.textStart);
  const trade = facts.lastIsPlain && !facts.inTitle && !facts.isCompany ? folded.slice(-2) : '';
  const tradeAt = trade === '' ? -1 : scene.title.indexOf(trade);
  set('tradeInTitle', tradeAt >= 0);
  set('tradeSomeInTitle', tradeAt >= 0 && !scene.titleHasOwn);
  set('logOrder', Math.log2(1 + Math.max(0, first.start - source.textStart) / 50));
  setSubject(set, facts, subject, topic);
}

/** Whether a name of its kind is what the title is about. */
function setSubject(
  set: SetFigure,
  { isShop, isHousing, isBare }: Facts,
  subject: boolean,
  topic: boolean,
): void {
  set('subjectShop', subject && isShop);
  set('subjectHousing', subject && isHousing);
  set('subjectBare', subject && isBare);
  set('topic', topic && subject);
  set('topicBare', topic && subject && isBare);
}

/** How the kinds of names weigh in title and text. */
function setFirms(set: SetFigure, facts: Facts, { marks }: Scene): void {
  const { first, folded, found, own, count, inTitle } = facts;
  const { isLimited, isCompany, isShop, isHousing, isBare } = facts;
  set('textLimited', isLimited && !inTitle);
  set('textCompany', isCompany && !isLimited && !inTitle);
  set('textBare', isBare && !inTitle);
  set('textQuoted', found.has('quoted') && !inTitle);
  set('titleShop', isShop && inTitle);
  set('titleBare', isBare && inTitle);
  set('titleHousing', isHousing && inTitle);
  const isKeeper = KEEPER.test(folded);
  set('keeper', isKeeper);
  const isEstates = ESTATES.test(folded);
  set('tailVerb', marks.starts[first.end] === BORDER.word || marks.starts[first.end] === BORDER.sureWord);
  set('keeperNamed', isKeeper && own >= 2 && !isEstates);
  set('builder', BUILDER.test(folded) && own >= 2);
  set('head', HEAD.test(folded));
  set('headCounted', COUNTED.test(folded));
  set('bareTwice', isBare && count > 1);
  set('bareOnce', isBare && count === 1);
}

function placeFirst(folded: string): boolean {
  return (
    /^(?:[a-z]\d{0,2}|[一-龥]{2,4})[省市区县镇]/.test(folded) &&
    !/^[^市区]{0,3}(?:超市|小区|社区|城市)/.test(folded)
  );
}

/** The first two characters that are the name's own, by which it is spoken of. */
function coreOf({ mentions: [first] }: Pick<Name, 'mentions'>, { folded }: Source, { plain }: Marks): string {
  const { start, end } = first;
  for (let at = start; at + 1 < end; at += 1)
    if (plain[at] === plain[at + 2]) return folded.slice(at, at + 2);
  return '';
}

function between(total: Uint16Array, { start, end }: { start: number; end: number }): number {
  return (total[end] ?? 0) - (total[start] ?? 0);
}

function countOf({ source: { folded }, counts }: Scene, words: string): number {
  const known = counts.get(words);
  if (known !== undefined) return known;
  let count = 0;
  for (let at = folded.indexOf(words); at >= 0 && count < 30; at = folded.indexOf(words, at + words.length))
    count += 1;
  counts.set(words, count);
  return count;
}
