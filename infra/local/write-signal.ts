import { type FSWatcher, watch } from 'node:fs';
import { pause } from './pause.ts';

/** After a write, this long for others to join it. Lambda looks four times a second. */
const settleMs = 200;
/** How often to look without a sign: the watcher of some file systems misses changes. */
const unpromptedMs = 2000;
/** How often to look when there is no file to watch. */
const inMemoryMs = 100;

/**
 * Tells stream readers when to look for records. DynamoDB Local needs several milliseconds of CPU for each
 * look, so that looking ten times a second for nothing would keep a laptop warm; but it writes its
 * database file at every change, and at no other time.
 */
export class WriteSignal {
  private readonly watcher: FSWatcher | undefined;
  private readonly waiting = new Set<() => void>();
  private writes = 0;

  constructor(dbPath: string | undefined) {
    this.watcher = dbPath ? watch(dbPath, () => this.onWrite()) : undefined;
    // A directory that vanishes takes its watcher along; the unprompted looks remain.
    this.watcher?.on('error', () => {});
  }

  /** How many writes were noticed so far. Taken before looking, it makes `after` miss none. */
  get count(): number {
    return this.writes;
  }

  /** Resolves when there may be something new since `count`. */
  async after(count: number, signal: AbortSignal): Promise<void> {
    if (!this.watcher) return pause(inMemoryMs, signal);
    if (this.writes === count) await this.nextWrite(signal);
    await pause(settleMs, signal);
  }

  close(): void {
    this.watcher?.close();
  }

  private async nextWrite(signal: AbortSignal): Promise<void> {
    const written = new AbortController();
    const wake = () => written.abort();
    this.waiting.add(wake);
    await pause(unpromptedMs, AbortSignal.any([signal, written.signal]));
    this.waiting.delete(wake);
  }

  private onWrite(): void {
    this.writes += 1;
    for (const wake of this.waiting) wake();
  }
}
