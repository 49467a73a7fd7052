import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from './atomic-file.ts';

/** How far each stream mapping has come in each shard. */
type Positions = Record<string, Record<string, string>>;

/** What a kill may lose: the records of that time are delivered once more. */
const WRITE_EACH_MS = 200;

/** The checkpoints of all stream mappings, kept in one file so that a restart goes on where it stopped. */
export class Checkpoints {
  private readonly path: string;
  private readonly positions: Positions;
  private waiting: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
    this.positions = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  }

  /** Whether the mapping has been started before. */
  knows(mapping: string): boolean {
    return mapping in this.positions;
  }

  get(mapping: string, shardId: string): string | undefined {
    return this.positions[mapping]?.[shardId];
  }

  set(mapping: string, shardId: string, position: string): void {
    const shards = this.positions[mapping];
    this.positions[mapping] = { ...shards, [shardId]: position };
    // The first one says where a mapping began: it must not be lost.
    if (shards?.[shardId] === undefined) this.write();
    else this.waiting ??= setTimeout(() => this.write(), WRITE_EACH_MS).unref();
  }

  /** Writes what is not written yet. */
  [Symbol.dispose](): void {
    if (this.waiting !== undefined) this.write();
  }

  private write(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    writeWhole(this.path, JSON.stringify(this.positions, null, 2));
  }
}
