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

/** Each fact that any judge knows has a number: several judges look at one message, and looking up costs most of it. */
const numbers = new Map<string, number>();

function numberOf(fact: string): number {
  const known = numbers.get(fact) ?? numbers.size;
  numbers.set(fact, known);
  return known;
}

/** The facts of a message that some judge knows, by number. */
interface Known {
  numbers: number[];
  values: number[];
  /** How many facts were known when they were looked up: a judge made later may know more. */
  of: number;
}

const looked = new WeakMap<Features, Known>();

function knownIn(features: Features): Known {
  const before = looked.get(features);
  if (before?.of === numbers.size) return before;
  const known: Known = { numbers: [], values: [], of: numbers.size };
  for (const [fact, value] of features) {
    const number = numbers.get(fact);
    if (number === undefined) continue;
    known.numbers.push(number);
    known.values.push(value);
  }
  looked.set(features, known);
  return known;
}

/** All weights of a judge in one piece of memory: rows scattered over the heap take three times as long. */
interface Table {
  facts: string[];
  /** By number of a fact: its row, or -1. */
  rows: Int32Array;
  weights: Float32Array;
  /** Mean of a row: what a fact says for every label alike. */
  means: Float32Array;
}

function tableOf({ labels, weights }: Weights): Table {
  const facts = Object.keys(weights);
  const known = facts.map(numberOf);
  const table: Table = {
    facts,
    rows: new Int32Array(numbers.size).fill(-1),
    weights: new Float32Array(facts.length * labels.length),
    means: new Float32Array(facts.length),
  };
  for (const [row, figures] of Object.values(weights).entries()) {
    table.rows[known[row] ?? 0] = row;
    table.weights.set(figures, row * labels.length);
    table.means[row] = figures.reduce((sum, weight) => sum + weight, 0) / labels.length;
  }
  return table;
}

/** Makes the judge for weights. */
export function createJudge<Label extends string>(of: Weights) {
  const { labels, temperature } = of;
  const table = tableOf(of);

  return (features: Features): Judgement<Label> => {
    const known = knownIn(features);
    const scores = new Float64Array(labels.length);
    for (let at = 0; at < known.numbers.length; at += 1) {
      const row = table.rows[known.numbers[at]!] ?? -1;
      if (row === -1) continue;
      const value = known.values[at]!;
      const from = row * labels.length;
      for (let label = 0; label < scores.length; label += 1)
        scores[label]! += table.weights[from + label]! * value;
    }
    const shares = softmax(scores, temperature);
    const best = shares.indexOf(Math.max(...shares));
    return {
      label: labels[best] as Label,
      confidence: shares[best] ?? 0,
      probabilities: new Map(labels.map((label, index) => [label as Label, shares[index] ?? 0])),
      because: strongest(table, known, best, labels.length),
    };
  };
}

/** Less than this is no reason. */
const LEAST_REASON = 0.05;

/** The facts that spoke most for a label, the strongest first. */
function strongest(table: Table, known: Known, label: number, width: number): string[] {
  const reasons: { fact: string; says: number }[] = [];
  for (let at = 0; at < known.numbers.length; at += 1) {
    const row = table.rows[known.numbers[at]!] ?? -1;
    if (row === -1) continue;
    const says = known.values[at]! * (table.weights[row * width + label]! - table.means[row]!);
    const fact = table.facts[row]!;
    const least = Math.max(LEAST_REASON, reasons[MOST_REASONS - 1]?.says ?? 0);
    if (says <= least || fact.endsWith('bias')) continue;
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
