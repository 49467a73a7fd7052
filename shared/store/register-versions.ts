import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LocalDate } from '../dates.ts';

/*
 * Which version of a bureau's register is in force, the one before it, and one that waits for its day. A version is a set
 * of entries below a partition key of its own, and changes of rules on top of it, which people have accepted since.
 */

/** A handful of rules below `rulesKey`, kept together and counted, so that half of them is never read. */
const change = z.object({ id: z.string(), rules: z.int() });
const versionItem = z.object({
  version: z.int().positive(),
  set: z.string(),
  items: z.int(),
  changes: z.array(change).default([]),
  city: z.string().min(1),
  /** Parsed with the register that it belongs to. */
  settings: z.unknown().optional(),
});
const bureauItem = versionItem.extend({
  before: versionItem.optional(),
  next: versionItem.extend({ from: z.iso.date() }).optional(),
  /** Sets that no version needs any more; the next loading removes them. */
  stale: z.array(z.string()).default([]),
  /** Counts the writes of this item. */
  edit: z.int().default(0),
});

export type StoredVersion = z.output<typeof versionItem>;
export type BureauItem = z.output<typeof bureauItem>;

export const bureauKey = (bureau: string) => ({ pk: `BUREAU#${bureau}`, sk: 'BUREAU' });
export const setKey = (bureau: string, set: string) => ({ pk: `BUREAU#${bureau}#${set}` });
/** Where accepted changes lie: the desk may write here and not into sets. */
export const RULES_PREFIX = 'RULES#';
export const rulesKey = (bureau: string) => `${RULES_PREFIX}${bureau}`;

/** What is stored of a bureau's versions; undefined when no register was loaded. */
export async function readBureauItem(
  client: DynamoDBDocumentClient,
  table: string,
  bureau: string,
): Promise<BureauItem | undefined> {
  const { pk, sk } = bureauKey(bureau);
  // A query, as functions may read the register by queries only.
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk = :sk',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ConsistentRead: true,
    }),
  );
  const [item] = Items;
  // Before there were versions the register lay elsewhere: it has to be loaded anew.
  return item?.version === undefined ? undefined : bureauItem.parse(item);
}

/** The versions as they stand on a day: what waited for it is in force, and the one that was is the one before. */
export function inForceOn(item: BureauItem, today: LocalDate): BureauItem {
  const { next, ...current } = item;
  if (next === undefined || next.from > today) return item;
  const { from, ...version } = next;
  return {
    ...version,
    before: versionOf(current),
    stale: [...item.stale, ...(item.before === undefined ? [] : [item.before.set])],
    edit: item.edit,
  };
}

const versionOf = (item: StoredVersion): StoredVersion => versionItem.parse(item);
const after = (item: BureauItem | undefined, version: StoredVersion): BureauItem => ({
  ...version,
  before: item && versionOf(item),
  stale: [...(item?.stale ?? []), ...(item?.before === undefined ? [] : [item.before.set])],
  edit: (item?.edit ?? 0) + 1,
});

/** With a loaded register, at once or from a day on. */
export function withLoaded(
  item: BureauItem | undefined,
  loaded: Omit<StoredVersion, 'version' | 'changes'>,
  from: LocalDate | undefined,
): BureauItem {
  const version = { ...loaded, changes: [], version: (item?.version ?? 0) + 1 };
  // Over nothing there is nothing that could be in force until then.
  if (item === undefined || from === undefined) return after(item, version);
  return { ...item, next: { ...version, from }, edit: item.edit + 1 };
}

/** With rules that were accepted. */
export function withChangedRules(item: BureauItem, id: string, rules: number): BureauItem {
  const { version, changes } = item;
  return after(item, { ...versionOf(item), version: version + 1, changes: [...changes, { id, rules }] });
}

/** With other settings; entries and rules stay as they are. */
export function withSettings(item: BureauItem, settings: unknown): BureauItem {
  return after(item, { ...versionOf(item), version: item.version + 1, settings });
}

/** Back to the version before, as a new one; undefined where there is none. */
export function withFormer(item: BureauItem): BureauItem | undefined {
  return item.before === undefined ? undefined : after(item, { ...item.before, version: item.version + 1 });
}

/** Without the one that waits. */
export function withoutNext({ next, ...item }: BureauItem): BureauItem {
  const stale = next === undefined ? item.stale : [...item.stale, next.set];
  return { ...item, stale, edit: item.edit + 1 };
}

const versionsOf = ({ before, next, ...current }: BureauItem) =>
  [current, before, next].filter((one) => one !== undefined);

/** Sets that are no longer needed, and the item that no longer names them. */
export function cleared(item: BureauItem): { item: BureauItem; gone: string[] } {
  const needed = new Set(versionsOf(item).map(({ set }) => set));
  const gone = [...new Set(item.stale)].filter((set) => !needed.has(set));
  return { item: { ...item, stale: [] }, gone };
}

/** Ids of the changes that some version still has. */
export const changesOf = (item: BureauItem): ReadonlySet<string> =>
  new Set(versionsOf(item).flatMap(({ changes }) => changes.map(({ id }) => id)));

/** The put that moves a bureau from the item that was read to another; it fails where somebody wrote one meanwhile. */
export function putBureauItem(table: string, bureau: string, to: BureauItem, read: BureauItem | undefined) {
  return {
    TableName: table,
    Item: { ...bureauKey(bureau), entity: 'bureau', schemaVersion: 3, ...to },
    ...conditionOn(read),
  };
}

function conditionOn(read: BureauItem | undefined) {
  if (read === undefined) return { ConditionExpression: 'attribute_not_exists(#version)', ...VERSION };
  if (read.edit > 0) {
    return {
      ConditionExpression: '#edit = :edit',
      ExpressionAttributeNames: { '#edit': 'edit' },
      ExpressionAttributeValues: { ':edit': read.edit },
    };
  }
  // From before edits were counted.
  return {
    ConditionExpression: '#version = :version',
    ...VERSION,
    ExpressionAttributeValues: { ':version': read.version },
  };
}
const VERSION = { ExpressionAttributeNames: { '#version': 'version' } };
