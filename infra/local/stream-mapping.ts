import { createHash } from 'node:crypto';
import type { AwsJson } from './aws-json.ts';
import { failedIdentifiers } from './batch-response.ts';
import type { Checkpoints } from './checkpoints.ts';
import { messageOf } from './errors.ts';
import type { EventFilter } from './event-filter.ts';
import { pause } from './pause.ts';
import { region } from './resolver.ts';
import type { FunctionSandboxes, InvokeResult } from './sandbox.ts';
import type { WriteSignal } from './write-signal.ts';

/** How often a batching window looks for more records. */
const windowPollMs = 100;
/** How often new shards are looked for: a shard lives for hours. */
const shardRefreshMs = 5000;
const maxRecordsPerRead = 1000;
const backoffMs = (attempt: number) => Math.min(200 * 2 ** (attempt - 1), 10_000);

/** Positions of a shard other than a sequence number. */
const trimHorizon = 'TRIM_HORIZON';
const closed = 'CLOSED';

/** An event source mapping of a table's stream. */
export interface StreamMapping {
  /** Key of its checkpoints. */
  id: string;
  streamArn: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  batchSize: number;
  batchingWindowSeconds: number;
  bisects: boolean;
  reportsFailures: boolean;
  /** Infinity: until the record leaves the stream. */
  maximumRetryAttempts: number;
  maximumRecordAgeSeconds: number;
  parallelizationFactor: number;
  passes: EventFilter;
}

/** What a mapping works with. */
export interface StreamMappingDependencies {
  sandboxes: FunctionSandboxes;
  streams: AwsJson;
  checkpoints: Checkpoints;
  writes: WriteSignal;
  /** Sends the description of a batch given up to the mapping's OnFailure destination. */
  giveUp: (message: object) => Promise<void>;
  notice: (line: string) => void;
}

interface StreamRecord {
  eventID: string;
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number; Keys: object };
}

interface Shard {
  ShardId: string;
  ParentShardId?: string;
}

/** Reads every shard of the stream, parents before children, until `signal` aborts. */
export async function runStreamMapping(
  mapping: StreamMapping,
  dependencies: StreamMappingDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { streams, checkpoints, notice } = dependencies;
  const startsAtTip = mapping.startingPosition === 'LATEST' && !checkpoints.knows(mapping.id);
  const readers = new Map<string, Promise<void>>();
  while (!signal.aborted) {
    try {
      const answer = await streams('DescribeStream', { StreamArn: mapping.streamArn }, signal);
      const shards = (answer as { StreamDescription: { Shards: Shard[] } }).StreamDescription.Shards;
      const unfinished = new Set(
        shards.map((shard) => shard.ShardId).filter((id) => position(id) !== closed),
      );
      for (const { ShardId, ParentShardId } of shards) {
        const waitsForParent = ParentShardId !== undefined && unfinished.has(ParentShardId);
        if (waitsForParent || !unfinished.has(ShardId) || readers.has(ShardId)) continue;
        const fromTip = startsAtTip && readers.size === 0;
        readers.set(ShardId, new ShardReader(mapping, ShardId, dependencies, signal).run(fromTip));
      }
    } catch (error) {
      if (!signal.aborted) notice(`${mapping.id}: ${messageOf(error)}`);
    }
    await pause(shardRefreshMs, signal);
  }
  await Promise.all(readers.values());

  function position(shardId: string) {
    return checkpoints.get(mapping.id, shardId);
  }
}

/** Reads one shard in order and hands its records to the function. */
class ShardReader {
  private readonly mapping: StreamMapping;
  private readonly shardId: string;
  private readonly on: StreamMappingDependencies;
  private readonly signal: AbortSignal;
  /** Reads in a row that were refused because the records had left the stream. */
  private trimmedReads = 0;

  constructor(mapping: StreamMapping, shardId: string, on: StreamMappingDependencies, signal: AbortSignal) {
    this.mapping = mapping;
    this.shardId = shardId;
    this.on = on;
    this.signal = signal;
  }

  async run(fromTip: boolean): Promise<void> {
    let iterator: string | undefined;
    let tipFound = !fromTip;
    while (!this.signal.aborted) {
      try {
        if (!tipFound) await this.rememberTip();
        tipFound = true;
        iterator ??= await this.iteratorAtCheckpoint();
        const writesBefore = this.on.writes.count;
        const { records, next } = await this.readBatch(iterator);
        this.trimmedReads = 0;
        if (records.length > 0) await this.handle(records);
        if (this.signal.aborted) return;
        if (!next) return this.checkpoint(closed);
        iterator = next;
        // A full batch has more behind it; else what came meanwhile can wait for others.
        if (records.length < this.mapping.batchSize) await this.on.writes.after(writesBefore, this.signal);
      } catch (error) {
        if (this.signal.aborted) return;
        // Going on from the checkpoint is always right; the iterator may have expired.
        iterator = undefined;
        await this.recover(error);
      }
    }
  }

  private async recover(error: unknown): Promise<void> {
    if (error instanceof Error && error.name === 'TrimmedDataAccessException') this.trimmedReads += 1;
    // DynamoDB Local says so once in a while of a new shard that lost nothing; the next read is right.
    if (this.trimmedReads !== 1) this.on.notice(`${this.mapping.id} ${this.shardId}: ${messageOf(error)}`);
    await pause(this.trimmedReads === 1 ? 0 : 1000, this.signal);
  }

  /** Reads a batch, waiting for it to fill as long as the batching window allows. */
  private async readBatch(from: string): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    const wanted = Math.min(this.mapping.batchSize * this.mapping.parallelizationFactor, maxRecordsPerRead);
    let { records, next } = await this.read(from, wanted);
    const windowEnd = Date.now() + this.mapping.batchingWindowSeconds * 1000;
    while (
      records.length > 0 &&
      records.length < wanted &&
      next &&
      Date.now() < windowEnd &&
      !this.signal.aborted
    ) {
      await pause(windowPollMs, this.signal);
      const more = await this.read(next, wanted - records.length);
      records = [...records, ...more.records];
      next = more.next;
    }
    return { records, next };
  }

  private async read(
    iterator: string,
    limit: number,
  ): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    const answer = await this.on.streams('GetRecords', { ShardIterator: iterator, Limit: limit });
    const { Records, NextShardIterator } = answer as { Records: StreamRecord[]; NextShardIterator?: string };
    return { records: Records, next: NextShardIterator };
  }

  /**
   * Hands the records over in as many lanes as the parallelization factor says; records of one item stay in
   * one lane, in order. The checkpoint follows the oldest record not yet done.
   */
  private async handle(records: StreamRecord[]): Promise<void> {
    const done = new Set<StreamRecord>();
    let next = 0;
    const markDone = (batch: StreamRecord[]) => {
      for (const record of batch) done.add(record);
      const before = next;
      while (next < records.length && done.has(records[next] as StreamRecord)) next += 1;
      if (next > before) this.checkpoint(sequenceNumber(records[next - 1]));
    };
    const { wanted = [], filtered = [] } = Object.groupBy(records, (record) =>
      this.mapping.passes(record) ? 'wanted' : 'filtered',
    );
    const lanes = Object.values(Object.groupBy(wanted, (record) => this.laneOf(record)));
    markDone(filtered);
    await Promise.all(
      lanes.map(async (lane = []) => {
        for (let start = 0; start < lane.length; start += this.mapping.batchSize) {
          await this.process(lane.slice(start, start + this.mapping.batchSize), markDone);
        }
      }),
    );
  }

  /** Tries a batch until it is done or given up. Stops where it is, undone, when the runtime stops. */
  private async process(batch: StreamRecord[], markDone: (batch: StreamRecord[]) => void): Promise<void> {
    let rest = batch;
    let attempts = 0;
    while (rest.length > 0 && !this.signal.aborted) {
      const expired = rest.filter((record) => this.isTooOld(record));
      if (expired.length > 0) await this.giveUp(expired, 'RecordAgeExceeded', attempts);
      markDone(expired);
      rest = rest.slice(expired.length);
      if (rest.length === 0) return;

      const result = await this.on.sandboxes.invoke({
        Records: rest.map((record) => this.eventRecord(record)),
      });
      const failedAt = this.firstFailure(result, rest);
      markDone(rest.slice(0, failedAt));
      rest = rest.slice(failedAt);
      if (rest.length === 0) return;
      if (failedAt > 0) {
        attempts = 0;
        continue;
      }
      if (this.mapping.bisects && rest.length > 1) {
        // Halving does not count as an attempt: only a record alone uses up its attempts.
        const middle = Math.ceil(rest.length / 2);
        await this.process(rest.slice(0, middle), markDone);
        await this.process(rest.slice(middle), markDone);
        return;
      }
      attempts += 1;
      if (attempts > this.mapping.maximumRetryAttempts) {
        await this.giveUp(rest, 'RetryAttemptsExhausted', attempts);
        markDone(rest);
        return;
      }
      await pause(backoffMs(attempts), this.signal);
    }
  }

  /** Index of the first record that has to be tried again; the batch's length if none has to. */
  private firstFailure(result: InvokeResult, batch: StreamRecord[]): number {
    if (result.functionError) return 0;
    if (!this.mapping.reportsFailures) return batch.length;
    const sequenceNumbers = batch.map(sequenceNumber);
    const failed = failedIdentifiers(result.payload, sequenceNumbers);
    return failed.length === 0
      ? batch.length
      : Math.min(...failed.map((identifier) => sequenceNumbers.indexOf(identifier)));
  }

  private async giveUp(batch: StreamRecord[], condition: string, invokeCount: number): Promise<void> {
    const { mapping, shardId } = this;
    const [first, last] = [batch[0] as StreamRecord, batch.at(-1) as StreamRecord];
    this.on.notice(
      `${mapping.id} ${shardId}: gave up ${batch.length} record(s) from ${sequenceNumber(first)}: ${condition}`,
    );
    await this.on.giveUp({
      requestContext: {
        requestId: first.eventID,
        functionArn: this.on.sandboxes.spec.name,
        condition,
        approximateInvokeCount: invokeCount,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: sequenceNumber(first),
        endSequenceNumber: sequenceNumber(last),
        approximateArrivalOfFirstRecord: arrival(first).toISOString(),
        approximateArrivalOfLastRecord: arrival(last).toISOString(),
        batchSize: batch.length,
        streamArn: mapping.streamArn,
      },
    });
  }

  private isTooOld(record: StreamRecord): boolean {
    return Date.now() - arrival(record).getTime() > this.mapping.maximumRecordAgeSeconds * 1000;
  }

  private laneOf(record: StreamRecord): number {
    const digest = createHash('md5').update(JSON.stringify(record.dynamodb.Keys)).digest();
    return (digest[0] ?? 0) % this.mapping.parallelizationFactor;
  }

  private eventRecord(record: StreamRecord) {
    return {
      ...record,
      awsRegion: region,
      eventSourceARN: this.mapping.streamArn.replace('ddblocal', region),
    };
  }

  private checkpoint(position: string): void {
    this.on.checkpoints.set(this.mapping.id, this.shardId, position);
  }

  private async iteratorAtCheckpoint(): Promise<string> {
    const position = this.on.checkpoints.get(this.mapping.id, this.shardId) ?? trimHorizon;
    // Twice in a row: what follows the checkpoint has left the stream, which keeps records for a day.
    const isGone = this.trimmedReads > 1;
    return position === trimHorizon || isGone
      ? this.iterator(trimHorizon)
      : this.iterator('AFTER_SEQUENCE_NUMBER', position);
  }

  private async iterator(type: string, after?: string): Promise<string> {
    const answer = await this.on.streams('GetShardIterator', {
      StreamArn: this.mapping.streamArn,
      ShardId: this.shardId,
      ShardIteratorType: type,
      SequenceNumber: after,
    });
    return (answer as { ShardIterator: string }).ShardIterator;
  }

  /**
   * A mapping that begins at LATEST notes where that was. Otherwise a record written before the first
   * checkpoint would be skipped if we were killed in between.
   */
  private async rememberTip(): Promise<void> {
    let tip = trimHorizon;
    let next: string | undefined = await this.iterator(trimHorizon);
    while (next) {
      const page = await this.read(next, maxRecordsPerRead);
      if (page.records.length === 0) break;
      tip = sequenceNumber(page.records.at(-1));
      next = page.next;
    }
    this.checkpoint(tip);
  }
}

const sequenceNumber = (record: StreamRecord | undefined) => record?.dynamodb.SequenceNumber ?? trimHorizon;
const arrival = (record: StreamRecord) => new Date(record.dynamodb.ApproximateCreationDateTime * 1000);
