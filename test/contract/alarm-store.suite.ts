import { beforeEach, expect, test } from 'vitest';
import { markAlarm } from '../../shared/early-warning/alarm.ts';
import type { AlarmStore, KeptDraft } from '../../shared/store/alarm-store.ts';
import { alarmOf, draftOf } from '../unit/early-warning-alarms.ts';
import { series, signal, TODAY } from '../unit/early-warning-signals.ts';
import { tenOn } from '../unit/support.ts';

/** What every store of alarms must do. */
export function alarmStoreSuite(create: () => Promise<AlarmStore>): void {
  let store: AlarmStore;
  beforeEach(async () => {
    store = await create();
  });
  const kept = (id: string, more: Partial<KeptDraft> = {}): KeptDraft => ({
    draft: draftOf(id),
    version: 1,
    ...more,
  });

  test('signals come back by day; a day without any is known, a day made anew replaces what was there', async () => {
    const [one, other] = [signal('2026-09-08', { flags: ['refund'] }), signal('2026-09-10')];
    await store.keepSignals('2026-09-08', [one]);
    await store.keepSignals('2026-09-09', []);
    await store.keepSignals('2026-09-10', [other, signal('2026-09-10')]);
    await store.keepSignals('2026-09-10', [other]);
    const days = await store.signals('2026-09-08', '2026-09-11');
    expect([...days]).toEqual([
      ['2026-09-08', [one]],
      ['2026-09-09', []],
      ['2026-09-10', [other]],
    ]);
    expect((await store.signals('2026-09-09', '2026-09-09')).size).toBe(1);
  });

  test('more signals than an item holds are kept, and fewer afterwards leave nothing behind', async () => {
    const many = series(TODAY, 1, 4_100);
    await store.keepSignals(TODAY, many);
    expect((await store.signals(TODAY, TODAY)).get(TODAY)).toEqual(many);
    await store.keepSignals(TODAY, many.slice(0, 3));
    expect((await store.signals(TODAY, TODAY)).get(TODAY)).toEqual(many.slice(0, 3));
  });

  test('an alarm is kept on the version before it; of two marks at once one is kept', async () => {
    const alarm = alarmOf('20260910-0123456789ab');
    expect(await store.saveAlarm(alarm)).toBe('saved');
    expect(await store.saveAlarm(alarm)).toBe('conflict');
    const marks = (['true', 'false'] as const).map((as) =>
      markAlarm(alarm, as, { by: as, at: tenOn(TODAY), why: '现场核实' }),
    );
    const outcomes = await Promise.all(marks.map((one) => store.saveAlarm(one)));
    expect([...outcomes].sort()).toEqual(['conflict', 'saved']);
    expect(await store.alarm(alarm.id)).toEqual(marks[outcomes.indexOf('saved')]);
    expect(await store.alarm('20260910-ffffffffffff')).toBeUndefined();
  });

  test('alarms are listed from a day on, the oldest first', async () => {
    for (const day of ['20260910', '20260801', '20260905']) {
      await store.saveAlarm(alarmOf(`${day}-0123456789ab`));
    }
    expect((await store.alarms('2026-09-01')).map(({ id }) => id)).toEqual([
      '20260905-0123456789ab',
      '20260910-0123456789ab',
    ]);
  });

  test('ten drafts published at once have the numbers 1 to 10, each once', async () => {
    const drafts = Array.from({ length: 10 }, (_, n) => kept(`20260910-00000000000${n}`));
    for (const one of drafts) expect(await store.saveDraft(one)).toBe('saved');
    const published: unknown[] = [];
    // As people do: those who meet somebody else's publication try again.
    const publish = async (draft: KeptDraft): Promise<void> => {
      const outcome = await store.publish(draft, 'manager', tenOn(TODAY));
      if (outcome !== 'conflict') published.push(outcome.serial);
      else if ((await store.draft(draft.draft.alarm))?.published === undefined) await publish(draft);
    };
    await Promise.all(drafts.map(publish));
    expect([...published].sort((a, b) => Number(a) - Number(b))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await store.warnings('2026', 3)).map(({ serial }) => serial)).toEqual([10, 9, 8]);
  });

  test('a draft is published once; each year begins with 1', async () => {
    const draft = kept('20260910-0123456789ab');
    await store.saveDraft(draft);
    expect(await store.publish(draft, 'manager', '2026-12-31T15:59:59.000Z')).toMatchObject({
      ...draft.draft,
      year: '2026',
      serial: 1,
      by: 'manager',
    });
    expect(await store.publish(draft, 'manager', '2026-12-31T15:59:59.000Z')).toBe('conflict');
    expect(await store.draft(draft.draft.alarm)).toEqual({
      ...draft,
      version: 2,
      published: { year: '2026', serial: 1 },
    });
    const next = kept('20261231-0123456789ab');
    await store.saveDraft(next);
    // In Shanghai it is the next year already.
    expect(await store.publish(next, 'manager', '2026-12-31T16:00:00.000Z')).toMatchObject({
      year: '2027',
      serial: 1,
    });
    expect(await store.warnings('2026', 10)).toHaveLength(1);
  });

  test('how far a warning was sent is kept on the version before', async () => {
    const draft = kept('20260910-0123456789ab');
    await store.saveDraft(draft);
    expect(await store.spreading('2026', 1)).toBeUndefined();
    await store.publish(draft, 'manager', tenOn(TODAY));
    const begun = { year: '2026', serial: 1, version: 1, done: false };
    expect(await store.spreading('2026', 1)).toEqual(begun);
    const next = { ...begun, version: 2, after: 'subscriber-7', done: true };
    expect(await store.saveSpreading(next)).toBe('saved');
    expect(await store.saveSpreading(next)).toBe('conflict');
    expect(await store.spreading('2026', 1)).toEqual(next);
  });
}
