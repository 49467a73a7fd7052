import type { Signal } from './signal.ts';

/*
 * What is watched (预警指标). A row says which complaints count, what they are counted by, and how often a chance alarm is
 * bearable. Rows are in the order of urgency: of two alarms with the same complaints the first row has it.
 */

export interface Watch {
  readonly zh: string;
  readonly en: string;
  /** What the complaints of one key have in common; undefined for those that are not counted here. */
  readonly keyOf: (signal: Signal) => string | undefined;
  /** Lengths of the periods that are looked at, in days, each ending today. */
  readonly windows: readonly number[];
  /** Fewer people than this are no alarm, however rare. */
  readonly least: number;
  /** So many times what is usual at the least: what is certain but small concerns nobody. */
  readonly times: number;
  /** By chance alone this row may raise one alarm in so many days, over all its keys (recurrence interval). */
  readonly everyDays: number;
  readonly urgent: boolean;
}

const PREPAID = ['closing', 'moving', 'refund'] as const;
const isPrepaid = ({ flags }: Signal) => PREPAID.some((one) => flags.includes(one));
const isFood = ({ flags }: Signal) => flags.includes('food-safety');
const pair = (...parts: readonly (string | undefined)[]) =>
  parts.includes(undefined) ? undefined : parts.join('|');

const SHORT = [1, 3, 7] as const;
const SENSITIVE = { windows: SHORT, least: 3, times: 1.5, everyDays: 14, urgent: true } as const;
const ORDINARY = { windows: SHORT, least: 4, times: 2, everyDays: 60, urgent: false } as const;

export const WATCHES = {
  'prepaid-business': {
    zh: '预付卡·经营者',
    en: 'Prepaid cards of one business',
    keyOf: (signal) => (isPrepaid(signal) ? signal.business : undefined),
    ...SENSITIVE,
  },
  'food-business': {
    zh: '食品安全·经营者',
    en: 'Food safety at one business',
    keyOf: (signal) => (isFood(signal) ? signal.business : undefined),
    ...SENSITIVE,
  },
  'food-product': {
    zh: '食品安全·产品批次',
    en: 'Food safety of one product or batch',
    keyOf: (signal) => (isFood(signal) ? signal.product : undefined),
    ...SENSITIVE,
  },
  'prepaid-division': {
    zh: '预付卡·辖区',
    en: 'Prepaid cards in one division',
    keyOf: (signal) => (isPrepaid(signal) ? signal.division : undefined),
    ...SENSITIVE,
  },
  'food-division': {
    zh: '食品安全·辖区',
    en: 'Food safety in one division',
    keyOf: (signal) => (isFood(signal) ? signal.division : undefined),
    ...SENSITIVE,
  },
  'same-day': {
    zh: '当日群体性投诉',
    en: 'Mass incident on one day',
    keyOf: ({ cause }) => cause,
    ...ORDINARY,
    windows: [1],
    least: 5,
    everyDays: 14,
    urgent: true,
  },
  product: {
    zh: '产品批次',
    en: 'One product or batch',
    keyOf: ({ product }) => product,
    ...ORDINARY,
    least: 3,
  },
  business: { zh: '经营者', en: 'One business', keyOf: ({ business }) => business, ...ORDINARY },
  place: {
    zh: '地点·问题',
    en: 'One place with one problem',
    keyOf: ({ business, cause }) => (business === undefined ? cause : undefined),
    ...ORDINARY,
  },
  address: { zh: '地点', en: 'One address', keyOf: ({ address }) => address, ...ORDINARY },
  'subject-division': {
    zh: '商品服务类别·辖区',
    en: 'Subject in one division',
    keyOf: ({ subject, division }) => pair(subject, division),
    ...ORDINARY,
    least: 5,
  },
} as const satisfies Record<string, Watch>;

export type WatchId = keyof typeof WATCHES;
export const WATCH_IDS = Object.keys(WATCHES) as [WatchId, ...WatchId[]];
export type Watches = Readonly<Partial<Record<WatchId, Watch>>>;

/** Place in the order of urgency, 0 first. */
export const rankOf = (watch: WatchId): number => WATCH_IDS.indexOf(watch);
