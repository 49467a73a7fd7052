import * as z from 'zod';
import type { Model } from './model.ts';

/**
 * The bytes of a model: `12345L`, version, length of the head, head (JSON), hashes of the dictionary and of the
 * features (gaps between ascending numbers, seven bits a byte), costs, rarities, weights, check sum (FNV-1a).
 * The same model gives the same bytes. Compress them with gzip where they are kept.
 */
const MAGIC = '12345L';
const VERSION = 1;
const HEAD_AT = MAGIC.length + 2 + 4;
const CHECK_LENGTH = 4;
const LOW_BITS = 0x7f;
const MORE = 0x80;
const MAX_HASH = 0xffffffff;
const MAX_COUNT = 5_000_000;

const count = z.int().min(0).max(MAX_COUNT);
const HEAD = z.strictObject({
  taxonomy: z.string(),
  classes: z.array(z.string()).min(1).max(10_000),
  examples: count,
  features: z.strictObject({
    longest: z.int().min(1).max(4),
    head: z.number().min(0).max(100),
    ownTitle: z.boolean(),
  }),
  onPrior: z.boolean(),
  calibration: z.strictObject({ slope: z.number(), priorSlope: z.number() }),
  biases: z.array(z.number()),
  steps: z.array(z.number()),
  known: count,
  dictionary: z.strictObject({ words: count, unknownCost: z.int().min(0).max(255) }).nullable(),
});

/** What is wrong with the bytes of a model. */
export class ModelError extends Error {
  override name = 'ModelError';
}

export function encodeModel(model: Model): Uint8Array {
  const { dictionary, hashes, rarities, weights, ...rest } = model;
  const head = new TextEncoder().encode(
    JSON.stringify(
      {
        taxonomy: rest.taxonomy,
        classes: rest.classes,
        examples: rest.examples,
        features: {
          longest: rest.features.longest,
          head: rest.features.head,
          ownTitle: rest.features.ownTitle,
        },
        onPrior: rest.onPrior,
        calibration: { slope: rest.calibration.slope, priorSlope: rest.calibration.priorSlope },
        biases: rest.biases,
        steps: rest.steps,
        known: hashes.length,
        dictionary: dictionary && { words: dictionary.hashes.length, unknownCost: dictionary.unknownCost },
      } satisfies Record<keyof z.infer<typeof HEAD>, unknown>,
      (_, value) => value ?? null,
    ),
  );
  const start = new Uint8Array(HEAD_AT);
  start.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(start.buffer);
  view.setUint16(MAGIC.length, VERSION);
  view.setUint32(MAGIC.length + 2, head.length);
  const parts = [
    start,
    head,
    gapsOf(dictionary?.hashes ?? new Uint32Array()),
    dictionary?.costs ?? new Uint8Array(),
    gapsOf(hashes),
    rarities,
    new Uint8Array(weights.buffer, weights.byteOffset, weights.length),
  ];
  const length = parts.reduce((total, part) => total + part.length, 0);
  const bytes = new Uint8Array(length + CHECK_LENGTH);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  new DataView(bytes.buffer).setUint32(length, checkSum(bytes.subarray(0, length)));
  return bytes;
}

/** @throws ModelError for bytes that are no model, of another version, cut off, changed or not consistent */
export function decodeModel(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new ModelError('no model of this program: it begins otherwise');
  }
  if (bytes.length < HEAD_AT + CHECK_LENGTH) throw new ModelError('the model is cut off in its head');
  const version = view.getUint16(MAGIC.length);
  if (version !== VERSION) {
    throw new ModelError(
      `the model has version ${version}; this program reads version ${VERSION}: train it again`,
    );
  }
  const end = bytes.length - CHECK_LENGTH;
  if (checkSum(bytes.subarray(0, end)) !== view.getUint32(end)) {
    throw new ModelError('the model is cut off or changed: its check sum is not right');
  }
  const headEnd = HEAD_AT + view.getUint32(MAGIC.length + 2);
  const { known, dictionary, ...head } = headOf(bytes.subarray(HEAD_AT, headEnd));
  const read = createReader(bytes.subarray(0, end), headEnd);
  const classes = head.classes.length;
  if (head.biases.length !== classes || head.steps.length !== classes) {
    throw new ModelError('the model has not one bias and one step for each class');
  }
  const model: Model = {
    ...head,
    dictionary: dictionary === null ? undefined : readDictionary(dictionary),
    hashes: read.ascending(known),
    rarities: read.bytes(known),
    weights: Int8Array.from(read.bytes(known * classes), (byte) => (byte << 24) >> 24),
  };
  read.finish();
  return model;

  function readDictionary({ words, unknownCost }: { words: number; unknownCost: number }) {
    return { hashes: read.ascending(words), costs: read.bytes(words), unknownCost };
  }
}

function headOf(bytes: Uint8Array): z.infer<typeof HEAD> {
  try {
    return HEAD.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new ModelError('the head of the model is not as it should be', { cause });
  }
}

function createReader(bytes: Uint8Array, start: number) {
  let at = start;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new ModelError('the model ends too early');
    at += 1;
    return byte;
  };
  return {
    bytes(length: number): Uint8Array {
      if (at + length > bytes.length) throw new ModelError('the model ends too early');
      at += length;
      return bytes.slice(at - length, at);
    },
    ascending(length: number): Uint32Array {
      if (at + length > bytes.length) throw new ModelError('the model ends too early');
      const numbers = new Uint32Array(length);
      let number = 0;
      for (let index = 0; index < length; index += 1) {
        let gap = 0;
        let factor = 1;
        let byte = next();
        for (; byte >= MORE; byte = next()) {
          gap += (byte & LOW_BITS) * factor;
          factor *= MORE;
        }
        const before = number;
        number += gap + byte * factor;
        if (number > MAX_HASH || number <= before) throw new ModelError('the model has hashes out of order');
        numbers[index] = number;
      }
      return numbers;
    },
    finish(): void {
      if (at !== bytes.length) throw new ModelError('the model is longer than its head says');
    },
  };
}

function gapsOf(ascending: Uint32Array): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const number of ascending) {
    let gap = number - before;
    for (; gap >= MORE; gap = Math.floor(gap / MORE)) bytes.push((gap % MORE) | MORE);
    bytes.push(gap);
    before = number;
  }
  return Uint8Array.from(bytes);
}

function checkSum(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}
