import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hashTrackingSecret } from '../../shared/case/tracking-secret.ts';
import { isLocalDate } from '../../shared/dates.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { type AwsJson, awsJsonClient } from '../local/aws-json.ts';
import { startDynamoDbLocal } from '../local/dynamodb-local.ts';
import { region } from '../local/resolver.ts';
import { takeLock } from '../local/runtime-lock.ts';
import { sampleBusinesses, sampleRegistry } from '../local/sample-registry.ts';
import { CommandFailure, runCommand, WrongUsage, wholeNumber } from './command-line.ts';
import { chanceOf } from './load-cases/chance.ts';
import { fill, type Tables } from './load-cases/fill.ts';
import { makeCases } from './load-cases/make-cases.ts';
import { makeMessages } from './load-cases/messages.ts';
import { startProgress } from './progress.ts';

/** Every case that is loaded is tracked with this: nobody's. */
const SECRET = '00000-00000';
const root = resolve(import.meta.dirname, '../..');

await runCommand(
  {
    usage: 'npm run load-cases [-- --count 50000] [--seed 1] [--days 365] [--until DATE] [--data .local]',
    zh: `把虚构但合乎实际的案件连同其办理经过、统计数字装入停着的本机系统：先 npm start 一次，按 Ctrl-C 停止，装入，再 npm start。同一种子、同一天得到同样的案件；查询密码都是 ${SECRET}。退出码：1 系统在运行或已有案件。`,
    en: `Fills the system on this machine, while it is stopped, with made-up cases of the last months: npm start once, Ctrl-C, load, npm start. They lie in all states, with history, people, figures, open data; nobody is told of what happened in them. The same seed and day give the same cases; all are tracked with ${SECRET}. Exit code 1: the system runs, or holds cases already.`,
    positionals: 0,
    options: {
      count: { type: 'string', value: 'N', default: '50000', zh: '约多少件', en: 'about how many cases' },
      seed: { type: 'string', value: 'N', default: '1', zh: '随机种子', en: 'seed of chance' },
      days: { type: 'string', value: 'N', default: '365', zh: '最近多少天', en: 'of how many days' },
      until: {
        type: 'string',
        value: 'DATE',
        zh: '最后一天，默认今天',
        en: 'the last day, whole; by default up to this moment',
      },
      data: { type: 'string', value: 'DIR', default: '.local', zh: '数据目录', en: 'where data are kept' },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
    },
  },
  async (options) => {
    const count = wholeNumber(options.count, '--count', 1);
    const days = wholeNumber(options.days, '--days', 1);
    const chance = chanceOf(wholeNumber(options.seed, '--seed', 0));
    const until = momentOf(options.until);
    const dataDir = resolve(root, options.data);
    const dbPath = join(dataDir, 'dynamodb');
    if (!existsSync(dbPath)) throw neverStarted(dataDir);
    const began = performance.now();
    const lock = await takeLock(dataDir);
    const database = await startDynamoDbLocal(dbPath, undefined, 'bulk').catch((error: unknown) => {
      lock.release();
      throw error;
    });
    try {
      lock.noteJava(database.pid);
      const dynamoDb = awsJsonClient(database.endpoint, 'DynamoDB_20120810');
      const tables = await emptyTables(dynamoDb, dataDir);
      await withoutStream(dynamoDb, tables.Cases);
      Object.assign(process.env, {
        AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      });
      const registry = sampleRegistry();
      process.stderr.write('读懂示例来信 / reading sample messages …\n');
      const messages = await makeMessages(registry, sampleBusinesses(), until.slice(0, 10), chance);
      const making = {
        registry,
        calendar: createCalendar(HOLIDAY_YEARS),
        messages,
        chance,
        until,
        days,
        secretHash: hashTrackingSecret(SECRET),
      };
      const progress = startProgress('装入 / loading', count);
      const filled = await fill(makeCases(count, making), {
        client: createDocumentClient(),
        tables,
        registry,
        now: () => new Date(until),
        onCase: () => progress.advance(),
        onFigures: () => {
          progress.stop();
          process.stderr.write('统计 / figures …\n');
        },
      });
      const seconds = Math.round((performance.now() - began) / 1000);
      process.stdout.write(
        options.json ? `${JSON.stringify({ ...filled, seconds })}\n` : told(filled, seconds),
      );
    } finally {
      await database.stop();
      lock.release();
    }
    return 0;
  },
);

/** The end of a day in Shanghai, or this moment. */
function momentOf(day: string | undefined): string {
  if (day === undefined) return new Date().toISOString();
  if (isLocalDate(day)) return new Date(`${day}T23:59:59+08:00`).toISOString();
  throw new WrongUsage(`--until 应为日期 / --until takes a day like 2026-11-22: ${day}`);
}

/** The system's tables by the names of their constructs; refused when they hold cases. */
async function emptyTables(dynamoDb: AwsJson, dataDir: string): Promise<Tables> {
  const { TableNames } = (await dynamoDb('ListTables', {})) as { TableNames: string[] };
  const wanted = ['Cases', 'Identities', 'Informers', 'Registry', 'Statistics', 'PublicCases'] as const;
  const found = wanted.map((name) => [
    name,
    TableNames.find((table) => new RegExp(`(^|-)${name}[0-9A-F]{8}(-|$)`, 'i').test(table)),
  ]);
  if (found.some(([, table]) => table === undefined)) throw neverStarted(dataDir);
  const tables = Object.fromEntries(found) as unknown as Tables;
  const { Count } = (await dynamoDb('Scan', { TableName: tables.Cases, Limit: 1 })) as { Count: number };
  if (Count > 0) {
    throw new CommandFailure(
      '系统里已有案件；请先 npm start -- --fresh 再停止 / The system holds cases already: npm start -- --fresh, stop it, load again',
    );
  }
  return tables;
}

/** What is loaded has happened already: nothing may be sent, routed or counted once more. The next start has a stream again. */
async function withoutStream(dynamoDb: AwsJson, table: string): Promise<void> {
  const { Table } = (await dynamoDb('DescribeTable', { TableName: table })) as {
    Table: { StreamSpecification?: { StreamEnabled: boolean } };
  };
  if (Table.StreamSpecification?.StreamEnabled !== true) return;
  await dynamoDb('UpdateTable', { TableName: table, StreamSpecification: { StreamEnabled: false } });
}

const neverStarted = (dataDir: string) =>
  new CommandFailure(
    `${dataDir} 里还没有系统，请先 npm start 一次再停止 / No system in ${dataDir} yet: run npm start once, and stop it`,
  );

function told({ cases, events, items, states }: Awaited<ReturnType<typeof fill>>, seconds: number): string {
  const lines = Object.entries(states)
    .toSorted(([, one], [, other]) => other - one)
    .map(([state, count]) => `  ${String(count).padStart(6)}  ${state}\n`);
  return `${cases} 件案件、${events} 条经过 / cases, events (${items} 项 / items) – ${seconds} s\n${lines.join('')}`;
}
