import * as fc from 'fast-check';

/* What the network, another version of a program, or a careless exporter does to what is sent. */

const HARMS = {
  'left out': () => undefined,
  null: () => null,
  'number for string': (value: unknown) =>
    typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : 7,
  'string for number': (value: unknown) => String(value),
  list: (value: unknown) => [value],
  object: () => ({}),
  negative: () => -1,
  huge: () => 1e300,
} as const;

/** One change at one place. */
export const harm = fc.constantFrom(...Object.values(HARMS));

/** Changes the value at one place, counted through the whole tree. */
export function changed(value: unknown, place: number, harmful: (value: unknown) => unknown): unknown {
  let left = place;
  const walk = (one: unknown): unknown => {
    left -= 1;
    if (left === 0) return harmful(one);
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value);
}

/** The same with other names of keys. */
export function withKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withKeys(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rename(key), withKeys(inner, rename)]),
  );
}

/** A file with bytes changed here and there. */
export const damaged = (files: readonly Uint8Array[]) =>
  fc
    .tuple(fc.constantFrom(...files), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }))
    .map(([file, spots]) => {
      const bytes = Uint8Array.from(file);
      for (const [at, byte] of spots) bytes[at % bytes.length] = byte;
      return bytes;
    });

/** Whatever can happen to one of these JSON files: a place changed, a key renamed or added, cut off, bytes changed. */
export function harmed(files: readonly unknown[]): fc.Arbitrary<Uint8Array> {
  const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? '');
  const file = fc.constantFrom(...files);
  const upper = (key: string) => key.toUpperCase();
  return fc.oneof(
    fc
      .tuple(file, fc.integer({ min: 1, max: 400 }), harm)
      .map(([one, place, harmful]) => utf8(changed(one, place, harmful))),
    file.map((one) => utf8(withKeys(one, upper))),
    file.map((one) =>
      utf8(Array.isArray(one) ? [...one, { novelty: 1 }] : { novelty: [1], ...(one as object) }),
    ),
    fc
      .tuple(file, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([one, share]) => utf8(one).slice(0, Math.floor(utf8(one).length * share))),
    damaged(files.map(utf8)),
    // Chinese written in another encoding.
    file.map((one) => Uint8Array.from(Buffer.from(JSON.stringify(one), 'utf16le'))),
  );
}
