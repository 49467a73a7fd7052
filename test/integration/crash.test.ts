import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { isRunning } from '../../infra/local/is-running.ts';
import type { CaseEvent } from '../../shared/case/case.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { eventually } from './system.ts';

const root = resolve(import.meta.dirname, '../..');
const MESSAGES = 2_000;

const dataDir = mkdtempSync(join(tmpdir(), 'hotline-crash-'));
const endpointsFile = join(dataDir, 'endpoints.json');
const file = join(dataDir, 'messages.jsonl');
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children.filter(
    ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
  )) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function run(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [resolve(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => output.push(String(chunk)));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return { child, exit, output };
}

async function start() {
  rmSync(endpointsFile, { force: true });
  const system = run('infra/local/main.ts', '--data', dataDir, '--port', '18715');
  await eventually(async () => {
    if (system.child.exitCode !== null) throw new Error(system.output.join(''));
    return existsSync(endpointsFile) || undefined;
  });
  return system;
}

/** Lines that the replay has noted as answered. */
function answered(): { number?: string }[] {
  const folder = join(dataDir, 'replay');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((journal) =>
    readFileSync(join(folder, journal), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  );
}

test('killed hard in the middle of 2,000 messages and started again, nothing is lost, doubled or miscounted', async () => {
  const lines = Array.from({ length: MESSAGES }, (_, index) =>
    JSON.stringify({
      id: index,
      time: '2026-05-01 08:00:00',
      title: `样例 ${index}`,
      text: `第 ${index} 条样例投诉，商家不退款。`,
    }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
  const replay = () =>
    run('infra/commands/replay.ts', file, '--with-addresses', '--json', '--endpoints', endpointsFile);

  const first = await start();
  const interrupted = replay();
  await eventually(async () => answered().length >= MESSAGES / 3 || undefined);
  first.child.kill('SIGKILL');
  await first.exit;
  interrupted.child.kill('SIGKILL');
  await interrupted.exit;
  const before = answered();
  expect(before.length).toBeLessThan(MESSAGES);

  const second = await start();
  const finished = replay();
  expect(await finished.exit, finished.output.join('')).toBe(0);

  // Every message that got its number is there, triaged exactly once.
  const { dynamodb, tables } = JSON.parse(readFileSync(endpointsFile, 'utf8'));
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: dynamodb,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    }),
  );
  const casesTable =
    Object.entries(tables as Record<string, string>).find(([id]) => id.startsWith('Cases'))?.[1] ?? '';
  const byCase = new Map<string, CaseEvent[]>();
  for await (const event of createDynamoDbCaseStore(client, { cases: casesTable }).allEvents()) {
    byCase.set(event.number, [...(byCase.get(event.number) ?? []), event]);
  }
  expect(byCase.size).toBe(MESSAGES);
  for (const { number } of before) expect(byCase.has(number ?? '')).toBe(true);
  for (const all of byCase.values()) {
    // So many from one township within minutes are a mass incident, and that is noted with one of them; some are urgent.
    const events = all.filter(({ type }) => !['incident-flagged', 'alarmed'].includes(type));
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['registered', 'distributed']));
    expect(events).toHaveLength(2);
  }

  const recount = run('infra/commands/recount.ts', '--endpoints', endpointsFile);
  expect(await recount.exit, recount.output.join('')).toBe(0);

  client.destroy();
  second.child.kill('SIGINT');
  expect(await second.exit).toBe(0);
  // Neither start has left anything behind.
  expect(existsSync(endpointsFile)).toBe(false);
}, 600_000);

test('a database that was left behind by a hard kill is gone', async () => {
  const system = await start();
  const { pid } = JSON.parse(readFileSync(endpointsFile, 'utf8'));
  expect(pid).toBe(system.child.pid);
  const java = Number(
    await eventually(async () => {
      const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      return pids[0] === '' ? undefined : pids[0];
    }),
  );
  system.child.kill('SIGKILL');
  await system.exit;
  await eventually(async () => (isRunning(java) ? undefined : true));
}, 120_000);
