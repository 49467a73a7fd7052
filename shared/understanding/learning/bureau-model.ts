import * as z from 'zod';
import { BUILT_IN } from '../classify/built-in.ts';
import type { Weights } from '../classify/judge.ts';
import { JUDGED, type Judged } from '../classify/tasks.ts';
import { ModelError } from './artifact.ts';
import { hashOf } from './hashes.ts';
import { ownClasses } from './own-classes.ts';

/** What a bureau's cases can teach: all that is judged by weights. */
export type Learnt = Judged;
export const LEARNT = Object.keys(JUDGED) as Learnt[];

export type LearntWeights = Partial<Record<Learnt, Weights>>;

const FORMAT = 1;

const task = z.strictObject({
  /** Finger print of the built-in weights that these were learnt on top of. */
  base: z.int(),
  temperature: z.number().positive(),
  /** Only the facts whose weights differ from the built-in ones: a whole row each. */
  weights: z.record(z.string(), z.array(z.number())),
});

const schema = z.strictObject({
  format: z.literal(FORMAT),
  bureau: z.string(),
  version: z.int().positive(),
  /** The day of the training. */
  trainedOn: z.string(),
  /** When the last case that it learnt from was received: what came later is fit to review it. */
  learntUntil: z.string(),
  cases: z.int().min(0),
  corrections: z.int().min(0),
  /** The bureau's own classes, if it has any. */
  category: ownClasses.optional(),
  tasks: z.partialRecord(z.enum(LEARNT as [Learnt, ...Learnt[]]), task),
});

/** What a bureau taught the system: figures by names of facts of our own lexicons, no words of any case. */
export type BureauModel = z.output<typeof schema>;

/** The bytes of a model; the same model gives the same bytes. */
export function encodeBureauModel(model: BureauModel): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(schema.parse(model), byName));
}

/** @throws ModelError for bytes that are no model, or of another format: the built-in weights serve then */
export function decodeBureauModel(bytes: Uint8Array): BureauModel {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw new ModelError('the bureau’s model is not as it should be: train it again', { cause });
  }
}

/** The weights of a task that differ from the built-in ones, as the model keeps them. */
export function differing(learnt: Learnt, { temperature, weights }: Weights): z.output<typeof task> {
  const base: Weights = BUILT_IN[learnt];
  const none = base.labels.map(() => 0);
  const facts = [...new Set([...Object.keys(base.weights), ...Object.keys(weights)])];
  const rows = facts.flatMap((fact): [string, number[]][] => {
    const [before, after] = [base.weights[fact] ?? none, weights[fact] ?? none];
    const differs = after.some(
      (weight, label) => Math.abs(weight - (before[label] ?? 0)) >= LEAST_DIFFERENCE,
    );
    // JSON knows no -0.
    return differs ? [[fact, after.map((weight) => weight + 0)]] : [];
  });
  return { base: fingerPrint(base), temperature, weights: Object.fromEntries(rows) };
}

/**
 * The whole weights for the judges. A task whose built-in weights are no longer those it was trained on is named in
 * `outdated` and left to the built-in weights: what was reviewed was something else.
 */
export function weightsOf({ tasks }: BureauModel): { weights: LearntWeights; outdated: Learnt[] } {
  const weights: LearntWeights = {};
  const outdated: Learnt[] = [];
  for (const learnt of LEARNT) {
    const [base, own]: [Weights, BureauModel['tasks'][Learnt]] = [BUILT_IN[learnt], tasks[learnt]];
    if (own === undefined) continue;
    const fits = Object.values(own.weights).every(({ length }) => length === base.labels.length);
    if (own.base !== fingerPrint(base) || !fits) outdated.push(learnt);
    else {
      weights[learnt] = {
        labels: base.labels,
        temperature: own.temperature,
        weights: { ...base.weights, ...own.weights },
      };
    }
  }
  return { weights, outdated };
}

/** A smaller difference changes no answer and only makes the artifact larger. */
const LEAST_DIFFERENCE = 0.05;

const fingerPrint = (weights: Weights): number => hashOf(JSON.stringify(weights), 0);

/** Keys in the order of their names. */
function byName(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
