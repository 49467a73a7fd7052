import { beforeEach, expect, test } from 'vitest';
import { arrived, begun, type Evidence, erased, kept } from '../../shared/evidence/evidence.ts';
import type { EvidenceStore } from '../../shared/store/evidence-store.ts';
import { MONDAY } from '../unit/support.ts';

const NUMBER = '261116-000001-9';
const file = (name: string, begunAt = MONDAY, number = NUMBER): Evidence =>
  begun(
    undefined,
    { name, type: 'image/jpeg', size: 8 },
    { number, by: 'consumer', begunAt, uploadId: `upload of ${name}` },
  );

/** What every store of evidence must do. */
export function evidenceStoreSuite(create: () => Promise<EvidenceStore>): void {
  let store: EvidenceStore;
  beforeEach(async () => {
    store = await create();
  });

  test('a file is found as it was kept, in each of its states', async () => {
    const uploading = { ...file('小票.jpg'), by: 'staff' as const, staff: 'officer-a1' };
    const checking = arrived(uploading) as Evidence;
    const safe = kept(checking, 'ab'.repeat(32), MONDAY) as Evidence;
    for (const state of [uploading, checking, safe, erased(safe)]) {
      expect(await store.save(state)).toBe('saved');
      expect(await store.evidence(NUMBER, uploading.id)).toEqual(JSON.parse(JSON.stringify(state)));
    }
    expect(await store.evidence(NUMBER, 'f'.repeat(32))).toBeUndefined();
  });

  test('of two that saw the same version only one is kept', async () => {
    const first = file('a.jpg');
    expect(await store.save(first)).toBe('saved');
    expect(await store.save(first)).toBe('conflict');
    const next = arrived(first) as Evidence;
    expect(await store.save(next)).toBe('saved');
    expect(await store.save(erased(first))).toBe('conflict');
    expect(await store.evidence(NUMBER, first.id)).toMatchObject({ state: 'checking', version: 2 });
  });

  test('those of a case are listed in the order in which they were begun, and no others', async () => {
    await store.save(file('b.jpg', '2026-11-16T03:00:00.000Z'));
    await store.save(file('a.jpg'));
    await store.save(file('c.jpg', MONDAY, '261116-000002-7'));
    expect((await store.ofCase(NUMBER)).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
    expect(await store.ofCase('261116-000003-5')).toEqual([]);
  });
}
