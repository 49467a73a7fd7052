import type { Features } from './features.ts';

/** A linear judgement: for each fact what it says for or against each label. Written by `npm run fit-weights`. */
export interface Weights {
  labels: readonly string[];
  /** How far the scores are drawn together before they become probabilities, so that these mean what they say. */
  temperature: number;
  /** By name of the fact: a weight for each label, in the order of the labels. */
  weights: Readonly<Record<string, readonly number[]>>;
}

export interface Judgement<Label extends string> {
  label: Label;
  /** Probability of the label, 0 to 1. */
  confidence: number;
  probabilities: ReadonlyMap<Label, number>;
  /** The facts that spoke most for the label, the strongest first. */
  because: string[];
}

const MOST_REASONS = 6;

interface Row {
  fact: string;
  weights: Float64Array;
  /** Mean of the weights: what a fact says for every label alike. */
  mean: number;
}

/** Makes the judge for weights. */
export function createJudge<Label extends string>({ labels, temperature, weights }: Weights) {
  const rows = new Map(
    Object.entries(weights).map(([fact, row]) => {
      const mean = row.reduce((sum, weight) => sum + weight, 0) / row.length;
      return [fact, { fact, weights: Float64Array.from(row), mean }];
    }),
  );
  // Used again for each message: making some hundred objects anew would cost more than the judging.
  const present: Row[] = [];
  const values: number[] = [];

  return (features: Features): Judgement<Label> => {
    const scores = new Float64Array(labels.length);
    let count = 0;
    for (const [fact, value] of features) {
      const row = rows.get(fact);
      if (row === undefined) continue;
      present[count] = row;
      values[count] = value;
      count += 1;
      for (let label = 0; label < scores.length; label += 1) scores[label]! += row.weights[label]! * value;
    }
    const shares = softmax(scores, temperature);
    const best = shares.indexOf(Math.max(...shares));
    return {
      label: labels[best] as Label,
      confidence: shares[best] ?? 0,
      probabilities: new Map(labels.map((label, index) => [label as Label, shares[index] ?? 0])),
      because: strongest(present, values, count, best),
    };
  };
}

/** Less than this is no reason. */
const LEAST_REASON = 0.05;

/** The facts that spoke most for a label, the strongest first. */
function strongest(
  present: readonly Row[],
  values: readonly number[],
  count: number,
  label: number,
): string[] {
  const reasons: { fact: string; says: number }[] = [];
  for (let at = 0; at < count; at += 1) {
    const { fact, weights, mean } = present[at]!;
    const says = values[at]! * (weights[label]! - mean);
    if (says <= Math.max(LEAST_REASON, reasons[MOST_REASONS - 1]?.says ?? 0) || fact.endsWith('bias'))
      continue;
    const place = reasons.findIndex((reason) => reason.says < says);
    reasons.splice(place === -1 ? reasons.length : place, 0, { fact, says });
    reasons.length = Math.min(reasons.length, MOST_REASONS);
  }
  return reasons.map(({ fact }) => fact);
}

/** Scores as probabilities. */
export function softmax(scores: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(scores, (score) => score / temperature);
  const highest = Math.max(...scaled);
  const raised = scaled.map((score) => Math.exp(score - highest));
  const total = raised.reduce((sum, one) => sum + one, 0);
  return raised.map((one) => one / total);
}
