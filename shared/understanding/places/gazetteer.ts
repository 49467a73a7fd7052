/**
 * The gazetteer: every division of the country with its names, as one artifact that needs no parsing. All numbers are
 * little-endian and stand in typed arrays over the bytes, so that a start costs next to nothing.
 */

/** How a name belongs to its division. */
export const NAME_KINDS = [
  /** Its whole name today. */
  'full',
  /** Without the sign of its level: 义乌 for 义乌市. */
  'stem',
  /** A whole name it bore, or that of a division it took over. */
  'former',
  /** A division of that name gave it a part. */
  'former-part',
  /** A former name without its sign, or the name of a place in it that everybody knows. */
  'former-stem',
  /** A short name that no rule gives. */
  'short',
  /** A development zone by its kind: 高新区. */
  'zone',
  /** The letter of a province: 浙. */
  'letter',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** A name and what it names; code null: a word that holds a name and is no place. */
export interface Name {
  name: string;
  code: string | null;
  kind: NameKind;
}

/** 0 province, 1 city, 2 county, 3 township. */
export type Level = 0 | 1 | 2 | 3;

/** Name of the built gazetteer beside the module of a function that reads places. */
export const GAZETTEER_FILE = 'gazetteer.bin';

export interface Gazetteer {
  /** Number of divisions; they are known by their place in the order of codes. */
  size: number;
  code: (division: number) => string;
  name: (division: number) => string;
  level: (division: number) => Level;
  /** The division above; -1 for a province. */
  parent: (division: number) => number;
  /** The first division after this one that does not lie in it. */
  endOf: (division: number) => number;
  /** The division of a code, or -1. */
  find: (code: string) => number;
  /** Calls `visit` with the end and the key of every name that begins at `start`, the shortest first. */
  eachName: (text: string, start: number, visit: (end: number, key: number) => void) => void;
  /** First and last (exclusive) place in `named` and `kinds` of what bears a name. */
  first: (key: number) => number;
  last: (key: number) => number;
  named: Uint16Array;
  /** Places in `NAME_KINDS`. */
  kinds: Uint8Array;
}

const MAGIC = 0x315a4147;
const HEADER = 5;
const CHARACTERS = 0x10000;

/** Writes the artifact. `divisions` are in the order of codes; of the same name for the same division the first counts. */
export function writeGazetteer(
  divisions: readonly { code: string; name: string }[],
  names: readonly Name[],
): Uint8Array {
  const place = new Map(divisions.map(({ code }, index) => [code, index]));
  const byName = new Map<string, Map<number, number>>(divisions.map(({ name }) => [name, new Map()]));
  for (const { name, code, kind } of names) {
    const bearers = byName.get(name) ?? new Map<number, number>();
    byName.set(name, bearers);
    const division = code === null ? undefined : place.get(code);
    if (division !== undefined && !bearers.has(division)) bearers.set(division, NAME_KINDS.indexOf(kind));
  }
  const keys = [...byName.keys()].sort();
  const keyOf = new Map(keys.map((name, index) => [name, index]));
  const bearers = keys.map((name) => [...(byName.get(name) ?? [])].sort(([a], [b]) => a - b));
  const characters = keys.join('');
  return join([
    Uint32Array.of(MAGIC, divisions.length, keys.length, bearers.flat().length, characters.length),
    Uint32Array.from(divisions, ({ code }) => Number(code)),
    Uint32Array.from(divisions, ({ name }) => keyOf.get(name) ?? 0),
    Uint16Array.from(bearers, ({ length }) => length),
    Uint16Array.from(bearers.flat(), ([division]) => division),
    Uint16Array.from({ length: characters.length }, (_, index) => characters.charCodeAt(index)),
    Uint8Array.from(keys, ({ length }) => length),
    Uint8Array.from(bearers.flat(), ([, kind]) => kind),
  ]);
}

function join(parts: readonly (Uint32Array | Uint16Array | Uint8Array)[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  return all;
}

/** Reads the artifact of `writeGazetteer`. Throws RangeError when the bytes are something else. */
export function readGazetteer(bytes: Uint8Array): Gazetteer {
  // Typed arrays begin at whole words only; a file read into a pool need not.
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  if (bytes.byteLength < HEADER * 4) throw new RangeError('not a gazetteer');
  const [magic, size = 0, keys = 0, postings = 0, length = 0] = new Uint32Array(buffer, byteOffset, HEADER);
  const bytesOfAll = (HEADER + 2 * size) * 4 + (keys + postings + length) * 2 + keys + postings;
  if (magic !== MAGIC || bytes.byteLength !== bytesOfAll) throw new RangeError('not a gazetteer');

  let offset = byteOffset + HEADER * 4;
  const take = <T>(
    array: new (from: ArrayBufferLike, at: number, count: number) => T,
    count: number,
    width: number,
  ) => {
    const part = new array(buffer, offset, count);
    offset += count * width;
    return part;
  };
  const codes = take(Uint32Array, size, 4);
  const nameKeys = take(Uint32Array, size, 4);
  const counts = take(Uint16Array, keys, 2);
  const named = take(Uint16Array, postings, 2);
  const characters = take(Uint16Array, length, 2);
  const lengths = take(Uint8Array, keys, 1);
  const kinds = take(Uint8Array, postings, 1);

  const starts = sumsOf(lengths);
  const firsts = sumsOf(counts);
  const { parents, ends } = treeOf(codes);
  const byFirst = firstKeys(starts, characters);
  const character = (key: number, depth: number) =>
    depth < (lengths[key] ?? 0) ? (characters[(starts[key] ?? 0) + depth] ?? -1) : -1;

  return {
    size,
    code: (division) => String(codes[division]),
    name: (division) => {
      const key = nameKeys[division] ?? 0;
      return String.fromCharCode(...characters.subarray(starts[key], starts[key + 1]));
    },
    level: (division) => levelOf(codes[division] ?? 0),
    parent: (division) => parents[division] ?? -1,
    endOf: (division) => ends[division] ?? 0,
    find: (code) => codes.indexOf(Number(code)),
    eachName(text, start, visit) {
      const first = text.charCodeAt(start);
      let low = byFirst[first] ?? 0;
      let high = byFirst[first + 1] ?? 0;
      for (let depth = 1; low < high; depth += 1) {
        if (lengths[low] === depth) {
          visit(start + depth, low);
          low += 1;
        }
        const next = start + depth < text.length ? text.charCodeAt(start + depth) : CHARACTERS;
        low = lowest(low, high, depth, next);
        high = lowest(low, high, depth, next + 1);
      }
    },
    first: (key) => firsts[key] ?? 0,
    last: (key) => firsts[key + 1] ?? 0,
    named,
    kinds,
  };

  /** The first key from `low` whose character at `depth` is not less than `wanted`. */
  function lowest(low: number, high: number, depth: number, wanted: number): number {
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (character(middle, depth) < wanted) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Running sums: one more than there are counts. */
function sumsOf(counts: Uint8Array | Uint16Array): Uint32Array {
  const sums = new Uint32Array(counts.length + 1);
  for (let index = 0; index < counts.length; index += 1) {
    sums[index + 1] = (sums[index] ?? 0) + (counts[index] ?? 0);
  }
  return sums;
}

function levelOf(code: number): Level {
  if (code < 1e2) return 0;
  if (code < 1e4) return 1;
  return code < 1e6 ? 2 : 3;
}

/** Codes stand in the order of their digits: what lies in a division follows it. */
function treeOf(codes: Uint32Array): { parents: Int32Array; ends: Uint16Array } {
  const parents = new Int32Array(codes.length).fill(-1);
  const ends = new Uint16Array(codes.length);
  const open: number[] = [];
  for (let division = 0; division < codes.length; division += 1) {
    const level = levelOf(codes[division] ?? 0);
    while (open.length > level) ends[open.pop() ?? 0] = division;
    parents[division] = open.at(-1) ?? -1;
    open.push(division);
  }
  for (const division of open) ends[division] = codes.length;
  return { parents, ends };
}

/** For every first character the first key that begins with it or a later one. */
function firstKeys(starts: Uint32Array, characters: Uint16Array): Uint32Array {
  const firsts = new Uint32Array(CHARACTERS + 1);
  let filled = 0;
  for (let key = 0; key < starts.length - 1; key += 1) {
    const first = characters[starts[key] ?? 0] ?? 0;
    while (filled <= first) firsts[filled++] = key;
  }
  firsts.fill(starts.length - 1, filled);
  return firsts;
}
