import type { Source } from '../source.ts';
import { FEATURES, type Feature } from './features.ts';

const CARRIED = [
  'limited',
  'company',
  'group',
  'shop',
  'housing',
  'brand',
  'brandOnly',
  'nothingOwn',
  'nothingOwnWithPlace',
  'inTitle',
  'topic',
  'subjectBare',
  'subjectShop',
  'subjectHousing',
  'titleBeforeDeed',
  'afterComplain',
  'afterBuyAt',
  'beforeBuy',
  'office',
  'headCounted',
  'head',
  'keeperNamed',
  'logCount',
  'onlyHere',
  'bare',
  'length2',
  'roadInside',
  'bordersInside',
  'beforeTail',
  'textBare',
] as const satisfies readonly Feature[];

/** What speaks for or against any business being named at all. */
export const NAMED = [
  'always',
  'score',
  'share',
  'asks',
  'suggests',
  'officeInTitle',
  'complains',
  'consumer',
  'noTitle',
  'selling',
  ...CARRIED,
] as const;

const AT: readonly number[] = CARRIED.map((feature) => FEATURES.indexOf(feature));
const ASKS = /^(?:请问|咨询|询问|想问|我想|关于)|[吗呢？?]\s*$/;
const SUGGESTS = /建议|希望|请求|盼|能否|何时|什么时候/;
const OFFICE = /局|政府|村|书记|部门|街道|干部|委|所|派出所|征收|拆迁|户口|社保|公积金/;
const COMPLAINS = /投诉|举报|骗|欺诈|乱收|虚假|不退|拒绝|违规|违法|黑心/;
const CONSUMER = /购买|消费者|退款|退费|定金|押金|合同|充值|会员|学费|质量|售后|客服/;
const SELLING = /传销|黑市|流动摊贩|物价|涨价|非法集资/;

/** @returns the figures in the order of `NAMED`, given those of the best name, its score and its share of all. */
export function namedOf(
  { folded, textStart }: Source,
  best: Float64Array,
  score: number,
  share: number,
): number[] {
  const title = folded.slice(0, textStart === 0 ? 40 : textStart).trim();
  const says = (what: RegExp, where: string): number => Number(what.test(where));
  return [
    1,
    score / 10,
    share,
    says(ASKS, title),
    says(SUGGESTS, title),
    says(OFFICE, title),
    says(COMPLAINS, title),
    says(CONSUMER, folded),
    Number(textStart === 0),
    says(SELLING, title),
    ...AT.map((at) => best[at] ?? 0),
  ];
}
