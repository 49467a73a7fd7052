import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CHANNELS, type Channel } from '../case/case.ts';
import { type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import { sha256 } from '../sha256.ts';
import type { Page } from './case-store.ts';

/** Something that reached the bureau and became no case, and is part of none: a wrong number, a thank-you, an advert. */
export interface Contact {
  /** The same however often the message is delivered: channel and the provider's id. */
  id: string;
  channel: Channel;
  /** When it came in; the same for each delivery. */
  at: Instant;
  /** Code of the reason why it is no case. */
  reason: string;
  /** The phone it came from, where one is known. */
  from?: string | undefined;
  /** The words, cut to what a person needs to judge the reason. */
  text: string;
}

/** Somebody looked at the contacts of a day. */
interface ContactsRead {
  on: LocalDate;
  at: Instant;
  staff: string;
  role: string;
}

/** Keeps contacts for a quarter of a year, so that a message taken for none of our business can still be found. */
export interface ContactStore {
  /** Keeps a contact once, however often it comes. */
  keep(contact: Contact): Promise<void>;
  /** Contacts of a day, the newest first. */
  ofDay(on: LocalDate, limit: number, after?: string): Promise<Page<Contact>>;
  /** Puts the reading on record; done before anything is shown. */
  recordRead(read: ContactsRead): Promise<void>;
  /** Who looked at the contacts of a day, in order. */
  reads(on: LocalDate): Promise<ContactsRead[]>;
}

/** 90 days: the longest period in which somebody asks what became of his message (Order 121 Art. 31 with extensions). */
const KEPT_SECONDS = 90 * 24 * 60 * 60;
const LONGEST_TEXT = 2_000;

const storedContact = z.object({
  id: z.string(),
  channel: z.enum(Object.keys(CHANNELS) as [Channel, ...Channel[]]),
  at: z.string(),
  reason: z.string(),
  from: z.string().optional(),
  text: z.string(),
});

const storedRead = z.object({ on: z.string(), at: z.string(), staff: z.string(), role: z.string() });

const readKey = ({ on, at, staff }: ContactsRead) => ({
  pk: `CONTACTS-READ#${on}`,
  sk: `READ#${at}#${staff}`,
});
const pkOf = (on: LocalDate) => `CONTACTS#${on}`;
const skOf = ({ at, id }: Contact) => `${at}#${sha256(id).slice(0, 16)}`;
const shortened = (contact: Contact): Contact => ({
  ...contact,
  text: Array.from(contact.text).slice(0, LONGEST_TEXT).join(''),
});

/** Contacts in the table of identities, under its key: they hold words and phones. */
export function createDynamoDbContactStore(client: DynamoDBDocumentClient, table: string): ContactStore {
  return {
    async keep(contact) {
      const Item = {
        pk: pkOf(shanghaiDate(contact.at)),
        sk: skOf(contact),
        schemaVersion: 1,
        entity: 'contact',
        ...shortened(contact),
        expiresAt: Math.floor(Date.parse(contact.at) / 1000) + KEPT_SECONDS,
      };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    async ofDay(on, limit, after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pkOf(on) },
          ScanIndexForward: false,
          Limit: limit,
          ...(after === undefined ? {} : { ExclusiveStartKey: { pk: pkOf(on), sk: after } }),
        }),
      );
      return { items: Items.map((item) => storedContact.parse(item)), next: LastEvaluatedKey?.sk };
    },
    async recordRead(read) {
      const head = { ...readKey(read), schemaVersion: 1, entity: 'contacts-read' };
      await client.send(new PutCommand({ TableName: table, Item: { ...head, ...read } }));
    },
    async reads(on) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `CONTACTS-READ#${on}` },
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => storedRead.parse(item));
    },
  };
}

/** The double for unit tests; it passes the same contract suite. */
export function createMemoryContactStore(): ContactStore {
  const items = new Map<string, Contact>();
  const looks: ContactsRead[] = [];
  return {
    async keep(contact) {
      items.set(skOf(contact), shortened(contact));
    },
    async ofDay(on, limit, after) {
      const found = [...items]
        .filter(([sk, { at }]) => shanghaiDate(at) === on && (after === undefined || sk < after))
        .sort(([a], [b]) => (a < b ? 1 : -1));
      const page = found.slice(0, limit);
      return {
        items: page.map(([, contact]) => ({ ...contact })),
        next: found.length > limit ? page.at(-1)?.[0] : undefined,
      };
    },
    async recordRead(read) {
      looks.push({ ...read });
    },
    async reads(on) {
      return looks.filter((read) => read.on === on).sort((a, b) => (a.at < b.at ? -1 : 1));
    },
  };
}
