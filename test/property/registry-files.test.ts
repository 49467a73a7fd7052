import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readRegistry, writeRegistry } from '../../infra/commands/registry-files/files.ts';
import { KINDS, type Kind } from '../../shared/case/case.ts';
import { PRECISIONS, type Precision, SOURCES } from '../../shared/jurisdiction/routing-rule.ts';
import { ROLES, type Role } from '../../shared/people/roles.ts';
import { headerOf, SHEETS } from '../../shared/register-files/columns.ts';
import { type RegisterFile, registerFile } from '../../shared/register-files/register-file.ts';
import type { List } from '../../shared/register-files/sheets.ts';

const folder = mkdtempSync(join(tmpdir(), 'registry-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keysOf = <T extends string>(names: Record<T, unknown>) =>
  fc.constantFrom(...(Object.keys(names) as T[]));
/** Anything that spreadsheets, CSV and XML treat in a way of their own. */
const sign = fc.constantFrom(
  ...Array.from('甲店𠮷（）()0123456789-+=@\'",，;；|\\&<> \nEe./_x'),
  '=1+1',
  '；',
  '\\；',
  "''",
  ']]>',
  '😀',
);
const text = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join('').trim());
// What Excel makes of a long number is refused, and is no name.
const filled = text.filter((one) => one !== '' && !/^\d(?:\.\d+)?E\+\d{2}$/i.test(one));
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const count = fc.nat({ max: 99_999 });
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 5 });
const several = <T>(one: fc.Arbitrary<T>) => optional(fc.array(one, { minLength: 1, maxLength: 4 }));

const register: fc.Arbitrary<RegisterFile> = fc
  .record({
    version: count,
    bureau: filled,
    city: filled,
    units: some(
      fc.record({
        code: filled,
        kind: fc.constantFrom('city' as const, 'county' as const, 'station' as const),
        name: filled,
        address: text,
        phone: text,
        parent: optional(filled),
      }),
    ),
    divisions: some(
      fc.record({
        code: filled,
        name: filled,
        county: fc.record({ code: filled, name: filled }),
        station: filled,
        area: fc.record({ code: filled, name: text, officer: text }),
      }),
    ),
    officers: some(
      fc.record({
        id: filled,
        name: filled,
        role: keysOf<Role>(ROLES),
        unit: filled,
        phone: optional(filled),
        email: optional(filled),
      }),
    ),
    rules: some(
      fc.record({
        id: filled,
        precision: keysOf<Precision>(PRECISIONS),
        word: filled,
        within: optional(filled),
        numbers: optional(
          fc.record({
            from: count,
            to: count,
            side: optional(fc.constantFrom('odd' as const, 'even' as const)),
          }),
        ),
        kinds: several(keysOf<Kind>(KINDS)),
        subjects: several(filled),
        unit: filled,
        decidedBy: optional(fc.constant('dispatcher' as const)),
        area: optional(filled),
        from: optional(day),
        to: optional(day),
        source: fc.constantFrom(...SOURCES),
        seen: optional(fc.record({ here: count, elsewhere: count })),
      }),
    ),
    settings: optional(
      fc.record({ routingThreshold: fc.double({ min: 0, max: 1, noNaN: true }), provePhone: fc.boolean() }),
    ),
  })
  .map((document) => registerFile.parse(JSON.parse(JSON.stringify(document))));

describe('a register comes back as it was', () => {
  test.each(['.json', '.xlsx', ''])('by way of a file or folder%s', (ending) => {
    fc.assert(
      fc.property(register, (document) => {
        const file = join(folder, `${crypto.randomUUID()}${ending}`);
        writeRegistry(file, document);
        expect(readRegistry(file)).toEqual(document);
        if (ending === '.xlsx') rmSync(file);
      }),
      { numRuns: 150 },
    );
  });
});

/** Where the values of a schema stand: `county.code`. */
function leaves(schema: z.core.$ZodType, at = ''): string[] {
  if (schema instanceof z.ZodOptional) return leaves(schema.unwrap(), at);
  if (!(schema instanceof z.ZodObject)) return [at];
  return Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([key, inside]) =>
    leaves(inside, at === '' ? key : `${at}.${key}`),
  );
}

/** Lists of the document; partners are kept below a key of their own, in no sheet. */
const LISTS = Object.entries(registerFile.shape).flatMap(([list, schema]) => {
  let inner: z.core.$ZodType = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap();
  return inner instanceof z.ZodArray && list !== 'partners' ? [[list, inner.element] as const] : [];
});

test.each(LISTS)('every field of %s has a column, or it would be lost on the way', (list, element) => {
  const { columns } = SHEETS[list as List];
  expect(columns.map(({ at }) => at).toSorted()).toEqual(leaves(element).toSorted());
  expect(new Set(columns.map(({ zh }) => zh)).size).toBe(columns.length);
  expect(new Set(columns.map(headerOf)).size).toBe(columns.length);
});

test('CSV files begin with the mark by which Excel knows UTF-8', () => {
  const out = join(folder, 'mark');
  writeRegistry(out, fc.sample(register, 1)[0]!);
  expect([...readFileSync(join(out, 'rules.csv')).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
});
