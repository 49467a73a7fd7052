import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { calendarDocument } from '../../shared/law/calendar-document.ts';
import { checkHolidayYear, type HolidayFinding } from '../../shared/law/check-holiday-year.ts';
import { compareYears, describeYear } from '../../shared/law/compare-years.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { CommandFailure, runCommand } from './command-line.ts';
import { ENDPOINTS_OPTION, findLocalSystem, tableOf, useLocalServices } from './connection.ts';

await runCommand(
  {
    usage: 'npm run load-calendar -- FILE.json [--check] [--registry-table NAME]',
    zh: '检查并载入一年的放假安排（国务院办公厅通知）。一分钟内生效；文件格式见 docs/runbook.md。',
    en: 'Checks and loads one year of State Council holidays. Takes effect within a minute; format: docs/runbook.md.',
    positionals: 1,
    options: {
      check: { type: 'boolean', zh: '只检查，不载入', en: 'check only' },
      'registry-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的登记表',
        en: 'a deployed system’s table; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [file = '']) => {
    const { year, ...notice } = readYear(file);
    process.stdout.write(`${describeYear(year, notice)}\n`);
    if (options.check) {
      process.stdout.write('可以载入 / may be loaded\n');
      return 0;
    }

    const table = options['registry-table'] ?? localTable(options.endpoints);
    const store = createDynamoDbCalendarStore(createDocumentClient(), table, () => new Date());
    const loaded = (await store.loadedYears())[year];
    const changes = compareYears(loaded ?? HOLIDAY_YEARS[year], notice);
    if (changes.length === 0) {
      process.stdout.write('与现有安排相同，没有改动 / the same as before, nothing was changed\n');
      return 0;
    }
    process.stdout.write(`${changes.join('\n')}\n`);
    await store.load(year, notice);
    process.stdout.write(
      `已载入 / loaded into ${table}\n` +
        '未结案件的暂定日期由 watch-deadlines 下次运行时重新计算 / ' +
        'Open cases with provisional dates are recounted by the next run of watch-deadlines\n',
    );
    return 0;
  },
);

function readYear(file: string): z.output<typeof calendarDocument> {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(`${file} 读不懂 / ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = calendarDocument.safeParse(document);
  if (!parsed.success) {
    const places = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `/${path.join('/')}: ${message}`);
    throw new CommandFailure(`${file} 格式不对 / is not a calendar year: ${places.join('; ')}`);
  }
  const findings = checkHolidayYear(parsed.data.year, parsed.data);
  process.stdout.write(findings.map(describe).join(''));
  if (findings.length > 0) {
    throw new CommandFailure('放假安排有误，没有载入 / The notice is broken; nothing was loaded');
  }
  return parsed.data;
}

function localTable(endpoints: string): string {
  const system = findLocalSystem(endpoints);
  useLocalServices(system);
  return tableOf(system, 'Registry');
}

function describe({ zh, en, which }: HolidayFinding): string {
  return `错误 / error: ${zh} / ${en}: ${which.join(' ')}\n`;
}
