import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeWhole } from './atomic-file.ts';
import { StartFailure } from './errors.ts';

const lockFile = 'runtime.lock';

/** Who holds a data directory: this program, and the Java it started. */
interface Holder {
  pid: number;
  commandLine: string;
  javaPid?: number;
}

/** The hold on a data directory: two runtimes on one would work on the same tables and checkpoints. */
export interface RuntimeLock {
  noteJava(pid: number): void;
  release(): void;
}

/** Takes the data directory, or stops the start if a running program has it. */
export async function takeLock(dataDir: string): Promise<RuntimeLock> {
  await refuseIfRunning(dataDir);
  const path = join(dataDir, lockFile);
  const earlier = readHolder(dataDir);
  if (earlier?.javaPid) await endLeftJava(earlier.javaPid, dataDir);
  const holder: Holder = { pid: process.pid, commandLine: commandLineOf(process.pid) };
  const write = () => writeWhole(path, JSON.stringify(holder));
  write();
  return {
    noteJava: (pid) => {
      holder.javaPid = pid;
      write();
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** What one that is just stopping may take: started again at once, we wait for it. */
const stoppingMs = 8_000;

/** Stops the start if a running program has the data directory. */
export async function refuseIfRunning(dataDir: string): Promise<void> {
  const until = Date.now() + stoppingMs;
  let holder = runningHolder(dataDir);
  while (holder !== undefined && Date.now() < until) {
    await delay(200);
    holder = runningHolder(dataDir);
  }
  if (holder === undefined) return;
  throw new StartFailure(
    `本目录的系统已在运行(进程 ${holder.pid})。Already running on ${dataDir} (process ${holder.pid}): stop it first.`,
  );
}

function runningHolder(dataDir: string): Holder | undefined {
  const holder = readHolder(dataDir);
  // A process id alone proves nothing, since ids are used again: the command line has to be the noted one.
  const isOther = holder !== undefined && holder.pid !== process.pid;
  return isOther && commandLineOf(holder.pid) === holder.commandLine ? holder : undefined;
}

function readHolder(dataDir: string): Holder | undefined {
  const path = join(dataDir, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

async function endLeftJava(pid: number, dataDir: string): Promise<void> {
  if (!commandLineOf(pid).includes(join(dataDir, 'dynamodb'))) return;
  process.kill(pid, 'SIGKILL');
  while (commandLineOf(pid) !== '') await delay(20);
}

/** The command line of a running process; empty if there is none of that id. */
function commandLineOf(pid: number): string {
  const procFile = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) {
    return existsSync(procFile) ? readFileSync(procFile, 'utf8').replaceAll('\0', ' ').trim() : '';
  }
  return (
    spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
  );
}
