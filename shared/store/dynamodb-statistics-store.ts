import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  paginateScan,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Counter, fold, type Increment, withoutZeros } from '../statistics/counters.ts';
import { type LedgerEntry, liveIncrementsOf } from '../statistics/ledger.ts';
import { cancellationReasons, writeAll } from './dynamodb.ts';
import {
  entryItem,
  parseCounts,
  parseEntry,
  parseGenerations,
  parseRolled,
  parseRollUps,
  rollUpItems,
  SHARDS,
  STATISTICS_SCHEMA,
  shardOf,
  statisticsKeyOf,
} from './statistics-items.ts';
import type { Generations, StatisticsStore } from './statistics-store.ts';

/** How long a function may go on with the generations it knows; a rebuild waits as long before it reads. */
export const GENERATIONS_LAST_MS = 20_000;
/** DynamoDB's limit for one transaction. */
const LARGEST_TRANSACTION = 100;
/** DynamoDB gives so many items at once. */
const LARGEST_GET = 100;
/** Two ways to fail are normal (see `tallyOnce`); after this many rounds the batch goes back to its source. */
const ROUNDS = 5;

/** Keeps figures in DynamoDB: the ledger's entries are the markers, put in the transaction that adds them up. */
export function createDynamoDbStatisticsStore(
  client: DynamoDBDocumentClient,
  table: string,
  now: () => number = Date.now,
): StatisticsStore {
  let known: { generations: Generations; at: number } | undefined;

  async function readGenerations(): Promise<Generations> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: statisticsKeyOf.generations, ConsistentRead: true }),
    );
    return Item === undefined ? { live: 1 } : parseGenerations(Item);
  }
  async function generations(): Promise<Generations> {
    if (known === undefined || now() - known.at > GENERATIONS_LAST_MS) {
      known = { generations: await readGenerations(), at: now() };
    }
    return known.generations;
  }

  async function* query(pk: string, from: string, to: string, consistent = false) {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
        ConsistentRead: consistent,
      },
    );
    for await (const page of pages) yield* page.Items ?? [];
  }
  async function* scan(generation: number, entity?: string) {
    const pages = paginateScan(
      { client },
      {
        TableName: table,
        FilterExpression: `generation = :generation${entity === undefined ? '' : ' AND entity = :entity'}`,
        ExpressionAttributeValues: { ':generation': generation, ...(entity && { ':entity': entity }) },
        ConsistentRead: true,
      },
    );
    for await (const page of pages) yield* page.Items ?? [];
  }
  async function* countItems(generation: number, unit: string, from: string, to: string) {
    const { pk, sk } = statisticsKeyOf.counts(generation, unit, from);
    const last = statisticsKeyOf.counts(generation, unit, to).sk;
    // The tilde stands after the shards of the last day.
    for await (const item of query(pk, sk, `${last}~`)) yield parseCounts(item);
  }

  /** Items by their keys; each costs by itself, also one that is not there. */
  async function getAll(keys: readonly Record<string, string>[]) {
    const found: Record<string, unknown>[] = [];
    let open: Record<string, unknown>[] = [...keys];
    while (open.length > 0) {
      const part = open.slice(0, LARGEST_GET);
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: part } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      open = [...open.slice(LARGEST_GET), ...(UnprocessedKeys?.[table]?.Keys ?? [])];
    }
    return found;
  }

  return {
    async tally(entries) {
      const { live, building } = await generations();
      for (const generation of building === undefined ? [live] : [live, building]) {
        for (const part of partsOf(entries)) await tallyOnce(client, table, generation, part);
      }
    },

    async *entries(day, units, counter) {
      const { live } = await generations();
      const { pk } = statisticsKeyOf.entry(live, { units, day, event: '' });
      const path = units.join('/');
      // `<path>#…` are the unit's own, `<path>/…` those below it; 0 is the sign after the slash.
      for await (const item of query(pk, `${path}#`, `${path}0`, true)) {
        // Looked at before it is parsed: of a city's day a page shows a handful.
        if (counter === undefined || mayCount(item, counter)) yield parseEntry(item);
      }
    },

    async revisions(bureau, from, to) {
      const { live } = await generations();
      const sums = new Map<string, number>();
      for await (const { day, entries } of countItems(live, bureau, from, to)) {
        sums.set(day, (sums.get(day) ?? 0) + entries);
      }
      return [...sums].map(([day, entries]) => ({ day, entries }));
    },

    async rollUps(unit, from, to, read) {
      const { live } = await generations();
      const pk = statisticsKeyOf.rollUp(live, unit, '').pk;
      // The tilde stands after the cuts of the last one.
      const items = await Array.fromAsync(query(pk, from, `${to}~`, read === 'strong'));
      // Months and days lie together: `2026-11` is no day between two days.
      return parseRollUps(items).filter(({ period }) => period.length === from.length);
    },

    async rollUpsOf(unit, periods, cuts) {
      const { live } = await generations();
      const keys = periods.flatMap((period) => {
        const key = statisticsKeyOf.rollUp(live, unit, period);
        return cuts === undefined ? [key] : [key, statisticsKeyOf.cuts(live, unit, period)];
      });
      return parseRollUps(await getAll(keys));
    },

    async countsOfDay(unit, bureau, day) {
      const { live } = await generations();
      const shards = unit === bureau ? Array.from({ length: SHARDS }, (_, shard) => shard) : [undefined];
      const items = await getAll(shards.map((shard) => statisticsKeyOf.counts(live, unit, day, shard)));
      return folded(items.map(parseCounts))[0]?.counts ?? {};
    },

    async putRollUps(rollUps) {
      const { live } = await generations();
      const items = rollUps.flatMap((rollUp) => rollUpItems(live, rollUp));
      await writeAll(
        client,
        table,
        items.map((Item) => ({ PutRequest: { Item } })),
      );
    },

    async markRolled(bureau, rolled) {
      const { live } = await generations();
      const key = statisticsKeyOf.rolled(live, bureau, rolled.day);
      const head = { entity: 'rolled', generation: live, schemaVersion: STATISTICS_SCHEMA };
      await client.send(new PutCommand({ TableName: table, Item: { ...key, ...head, ...rolled } }));
    },

    async rolledUp(bureau, from, to) {
      const { live } = await generations();
      const items = await Array.fromAsync(query(statisticsKeyOf.rolled(live, bureau, '').pk, from, to, true));
      return items.map(parseRolled);
    },

    async allCounts(generation) {
      const items = await Array.fromAsync(scan(generation ?? (await readGenerations()).live, 'counts'));
      return folded(items.map(parseCounts));
    },

    async *allEntries(generation) {
      for await (const item of scan(generation ?? (await readGenerations()).live, 'entry'))
        yield parseEntry(item);
    },

    generations: readGenerations,

    async beginGeneration() {
      const { live, building } = await readGenerations();
      if (building !== undefined) return building;
      await moveGenerations({ live }, { live, building: live + 1 });
      return live + 1;
    },

    async goLive(generation) {
      const { live } = await readGenerations();
      if (live !== generation) await moveGenerations({ live, building: generation }, { live: generation });
    },

    async dropGeneration(generation) {
      const { live, building } = await readGenerations();
      if (generation === live || generation === building) throw new RangeError('this generation is in use');
      let batch: { pk: unknown; sk: unknown }[] = [];
      const remove = async () => {
        await writeAll(
          client,
          table,
          batch.map((Key) => ({ DeleteRequest: { Key } })),
        );
        batch = [];
      };
      for await (const { pk, sk } of scan(generation)) {
        batch.push({ pk, sk });
        if (batch.length === 100) await remove();
      }
      await remove();
    },
  };

  async function moveGenerations(from: Generations, to: Generations): Promise<void> {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: statisticsKeyOf.generations,
          UpdateExpression:
            'SET live = :to, entity = :entity, schemaVersion = :schemaVersion' +
            (to.building === undefined ? ' REMOVE building' : ', building = :building'),
          ConditionExpression:
            from.building === undefined
              ? '(attribute_not_exists(pk) OR live = :from) AND attribute_not_exists(building)'
              : 'live = :from AND building = :was',
          ExpressionAttributeValues: {
            ':to': to.live,
            ':from': from.live,
            ':entity': 'generations',
            ':schemaVersion': STATISTICS_SCHEMA,
            ...(to.building === undefined ? {} : { ':building': to.building }),
            ...(from.building === undefined ? {} : { ':was': from.building }),
          },
        }),
      );
      known = undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new Error('another rebuild has just moved the generations: start again', { cause: error });
    }
  }
}

/** Whether a line of an entry counts this; an item that cannot be understood is left to its parser. */
function mayCount({ lines }: Record<string, unknown>, counter: Counter): boolean {
  return !Array.isArray(lines) || lines.some(({ counts = {} }) => counter in counts);
}

/** Shards and days of one unit added up; what came to nothing is left out. */
function folded(items: readonly Increment[]): Increment[] {
  return fold(items.map(({ unit, day, counts }) => ({ unit, day, counts })))
    .map((line) => ({ ...line, counts: withoutZeros(line.counts) }))
    .filter(({ counts }) => Object.keys(counts).length > 0);
}

/** Entries by transactions, each as full as it may be: an entry and what it adds go together, always. */
function* partsOf(entries: readonly LedgerEntry[]): Generator<LedgerEntry[]> {
  let open = [...new Map(entries.map((entry) => [keyText(entry), entry])).values()];
  while (open.length > 0) {
    let taken = Math.min(open.length, 40);
    while (taken > 1 && taken + updatesOf(open.slice(0, taken)).length > LARGEST_TRANSACTION) taken -= 1;
    yield open.slice(0, taken);
    open = open.slice(taken);
  }
}

const keyText = (entry: LedgerEntry) => Object.values(statisticsKeyOf.entry(0, entry)).join(' ');

/** Counters that entries move: one line for a unit and day, and the revision of the bureau's day in any case. */
function updatesOf(entries: readonly LedgerEntry[]) {
  const sums = new Map(
    liveIncrementsOf(entries)
      .map(({ unit, day, counts }) => ({ unit, day, counts: withoutZeros(counts) }))
      .filter(({ counts }) => Object.keys(counts).length > 0)
      .map((line) => [`${line.unit} ${line.day}`, { ...line, entries: 0 }]),
  );
  for (const { day, units } of entries) {
    const unit = units[0] ?? '';
    const line = sums.get(`${unit} ${day}`) ?? { unit, day, counts: {}, entries: 0 };
    sums.set(`${unit} ${day}`, { ...line, entries: line.entries + 1 });
  }
  return [...sums.values()];
}

/**
 * Counts entries in one transaction. Two ways to fail are normal: some were counted before, or another function is
 * adding to the same counters at this moment. Each round drops the counted ones.
 */
async function tallyOnce(
  client: DynamoDBDocumentClient,
  table: string,
  generation: number,
  entries: readonly LedgerEntry[],
): Promise<void> {
  let uncounted = entries;
  for (let round = 1; uncounted.length > 0; round += 1) {
    try {
      await client.send(
        new TransactWriteCommand({ TransactItems: transaction(table, generation, uncounted) }),
      );
      return;
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (reasons === undefined || round === ROUNDS) throw error;
      uncounted = uncounted.filter((_, index) => reasons[index] !== 'ConditionalCheckFailed');
    }
  }
}

function transaction(table: string, generation: number, entries: readonly LedgerEntry[]) {
  const [first] = entries;
  const puts = entries.map((entry) => ({
    Put: {
      TableName: table,
      Item: entryItem(generation, entry),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
  const updates = updatesOf(entries).map(({ unit, day, counts, entries: written }) => {
    const adds = Object.entries({ ...counts, ...(written > 0 ? { entries: written } : {}) });
    const shard = written > 0 ? shardOf(first?.number ?? '') : undefined;
    return {
      Update: {
        TableName: table,
        Key: statisticsKeyOf.counts(generation, unit, day, shard),
        UpdateExpression:
          'SET #unit = :unit, #day = :day, #entity = :entity, #generation = :generation, ' +
          `#schemaVersion = :schemaVersion ADD ${adds.map(([name]) => `#${name} :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(
          ['unit', 'day', 'entity', 'generation', 'schemaVersion', ...adds.map(([name]) => name)].map(
            (name) => [`#${name}`, name],
          ),
        ),
        ExpressionAttributeValues: {
          ':unit': unit,
          ':day': day,
          ':entity': 'counts',
          ':generation': generation,
          ':schemaVersion': STATISTICS_SCHEMA,
          ...Object.fromEntries(adds.map(([name, value]) => [`:${name}`, value])),
        },
      },
    };
  });
  return [...puts, ...updates];
}
