import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { checkHolidayYear } from '../../shared/law/check-holiday-year.ts';
import { compareYears } from '../../shared/law/compare-years.ts';
import { HOLIDAY_YEARS, type HolidayYear } from '../../shared/law/holidays.ts';

/** Made up: no notice for 2027 is known here. */
const NOTICE: HolidayYear = {
  off: [
    ['2026-12-31', '2027-01-02'],
    ['2027-05-01', '2027-05-05'],
  ],
  worked: ['2027-01-03', '2027-05-08'],
  source: 'https://example.com/notice',
};

describe('a notice that cannot be right is refused, and the days are named', () => {
  test('those in use are right, also over the turn of the year', () => {
    for (const [year, notice] of Object.entries(HOLIDAY_YEARS)) {
      expect(checkHolidayYear(Number(year), notice)).toEqual([]);
    }
    expect(checkHolidayYear(2027, NOTICE)).toEqual([]);
    expect(checkHolidayYear(2027, { off: [['2026-12-25', '2028-01-07']], worked: [] })).toEqual([]);
  });

  test.each<[string, Partial<HolidayYear>, string[]]>([
    ['not an existing day', { off: [['2027-02-28', '2027-02-29']] }, ['2027-02-29']],
    ['not an existing day', { worked: ['2027-1-3'] }, ['2027-1-3']],
    ['outside the year', { off: [['2026-12-24', '2027-01-01']], worked: [] }, ['2026-12-24']],
    ['outside the year', { worked: ['2028-01-08'] }, ['2028-01-08']],
    ['ends before it begins', { off: [['2027-05-05', '2027-05-01']], worked: [] }, ['2027-05-05']],
    [
      'overlap',
      {
        off: [
          ['2027-05-01', '2027-05-05'],
          ['2027-05-05', '2027-05-07'],
        ],
      },
      ['2027-05-05'],
    ],
    ['no Saturday or Sunday', { worked: ['2027-01-04'] }, ['2027-01-04']],
    ['both off and worked', { worked: ['2027-05-01'] }, ['2027-05-01']],
    ['occurs twice', { worked: ['2027-05-08', '2027-05-08'] }, ['2027-05-08']],
  ])('%s: %j', (words, changes, which) => {
    expect(checkHolidayYear(2027, { ...NOTICE, ...changes })).toEqual([
      { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringContaining(words), which },
    ]);
  });

  test('a block given twice is named twice', () => {
    const off: HolidayYear['off'] = [
      ['2027-05-01', '2027-05-05'],
      ['2027-05-01', '2027-05-05'],
    ];
    expect(checkHolidayYear(2027, { off, worked: [] })[0]?.which).toEqual(['2027-05-01', '2027-05-01']);
  });
});

describe('what loading a year changes', () => {
  test('is everything for a new year, nothing for the same', () => {
    expect(compareYears(undefined, NOTICE)).toHaveLength(5);
    expect(compareYears(NOTICE, structuredClone(NOTICE))).toEqual([]);
  });

  test('is the day that was moved', () => {
    expect(compareYears(NOTICE, { ...NOTICE, worked: ['2027-01-03', '2027-05-09'] })).toEqual([
      '- 调休上班 / worked 2027-05-08',
      '+ 调休上班 / worked 2027-05-09',
    ]);
  });
});

describe('npm run load-calendar', () => {
  const folder = mkdtempSync(join(tmpdir(), 'load-calendar-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const command = fileURLToPath(new URL('../../infra/commands/load-calendar.ts', import.meta.url));
  const run = (...parameters: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...parameters], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const good = file('good.json', { year: 2027, ...NOTICE });

  test('explains itself in Chinese and English', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^npm run load-calendar /);
    expect(stdout).toContain('国务院办公厅通知');
    expect(stdout).toContain('one year of State Council holidays');
  });

  test('--check needs no system and adds up the year', () => {
    // 2027 begins on a Friday: 261 weekdays. Off: 1 January, 3 to 5 May; worked: two weekends.
    expect(run(good, '--check')).toEqual({
      status: 0,
      stdout:
        '2027: 放假 7 天，调休上班 2 天，全年工作日 259 天 / 7 days off in holidays, 2 worked weekends, 259 working days\n' +
        '可以载入 / may be loaded\n',
      stderr: '',
    });
  });

  test.each([
    ['no JSON', '{', 'cannot be read as JSON'],
    ['no notice', [], 'is not a calendar year'],
    ['an unknown key', { year: 2027, ...NOTICE, halfDays: [] }, 'halfDays'],
    ['no year', NOTICE, '/year'],
    ['no holiday', { year: 2027, ...NOTICE, off: [] }, '/off'],
    ['half a block', { year: 2027, ...NOTICE, off: [['2027-05-01']] }, '/off/0'],
    ['a source that nobody can look up', { year: 2027, ...NOTICE, source: 'http://example.com' }, '/source'],
    ['the wrong year', { year: 2028, ...NOTICE }, 'nothing was loaded'],
  ])('refuses a file with %s: one line, exit code 1', (_, content, words) => {
    const { status, stderr } = run(file('bad.json', content), '--check');
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('without a file or with two it is wrong usage', () => {
    expect(run()).toMatchObject({ status: 2, stdout: '' });
    expect(run(good, good)).toMatchObject({ status: 2, stdout: '' });
  });

  test('says that the local system is not running', () => {
    const { status, stderr } = run(good, '--endpoints', join(folder, 'endpoints.json'));
    expect(status).toBe(1);
    expect(stderr).toContain('The local system is not running; run npm start');
  });
});
