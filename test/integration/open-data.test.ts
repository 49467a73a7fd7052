import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataReleased } from './open-data-scene.ts';
import { type System, startSystem } from './system.ts';

let system: System;
let open: string;
let numbers: string[];
beforeAll(async () => {
  system = await startSystem();
  ({ open, numbers } = await openDataReleased(system));
});
afterAll(() => system?.stop());

test('what was published last month is open, with the answer of the business, and no case can be named by it', () => {
  expect(open).toContain('"published":7');
  expect(open).toContain('我店已整改');
  expect(numbers).toHaveLength(7);
  for (const number of numbers) expect(open).not.toContain(number);
});

test('a spreadsheet opens it: a byte order mark, one line for each row', async () => {
  const answer = await fetch(`${system.runtime.endpoints.api}/open-data/complaints?format=csv`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes).trim().split('\r\n')).toHaveLength(8);
});

test('a wrong question is refused, and the field is named', async () => {
  const { status, body } = await system.api('GET', '/open-data/complaints?updatedSince=gestern');
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ field: 'updatedSince' }]);
});
