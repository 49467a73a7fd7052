import type { PlatformOperator } from './competence.ts';
import { type Dictionary, longest, type Occurrence } from './dictionary.ts';

/** Where something stands in the words of a message, and how sure it is that it was meant. */
export interface Reading {
  start: number;
  end: number;
  confidence: number;
}

/** Longer stories say in their beginning where something was bought. */
const LONGEST = 2_000;
/** Bought there; a name that is only mentioned may be a way to pay, or where somebody saw it. */
const BOUGHT = 0.9;
const MENTIONED = 0.5;
/** 在美团上下单, 通过拼多多平台购买, 淘宝店铺, 美团外卖订单. */
const BEFORE = /(?:在|于|从|通过|经由|用)(?:[“"「《]|手机|app)*$/;
const BEHIND =
  /^(?:[^，。！？；\n]{0,8}?(?:上|里|中|平台|app|商城|官网|直播间|小程序|店铺|网店|旗舰店|外卖|订单))?[^。！？；\n]{0,14}?(?:下了?单|订购|购买|买|团购|点了|点的|订了|预订|拍下|抢购|成交)/;
const OWN_WORDS = /^(?:上的|平台上的|平台的|的)?(?:店铺|网店|旗舰店|商家|卖家|订单)/;
/** 美团支付, 抖音上看到: no place of the deal. */
const NO_DEAL = /^(?:支付|付款|券|卡|月付|上看到|看到|刷到|里看到|视频)/;

/**
 * The platform on which something was bought, read out of the words by the names in the register; undefined where none or
 * several are named. Latin letters count however they are written.
 */
export function platformIn(
  text: string,
  platforms: Dictionary<PlatformOperator>,
): { platform: PlatformOperator; reading: Reading } | undefined {
  const words = plainWords(text);
  const found = longest(platforms.in(words)).flatMap((at) => {
    const [platform] = at.values;
    return platform === undefined ? [] : [{ platform, reading: readingOf(at, words) }];
  });
  const sure = found.filter(({ reading }) => reading.confidence >= BOUGHT);
  const named = sure.length > 0 ? sure : found;
  const operators = new Set(named.map(({ platform }) => platform.operator));
  return operators.size === 1 ? named[0] : undefined;
}

function readingOf({ start, end }: Occurrence<PlatformOperator>, words: string): Reading {
  const behind = words.slice(end, end + 40);
  const isBought =
    !NO_DEAL.test(behind) &&
    (OWN_WORDS.test(behind) ||
      (BEFORE.test(words.slice(Math.max(0, start - 8), start)) && BEHIND.test(behind)));
  return { start, end, confidence: isBought ? BOUGHT : MENTIONED };
}

/** As the register's names are written; each sign keeps its place, so that positions are those of the text. */
function plainWords(text: string): string {
  return Array.from(text.slice(0, LONGEST), (sign) => {
    const plain = sign.normalize('NFKC').toLowerCase();
    return plain.length === sign.length ? plain : sign;
  }).join('');
}

/** Whose place decides on a report of an advertisement: Order 121 Art. 32. */
export interface Advertising {
  /** `mass`: film, radio, press, television; `internet`: of somebody else; `own`: of the advertiser himself. */
  medium: 'mass' | 'internet' | 'own';
  reading: Reading;
  /** Who published it, where he is named. */
  publisher?: { name: string; reading: Reading } | undefined;
}

const MASS = '电视台|广播电台|电视|电台|广播|电影院?|报纸|报刊|日报|晚报|早报|晨报|都市报|期刊|杂志|刊物';
const INTERNET =
  '互联网|网络|网站|网页|网上|公众号|朋友圈|抖音|快手|小红书|微博|今日头条|百度|视频号|直播|短视频|电商平台|APP|小程序';
const OWN =
  '(?:其|自己的?|自家|该店|该公司|商家|店铺|本店|公司)(?:的)?(?:官网|官方网站|网站|公众号|小程序|网店|店铺|直播间|抖音号|视频号|朋友圈)';
const PUBLISHES = '发布|刊登|刊载|登载|播放|播出|投放|推送|登了|打广告|做广告|宣传';
const AD = '广告|软文';
const SENTENCE = /[^。！？；\n]+/g;
/** Whoever only saw it reports what he bought by it. */
const ONLY_SEEN = new RegExp(
  `(?:看到|看了|看见|刷到|听到)[^，。！？；\\n]{0,16}(?:${AD})[^。！？；\\n]{0,10}(?:购买|下单|买了|就买|买的)`,
);
const PUBLISHER =
  /[一-鿿]{2,10}?(?:广播电视台|广播电视总台|电视台|广播电台|融媒体中心|日报社?|晚报社?|早报社?|晨报社?|都市报社?|杂志社)/;
/** Not 在宁波日报, 于海曙电视台, 举报某电视台. */
const IN_FRONT = /^(?:.*(?:在|于|向|经|由|通过|举报|反映|的|被|是))/;
const MEANT = 0.9;

/** Whether a report is about an advertisement in a mass medium; undefined for anything else. */
export function advertisingIn(text: string): Advertising | undefined {
  for (const { 0: sentence, index } of text.slice(0, LONGEST).matchAll(SENTENCE)) {
    if (!new RegExp(AD).test(sentence) || !new RegExp(PUBLISHES).test(sentence) || ONLY_SEEN.test(sentence)) {
      continue;
    }
    const medium = mediumOf(sentence);
    if (medium === undefined) continue;
    const { 0: word, index: at } = medium.found;
    const reading = { start: index + at, end: index + at + word.length, confidence: MEANT };
    const publisher = medium.medium === 'mass' ? publisherIn(sentence, index) : undefined;
    return { medium: medium.medium, reading, ...(publisher === undefined ? {} : { publisher }) };
  }
  return undefined;
}

const MEDIA = [
  { medium: 'own', words: new RegExp(OWN, 'i') },
  { medium: 'mass', words: new RegExp(MASS, 'i') },
  { medium: 'internet', words: new RegExp(INTERNET, 'i') },
] as const;

function mediumOf(sentence: string) {
  for (const { medium, words } of MEDIA) {
    const found = words.exec(sentence);
    if (found !== null) return { medium, found };
  }
  return undefined;
}

function publisherIn(sentence: string, from: number): Advertising['publisher'] {
  const found = PUBLISHER.exec(sentence);
  if (found === null) return undefined;
  const cut = IN_FRONT.exec(found[0])?.[0].length ?? 0;
  const name = found[0].slice(cut);
  const start = from + found.index + cut;
  return { name, reading: { start, end: start + name.length, confidence: MEANT } };
}
