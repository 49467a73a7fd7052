import * as z from 'zod';
import type { Grade } from './business.ts';

/*
 * What a case keeps of the business that was recognised in it: credit codes, townships, points and the codes of the
 * reasons (`WHY` in match-business.ts). No words of the case and no names: those lie with the business.
 */

/** How it is known: by the match of the triage, or because a person said so. */
export const RECOGNISED_BY = {
  one: { zh: '系统识别', en: 'Recognised' },
  several: { zh: '可能是其中之一', en: 'One of several' },
  none: { zh: '名册中没有', en: 'None that is known' },
  'too-common': { zh: '名称太常见', en: 'The name is too common' },
  'by-hand': { zh: '人工认定', en: 'Said by a person' },
} as const satisfies Record<string, { zh: string; en: string }>;
type RecognisedBy = keyof typeof RECOGNISED_BY;

// Written out: what reads cases need not carry the whole register of businesses.
const GRADES_KEPT = ['A', 'B', 'C', 'D'] as const satisfies readonly Grade[];

export const recognisedBusiness = z.object({
  /** The business that is meant; null where nobody knows. */
  creditCode: z.string().nullable(),
  /** Its class when the case came in: what it is later says nothing about who was complained of then. */
  grade: z.enum(GRADES_KEPT).optional(),
  confidence: z.number().min(0).max(1),
  by: z.enum(Object.keys(RECOGNISED_BY) as [RecognisedBy, ...RecognisedBy[]]),
  /** Who else it may be, the most fitting first; for a person to choose. */
  candidates: z
    .array(
      z.object({ creditCode: z.string(), division: z.string(), score: z.number(), why: z.array(z.string()) }),
    )
    .default([]),
});

export type RecognisedBusiness = z.output<typeof recognisedBusiness>;

/** Reasons that say: the very name stands there. */
export const SAME_NAME = ['same-shop', 'same-name', 'same-alias', 'same-shop-name'] as const;

/**
 * Townships by which a case may be routed: that of the business that is meant; of a name that several bear all of
 * theirs, so that it decides nothing by itself where they lie with two stations.
 */
export function townshipsOf({ creditCode, by, candidates }: RecognisedBusiness): string[] {
  if (creditCode !== null) {
    return candidates.filter((one) => one.creditCode === creditCode).map(({ division }) => division);
  }
  const namesakes = candidates.filter(({ why }) => SAME_NAME.some((reason) => why.includes(reason)));
  return by === 'several' && namesakes.length > 1 ? namesakes.map(({ division }) => division) : [];
}

/** A person says which business it is, or that it is none that is known. The candidates stay, for whoever asks why. */
export function recognisedByHand(
  before: RecognisedBusiness | undefined,
  creditCode: string | null,
): RecognisedBusiness {
  return { creditCode, confidence: 1, by: 'by-hand', candidates: before?.candidates ?? [] };
}
