import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideRules } from '../../infra/commands/load-registry/decide-rules.ts';
import { staleness } from '../../infra/commands/load-registry/describe.ts';
import {
  readRegistry,
  readRules,
  writeRegistry,
  writeReview,
} from '../../infra/commands/registry-files/files.ts';
import { sampleBusinesses, sampleRegistry } from '../../infra/local/sample-registry.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import type { RuleReview } from '../../shared/jurisdiction/review-rules.ts';
import type { RoutingRule } from '../../shared/jurisdiction/routing-rule.ts';
import type { Checked } from '../../shared/register-files/check.ts';
import { checkRegistry } from '../../shared/register-files/check-registry.ts';
import { writeXlsx } from '../../shared/write-xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'registry-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

function run(command: string, ...parameters: string[]) {
  const file = fileURLToPath(new URL(`../../infra/commands/${command}.ts`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...parameters], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A business of the sample. */
const CODE = sampleBusinesses()[1]?.creditCode ?? '';

const rule = (id: string, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id,
  precision: 'place',
  word: '天一广场',
  unit: '33020301',
  source: 'by-hand',
  ...more,
});
const sample: Registry = { ...sampleRegistry(), version: 7, rules: [rule('mall')] };

describe('files of a register', () => {
  beforeAll(() => {
    for (const name of ['r.json', 'r.xlsx', 'r']) writeRegistry(at(name), sample);
  });

  test.each(['r.json', 'r.xlsx', 'r'])('%s is the whole sample again, with its version', (name) => {
    expect(readRegistry(at(name))).toEqual(sample);
  });

  test('are never written over', () => {
    expect(() => writeRegistry(at('r.xlsx'), sample)).toThrow('exists already');
    expect(() => writeRegistry(at('r.ods'), sample)).toThrow('.xlsx or a folder');
  });

  /** The same folder with another content of one file. */
  const changed = (file: string, change: (text: string) => string) => {
    const out = mkdtempSync(at('changed-'));
    rmSync(out, { recursive: true });
    writeRegistry(out, sample);
    writeFileSync(join(out, file), change(readFileSync(join(out, file), 'utf8')));
    return out;
  };

  test.each<[string, string, (text: string) => string, string[]]>([
    [
      'an unknown word',
      'units.csv',
      (text) => text.replace('"市局"', '"总局"'),
      ['units，第 2 行 / row 2，级别 (kind)', '请写：市局、区县局、监管所', 'none of: city, county, station'],
    ],
    [
      'a number that Excel has spoilt',
      'businesses.csv',
      (text) => `${text}"9.1E+17","例鲜超市","","","示例街66号","330203005","B","","",""\r\n`,
      ['businesses，第 2 行 / row 2，统一社会信用代码 (credit code)', '建议用 XLSX'],
    ],
    [
      'a credit code that was copied wrongly, and a township that is none',
      'businesses.csv',
      (text) => `${text}"914403001922038217","例鲜超市","","","示例街66号","海曙","B","","",""\r\n`,
      [
        '统一社会信用代码 (credit code): 统一社会信用代码：请照营业执照填写18位代码',
        '行政区划代码：请填写乡镇',
      ],
    ],
    [
      'a shop without its platform',
      'businesses.csv',
      (text) => `${text}"${CODE}","例鲜超市","","例鲜","示例街66号","330203005","B","","",""\r\n`,
      ['网店 (shops): “例鲜”没有写明平台'],
    ],
    ['an empty code', 'officers.csv', (text) => text.replace(/\r\n"[^"]+"/, '\r\n""'), ['row 2，编号 (id)']],
    [
      'no day',
      'rules.csv',
      (text) => text.replace('"","","人工"', '"2026-02-30","","人工"'),
      ['生效日', '2026-01-31'],
    ],
    [
      'half a range of houses',
      'rules.csv',
      (text) => text.replace('"天一广场","",""', '"天一广场","","1"'),
      ['门牌止'],
    ],
    [
      'a missing column',
      'units.csv',
      (text) => text.replace('名称 (name)', 'x'),
      ['名称 (name): 缺少这一列'],
    ],
    ['no version', 'bureau.csv', (text) => text.replace(/"version".*\r\n/, ''), ['version']],
    ['a setting that is none', 'bureau.csv', (text) => `${text}"settings.nonsense","1"\r\n`, ['nonsense']],
  ])('%s is told by place and remedy, and nothing is loaded', (_, file, change, words) => {
    const read = () => readRegistry(changed(file, change));
    for (const word of words) expect(read).toThrow(word);
  });

  test('businesses with aliases, shops, days and phone are read; a file without rows leaves them as they are', () => {
    const row = `"${CODE}","例鲜超市","例鲜；例鲜生活","美团：例鲜(天一店)；淘宝: 例鲜","示例街66号","330203005","b","2020/1/1","","0574-87000000"`;
    expect(readRegistry(changed('businesses.csv', (text) => `${text}${row}\r\n`)).businesses).toEqual([
      {
        creditCode: CODE,
        name: '例鲜超市',
        aliases: ['例鲜', '例鲜生活'],
        shops: [
          { platform: '美团', shop: '例鲜(天一店)' },
          { platform: '淘宝', shop: '例鲜' },
        ],
        address: '示例街66号',
        division: '330203005',
        grade: 'B',
        from: '2020-01-01',
        phone: '0574-87000000',
      },
    ]);
    expect(readRegistry(at('r')).businesses).toBeUndefined();
  });

  test('as people save them: other headers, blanks, days with slashes, English values, a column of their own', () => {
    const out = changed('rules.csv', (text) =>
      text
        .replace('编号 (id)', '编号')
        .replace('"来源 (source)"', '"Source","备注"')
        .replace('"","","人工"', '"2026/1/5",""," By hand ","问过古林所"')
        .replace('天一广场', ' 天一广场 '),
    );
    const notes: string[] = [];
    const { rules } = readRegistry(out, (line) => notes.push(line));
    expect(rules).toEqual([{ ...rule('mall'), from: '2026-01-05' }]);
    expect(notes).toEqual([expect.stringContaining('备注')]);
  });

  test('a workbook without one of its sheets names the sheet', () => {
    writeFileSync(at('short.xlsx'), writeXlsx([{ name: '本局 bureau', rows: [['项目', '值']] }]));
    expect(() => readRegistry(at('short.xlsx'))).toThrow('There is no such sheet; there are: 本局 bureau');
    writeFileSync(at('text.xlsx'), 'no workbook');
    expect(() => readRegistry(at('text.xlsx'))).toThrow(/缺少/);
    expect(() => readRegistry(at('nowhere'))).toThrow('ENOENT');
  });
});

describe('rules for review', () => {
  const review: RuleReview = {
    rule: rule('learned', { source: 'learned', seen: { here: 9, elsewhere: 1 } }),
    standing: 'new',
    do: 'load',
    here: 9,
    elsewhere: 1,
    trial: {
      rule: 'learned',
      decides: 9,
      right: 8,
      wrong: 1,
      moved: 3,
      toDispatcher: 0,
      gained: 2,
      lost: 0,
      returnsSaved: 2,
      returnsCaused: 1,
    },
  };
  const kept: RuleReview = {
    ...review,
    rule: rule('mall'),
    standing: 'contradicted',
    do: 'keep',
    trial: undefined,
  };

  test.each(['review.csv', 'review.json'])('%s comes back as rules with what to do', (name) => {
    writeReview(at(name), [review, kept], { version: 3, bureau: '330200' });
    expect(readRules(at(name))).toEqual([
      { rule: review.rule, do: 'load' },
      { rule: kept.rule, do: 'keep' },
    ]);
  });

  test('shows the trial in the sheet', () => {
    expect(readFileSync(at('review.csv'), 'utf8')).toContain('试算：可免退回 (returns saved)');
  });

  test('a word that says nothing about what to do is told', () => {
    writeFileSync(at('wrong.csv'), readFileSync(at('review.csv'), 'utf8').replace('"载入"', '"也许"'));
    expect(() => readRules(at('wrong.csv'))).toThrow('处理 (do)');
  });

  test('loaded ones replace those of their id, removed ones go, kept ones stay', () => {
    const inForce = [rule('a'), rule('b'), rule('c')];
    const after = decideRules(inForce, [
      { rule: rule('a', { unit: '33020302' }), do: 'load' },
      { rule: rule('b'), do: 'remove' },
      { rule: rule('c', { unit: '33020302' }), do: 'keep' },
      { rule: rule('d'), do: 'load' },
      { rule: rule('e'), do: 'remove' },
    ]);
    expect(after.map(({ id, unit }) => `${id} ${unit}`)).toEqual(['c 33020301', 'a 33020302', 'd 33020301']);
  });
});

test.each([
  [7, 7, false],
  [0, 7, false],
  [6, 7, true],
  [9, 7, true],
  [9, 0, false],
])('an export of version %d over version %d is refused: %s', (made, inForce, refused) => {
  const why = staleness(made, inForce);
  expect(why !== undefined).toBe(refused);
  if (refused) expect(why).toMatch(new RegExp(`${made}.*${inForce}.*--force`));
});

describe('checks of coverage and rules', () => {
  const found = (change: Partial<Checked>, words: string) =>
    checkRegistry({ ...sample, ...change }, '2026-11-16').find(({ en }) => en.includes(words));
  const withRules = (...rules: RoutingRule[]) => ({ rules });
  const TWO = 'two rules of one word';
  const other = '33020302';

  test('a township that no station covers, by the national list', () => {
    const [gap, ...divisions] = sample.divisions;
    expect(found({ divisions }, 'no station covers')).toMatchObject({
      fatal: false,
      which: [`${gap?.code}${gap?.name}`],
    });
    expect(found({}, 'no station covers')).toBeUndefined();
  });

  test('a township with two units, unless something says more closely which', () => {
    const { code, name, station } = sample.divisions[0]!;
    const second = rule('second', { precision: 'township', word: name, within: code, unit: '33028201' });
    expect(found(withRules(second), 'township with two units')?.which).toEqual([
      `${code}(${station} 33028201)`,
    ]);
    const road = rule('road', { precision: 'road', word: '甲路', within: code });
    expect(found(withRules(second, road), 'township with two units')).toBeUndefined();
  });

  test('one name in two townships', () => {
    const [first, second] = sampleBusinesses();
    const businesses = [first!, { ...second!, aliases: [first!.name] }];
    expect(found({ businesses }, 'of one name')?.which).toEqual([first!.name]);
  });

  test.each<[string, RoutingRule[], string | undefined]>([
    ['same word, other unit', [rule('a'), rule('b', { unit: other })], 'a×b'],
    ['same unit', [rule('a'), rule('b')], undefined],
    [
      'one after the other',
      [rule('a', { to: '2026-06-30' }), rule('b', { unit: other, from: '2026-07-01' })],
      undefined,
    ],
    [
      'a day together',
      [rule('a', { to: '2026-07-01' }), rule('b', { unit: other, from: '2026-07-01' })],
      'a×b',
    ],
    [
      'in two counties',
      [rule('a', { within: '330203' }), rule('b', { unit: other, within: '330212' })],
      undefined,
    ],
    ['one inside the other', [rule('a', { within: '330203' }), rule('b', { unit: other })], 'a×b'],
    [
      'of two kinds',
      [rule('a', { kinds: ['report'] }), rule('b', { unit: other, kinds: ['complaint'] })],
      undefined,
    ],
    [
      'both learned',
      [rule('a', { source: 'learned' }), rule('b', { unit: other, source: 'learned' })],
      undefined,
    ],
    [
      'houses that overlap',
      [
        rule('a', { precision: 'house', numbers: { from: 1, to: 99, side: 'odd' } }),
        rule('b', { precision: 'house', unit: other, numbers: { from: 99, to: 200 } }),
      ],
      'a×b',
    ],
    [
      'two sides of a road',
      [
        rule('a', { precision: 'house', numbers: { from: 1, to: 99, side: 'odd' } }),
        rule('b', { precision: 'house', unit: other, numbers: { from: 2, to: 98, side: 'even' } }),
      ],
      undefined,
    ],
    [
      'one number, of the other side',
      [
        rule('a', { precision: 'house', numbers: { from: 1, to: 50, side: 'odd' } }),
        rule('b', { precision: 'house', unit: other, numbers: { from: 50, to: 99 } }),
      ],
      undefined,
    ],
  ])('overlap: %s', (_, rules, which) => {
    expect(found({ rules }, TWO)?.which).toEqual(which === undefined ? undefined : [which]);
  });

  test.each<[string, RoutingRule]>([
    ['unit or an area that does not exist', rule('x', { unit: '99' })],
    ['unit or an area that does not exist', rule('x', { area: '99' })],
    ['that is over', rule('x', { to: '2026-11-15' })],
    ['can never apply', rule('x', { from: '2026-12-02', to: '2026-12-01' })],
    ['can never apply', rule('x', { precision: 'house' })],
    ['can never apply', rule('x', { precision: 'house', numbers: { from: 9, to: 1 } })],
    ['not written as it is compared', rule('x', { word: '银泰城 (海曙店)' })],
    ['too short or an ordinary word', rule('x', { word: '超市' })],
    ['too short or an ordinary word', rule('x', { word: '路' })],
  ])('a rule %s', (words, one) => {
    expect(found({ rules: [one] }, words)).toMatchObject({ fatal: false, which: ['x'] });
    expect(found({}, words)).toBeUndefined();
  });

  test('a rule twice is fatal', () => {
    expect(found(withRules(rule('a'), rule('a')), 'occurs twice')).toMatchObject({
      fatal: true,
      which: ['a'],
    });
  });

  test('a large register is checked in a moment', () => {
    const businesses = Array.from({ length: 50_000 }, (_, index) => ({
      ...sampleBusinesses()[0]!,
      creditCode: String(index),
      name: `店${index}`,
      aliases: [],
    }));
    const start = performance.now();
    checkRegistry({ ...sample, businesses });
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('commands', () => {
  const notThere = ['--endpoints', at('endpoints.json')];

  test.each([
    ['export-registry', [at('new.xlsx')]],
    ['load-registry', [at('r.xlsx')]],
    ['load-registry', ['--back']],
    ['load-registry', [at('review.csv'), '--rules']],
    ['trial-registry', [at('r')]],
    ['learn-rules', ['--out', at('learned.csv')]],
    ['propose-rules', []],
    ['returns', []],
    ['load-registry', [at('r.xlsx'), '--from', '2099-01-01']],
  ])('%s %j says that the system is not running', (command, parameters) => {
    const { status, stderr } = run(command, ...parameters, ...notThere);
    expect(status).toBe(1);
    expect(stderr).toContain('run npm start');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['export-registry', []],
    ['load-registry', []],
    ['load-registry', ['a.json', '--back']],
    ['load-registry', ['--back', '--force']],
    ['load-registry', ['--back', '--from', '2099-01-01']],
    ['load-registry', [at('r.json'), '--from', 'tomorrow']],
    ['trial-registry', [at('r.json'), '--threshold', '2']],
    ['trial-registry', [at('r.json'), '--days', '0']],
    ['learn-rules', []],
    ['learn-rules', ['--out', 'rules.txt']],
  ])('%s %j is wrong usage', (command, parameters) => {
    expect(run(command, ...parameters)).toMatchObject({ status: 2, stdout: '' });
  });

  test.each(['export-registry', 'trial-registry', 'learn-rules', 'propose-rules'])(
    '%s explains itself',
    (command) => {
      const { status, stdout } = run(command, '--help');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^npm run [\s\S]*[一-鿿]/);
    },
  );

  test.each(['r.xlsx', 'r'])('load-registry %s --check needs no system', (name) => {
    expect(run('load-registry', at(name), '--check')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('may be loaded'),
    });
  });
});
