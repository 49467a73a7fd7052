import * as z from 'zod';
import type { Span } from '../source.ts';
import { decodeModel, encodeModel } from './artifact.ts';
import { type Classification, createClassifier } from './classify.ts';
import { type Example, FEW_EXAMPLES, TRAIN_DEFAULTS, trainModel } from './train.ts';

const taxonomy = z
  .array(z.strictObject({ code: z.string().min(1), zh: z.string().min(1), en: z.string().default('') }))
  .min(2)
  .max(300)
  .refine((classes) => new Set(classes.map(({ code }) => code)).size === classes.length, {
    message: '代码重复 / a code occurs twice',
  });

/** The classes of a bureau, by code, in the words that people see. */
export type OwnTaxonomy = z.output<typeof taxonomy>;

/** What a bureau's own classes are, and the model that tells them apart. */
export const ownClasses = z.strictObject({
  classes: taxonomy,
  /** Bytes of `encodeModel`, as base64. */
  model: z.base64(),
  examples: z.int().min(0),
  /** How often the model before and this one were right on examples that neither of them has learnt from. */
  reviewed: z.strictObject({ cases: z.int(), oldRight: z.int(), newRight: z.int() }),
});
export type OwnClasses = z.output<typeof ownClasses>;

/**
 * Reads a taxonomy: a JSON list of `{code, zh, en}`, or CSV with the head line `code,zh,en`.
 * @throws Error that says what is wrong with it
 */
export function readTaxonomy(text: string): OwnTaxonomy {
  const written = text.replace(/^\uFEFF/, '').trim();
  const parsed = taxonomy.safeParse(written.startsWith('[') ? JSON.parse(written) : rowsOf(written));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Error(`/${first?.path.join('/') ?? ''}: ${first?.message ?? ''}`);
}

function rowsOf(csv: string): Record<string, string | undefined>[] {
  const [head = [], ...rows] = csv.split(/\r?\n/).map(cellsOf);
  return rows.map((cells) =>
    Object.fromEntries(head.map((name, at) => [name.trim().toLowerCase(), cells[at]?.trim()])),
  );
}

const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
const cellsOf = (line: string): string[] =>
  [...line.matchAll(CELL)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');

/** One example in so many is kept back to review the model on. */
const KEPT = 5;
const MANY_EXAMPLES = 2000;
/** Weights that fit into one item with the rest: features times classes. */
const MOST_WEIGHTS = 200_000;

/**
 * Learns a bureau's own classes from labelled messages. The names of the classes are examples as well.
 * @param before the classes so far, to compare with
 * @throws Error for a label that is no class, or an example without words
 */
export function trainOwnClasses(
  classes: OwnTaxonomy,
  examples: readonly Example[],
  before: OwnClasses | undefined,
): OwnClasses {
  const learnt = examples.filter((_example, at) => at % KEPT !== KEPT - 1);
  const kept = examples.filter((_example, at) => at % KEPT === KEPT - 1);
  const options = examples.length < MANY_EXAMPLES ? FEW_EXAMPLES : TRAIN_DEFAULTS;
  const model = trainModel(
    { name: 'own', classes: classes.map(({ code, zh }) => ({ id: code, words: [zh] })) },
    learnt,
    { ...options, most: Math.floor(MOST_WEIGHTS / classes.length) },
  );
  const bytes = encodeModel(model);
  const rightBy = (classify: (message: { text: string }) => Classification) =>
    kept.filter(({ title, text, tokens, label }) => {
      const message = { title, text: text ?? tokens ?? '' };
      return classify(message).label === label;
    }).length;
  return {
    classes,
    model: Buffer.from(bytes).toString('base64'),
    examples: learnt.length,
    reviewed: {
      cases: kept.length,
      oldRight: before === undefined ? 0 : rightBy(createClassifier(modelOf(before))),
      newRight: rightBy(createClassifier(model)),
    },
  };
}

const modelOf = ({ model }: OwnClasses) => decodeModel(Buffer.from(model, 'base64'));

/** The class of a message, by its code and in words, with the words it rests on. */
export interface Category {
  value: string;
  zh: string;
  en: string;
  confidence: number;
  spans: Span[];
}

/** A judge of a bureau's own classes. @throws ModelError for a model that cannot be read */
export function createCategorize(own: OwnClasses): (text: string) => Category {
  const classify = createClassifier(modelOf(own));
  const names = new Map(own.classes.map((one) => [one.code, one]));
  return (text) => {
    const { label, confidence, because } = classify({ text });
    const { zh = label, en = '' } = names.get(label) ?? {};
    return { value: label, zh, en: en || zh, confidence, spans: because.map(({ span }) => span) };
  };
}
