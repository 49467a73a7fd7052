import * as z from 'zod';

/*
 * Reading what strangers write: letter case and underscores of keys do not matter (`BeginOffsetMillis`,
 * `beginOffsetMillis`, `begin_offset_millis`), numbers may be strings and the other way round, null is the same as
 * left out, and what is of the wrong type counts as left out.
 */

/** Deeper nesting is no transcript. */
const DEEPEST = 40;

/** The same value with its keys in small letters, without `_`, `-` and blanks. */
export function withPlainKeys(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST || typeof value !== 'object') return depth > DEEPEST ? undefined : value;
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map((one) => withPlainKeys(one, depth + 1));
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, inner] of Object.entries(value)) {
    const name = plainKey(key);
    plain[name] ??= withPlainKeys(inner, depth + 1);
  }
  return plain;
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[_\-\s]/g, '');
}

/** An object with plain keys, or nothing. */
export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

const wordsOrNumber = z.union([z.string(), z.number().transform(String)]);
const numberOrWords = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d+(?:\.\d*)?$/)
    .transform(Number),
]);

/** Words; a number is taken as its digits. */
export const someText = wordsOrNumber.optional().catch(undefined);
/** Nearly four months in milliseconds: a larger number is no time in a recording. */
const LARGEST = 1e10;

/** A number that is not negative, also as a string. */
export const someNumber = numberOrWords.pipe(z.number().min(0).max(LARGEST)).optional().catch(undefined);
export const someFlag = z.union([z.boolean(), z.stringbool()]).optional().catch(undefined);
/** A list whose members are read one by one: one that cannot be read is undefined and takes no other with it. */
export const someList = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item.optional().catch(undefined as never))
    .optional()
    .catch(undefined);
/** An object; what is no object counts as left out. */
export const someObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object(shape).optional().catch(undefined);

/** Milliseconds, whole. */
export const millis = someNumber.transform((ms) => (ms === undefined ? undefined : Math.round(ms)));
/** Seconds as Amazon Transcribe and most open engines write them, to whole milliseconds. */
export const seconds = someNumber.transform((s) => (s === undefined ? undefined : Math.round(s * 1000)));
