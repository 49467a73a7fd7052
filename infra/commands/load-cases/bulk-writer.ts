import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** DynamoDB's limit for one transaction. DynamoDB Local commits it once, of a batch each item by itself. */
const BATCH = 100;
/** Calls under way: DynamoDB Local writes one after the other, the next ones are read meanwhile. */
const IN_FLIGHT = 6;

/** Writes items past the stores, many at once; what is written twice is the later one. */
export interface BulkWriter {
  /** Resolves when there is room for more. */
  put(table: string, items: readonly Item[]): Promise<void>;
  /** Writes what is left; @returns how many items there were. */
  finish(): Promise<number>;
}

export function createBulkWriter(client: DynamoDBDocumentClient): BulkWriter {
  // By key: one call takes an item once.
  const waiting = new Map<string, Map<string, Item>>();
  const underWay = new Set<Promise<void>>();
  let written = 0;
  let failure: unknown;
  const send = async (table: string, items: readonly Item[]) => {
    while (underWay.size >= IN_FLIGHT) await Promise.race(underWay);
    if (failure !== undefined) throw failure;
    written += items.length;
    const TransactItems = items.map((Item) => ({ Put: { TableName: table, Item } }));
    const call = client
      .send(new TransactWriteCommand({ TransactItems }))
      .then(() => undefined)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(call));
    underWay.add(call);
  };
  return {
    async put(table, items) {
      const list = waiting.get(table) ?? new Map<string, Item>();
      waiting.set(table, list);
      for (const item of items) {
        list.set(`${String(item.pk)} ${String(item.sk)}`, item);
        if (list.size < BATCH) continue;
        const batch = [...list.values()];
        list.clear();
        await send(table, batch);
      }
    },
    async finish() {
      for (const [table, items] of waiting) if (items.size > 0) await send(table, [...items.values()]);
      waiting.clear();
      await Promise.all(underWay);
      if (failure !== undefined) throw failure;
      return written;
    },
  };
}
