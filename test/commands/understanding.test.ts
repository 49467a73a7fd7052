import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import {
  MESSAGE_KINDS,
  PROBLEMS,
  REQUESTS,
  SUBJECTS,
  URGENCIES,
} from '../../shared/understanding/understanding.ts';

const folder = mkdtempSync(join(tmpdir(), 'understanding-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command as a person does, in a folder of its own. */
function run(command: string, ...parameters: string[]) {
  const file = fileURLToPath(new URL(`../../infra/commands/${command}.ts`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...parameters], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { status, stdout, stderr };
}

function written(name: string, lines: readonly (object | string)[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  return path;
}

const read = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const divisionOf = (line: Record<string, unknown> | undefined) =>
  line?.division as { code: string | null; candidates: string[] };

const figuresOf = (stdout: string) =>
  JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, number | string>;

/** What a reader wrote down who found nothing but the kind. */
const GOLD = {
  problem: [null],
  subject: [null],
  respondent: [null],
  place: [null],
  paid_yuan: [null],
  claimed_yuan: [null],
  amounts: [],
  amounts_optional: [],
  requests: { both: [], either: [] },
};

const SHOES = {
  id: 'shoes',
  time: '2026-03-11 09:30:00',
  title: '运动鞋开胶，南苑超市拒绝退款',
  text: '我昨天在义乌市的南苑超市买了一双运动鞋，花了299元，今天就开胶。找店家协商，店家拒绝退款。要求退款299元。',
};
const BREAKFAST = {
  id: 'breakfast',
  time: '2026-03-12 08:00:00',
  title: '咨询早餐店营业执照',
  text: '请问开一家早餐店，办理营业执照需要哪些材料？在哪里办理？谢谢解答。',
};

const FIELDS = [
  {
    ...SHOES,
    gold: {
      ...GOLD,
      kind: ['complaint'],
      problem: ['质量', '售后服务', '合同'],
      subject: ['服装鞋帽类'],
      respondent: ['南苑超市'],
      place: ['义乌市'],
      paid_yuan: [299],
      claimed_yuan: [299],
      scope: ['yes'],
      amounts: [
        { s: '299元', yuan: 299 },
        { s: '299元', yuan: 299 },
      ],
      requests: { both: ['refund'], either: ['refund'] },
    },
  },
  // Wrong on purpose: a question is no complaint.
  {
    ...BREAKFAST,
    gold: { ...GOLD, kind: ['complaint'], problem: ['价格'], subject: ['食品类'], scope: ['yes'] },
  },
];

const CATEGORIES = ['路灯坏了没人修', '公交车晚点', '自来水停了两天'].flatMap((words, at) =>
  Array.from({ length: 10 }, (_, copy) => ({
    id: `${at}-${copy}`,
    title: words,
    text: `${words}，第${copy}次反映，请尽快处理。`,
    label: ['照明', '交通', '供水'][at],
  })),
);

const KINDS = CATEGORIES.map(({ id, title, text, label }) => ({
  id,
  title_without_cue: title,
  text,
  intent: label === '照明' ? '投诉' : '建议',
}));

const TASKS = [
  {
    task: 'fields',
    lines: FIELDS,
    keys: `kind_macro_f1 kind_accuracy problem_accuracy subject_accuracy scope_accuracy respondent_exact
      respondent_loose respondent_none_right place_exact place_loose sums_f1 sums_precision sums_recall paid_exact
      claimed_exact requests_same_set requests_f1 given_09_right given_09_n calibration_error`,
    figures: {
      n: 2,
      kind_accuracy: 0.5,
      problem_accuracy: 0.5,
      subject_accuracy: 0.5,
      respondent_exact: 1,
      respondent_none_right: 1,
      place_exact: 1,
      sums_f1: 1,
      paid_exact: 1,
      claimed_exact: 1,
    },
    tables: ['kind (rows: right, columns: answered)', 'calibration: kind'],
    wrong: 'breakfast',
  },
  {
    task: 'kind',
    lines: [...KINDS, { id: 'odd', text: '自来水停了两天，请尽快处理。', intent: '投诉' }],
    keys: 'macro_f1 accuracy calibration_error method trained_on',
    figures: { n: 31, trained_on: 0 },
    tables: ['by class', 'confusion', 'calibration'],
    wrong: 'odd',
  },
  {
    task: 'category',
    lines: [...CATEGORIES, { id: 'odd', text: '自来水停了两天，请尽快处理。', label: '照明' }],
    keys: 'macro_f1 accuracy calibration_error method trained_on',
    figures: { n: 31, trained_on: 0 },
    tables: ['by class', 'confusion', 'calibration'],
    wrong: 'odd',
  },
  {
    task: 'division',
    lines: [
      {
        row: 1,
        text: '宁波市海曙区古林镇中心路8号',
        level: 'town',
        code: '330203103',
        given: { district: '海曙区', town: '古林镇' },
        path: ['浙江省', '宁波市', '海曙区', '古林镇'],
      },
      { row: 2, text: '义乌市稠城街道', level: 'county', code: '330782', given: { district: '义乌市' } },
      { row: 3, text: '那条路的尽头', level: 'county', code: '330203' },
    ],
    keys: `accuracy accuracy_city accuracy_county accuracy_town without_code candidates_recall ambiguous_names
      authorities authority_accuracy ambiguous_recall lookups_per_second gazetteer_bytes load_ms calibration_error`,
    figures: {
      n: 3,
      accuracy: 0.6667,
      accuracy_town: 1,
      accuracy_county: 0.5,
      without_code: 0.3333,
      authorities: 2,
      authority_accuracy: 1,
    },
    tables: ['levels', 'authority by province', 'confidence'],
    wrong: '3',
  },
  {
    task: 'money',
    lines: [
      { input: '一万二', expected: '12000', set: 'smart' },
      { input: '两百五十块', expected: { num: '250.00', case: '元', definition: 'accurate' } },
      { input: '20美元', expected: { num: '20.00', case: '美元', definition: 'accurate' } },
      { input: '三百元', expected: { num: '301.00', case: '元', definition: 'accurate' } },
    ],
    keys: 'exact left_out exact_yuan exact_numeral exact_words',
    figures: { n: 3, exact: 0.6667, left_out: 1, exact_yuan: 0.5, exact_numeral: 1, exact_words: 'none' },
    tables: ['by kind', 'left out'],
    wrong: '三百元',
  },
  {
    task: 'sms',
    lines: [
      { id: 1, text: '晚上回家吃饭吗，我买了菜' },
      { id: 2, text: '祝你生日快乐' },
      { id: 3, text: '好的收到', concerns: true },
    ],
    keys: 'everyday false_registrations false_registration_rate concerning missed',
    figures: {
      n: 3,
      everyday: 2,
      false_registrations: 0,
      false_registration_rate: 0,
      concerning: 1,
      missed: 1,
    },
    tables: ['kind of the everyday texts'],
    wrong: '3',
  },
  {
    task: 'tickets',
    lines: [
      {
        id: 'meat',
        problem_text: SHOES.text,
        expected_is_market: true,
        expected_accept_suggestion: 'ACCEPT',
      },
      {
        id: 'wrong',
        problem_text: '在南苑超市买到过期饼干，花了20元，要求退款。',
        expected_is_market: false,
        expected_accept_suggestion: 'REVIEW',
        expected_reason_type: 'ARTICLE16_1_OUT_OF_SCOPE_OR_NO_AUTHORITY',
      },
    ],
    keys: 'is_market_accuracy suggestion_accuracy ground_accuracy ground_macro_f1',
    figures: { n: 2, is_market_accuracy: 0.5, suggestion_accuracy: 0.5, ground_accuracy: 0 },
    tables: ['suggestion', 'ground'],
    wrong: 'wrong',
  },
  {
    task: 'stations',
    // Wrong on purpose: 分界路 ends elsewhere where the county is named.
    lines: ['天一街', '天一街8号', '海曙区天一街', '海曙区天一街9号', '天一街甲面馆', '天一街12号'].flatMap(
      (alias) => [
        { alias, office_code: 'A', office_name: '甲所', confidence: '1.0', support: '5' },
        {
          alias: alias.replace('天一街', '样例市场'),
          office_code: 'B',
          office_name: '乙所',
          confidence: '0.9',
          support: 'manual',
        },
        {
          alias: alias.replace('天一街', '分界路'),
          office_code: alias.startsWith('海曙') ? 'A' : 'B',
          confidence: '1.0',
          support: '9',
        },
      ],
    ),
    keys: `county draws right wrong to_dispatcher precision ambiguous ambiguous_guessed ambiguous_wrong ambiguous_known ambiguous_known_guessed`,
    figures: { n: 18, county: '330203', draws: 20 },
    tables: ['stations, in cases'],
    wrong: '海曙区分界路',
  },
  {
    task: 'towns',
    lines: [
      { province: '浙江省', city: '宁波市', county: '海曙区', town_keyword: '古林', station: '古林所' },
      { province: '浙江省', city: '宁波市', county: '海曙区', town_keyword: '高桥', station: '高桥所' },
    ],
    keys: 'addresses right wrong to_dispatcher',
    figures: { n: 2, addresses: 80, right: 0.9, wrong: 0, to_dispatcher: 0.1 },
    tables: ['spellings'],
    wrong: undefined,
  },
];

describe.each(TASKS)('eval $task', ({ task, lines, keys, figures, tables, wrong }) => {
  const errors = join(folder, `errors-of-${task}`, 'worst.jsonl');
  const { status, stdout, stderr } = run('eval', task, written(`${task}.jsonl`, lines), '--errors', errors);

  test('ends with one JSON line that has the keys of docs/understanding.md', () => {
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(figuresOf(stdout)).toMatchObject({ task, ...figures });
    expect(Object.keys(figuresOf(stdout)).sort()).toEqual(['task', 'n', ...keys.split(/\s+/)].sort());
    expect(DOCUMENT).toContain(`| \`${task}\` |`);
    for (const key of keys.split(/\s+/)) expect(documented(task)).toContain(key);
  });

  test('shows its tables', () => {
    for (const title of tables) expect(stdout).toContain(title);
  });

  test('writes the worst mistakes to a file', () => {
    const ids = read(errors).map(({ id }) => id);
    if (wrong === undefined) expect(ids).toEqual([]);
    else expect(ids).toContain(wrong);
    for (const mistake of read(errors))
      expect(Object.keys(mistake)).toEqual(expect.arrayContaining(['id', 'expected', 'got', 'text']));
    expect(stderr).toContain(`mistakes: ${ids.length} → ${errors}`);
  });
});

const DOCUMENT = readFileSync(new URL('../../docs/understanding.md', import.meta.url), 'utf8');
/** The row of a task, with the keys that are shortened in it written out. */
const documented = (task: string) =>
  (DOCUMENT.split('\n').find((row) => row.startsWith(`| \`${task}\` |`)) ?? '').replaceAll(
    /`_(\w+)`/g,
    (short, end: string) => `${short} accuracy_${end}`,
  );

describe('eval', () => {
  const category = written('some.jsonl', CATEGORIES);

  test('prints the JSON line alone with --json, and the errors go below .local', () => {
    const { status, stdout } = run('eval', 'category', category, '--json');
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, '.local/eval/category-errors.jsonl'))).toBe(true);
  });

  test('learns from the files of --train, one or more', () => {
    const rest = written('rest.jsonl', [{ label: '供水', text: '水管里没有水' }]);
    const { status, stdout } = run('eval', 'category', category, '--train', category, rest, '--json');
    expect(status).toBe(0);
    expect(figuresOf(stdout)).toMatchObject({ n: 30, trained_on: 31, method: 'train files', accuracy: 1 });
  });

  test('fits the weights of fields to --train', () => {
    const file = written('learnt.jsonl', FIELDS);
    const { status, stdout } = run('eval', 'fields', file, '--train', file, '--json');
    expect(status).toBe(0);
    // Two messages that are both called complaints: nothing else can be learnt from them.
    expect(figuresOf(stdout)).toMatchObject({ kind_accuracy: 1 });
  });

  test('reads CSV files as spreadsheets write them', () => {
    const rows = [
      '\uFEFFalias,office_code,office_name,confidence,support',
      '"海曙区样例市场，东门",A,甲所,1.0,5',
      '样例市场,A,甲所,1.0,manual',
    ];
    const { status, stdout } = run('eval', 'stations', written('aliases.csv', rows), '--json');
    expect(status).toBe(0);
    expect(figuresOf(stdout)).toMatchObject({ n: 2, county: '330203', wrong: 0 });
  });

  test('asks for the county where no alias names one', () => {
    const file = written('no-county.csv', ['alias,office_code,confidence,support', '样例市场,A,1.0,5']);
    expect(run('eval', 'stations', file)).toMatchObject({ status: 1 });
    expect(run('eval', 'stations', file, '--county', '330203')).toMatchObject({ status: 0 });
  });

  test('shows how far it has come', () => {
    expect(run('eval', 'category', category).stderr).toMatch(/100 % \(30\/30/);
  });

  test.each([
    ['an unknown task', ['nonsense', category], '没有这项任务 / No such task: nonsense; fields | kind'],
    ['no file', ['money'], '用法 / Usage: npm run eval'],
    ['nothing at all', [], '用法 / Usage: npm run eval'],
    ['an unknown option', ['money', category, '--fast'], "Wrong option: Unknown option '--fast'"],
  ])('answers %s with a sentence and exit code 2', (_, parameters, words) => {
    const { status, stdout, stderr } = run('eval', ...parameters);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  test.each([
    ['a file that is not there', 'money', join(folder, 'nowhere.jsonl'), '读不到文件 / Cannot read'],
    ['an empty file', 'money', written('empty.jsonl', ['', ' ']), '文件是空的 / The file is empty'],
    [
      'a broken line',
      'money',
      written('broken.jsonl', [{ input: '1元' }, '', '{"input":']),
      'broken.jsonl:3 ',
    ],
    [
      'a list for a line',
      'money',
      written('list.jsonl', [[1]]),
      'list.jsonl:1 不是 JSON 对象 / is not a JSON object',
    ],
    ['fields without gold', 'fields', written('bare.jsonl', [SHOES]), 'has no text or no gold: shoes'],
    ['a category without label', 'category', written('none.jsonl', [SHOES]), 'has no label: shoes'],
    ['an intent that is missing', 'kind', written('intent.jsonl', [SHOES]), 'has no text or intent: shoes'],
    ['an SMS without words', 'sms', written('sms-none.jsonl', [{ id: 7 }]), 'has no text: 7'],
    [
      'a ticket without words',
      'tickets',
      written('ticket-none.jsonl', [{ id: 8 }]),
      'has no problem_text: 8',
    ],
  ])('answers %s with one line and exit code 1', (_, task, file, words) => {
    const { status, stdout, stderr } = run('eval', task, file);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n').at(-1)).toContain(words);
    expect(stderr).not.toContain('    at ');
  });
});

describe('understand', () => {
  const GREETING = { id: 3, text: '晚上吃饭吗' };
  const SPRINGFIELD = {
    id: 4,
    text: '举报鼓楼区一家无证经营的药店卖假药，请严查。',
    time: 'yesterday',
    channel: 'sms',
  };
  const messages = written('messages.jsonl', [SHOES, BREAKFAST, GREETING, SPRINGFIELD]);
  const out = join(folder, 'new', 'understood.jsonl');
  const done = run('understand', messages, '--out', out);

  test('writes a line for each line, in their order, with all keys', () => {
    expect(done).toMatchObject({ status: 0, stdout: '' });
    const lines = read(out);
    expect(lines.map(({ id }) => id)).toEqual(['shoes', 'breakfast', 3, 4]);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(
        expect.arrayContaining(
          `id kind problem subject respondent place division paid_yuan claimed_yuan amounts requests scope
          confidence questions concerns purchased_on occurred_on authorities urgency missing`.split(/\s+/),
        ),
      );
      expect(line).not.toHaveProperty('category');
    }
  });

  test('gives values as the guideline of the labelled data names them', () => {
    for (const line of read(out)) {
      expect(MESSAGE_KINDS).toContain(line.kind);
      expect([null, ...PROBLEMS]).toContain(line.problem);
      expect([null, ...SUBJECTS]).toContain(line.subject);
      expect(['yes', 'no', 'unsure']).toContain(line.scope);
      for (const one of line.requests as string[]) expect(REQUESTS).toContain(one);
      for (const one of line.urgency as string[]) expect(URGENCIES).toContain(one);
      expect((line.questions as string[]).length).toBeLessThanOrEqual(3);
      for (const sure of Object.values(line.confidence as Record<string, number>)) {
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(1);
      }
    }
  });

  test('says of a complaint what a clerk would', () => {
    expect(read(out)[0]).toMatchObject({
      id: 'shoes',
      kind: 'complaint',
      concerns: true,
      subject: '服装鞋帽类',
      respondent: '南苑超市',
      place: '义乌市',
      division: { code: '330782', level: 'county', candidates: expect.arrayContaining(['330782']) },
      paid_yuan: 299,
      claimed_yuan: 299,
      amounts: [
        { s: '299元', yuan: 299 },
        { s: '299元', yuan: 299 },
      ],
      requests: ['refund'],
      purchased_on: '2026-03-10',
      scope: 'yes',
      authorities: [],
    });
  });

  test('gives null where there is nothing, and candidates where several places may be meant', () => {
    expect(read(out)[2]).toMatchObject({
      concerns: false,
      problem: null,
      subject: null,
      respondent: null,
      place: null,
      division: { code: null, level: null, candidates: [] },
      paid_yuan: null,
      claimed_yuan: null,
      amounts: [],
      purchased_on: null,
      occurred_on: null,
      questions: [],
    });
    // 鼓楼区: in Nanjing, Xuzhou, Fuzhou and Kaifeng.
    const { code, candidates } = divisionOf(read(out)[3]);
    expect(code).toBeNull();
    expect(candidates.toSorted()).toEqual(['320106', '320302', '350102', '410204']);
  });

  test('ranks what lies in the bureau’s own area first', () => {
    const own = join(folder, 'own.jsonl');
    expect(run('understand', messages, '--out', own, '--home', '3501')).toMatchObject({ status: 0 });
    expect(divisionOf(read(own)[3]).candidates[0]).toBe('350102');
  });

  test('gives the class of a trained taxonomy', () => {
    const lamps = written('lamps.jsonl', [{ id: 1, text: '小区门口的路灯坏了，一直没人修' }]);
    const [one, other] = [
      written('one.jsonl', CATEGORIES.slice(0, 20)),
      written('two.jsonl', CATEGORIES.slice(20)),
    ];
    const classes = join(folder, 'classes.jsonl');
    const { status } = run(
      'understand',
      lamps,
      '--out',
      classes,
      '--train',
      one,
      other,
      '--taxonomy',
      'city',
    );
    expect(status).toBe(0);
    expect(read(classes)).toEqual([expect.objectContaining({ id: 1, category: '照明', taxonomy: 'city' })]);
  });

  test.each([
    ['no file', ['--out', out], '用法 / Usage: npm run understand'],
    ['no --out', [messages], '请给出 --out FILE / Please give --out FILE'],
    [
      'a taxonomy without examples',
      [messages, '--out', out, '--taxonomy', 'city'],
      '--taxonomy goes with --train',
    ],
  ])('answers %s with a sentence and exit code 2', (_, parameters, words) => {
    const { status, stderr } = run('understand', ...parameters);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });

  test.each([
    ['a file that is not there', join(folder, 'nowhere.jsonl'), '读不到文件 / Cannot read'],
    ['a broken line', written('cut.jsonl', [SHOES, '{"id": 2, "text": "没写']), 'cut.jsonl:2 不是 JSON 对象'],
    ['a line without text', written('wordless.jsonl', [SHOES, { id: 'x' }]), '没有 text / has no text: "x"'],
    ['a line without text or id', written('bare-line.jsonl', [SHOES, {}]), '没有 text / has no text: #2'],
  ])('answers %s with one line, exit code 1 and no half an answer', (_, file, words) => {
    const answers = join(folder, 'never.jsonl');
    const { status, stderr } = run('understand', file, '--out', answers);
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(words);
    expect(existsSync(answers)).toBe(false);
  });

  test('says that it cannot write where it should', () => {
    const { status, stderr } = run('understand', messages, '--out', folder);
    expect(status).toBe(1);
    expect(stderr).toBe(`写不了 / Cannot write ${folder} (EISDIR)\n`);
  });
});

describe('build-gazetteer', () => {
  test('makes the same bytes every time', () => {
    const [one, other] = [join(folder, 'one.bin'), join(folder, 'other.bin')];
    expect(run('build-gazetteer', '--out', one)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\d 字节 \/ bytes/),
    });
    run('build-gazetteer', '--out', other);
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });
});
