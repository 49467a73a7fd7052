import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { localSecret } from '../../infra/local/s3-signatures.ts';
import { buildFixture } from './fixture/build.ts';
import { eventually, services, startFixture, temporaryDir } from './fixture/start.ts';

/** Each test starts the system twice, in processes of their own. */
const timeoutMs = 240_000;

const temporary = temporaryDir();
const dataDir = `${temporary.dir}/data`;
const children: ChildProcess[] = [];
let assemblyDir: string;

beforeAll(async () => {
  assemblyDir = await buildFixture(temporary.dir);
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

afterAll(() => temporary.remove());

/** The fixture in a process of its own, on the same data directory each time. */
async function startChild() {
  const script = fileURLToPath(new URL('./fixture/child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, assemblyDir, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { endpoints, physicalIds } = JSON.parse(line);
  const javaPid: number = JSON.parse(readFileSync(`${dataDir}/runtime.lock`, 'utf8')).javaPid;
  const credentials = { accessKeyId: 'test', secretAccessKey: localSecret };
  const s3 = new S3Client({ endpoint: endpoints.s3, region: 'us-east-1', credentials });
  return {
    child,
    javaPid,
    s3,
    Bucket: physicalIds.Files,
    ...services({ endpoints, physicalId: (id) => physicalIds[id] }),
  };
}

/** Whether the process works; one that ended may stay listed until its parent takes note. */
function works(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

const relayedAtLeast = (on: ReturnType<typeof services>, count: number) =>
  eventually(async () => {
    const lines = await on.seen('relayed');
    return lines.length >= count && lines;
  });

it(
  'redelivers nothing that was done before it was stopped, and goes on with what comes',
  async () => {
    const first = await startChild();
    const { Bucket } = first;
    const Key = 'in/一号 1.txt';
    await first.s3.send(new PutObjectCommand({ Bucket, Key, Body: '你好' }));
    for (const version of ['1', '2', '3']) await first.put('stopped', 'event', version);
    await relayedAtLeast(first, 3);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
    expect([first.child.exitCode, works(first.javaPid), existsSync(`${dataDir}/runtime.lock`)]).toEqual([
      0,
      false,
      false,
    ]);

    const second = await startChild();
    const file = await second.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await file.Body?.transformToString()).toBe('你好');
    // Queues do not persist, so the last files are told of again.
    const told = await eventually(async () => (await second.receive('Arrivals'))[0]);
    expect(JSON.parse(told.Body)).toMatchObject({ key: Key, size: 6 });
    await second.put('stopped', 'event', '4');
    expect(await relayedAtLeast(second, 4)).toEqual(
      ['1', '2', '3', '4'].map((version) => `stopped/${version}`),
    );
  },
  timeoutMs,
);

it(
  'loses nothing when it is killed, and leaves no Java behind',
  async () => {
    const first = await startChild();
    const written = Array.from({ length: 40 }, (_, index) => String(index));
    for (const version of written) await first.put('killed', 'event', version);
    first.child.kill('SIGKILL');
    await eventually(() => !works(first.javaPid));

    const second = await startChild();
    const relayed = await eventually(async () => {
      const lines = new Set((await second.seen('relayed')).filter((line) => line.startsWith('killed/')));
      return lines.size === written.length && [...lines];
    });
    expect(relayed).toEqual(written.map((version) => `killed/${version}`));
  },
  timeoutMs,
);

it(
  'refuses a second start on the same data, and a port that is taken',
  async () => {
    await startChild();
    await expect(startFixture(assemblyDir, dataDir)).rejects.toThrow(
      /已在运行.*Already running on .*data \(process \d+\)/,
    );

    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const start = startFixture(assemblyDir, `${temporary.dir}/other-data`, {
      port,
      issuerPort: 0,
      inMemory: true,
    });
    await expect(start).rejects.toThrow(`端口 ${port} 已被占用`);
    other.close();
  },
  timeoutMs,
);
