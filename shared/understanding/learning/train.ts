import { fitCalibration, type HeldOut } from './calibration.ts';
import { buildDictionary, type Dictionary } from './dictionary.ts';
import { createPieceMaker, eachFeature, type FeatureOptions, piecesOfWords } from './features.ts';
import { createHashIndex } from './hashes.ts';
import { featureValue, logPrior, type Model, rarityOf, type Taxonomy } from './model.ts';
import { type Rows, solveLogistic, type Weights } from './solver.ts';

/** A message whose class is known, as text or as a list of words with blanks between them. */
export interface Example {
  title?: string | undefined;
  text?: string | undefined;
  tokens?: string | undefined;
  label: string;
  /** Shares of the classes known beforehand, in the order of the taxonomy: all examples have them or none. */
  prior?: readonly number[] | undefined;
}

export interface TrainOptions {
  features: FeatureOptions;
  /** Weight of the errors against the size of the weights: higher follows the examples more closely. */
  cost: number;
  /** 0: every example weighs the same; 1: every class does. */
  balance: number;
  /** A feature counts from this many examples on, a word of the dictionary from this many occurrences on. */
  least: number;
  /** Keeps only so many features, those that weigh most; for a small artifact. */
  most?: number | undefined;
}

/** For some thousand examples; chosen by cross-validation. */
export const TRAIN_DEFAULTS: TrainOptions = {
  features: { longest: 3, head: 4, ownTitle: false },
  cost: 30,
  balance: 0.4,
  least: 3,
};

/** For some hundred examples, with classes of very different size; chosen by cross-validation. */
export const FEW_EXAMPLES: TrainOptions = {
  features: { longest: 2, head: 4, ownTitle: true },
  cost: 10,
  balance: 1,
  least: 2,
};

/** How often each feature occurs in a message, weighted by place. */
type Bag = Map<number, number>;

interface Known {
  hashes: Uint32Array;
  rarities: Uint8Array;
}

interface Data {
  rows: Rows;
  /** Per row, the place of its class. */
  labels: readonly number[];
  priors: readonly (readonly number[])[] | undefined;
  classes: number;
}

const FOLDS = 3;
const WEIGHT_LIMIT = 127;
const SMALLEST_STEP = 1e-9;

/**
 * Trains a linear model, each class against the rest. The same examples in the same order give the same model.
 * The words of the classes are examples as well, so that a new taxonomy works from its first day.
 * With lists of words among the examples, a dictionary is learnt from them and texts are cut into its words.
 * @throws Error for a label that is no class of the taxonomy, an example without words, a prior that is missing
 */
export function trainModel(
  taxonomy: Taxonomy,
  examples: readonly Example[],
  options: TrainOptions = TRAIN_DEFAULTS,
): Model {
  const classes = taxonomy.classes.map(({ id }) => id);
  if (classes.length === 0) throw new Error('train: the taxonomy has no classes');
  const priors = priorsOf(examples, classes.length);
  const lines = priors === undefined ? [...examples, ...wordsAsExamples(taxonomy)] : examples;
  const places = new Map(classes.map((id, place) => [id, place]));
  const dictionary = dictionaryOf(examples, options.least);
  const bags = lines.map(createBagMaker(dictionary, options.features));
  const known = knownFeatures(bags, options.least);
  const data: Data = {
    rows: rowsOf(bags, known),
    labels: lines.map(({ label }) => placeOf(places, label)),
    priors,
    classes: classes.length,
  };
  const all = Uint32Array.from({ length: lines.length }, (_, row) => row);
  return {
    taxonomy: taxonomy.name,
    classes,
    examples: examples.length,
    features: options.features,
    dictionary,
    onPrior: data.priors !== undefined,
    // Words of the taxonomy are easier than messages: they say little about how sure an answer is.
    calibration: fitCalibration(heldOut(data, all, examples.length || lines.length, options)),
    ...quantised(solve(data, all, options), known, options.most),
  };
}

/** What is known of a message before the bureau has corrected anything: a share for each class of the taxonomy. */
export type Prior = (message: { title?: string | undefined; text: string }) => readonly number[];

/**
 * A bureau's own habit on top of built-in knowledge: without corrections the prior alone decides, with each correction
 * the weights say more. The classifier needs the prior shares of every message (`Message.prior`).
 */
export function adaptModel(
  taxonomy: Taxonomy,
  prior: Prior,
  corrections: readonly { title?: string | undefined; text: string; label: string }[],
  options: TrainOptions = FEW_EXAMPLES,
): Model {
  const examples = corrections.map((correction) => ({ ...correction, prior: prior(correction) }));
  // What the words of the classes say is for the prior to know.
  const classes = taxonomy.classes.map(({ id }) => ({ id }));
  return { ...trainModel({ ...taxonomy, classes }, examples, options), onPrior: true };
}

const wordsAsExamples = ({ classes }: Taxonomy): Example[] =>
  classes.flatMap(({ id, words = [] }) => words.map((text) => ({ text, label: id })));

function placeOf(places: ReadonlyMap<string, number>, label: string): number {
  const place = places.get(label);
  if (place === undefined) throw new Error(`train: no class of the taxonomy: ${label}`);
  return place;
}

function priorsOf(examples: readonly Example[], classes: number): Data['priors'] {
  const priors = examples.flatMap(({ prior }) => (prior === undefined ? [] : [prior]));
  if (priors.length === 0) return undefined;
  if (priors.length !== examples.length || priors.some(({ length }) => length !== classes)) {
    throw new Error('train: either all examples have a prior share for every class or none has');
  }
  return priors;
}

const wordsOf = (tokens: string): string[] =>
  tokens
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /[\p{Script=Han}a-z0-9]/u.test(word));

function dictionaryOf(examples: readonly Example[], least: number): Dictionary | undefined {
  const lists = examples.flatMap(({ tokens }) => (tokens === undefined ? [] : [wordsOf(tokens)]));
  return lists.length === 0 ? undefined : buildDictionary(lists, least);
}

function createBagMaker(dictionary: Dictionary | undefined, features: FeatureOptions) {
  const piecesOf = createPieceMaker(dictionary);
  return ({ title, text, tokens, label }: Example): Bag => {
    if (text === undefined && tokens === undefined) {
      throw new Error(`train: an example has neither text nor tokens: ${label}`);
    }
    const pieces = text === undefined ? piecesOfWords(wordsOf(tokens!)) : piecesOf({ title, text });
    const bag: Bag = new Map();
    eachFeature(pieces, features, (hash, weight) => bag.set(hash, (bag.get(hash) ?? 0) + weight));
    return bag;
  };
}

function knownFeatures(bags: readonly Bag[], least: number): Known {
  const having = new Map<number, number>();
  for (const bag of bags) {
    for (const hash of bag.keys()) having.set(hash, (having.get(hash) ?? 0) + 1);
  }
  const hashes = Uint32Array.from(
    [...having].filter(([, count]) => count >= least).map(([hash]) => hash),
  ).sort();
  return { hashes, rarities: Uint8Array.from(hashes, (hash) => rarityOf(bags.length, having.get(hash)!)) };
}

function rowsOf(bags: readonly Bag[], { hashes, rarities }: Known): Rows {
  const find = createHashIndex(hashes);
  const starts = new Uint32Array(bags.length + 1);
  const room = bags.reduce((total, { size }) => total + size, 0);
  const columns = new Uint32Array(room);
  const values = new Float32Array(room);
  let at = 0;
  for (const [row, bag] of bags.entries()) {
    let squares = 0;
    for (const [hash, occurrences] of bag) {
      const place = find(hash);
      if (place < 0) continue;
      columns[at] = place;
      values[at] = featureValue(occurrences, rarities[place]!);
      squares += values[at]! ** 2;
      at += 1;
    }
    const norm = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let back = starts[row]!; back < at; back += 1) values[back]! *= norm;
    starts[row + 1] = at;
  }
  return { starts, columns, values, width: hashes.length };
}

/** The weights of every class, learnt from some of the rows. */
function solve(data: Data, members: Uint32Array, { cost, balance }: TrainOptions): Weights[] {
  const { rows, labels, priors, classes } = data;
  return Array.from({ length: classes }, (_, index) => {
    const belongs = Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
    const own = members.reduce((total, row) => total + belongs[row]!, 0);
    const ownCost = own === 0 ? cost : cost * Math.max(1, (members.length - own) / own) ** balance;
    return solveLogistic(rows, {
      members,
      belongs,
      costs: Float64Array.from(belongs, (one) => (one === 1 ? ownCost : cost)),
      offsets: priors && Float64Array.from(priors, (prior) => logOdds(prior, index)),
    });
  });
}

function logOdds(prior: readonly number[], index: number): number {
  const [own, rest] = logPrior([prior[index]!, 1 - prior[index]!]);
  return own! - rest!;
}

/** Scores of the first rows by weights that were learnt from other rows. */
function heldOut(data: Data, all: Uint32Array, first: number, options: TrainOptions): HeldOut[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const solved = solve(
      data,
      all.filter((row) => row % FOLDS !== fold),
      options,
    );
    return Array.from(
      all.filter((row) => row < first && row % FOLDS === fold),
      (row) => ({
        scores: Float64Array.from(solved, (weights) => scoreOf(data.rows, row, weights)),
        right: data.labels[row]!,
        prior: data.priors?.[row],
      }),
    );
  }).flat();
}

function scoreOf({ starts, columns, values }: Rows, row: number, { weights, bias }: Weights): number {
  let score = bias;
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) score += weights[columns[at]!]! * values[at]!;
  return score;
}

/** Weights in 255 steps a class, and of the features only those that weigh most. */
function quantised(
  solved: readonly Weights[],
  { hashes, rarities }: Known,
  most: number | undefined,
): Pick<Model, 'hashes' | 'rarities' | 'weights' | 'steps' | 'biases'> {
  const kept = keptPlaces(solved, rarities, most);
  const steps = solved.map(({ weights }) =>
    Math.max(
      SMALLEST_STEP,
      kept.reduce((top, place) => Math.max(top, Math.abs(weights[place]!)), 0) / WEIGHT_LIMIT,
    ),
  );
  const weights = new Int8Array(solved.length * kept.length);
  for (const [index, one] of solved.entries()) {
    for (const [at, place] of kept.entries()) {
      weights[index * kept.length + at] = Math.round(one.weights[place]! / steps[index]!);
    }
  }
  return {
    hashes: Uint32Array.from(kept, (place) => hashes[place]!),
    rarities: Uint8Array.from(kept, (place) => rarities[place]!),
    weights,
    steps,
    biases: solved.map(({ bias }) => bias),
  };
}

function keptPlaces(solved: readonly Weights[], rarities: Uint8Array, most: number | undefined): number[] {
  const places = Array.from(rarities, (_, place) => place);
  if (most === undefined || places.length <= most) return places;
  const weightOf = Float64Array.from(places, (place) =>
    solved.reduce((top, { weights }) => Math.max(top, Math.abs(weights[place]!)), 0),
  );
  return places
    .sort((a, b) => weightOf[b]! - weightOf[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
