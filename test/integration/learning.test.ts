import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { featuresOf } from '../../shared/understanding/classify/features.ts';
import { sourceOf } from '../../shared/understanding/source.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { understoodSchema } from '../../shared/understanding/understood.ts';
import { registered } from '../unit/support.ts';
import { COMPLAINT, fileComplaint } from './scenario.ts';
import { eventually, type System, startSystem } from './system.ts';

/*
 * A bureau counts prepaid cards of businesses that closed under 其他. Dispatchers set it right case by
 * case; the command learns it from them, and the next case is read that way.
 */

const OWN = '其他';
const PLACES = ['健身房', '游泳馆', '瑜伽馆', '舞蹈房', '拳馆', '台球厅', '羽毛球馆', '攀岩馆'];
const MATTERS = ['办了年卡后闭店不退款', '会员卡余额不退', '预付卡充值后停业', '关门跑路，卡里的钱不退'];
const GOODS = ['洗衣机', '电饭煲', '空调', '冰箱', '电视机', '微波炉', '热水器', '电风扇'];
const FAULTS = [
  '用了两天就坏了，质量太差',
  '质量有问题，修了三次还坏',
  '刚买就有质量问题',
  '坏了，质量不合格',
];
/** As long as messages are that people write, not as short as a text. */
const OPENED = '你好，我要投诉一家商家，事情是这样的，请你们帮我处理一下，要求退款并且给我一个说法：我在城西';
const NEXT =
  '你好，我要投诉一家商家，多次联系都不理睬，请你们帮我处理，要求退款：我在城东一家瑜伽会所办了会员卡，现在闭店停业，卡里的钱不退。';

const table = (id: string) => system.runtime.physicalId(id);
const folder = mkdtempSync(join(tmpdir(), 'learning-'));
let system: System;

/** Cases as they lie there after people have closed them: half of them were set right. */
async function closedCases(): Promise<void> {
  let draw = 0;
  const add = async (text: string, problem: { value: string; confidence: number }, corrected: string[]) => {
    draw += 1;
    const at = new Date(Date.UTC(2026, 9, 1, 0, draw)).toISOString();
    const step = registered(draw, at, { text });
    const understood = understoodSchema.parse({
      kind: { value: 'complaint', confidence: 0.9 },
      scope: { value: 'yes', confidence: 0.9 },
      problem,
      corrected,
    });
    const after = { ...step.after, state: 'closed' as const, understood };
    expect(await system.cases.commit({ registrations: [{ step: { ...step, after } }] })).toBe('committed');
  };
  for (const [row, place] of PLACES.entries()) {
    for (const [column, matter] of MATTERS.entries()) {
      await add(`${OPENED}${place}消费，${matter}。`, { value: OWN, confidence: 1 }, ['problem']);
      await add(`${OPENED}买的${GOODS[row]}${FAULTS[column]}。`, { value: '质量', confidence: 0.9 }, []);
    }
  }
}

function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const tables = ['--cases-table', table('Cases'), '--registry-table', table('Registry')];
  const file = resolve(import.meta.dirname, '../../infra/commands/train-understanding.ts');
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: system.runtime.endpoints.dynamodb,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return new Promise((done) => {
    execFile(process.execPath, [file, ...args, ...tables], { env }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

beforeAll(async () => {
  system = await startSystem();
  await closedCases();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await system.stop();
});

test('what dispatchers set right is learnt, reviewed, put live, used for the next case, and taken back', async () => {
  const [taxonomy, examples] = [join(folder, 'classes.csv'), join(folder, 'examples.jsonl')];
  writeFileSync(taxonomy, 'code,zh,en\nCARD,预付卡,Prepaid cards\nGOODS,商品质量,Quality of goods\n');
  const labelled = [
    ...PLACES.map((place, at) => ({ text: `${place}${MATTERS[at % 4]}`, label: 'CARD' })),
    ...GOODS.map((goods, at) => ({ text: `${goods}${FAULTS[at % 4]}`, label: 'GOODS' })),
  ];
  writeFileSync(examples, labelled.map((line) => JSON.stringify(line)).join('\n'));
  const trained = await command('train', '--taxonomy', taxonomy, '--examples', examples);
  expect(trained.stderr).not.toMatch(/Failed/);
  expect(trained.code).toBe(0);
  expect(trained.stdout).toContain('draft 1: 52 件 / cases, 26 处更正 / corrections');
  expect(trained.stdout).toMatch(/问题类别 \/ problem: \d+\.\d % → 100\.0 % \(12\)/);
  expect(trained.stdout).toContain(`→ ${OWN}`);
  expect(trained.stdout).toContain('may be published');
  expect((await command('list')).stdout).toContain('the built-in knowledge is live');

  expect(await command('publish', '1')).toMatchObject({ code: 2 });
  expect(await command('publish', '1', '--by', 'manager-1')).toMatchObject({ code: 0 });
  // Against itself it is no better.
  const again = await command('publish', '1', '--by', 'manager-1');
  expect(again).toMatchObject({ code: 1 });
  expect(again.stderr).toContain('--even-if-worse');

  const { registered: next } = await fileComplaint(system, { ...COMPLAINT, text: NEXT });
  const found = await eventually(async () => {
    const read = await system.cases.case(next.number);
    return read?.understood === undefined ? undefined : read;
  });
  expect(found.understood?.problem?.value).toBe(OWN);
  // A class of the bureau's own is on the case, and the desk shows it.
  const token = await system.token('dispatcher', '330200');
  const { body } = await system.api('GET', `/desk/cases/${next.number}`, { token });
  expect(body.understood.category).toMatchObject({ value: 'CARD', zh: '预付卡', en: 'Prepaid cards' });

  expect(await command('take-back', '--by', 'manager-1')).toMatchObject({ code: 0 });
  const { stdout } = await command('list', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    live: 0,
    versions: [{ version: 1, cases: 52, corrections: 26 }],
    moves: [
      { action: 'publish', from: 0, to: 1, by: 'manager-1', verdict: 'better' },
      { action: 'take-back', from: 1, to: 0, by: 'manager-1' },
    ],
  });
  expect(await command('take-back', '--by', 'manager-1')).toMatchObject({ code: 1 });
  for (const said of [trained.stdout, trained.stderr, ...system.logs]) expect(said).not.toContain(OPENED);
});

test('without what was learnt the same words are read otherwise', () => {
  const source = sourceOf({ text: NEXT });
  expect(createJudges().problem(featuresOf(source, { sums: 0 }).features).label).not.toBe(OWN);
});
