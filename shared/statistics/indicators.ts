import type { Counter, Counts } from './counters.ts';

/** A rate that managers read, with the formula it is printed with. */
interface Indicator {
  zh: string;
  en: string;
  /** Counters that are added up above and below the line. */
  numerator: readonly Counter[];
  denominator: readonly Counter[];
  formula: { zh: string; en: string };
}

/**
 * The rates of `GET /statistics`: flows, i.e. steps taken in the period, whenever the case came in.
 * Definitions: SAMR's published indicators (受理率, 处理率, 解决率, 调解成功率).
 */
const INDICATORS = {
  acceptanceRate: {
    zh: '受理率',
    en: 'Acceptance rate',
    numerator: ['accepted'],
    denominator: ['accepted', 'refused'],
    formula: { zh: '受理 ÷（受理 + 不予受理）', en: 'accepted ÷ (accepted + refused)' },
  },
  handlingRate: {
    zh: '处理率',
    en: 'Handling rate',
    numerator: ['settled', 'terminated'],
    denominator: ['accepted'],
    formula: { zh: '（调解成功 + 终止调解）÷ 受理', en: '(settled + ended) ÷ accepted' },
  },
  resolutionRate: {
    zh: '解决率',
    en: 'Resolution rate',
    numerator: ['settled'],
    denominator: ['accepted'],
    formula: { zh: '调解成功 ÷ 受理', en: 'settled ÷ accepted' },
  },
  mediationSuccessRate: {
    zh: '调解成功率',
    en: 'Mediation success rate',
    numerator: ['settled'],
    denominator: ['settled', 'terminated'],
    formula: { zh: '调解成功 ÷（调解成功 + 终止调解）', en: 'settled ÷ (settled + ended)' },
  },
} as const satisfies Record<string, Indicator>;

type IndicatorId = keyof typeof INDICATORS;

/** The value of an indicator; `rate` is null when there is nothing to divide by. */
export interface IndicatorValue {
  id: IndicatorId;
  zh: string;
  en: string;
  formula: { zh: string; en: string };
  numerator: number;
  denominator: number;
  /** Share from 0 up, not rounded. In a flow it can pass 1: what was accepted before is settled now. */
  rate: number | null;
}

/** Works out every indicator from the counts of a period. */
export function indicatorsOf(counts: Counts): IndicatorValue[] {
  const sum = (counters: readonly Counter[]) =>
    counters.reduce((total, counter) => total + (counts[counter] ?? 0), 0);
  return (Object.keys(INDICATORS) as IndicatorId[]).map((id) => {
    const { zh, en, formula, numerator: above, denominator: below } = INDICATORS[id];
    const numerator = sum(above);
    const denominator = sum(below);
    return {
      id,
      zh,
      en,
      formula,
      numerator,
      denominator,
      rate: denominator === 0 ? null : numerator / denominator,
    };
  });
}
