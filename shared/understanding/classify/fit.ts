import type { Features } from './features.ts';
import { softmax, type Weights } from './judge.ts';

/** A message and the labels that careful readers gave it; with several each counts as much. */
export interface Example {
  features: Features;
  labels: readonly string[];
}

export interface FitOptions {
  /** How strongly weights are held to what was known before. */
  hold: number;
  /** A word seen in fewer messages says nothing. */
  leastSeen: number;
  /** 0: labels count as often as they occur; 1: rare ones are raised to the frequent. */
  balance: number;
  steps: number;
  /** Facts of short messages are many: rows that part the labels by less are left out. */
  leastSpreadInShort: number;
}

const DEFAULTS: FitOptions = { hold: 6, leastSeen: 4, balance: 0.5, steps: 150, leastSpreadInShort: 0.25 };
const FOLDS = 5;
const TEMPERATURES = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5] as const;
/** Rows that part the labels by less change nothing and only make the file longer. */
const LEAST_SPREAD = 0.04;

/**
 * Fits weights to examples: multinomial logistic regression, held to the weights known before (L2 towards `prior`,
 * not towards 0), by Adam on the whole set. Deterministic: the same examples in the same order give the same weights.
 * The temperature is fitted on folds held out.
 */
export function fitWeights(
  labels: readonly string[],
  examples: readonly Example[],
  prior: Weights['weights'],
  options: Partial<FitOptions> = {},
): Weights {
  const all = { ...DEFAULTS, ...options };
  const heldOut = Array.from({ length: FOLDS }, (_, fold) => {
    const rest = examples.filter((_example, index) => index % FOLDS !== fold);
    const scorer = scorerOf(fit(labels, rest, prior, all), labels);
    return examples
      .filter((_example, index) => index % FOLDS === fold)
      .map((example) => ({ example, scores: scorer(example.features) }));
  }).flat();
  const weights = fit(labels, examples, prior, all);
  return { labels, temperature: bestTemperature(labels, heldOut), weights: rounded(weights, labels, all) };
}

/** How strongly facts are held beside `hold`: single words more than groups of words, those of short messages less. */
const HOLDS: readonly (readonly [RegExp, number])[] = [
  [/bias$/, 0.02],
  [/^short:word:/, 0.33],
  [/^short:/, 0.17],
  [/^word:/, 2],
];

type Fitted = ReadonlyMap<string, Float64Array>;

function fit(
  labels: readonly string[],
  examples: readonly Example[],
  prior: Weights['weights'],
  { hold, leastSeen, balance, steps }: FitOptions,
): Fitted {
  const names = namesOf(examples, prior, leastSeen);
  const index = new Map(names.map((name, at) => [name, at]));
  const width = labels.length;
  const start = Float64Array.from(names.flatMap((name) => prior[name] ?? labels.map(() => 0)));
  const holds = names.map((name) => hold * (HOLDS.find(([kind]) => kind.test(name))?.[1] ?? 1));
  const rows = examples.map(({ features }) =>
    [...features].flatMap(([name, value]) => {
      const at = index.get(name);
      return at === undefined ? [] : [[at, value] as const];
    }),
  );
  const targets = examples.map((example) =>
    labels.map((label) => (example.labels.includes(label) ? 1 / example.labels.length : 0)),
  );
  const rarity = labels.map((label) => {
    const seen = examples.filter((example) => example.labels[0] === label).length;
    return (examples.length / width / Math.max(3, seen)) ** balance;
  });
  const weights = start.slice();
  const step = adam(weights.length, steps);
  for (let round = 1; round <= steps; round += 1) {
    const slope = weights.map(
      (weight, at) => (holds[Math.floor(at / width)] ?? hold) * (weight - (start[at] ?? 0)),
    );
    for (const [at, row] of rows.entries()) addSlope(slope, weights, row, targets[at] ?? [], rarity);
    step(weights, slope, round);
  }
  return new Map(names.map((name, at) => [name, weights.slice(at * width, (at + 1) * width)]));
}

function namesOf(examples: readonly Example[], prior: Weights['weights'], leastSeen: number): string[] {
  const seen = new Map<string, number>();
  for (const { features } of examples) {
    for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const least = (name: string) => (name.startsWith('word:') ? leastSeen : name.startsWith('short:') ? 3 : 1);
  const known = [...seen].filter(([name, times]) => times >= least(name));
  return [...new Set([...known.map(([name]) => name), ...Object.keys(prior)])].sort();
}

function addSlope(
  slope: Float64Array,
  weights: Float64Array,
  row: readonly (readonly [number, number])[],
  target: readonly number[],
  rarity: readonly number[],
): void {
  const width = target.length;
  const scores = new Float64Array(width);
  for (const [at, value] of row) {
    for (let label = 0; label < width; label += 1) {
      scores[label] = (scores[label] ?? 0) + (weights[at * width + label] ?? 0) * value;
    }
  }
  const shares = softmax(scores);
  const counts = target.reduce((sum, part, label) => sum + part * (rarity[label] ?? 1), 0);
  for (let label = 0; label < width; label += 1) {
    const error = ((shares[label] ?? 0) - (target[label] ?? 0)) * counts;
    for (const [at, value] of row)
      slope[at * width + label] = (slope[at * width + label] ?? 0) + error * value;
  }
}

/** Adam (Kingma and Ba, 2015), the last third in small steps. */
function adam(size: number, steps: number) {
  const rate = 0.05;
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  return (weights: Float64Array, slope: Float64Array, round: number) => {
    const now = round < steps * 0.7 ? rate : rate / 5;
    for (let at = 0; at < size; at += 1) {
      const one = slope[at] ?? 0;
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * one;
      square[at] = 0.99 * (square[at] ?? 0) + 0.01 * one * one;
      const unbiased = (mean[at] ?? 0) / (1 - 0.9 ** round);
      const spread = Math.sqrt((square[at] ?? 0) / (1 - 0.99 ** round)) + 1e-8;
      weights[at] = (weights[at] ?? 0) - (now * unbiased) / spread;
    }
  };
}

const scorerOf = (weights: Fitted, labels: readonly string[]) => (features: Features) => {
  const scores = new Float64Array(labels.length);
  for (const [name, value] of features) {
    weights.get(name)?.forEach((weight, label) => {
      scores[label] = (scores[label] ?? 0) + weight * value;
    });
  }
  return scores;
};

/** The temperature that gives what was right the highest likelihood. */
function bestTemperature(
  labels: readonly string[],
  heldOut: readonly { example: Example; scores: Float64Array }[],
): number {
  const loss = (temperature: number) =>
    heldOut.reduce((sum, { example, scores }) => {
      const shares = softmax(scores, temperature);
      const right = labels.reduce(
        (total, label, at) => total + (example.labels.includes(label) ? (shares[at] ?? 0) : 0),
        0,
      );
      return sum - Math.log(Math.max(right, 1e-9));
    }, 0);
  return TEMPERATURES.reduce((best, one) => (loss(one) < loss(best) ? one : best), 1);
}

function rounded(
  weights: Fitted,
  labels: readonly string[],
  { leastSpreadInShort }: FitOptions,
): Weights['weights'] {
  const least = (name: string) => (name.startsWith('short:') ? leastSpreadInShort : LEAST_SPREAD);
  const kept = [...weights].filter(([name, row]) => Math.max(...row) - Math.min(...row) >= least(name));
  return Object.fromEntries(
    kept.map(([name, row]) => [name, labels.map((_, at) => Math.round((row[at] ?? 0) * 100) / 100)]),
  );
}
