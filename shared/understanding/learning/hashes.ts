/**
 * Features are known by 32-bit hashes alone: a model then holds no words of citizens, is small, and looks a
 * feature up without making a string. FNV-1a over UTF-16 units, mixed at the end with a salt for the kind.
 */
export const HASH_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const MIX_FIRST = 0x2c1b3c6d;
const MIX_SECOND = 0x297a2d39;
const MIN_SLOTS = 8;
const SPREAD = 0x9e3779b1;
/** No feature has this hash: `hashEnd` gives 1 in its place. */
const EMPTY = 0;

export const hashNext = (hash: number, unit: number): number => Math.imul(hash ^ unit, FNV_PRIME);

export function hashEnd(hash: number, salt: number): number {
  let mixed = hash ^ Math.imul(salt + 1, SPREAD);
  mixed = Math.imul(mixed ^ (mixed >>> 15), MIX_FIRST);
  mixed = Math.imul(mixed ^ (mixed >>> 12), MIX_SECOND);
  return (mixed ^ (mixed >>> 15)) >>> 0 || 1;
}

export function hashOf(text: string, salt: number, start = 0, end = text.length): number {
  let hash = HASH_START;
  for (let at = start; at < end; at += 1) hash = hashNext(hash, text.charCodeAt(at));
  return hashEnd(hash, salt);
}

/**
 * Where a hash stands in a list without repetitions; open addressing, at most half full.
 * @returns a function from a hash to its place, -1 when it is not there
 */
export function createHashIndex(hashes: Uint32Array): (hash: number) => number {
  const bits = Math.ceil(Math.log2(Math.max(MIN_SLOTS, hashes.length * 2)));
  const mask = 2 ** bits - 1;
  const keys = new Uint32Array(mask + 1);
  const places = new Int32Array(mask + 1);
  for (let place = 0; place < hashes.length; place += 1) {
    let slot = hashes[place]! & mask;
    while (keys[slot] !== EMPTY) slot = (slot + 1) & mask;
    keys[slot] = hashes[place]!;
    places[slot] = place;
  }
  return (hash) => {
    let slot = hash & mask;
    for (let key = keys[slot]!; key !== EMPTY; key = keys[slot]!) {
      if (key === hash) return places[slot]!;
      slot = (slot + 1) & mask;
    }
    return -1;
  };
}
