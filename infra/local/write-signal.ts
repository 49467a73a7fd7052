import { type FSWatcher, watch } from 'node:fs';
import { pause } from './pause.ts';

/** After a write, this long for others to join it. Lambda looks four times a second. */
const settleMs = 200;
/** How often to look without a sign: the watcher of some file systems misses changes. */
const unpromptedMs = 2000;
/** The same without a file to watch, where only functions tell of their writes: others write, too. */
const inMemory = { settleMs: 100, unpromptedMs: 500 };

/**
 * Tells stream readers when to look for records. DynamoDB Local needs several milliseconds of CPU for each
 * look, so that looking ten times a second for nothing would keep a laptop warm; but it writes its
 * database file at every change, and at no other time. In memory it has no file: there a function that ends is the sign.
 */
export class WriteSignal {
  private readonly watcher: FSWatcher | undefined;
  private readonly waiting = new Set<() => void>();
  private writes = 0;

  constructor(dbPath: string | undefined) {
    this.watcher = dbPath ? watch(dbPath, () => this.noteWrite()) : undefined;
    // A directory that vanishes takes its watcher along; the unprompted looks remain.
    this.watcher?.on('error', () => {});
  }

  /** How many writes were noticed so far. Taken before looking, it makes `after` miss none. */
  get count(): number {
    return this.writes;
  }

  /** Resolves when there may be something new since `count`. */
  async after(count: number, signal: AbortSignal): Promise<void> {
    const wait = this.watcher ? { settleMs, unpromptedMs } : inMemory;
    if (this.writes === count) await this.nextWrite(wait.unpromptedMs, signal);
    await pause(wait.settleMs, signal);
  }

  /** Somebody may have written. */
  noteWrite(): void {
    this.writes += 1;
    for (const wake of this.waiting) wake();
  }

  close(): void {
    this.watcher?.close();
  }

  private async nextWrite(unprompted: number, signal: AbortSignal): Promise<void> {
    const written = new AbortController();
    const wake = () => written.abort();
    this.waiting.add(wake);
    await pause(unprompted, AbortSignal.any([signal, written.signal]));
    this.waiting.delete(wake);
  }
}
