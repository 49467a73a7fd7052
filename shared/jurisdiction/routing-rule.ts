import * as z from 'zod';
import { KINDS, type Kind } from '../case/case.ts';
import type { LocalDate } from '../dates.ts';

/**
 * How closely a rule says where something is, the closest first. The actual place of business decides (Order 121
 * Art. 13(1)): an address counts more than a name, which may have moved.
 */
export const PRECISIONS = {
  business: { zh: '统一社会信用代码', en: 'Credit code' },
  house: { zh: '路段门牌', en: 'House numbers of a road' },
  place: { zh: '商场、市场、小区等', en: 'Mall, market, estate' },
  village: { zh: '村、社区', en: 'Village, community' },
  road: { zh: '道路', en: 'Road' },
  township: { zh: '乡镇、街道', en: 'Township, street' },
  shop: { zh: '经营者名称', en: 'Name of the business' },
  county: { zh: '区县', en: 'County' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Precision = keyof typeof PRECISIONS;

/** Places by law and register; what was learned never outvotes them, it can only choose among them. */
export const TERRITORIES: readonly Precision[] = ['village', 'township', 'county'];

const DECIDED_BY = ['dispatcher'] as const;

export const SOURCES = ['register', 'by-hand', 'learned'] as const;

/** What is competent for what, as data: when these words are seen, this unit is in charge. */
export interface RoutingRule {
  id: string;
  precision: Precision;
  /**
   * What has to be seen: of `business` a credit code; of a village its division code; else a word as `normalizePlace`
   * writes it.
   */
  word: string;
  /** Division code in which the word counts; a road or a market of this name elsewhere is another one. */
  within?: string | undefined;
  /** House numbers of a road, both ends included; one side of the road only. */
  numbers?: { from: number; to: number; side?: 'odd' | 'even' | undefined } | undefined;
  /** Only for these kinds of cases, for these subjects (`SUBJECTS` of the understanding, or the bureau's own classes). */
  kinds?: readonly Kind[] | undefined;
  subjects?: readonly string[] | undefined;
  unit: string;
  /** People have laid down that a dispatcher decides between the units it was seen with: nothing less close may. */
  decidedBy?: 'dispatcher' | undefined;
  area?: string | undefined;
  /** First and last day in force. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  source: (typeof SOURCES)[number];
  /** Of a learned rule: cases with this word that ended with the unit, and elsewhere. */
  seen?: { here: number; elsewhere: number } | undefined;
}

/** A rule as it is stored and as files bring it. */
export const storedRule = z.object({
  id: z.string(),
  precision: z.enum(Object.keys(PRECISIONS) as [Precision, ...Precision[]]),
  word: z.string().min(1),
  within: z.string().optional(),
  numbers: z.object({ from: z.int(), to: z.int(), side: z.enum(['odd', 'even']).optional() }).optional(),
  kinds: z
    .array(z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]))
    .readonly()
    .optional(),
  subjects: z.array(z.string()).readonly().optional(),
  unit: z.string(),
  decidedBy: z.enum(DECIDED_BY).optional(),
  area: z.string().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  source: z.enum(SOURCES),
  seen: z.object({ here: z.int(), elsewhere: z.int() }).optional(),
});

/** How far a rule can be trusted, from 0 to 1. Of what was learned: the share that ended here, less the fewer were seen. */
export function trustIn({ source, seen }: Pick<RoutingRule, 'source' | 'seen'>): number {
  if (source !== 'learned') return 1;
  const { here, elsewhere } = seen ?? { here: 0, elsewhere: 0 };
  return (here + 0.5) / (here + elsewhere + 1);
}

/** Rarer than this is a mistake of the day: one case in fifty at another unit makes no second place. */
export const LEAST_SHARE = 0.03;

/**
 * Whether a learned word belongs to more than one unit, as far as is known. Of the name of a business one case elsewhere
 * is enough: a branch opens, and the name alone must not decide.
 */
export function isSeenElsewhere({
  precision,
  seen = { here: 0, elsewhere: 0 },
}: Pick<RoutingRule, 'precision' | 'seen'>): boolean {
  const { here, elsewhere } = seen;
  if (elsewhere === 0 || precision === 'shop') return elsewhere > 0;
  return trustIn({ source: 'learned', seen: { here: elsewhere, elsewhere: here } }) >= LEAST_SHARE;
}

/** Whether the rule is in force on this day. */
export function isInForce({ from, to }: Pick<RoutingRule, 'from' | 'to'>, on: LocalDate): boolean {
  return (from === undefined || from <= on) && (to === undefined || on <= to);
}
