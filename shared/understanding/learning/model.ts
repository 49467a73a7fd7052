import type { Dictionary } from './dictionary.ts';
import type { FeatureOptions } from './features.ts';

/** The classes of a bureau: data, not code. Words say what belongs to the class. */
export interface Taxonomy {
  name: string;
  classes: readonly { id: string; words?: readonly string[] | undefined }[];
}

/** How scores become shares: softmax(slope · scores + priorSlope · ln prior). */
export interface Calibration {
  slope: number;
  priorSlope: number;
}

/** A trained linear model; `artifact.ts` writes and reads it. It holds hashes, no words of the examples. */
export interface Model {
  /** Name of the taxonomy. */
  taxonomy: string;
  classes: readonly string[];
  /** How many examples it learnt from. */
  examples: number;
  features: FeatureOptions;
  dictionary: Dictionary | undefined;
  /** Whether it adds to shares known beforehand, which it then needs for every message. */
  onPrior: boolean;
  calibration: Calibration;
  biases: readonly number[];
  /** Known features, ascending. */
  hashes: Uint32Array;
  /** How rare each feature is, in steps. */
  rarities: Uint8Array;
  /** Weights of all features for the first class, then for the second, and so on, in steps. */
  weights: Int8Array;
  /** Size of a step of the weights, by class. */
  steps: readonly number[];
}

const RARITY_STEP = 0.05;
const MAX_RARITY = 255;
const SMALLEST_SHARE = 1e-4;

/** Inverse document frequency, 1 + ln of all over those that have the feature, in steps. */
export const rarityOf = (all: number, having: number): number =>
  Math.min(MAX_RARITY, Math.round((1 + Math.log(all / having)) / RARITY_STEP));

/** Value of a feature before the length of the message is taken out; a tenth word counts less than the first. */
export const featureValue = (occurrences: number, rarity: number): number =>
  (1 + Math.log(occurrences)) * rarity * RARITY_STEP;

/** ln of the prior shares; nothing is ruled out. */
export const logPrior = (prior: readonly number[]): number[] =>
  prior.map((share) => Math.log(Math.max(share, SMALLEST_SHARE)));

/** @throws Error when the model needs prior shares and there are none for every class */
export function calibrated(
  scores: Float64Array,
  { slope, priorSlope }: Calibration,
  onPrior: boolean,
  prior: readonly number[] | undefined,
): Float64Array {
  if (!onPrior) return scores.map((score) => score * slope);
  if (prior?.length !== scores.length) {
    throw new Error(`model: it adds to prior shares and needs one for each of its ${scores.length} classes`);
  }
  const known = logPrior(prior);
  return scores.map((score, index) => score * slope + known[index]! * priorSlope);
}

/** exp of the scores, divided so that they add up to 1. */
export function softmax(scores: Float64Array): number[] {
  const top = Math.max(...scores);
  const powers = Array.from(scores, (score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
