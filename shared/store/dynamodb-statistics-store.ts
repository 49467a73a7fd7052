import {
  type DynamoDBDocumentClient,
  paginateQuery,
  paginateScan,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseEvent } from '../case/case.ts';
import { COUNTERS, type Counter, fold, type Increment, incrementsOf } from '../statistics/counters.ts';
import { cancellationReasons } from './dynamodb.ts';
import type { StatisticsStore } from './statistics-store.ts';

const storedCounts = z.object({
  unit: z.string(),
  day: z.string(),
  ...(Object.fromEntries(COUNTERS.map((counter) => [counter, z.number().int().optional()])) as Record<
    Counter,
    z.ZodOptional<z.ZodNumber>
  >),
});

/** Keeps counters and, beside them in the same transactions, a marker for each event counted. */
export function createDynamoDbStatisticsStore(
  client: DynamoDBDocumentClient,
  table: string,
): StatisticsStore {
  const scan = (entity: string) =>
    paginateScan(
      { client },
      {
        TableName: table,
        FilterExpression: 'entity = :entity',
        ExpressionAttributeValues: { ':entity': entity },
        ConsistentRead: true,
      },
    );

  return {
    async tally(events) {
      let uncounted = [...new Map(events.map((event) => [event.id, event])).values()];
      // Two ways to fail are normal: some of the events were counted before, or another function is adding to
      // the same counters at this moment. Each round drops the counted ones; a batch that still conflicts
      // after five goes back to its source, which delivers it again.
      for (let round = 1; uncounted.length > 0; round += 1) {
        try {
          await client.send(new TransactWriteCommand({ TransactItems: transaction(table, uncounted) }));
          return;
        } catch (error) {
          const reasons = cancellationReasons(error);
          if (reasons === undefined || round === 5) throw error;
          uncounted = uncounted.filter((_, index) => reasons[index] !== 'ConditionalCheckFailed');
        }
      }
    },

    async counts(unit, from, to) {
      const lines: Increment[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :unit AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':unit': `UNIT#${unit}`, ':from': `DAY#${from}`, ':to': `DAY#${to}` },
        },
      );
      for await (const page of pages) lines.push(...(page.Items ?? []).map(parseCounts));
      return lines;
    },

    async allCounts() {
      const lines: Increment[] = [];
      for await (const page of scan('counts')) lines.push(...(page.Items ?? []).map(parseCounts));
      return lines;
    },

    async talliedIds() {
      const ids = new Set<string>();
      for await (const page of scan('tallied')) {
        for (const item of page.Items ?? []) ids.add(String(item.pk).slice('EVENT#'.length));
      }
      return ids;
    },
  };
}

function transaction(table: string, events: readonly CaseEvent[]) {
  const markers = events.map((event) => ({
    Put: {
      TableName: table,
      Item: { pk: `EVENT#${event.id}`, sk: 'TALLIED', entity: 'tallied', schemaVersion: 1 },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
  const additions = fold(events.flatMap(incrementsOf)).map(({ unit, day, counts }) => {
    const counters = Object.entries(counts);
    return {
      Update: {
        TableName: table,
        Key: { pk: `UNIT#${unit}`, sk: `DAY#${day}` },
        UpdateExpression:
          `SET #unit = :unit, #day = :day, #entity = :entity, #schemaVersion = :schemaVersion ` +
          `ADD ${counters.map(([counter]) => `#${counter} :${counter}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(
          ['unit', 'day', 'entity', 'schemaVersion', ...Object.keys(counts)].map((name) => [
            `#${name}`,
            name,
          ]),
        ),
        ExpressionAttributeValues: {
          ':unit': unit,
          ':day': day,
          ':entity': 'counts',
          ':schemaVersion': 1,
          ...Object.fromEntries(counters.map(([counter, value]) => [`:${counter}`, value])),
        },
      },
    };
  });
  return [...markers, ...additions];
}

function parseCounts(item: unknown): Increment {
  const { unit, day, ...counts } = storedCounts.parse(item);
  return { unit, day, counts };
}
