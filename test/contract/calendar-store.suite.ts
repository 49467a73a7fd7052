import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { dueDate } from '../../shared/law/clocks.ts';
import { HOLIDAY_YEARS, type HolidayYear } from '../../shared/law/holidays.ts';
import { type CalendarStore, createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';

/** Made up: no notice for 2027 is known here. */
const NOTICE: HolidayYear = {
  off: [['2027-01-01', '2027-01-03']],
  worked: ['2027-01-09'],
  source: 'https://example.com/notice',
};
const overNewYear = { start: '2026-12-28', length: 10, unit: 'WD' } as const;

/** What every store of calendar years must do. */
export function calendarStoreSuite(create: () => Promise<CalendarStore>): void {
  test('counts by the built-in years before anything is loaded, and marks what lies beyond', async () => {
    const store = await create();
    expect(await store.loadedYears()).toEqual({});
    expect(dueDate(overNewYear, await store.read())).toMatchObject({ due: '2027-01-11', provisional: true });
    expect((await store.read()).kindOf('2026-10-01')).toBe('holiday');
  });

  test('a loaded year makes dates final', async () => {
    const store = await create();
    await store.load(2027, NOTICE);
    expect(await store.loadedYears()).toEqual({ 2027: NOTICE });
    expect(dueDate(overNewYear, await store.read())).toMatchObject({ due: '2027-01-11', provisional: false });
    expect((await store.read()).kindOf('2027-01-09')).toBe('worked-weekend');
  });

  test('loaded again it is replaced, and a loaded year wins over the built-in one', async () => {
    const store = await create();
    await store.load(2027, NOTICE);
    await store.load(2027, { ...NOTICE, worked: [] });
    await store.load(2026, { ...(HOLIDAY_YEARS[2026] as HolidayYear), worked: [] });
    const calendar = await store.read();
    expect(calendar.kindOf('2027-01-09')).toBe('weekend');
    expect(calendar.kindOf('2026-10-10')).toBe('weekend');
    expect(calendar.kindOf('2025-10-11')).toBe('worked-weekend');
  });

  test('a broken notice is refused and changes nothing', async () => {
    const store = await create();
    await expect(store.load(2028, NOTICE)).rejects.toThrow(RangeError);
    expect(await store.loadedYears()).toEqual({});
  });
}

/** What holds for years in DynamoDB; `open` gives a client and an empty table of registers. */
export function calendarInDynamoDbSuite(
  open: () => Promise<{ client: DynamoDBDocumentClient; table: string }>,
): void {
  const create = async () => {
    const { client, table } = await open();
    const clock = { ms: 0 };
    const store = () => createDynamoDbCalendarStore(client, table, () => new Date(clock.ms));
    return { client, table, clock, writer: store(), reader: store() };
  };
  const put = (client: DynamoDBDocumentClient, table: string, changes: object) =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: {
          pk: 'CALENDAR',
          sk: 'YEAR#2027',
          schemaVersion: 1,
          entity: 'calendar-year',
          ...NOTICE,
          ...changes,
        },
      }),
    );

  test('a function that lives on sees a new year within a minute; whoever loaded it, at once', async () => {
    const { clock, writer, reader } = await create();
    const loadedIn = async (store: CalendarStore) => (await store.read()).isLoaded('2027-06-01');
    expect([await loadedIn(reader), await loadedIn(writer)]).toEqual([false, false]);
    await writer.load(2027, NOTICE);
    clock.ms = 59_999;
    expect([await loadedIn(reader), await loadedIn(writer)]).toEqual([false, true]);
    clock.ms = 60_000;
    expect(await loadedIn(reader)).toBe(true);
  });

  test.each<[string, object]>([
    ['another schema version', { schemaVersion: 2 }],
    ['holidays that end before they begin', { off: [['2027-01-03', '2027-01-01']] }],
    ['no holidays', { off: null }],
    ['a year that is none', { sk: 'YEAR#next' }],
  ])('an item with %s stops nothing: the built-in years count, and so do other items', async (_, changes) => {
    const { client, table, reader } = await create();
    await put(client, table, changes);
    await put(client, table, { sk: 'YEAR#2028', off: [['2028-01-01', '2028-01-03']], worked: [] });
    const calendar = await reader.read();
    expect(calendar.kindOf('2026-10-01')).toBe('holiday');
    expect([calendar.isLoaded('2027-06-01'), calendar.isLoaded('2028-06-01')]).toEqual([false, true]);
    expect(Object.keys(await reader.loadedYears())).toEqual(['2028']);
  });

  test('an item that was readable and is no longer stays as it was', async () => {
    const { client, table, clock, reader } = await create();
    await put(client, table, {});
    expect((await reader.read()).kindOf('2027-01-09')).toBe('worked-weekend');
    await put(client, table, { schemaVersion: 2 });
    clock.ms = 60_000;
    expect((await reader.read()).kindOf('2027-01-09')).toBe('worked-weekend');
  });

  test('without the table an intake goes on by the built-in years, and the command fails', async () => {
    const { client } = await open();
    const store = createDynamoDbCalendarStore(client, 'NoSuchTable', () => new Date(0));
    expect((await store.read()).kindOf('2026-10-01')).toBe('holiday');
    await expect(store.loadedYears()).rejects.toThrow();
  });

  test('a failed read is not kept: the next one finds the year', async () => {
    const { client, writer, table } = await create();
    let broken = true;
    const flaky = new Proxy(client, {
      get: (target, key) =>
        key === 'send' && broken
          ? () => Promise.reject(new Error('no connection'))
          : Reflect.get(target, key, target),
    });
    const reader = createDynamoDbCalendarStore(flaky, table, () => new Date(0));
    await writer.load(2027, NOTICE);
    expect((await reader.read()).isLoaded('2027-06-01')).toBe(false);
    broken = false;
    expect((await reader.read()).isLoaded('2027-06-01')).toBe(true);
  });

  test('npm run load-calendar tells what changes, loads it, and finds nothing to do the second time', async () => {
    const { table, reader } = await create();
    const folder = mkdtempSync(join(tmpdir(), 'load-calendar-'));
    const file = join(folder, '2027.json');
    const run = (notice: HolidayYear) => {
      writeFileSync(file, JSON.stringify({ year: 2027, ...notice }));
      const command = fileURLToPath(new URL('../../infra/commands/load-calendar.ts', import.meta.url));
      return spawnSync(process.execPath, [command, file, '--registry-table', table], { encoding: 'utf8' });
    };
    try {
      const first = run(NOTICE);
      expect(first).toMatchObject({ status: 0, stderr: '' });
      expect(first.stdout).toContain(
        '+ 放假 / off 2027-01-01 – 2027-01-03\n+ 调休上班 / worked 2027-01-09\n',
      );
      expect(first.stdout).toContain('recounted by the next run of watch-deadlines');
      expect(await reader.loadedYears()).toEqual({ 2027: NOTICE });

      const second = run(NOTICE);
      expect(second).toMatchObject({ status: 0 });
      expect(second.stdout).toContain('nothing was changed');

      expect(run({ ...NOTICE, worked: [] }).stdout).toContain('- 调休上班 / worked 2027-01-09\n已载入');
      expect((await reader.loadedYears())[2027]?.worked).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
