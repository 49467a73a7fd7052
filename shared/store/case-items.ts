import * as z from 'zod';
import type { News } from '../businesses/news.ts';
import { EVENT_TYPES } from '../case/actions.ts';
import {
  type Case,
  type CaseEvent,
  CHANNELS,
  type Channel,
  type Identity,
  KINDS,
  type Kind,
} from '../case/case.ts';
import { STATES } from '../case/life-cycle.ts';
import { nameKey, phoneKey } from '../case/lookup-keys.ts';
import { MONEY_ENTRIES, type MoneyEntry } from '../case/money-entries.ts';
import { isWithPartner } from '../case/offer.ts';
import { nextDue } from '../case/take-step.ts';
import { isRunning } from '../case/turn-clocks.ts';
import type { LocalDate } from '../dates.ts';
import { CLOCKS } from '../law/rule-packs.ts';
import { understoodSchema } from '../understanding/understood.ts';
import type { IdentityRead, Receipt } from './case-store.ts';
import { upgradeCase, upgradeEvent } from './upgrade-items.ts';

/*
 * What lies in the tables. Items are read tolerantly (unknown attributes are dropped, so that an older
 * function can read what a newer one wrote; older items are upgraded as they are read) but never unparsed.
 * docs/data-model.md lists keys and indexes.
 */

export const SCHEMA_VERSION = 2;

const words = (table: object) => z.enum(Object.keys(table) as [string, ...string[]]);
const fen = z.number().int();
const money = z.partialRecord(z.enum(Object.keys(MONEY_ENTRIES) as [MoneyEntry, ...MoneyEntry[]]), fen);
const unitPath = z.array(z.string()).min(1);
const list = z.array(z.string()).default([]);
const storedClock = z.object({
  id: z.string(),
  start: z.string(),
  due: z.string(),
  provisional: z.boolean(),
  authority: z.string(),
  stopped: z.string().optional(),
  void: z.string().optional(),
  set: z.boolean().optional(),
  pauses: z
    .array(
      z.object({
        reason: z.string(),
        from: z.string(),
        to: z.string().optional(),
        evidence: z.string().default(''),
      }),
    )
    .optional(),
  extensions: z
    .array(
      z.object({
        length: z.number(),
        unit: z.string(),
        on: z.string(),
        by: z.string(),
        until: z.string().optional(),
      }),
    )
    .optional(),
  reminded: z.number().optional(),
  escalated: z.number().optional(),
  lateOwner: z.object({ unit: z.string(), officer: z.string().optional() }).optional(),
});

const storedCase = z.object({
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  number: z.string(),
  version: z.number().int().positive(),
  state: words(STATES),
  channel: z.enum(Object.keys(CHANNELS) as [Channel, ...Channel[]]),
  externalNumber: z.string().optional(),
  complaint: z.object({
    text: z.string(),
    request: z.string().optional(),
    business: z
      .object({
        name: z.string().optional(),
        address: z.string().optional(),
        divisionCode: z.string().optional(),
        platform: z.string().optional(),
        phone: z.string().optional(),
        contact: z.string().optional(),
      })
      .default({}),
    paidFen: fen.optional(),
    claimedFen: fen.optional(),
    occurredOn: z.string().optional(),
    consents: z.object({ publish: z.boolean().optional(), entrust: z.boolean().optional() }).optional(),
    open311: z
      .object({
        service: z.string(),
        problem: z.string().optional(),
        location: z.object({ lat: z.number(), long: z.number() }).optional(),
        mediaUrl: z.string().optional(),
      })
      .optional(),
  }),
  understood: understoodSchema.optional(),
  receivedAt: z.string(),
  receivedOn: z.string(),
  unitPath,
  area: z.string().optional(),
  officers: list,
  leader: z.string().optional(),
  coUnits: list,
  clocks: z.array(storedClock),
  hubReason: z.string().optional(),
  ground: z.string().optional(),
  money: money.default({}),
  promisedOn: z.string().optional(),
  offer: z
    .object({
      partner: z.string(),
      kind: z.enum(['rights-station', 'business']),
      version: z.number().int(),
      contactAgreed: z.boolean(),
      offeredFen: fen.optional(),
      promisedOn: z.string().optional(),
    })
    .optional(),
  linkedTo: z.string().optional(),
  lead: z.string().optional(),
  before: z.object({ state: words(STATES), clocks: z.array(storedClock) }).optional(),
  joined: list,
  apart: z.array(z.string()).optional(),
  mentioned: z.array(z.string()).optional(),
  told: z.record(z.string(), z.string()).default({}),
  consents: z.record(z.string(), z.boolean()).default({}),
  forms: z
    .array(
      z.object({
        form: z.string(),
        documentNumber: z.string().optional(),
        on: z.string(),
        version: z.number(),
      }),
    )
    .default([]),
  proposal: z
    .object({
      action: z.string(),
      facts: z.record(z.string(), z.unknown()).default({}),
      words: z.record(z.string(), z.string()).default({}),
      by: z.string(),
    })
    .optional(),
  result: z
    .object({ found: z.string(), done: z.string(), received: z.string(), routes: z.string() })
    .optional(),
  withdrawalAsked: z.boolean().optional(),
  reopenAsked: z.boolean().optional(),
  unreachable: z.boolean().optional(),
  eraseOn: z.string().optional(),
  erased: z.boolean().optional(),
  watchAt: z.string().optional(),
  hash: z.string().optional(),
  secretHash: z.string(),
});

const storedEvent = z
  .object({
    id: z.string(),
    number: z.string(),
    version: z.number().int().positive(),
    kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
    type: z.enum(EVENT_TYPES),
    at: z.string(),
    on: z.string(),
    actor: z.object({ role: z.string(), id: z.string() }),
    unitPath,
    facts: z.record(z.string(), z.unknown()).default({}),
    words: z.record(z.string(), z.string()).optional(),
    wordsHash: z.string().optional(),
    money: money.optional(),
    ended: z.array(z.object({ clock: z.enum(CLOCKS), due: z.string(), authority: z.string() })).optional(),
    notices: z
      .array(
        z.object({
          notice: z.string(),
          party: z.string(),
          form: z.string().optional(),
          to: z.string().optional(),
        }),
      )
      .optional(),
    hash: z.string().optional(),
  })
  // Without its sums a settlement would be counted as nothing; an agreement without money says so with a zero.
  .refine(({ type, facts }) => type !== 'settled' || typeof facts.agreedFen === 'number');

const storedReceipt = z.object({
  keyHash: z.string(),
  payloadHash: z.string(),
  number: z.string(),
  secret: z.string(),
  report: z.string().optional(),
  lasting: z.literal(true).optional(),
});

const person = z.object({
  name: z.string(),
  phone: z.string(),
  address: z.string().optional(),
  email: z.string().optional(),
  idType: z.string().optional(),
  idNumber: z.string().optional(),
  representative: z.boolean().optional(),
});
const agent = person.extend({
  matter: z.string().optional(),
  powers: z.enum(['general', 'special']),
  until: z.string().optional(),
});
const storedIdentity = person.extend({ joint: z.array(person).optional(), agent: agent.optional() });

export const keyOf = {
  case: (number: string) => ({ pk: `CASE#${number}`, sk: 'CASE' }),
  event: (number: string, version: number) => ({
    pk: `CASE#${number}`,
    sk: `EVENT#${String(version).padStart(6, '0')}`,
  }),
  receipt: (keyHash: string) => ({ pk: `RECEIPT#${keyHash}`, sk: 'RECEIPT' }),
  identity: (number: string) => ({ pk: `CASE#${number}`, sk: 'COMPLAINANT' }),
  /** All cases of one phone number: for the signs of Art. 17, for duplicates, for a person's own request. */
  person: (phoneHash: string, number: string) => ({ pk: `PERSON#${phoneHash}`, sk: `CASE#${number}` }),
  /** The hashes of a case's phones: whoever looks for other cases of the same person need not see who it is. */
  personOf: (number: string, phoneHash: string) => ({ pk: `PERSON#OF#${number}`, sk: `PERSON#${phoneHash}` }),
  /** All complaints against one business, by its name as written. */
  business: (nameHash: string, number: string) => ({ pk: `BUSINESS#${nameHash}`, sk: `CASE#${number}` }),
  /** All cases about one business, by its credit code; the case itself says whether it still is one. */
  businessCode: (creditCode: string, number: string) => ({
    pk: `BUSINESSCODE#${creditCode}`,
    sk: `CASE#${number}`,
  }),
  /** Businesses of which the cases of a day say something new: who proposes classes looks at these only. */
  businessDay: (bureau: string, on: string, creditCode: string) => ({
    pk: `BUSINESSDAY#${bureau}#${on}`,
    sk: `BUSINESS#${creditCode}`,
  }),
  read: (number: string, at: string, staff: string) => ({
    pk: `CASE#${number}`,
    sk: `READ#${at}#${staff}`,
  }),
  series: (series: string) => ({ pk: `SERIES#${series}`, sk: 'SERIES' }),
};

const NO_DATE = '9999-12-31';

/** The next date of a case, from its place in the order of the desk. */
export function dueOfOrder(order: string): LocalDate | undefined {
  const [due] = order.split('#');
  return due === NO_DATE ? undefined : due;
}

/**
 * Attributes of the sparse indexes: a case is in `desk` and `bureau` while somebody owes a step, in `untriaged`
 * until the triage has seen it, in `partner` while somebody tries to settle it first, in `watch` while somebody is to be reminded, in `retention` from its end until its
 * people's data are erased. One partition for a bureau is enough: an index partition takes 1,000 writes a second, the nation's average is 1.4 complaints.
 */
export function indexAttributes(of: Case): Record<string, string | undefined> {
  const due = nextDue(of)?.due;
  const final = STATES[of.state].final;
  // A case that is over is still followed while a promise made in it is owed (Art. 26).
  const followed = of.clocks.some((clock) => clock.id === 'promise' && isRunning(clock));
  const open = (!final || followed) && of.state !== 'received';
  // A case whose period is stopped (testing) has no next date; it stands after all that have one.
  const order = `${due ?? NO_DATE}#${of.receivedAt}#${of.number}`;
  const listed = open && !(of.state === 'closed' && due === undefined);
  return {
    deskUnit: listed ? of.unitPath.at(-1) : undefined,
    deskOrder: listed ? order : undefined,
    bureau: listed ? of.unitPath[0] : undefined,
    untriaged: of.state === 'received' ? 'YES' : undefined,
    untriagedSince: of.state === 'received' ? of.receivedAt : undefined,
    offeredTo: isWithPartner(of) ? of.offer?.partner : undefined,
    watchBureau: of.watchAt === undefined || (final && !followed) ? undefined : of.unitPath[0],
    provisional:
      listed && of.clocks.some((clock) => isRunning(clock) && clock.provisional) ? 'YES' : undefined,
    eraseBureau: of.eraseOn === undefined ? undefined : of.unitPath[0],
  };
}

/** No empty maps: the streams of DynamoDB Local deliver one as a value without a type. */
function withoutEmptyMaps(item: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, isMap && Object.values(value).every((inner) => inner === undefined) ? undefined : value];
    }),
  );
}

export function caseAttributes(of: Case): Record<string, unknown> {
  const { complaint, proposal, ...rest } = of;
  return {
    schemaVersion: SCHEMA_VERSION,
    entity: 'case',
    ...withoutEmptyMaps(rest),
    complaint: withoutEmptyMaps(complaint),
    proposal: proposal === undefined ? undefined : withoutEmptyMaps(proposal),
    // Older attributes that this version keeps elsewhere.
    recovered: undefined,
    ...indexAttributes(of),
  };
}

export function caseItem(of: Case): Record<string, unknown> {
  return { ...keyOf.case(of.number), ...caseAttributes(of) };
}

export function eventItem(event: CaseEvent): Record<string, unknown> {
  return {
    ...keyOf.event(event.number, event.version),
    schemaVersion: SCHEMA_VERSION,
    entity: 'event',
    ...withoutEmptyMaps(event),
    // The stream's filter looks at plain values only.
    tells: event.notices === undefined ? undefined : 'YES',
  };
}

/** A receipt lives for a day: longer than any network repeats a message. Other offices hand over again later, too. */
const RECEIPT_SECONDS = 24 * 60 * 60;

export function receiptItem(receipt: Receipt, at: string): Record<string, unknown> {
  const expiresAt = Math.floor(Date.parse(at) / 1000) + RECEIPT_SECONDS;
  return {
    ...keyOf.receipt(receipt.keyHash),
    schemaVersion: SCHEMA_VERSION,
    entity: 'receipt',
    ...receipt,
    ...(receipt.lasting === true ? {} : { expiresAt }),
  };
}

export function identityItem(number: string, identity: Identity): Record<string, unknown> {
  return { ...keyOf.identity(number), schemaVersion: SCHEMA_VERSION, entity: 'complainant', ...identity };
}

/** The rest of an item by which the cases of a business are found by its name. */
export const lookupItem = (number: string) => ({ schemaVersion: SCHEMA_VERSION, entity: 'lookup', number });

/**
 * The items by which the cases of a phone number are found and the phones of a case, for each person of it. A report leaves no
 * trace by which other cases of its informer could be found.
 */
export function lookupsOf(number: string, kind: Kind, identity: Identity) {
  if (kind === 'report') return [];
  const people = new Map(
    [identity, ...(identity.joint ?? [])]
      .map(({ phone, name }) => [phoneKey(phone), nameKey(name)] as const)
      // Of two with one phone the first names it.
      .reverse(),
  );
  return [...people].flatMap(([phoneHash, nameHash]) => {
    const item = { schemaVersion: SCHEMA_VERSION, entity: 'lookup', number, phoneHash, nameHash };
    return [
      { ...keyOf.person(phoneHash, number), ...item },
      { ...keyOf.personOf(number, phoneHash), ...item },
    ];
  });
}

/** What the present code, or the first version, wrote; anything else is not read by guess. */
function checkHead(entity: 'case' | 'event', item: unknown): void {
  z.object({ entity: z.literal(entity), schemaVersion: z.literal([1, SCHEMA_VERSION]) }).parse(item);
}

export function parseCase(item: unknown): Case {
  checkHead('case', item);
  return storedCase.parse(upgradeCase(item)) as Case;
}

/** Looked at again when a business has been quiet for a year (class-proposal.ts), and then no more. */
const NEWS_SECONDS = 400 * 24 * 60 * 60;

type NewsItem = { pk: string; sk: string } & Record<string, unknown>;

/** By these the cases of a business are found, and the businesses of a day; each once, however many steps say so. */
export function newsItems(news: readonly News[]): NewsItem[] {
  const items = news.flatMap(({ bureau, creditCode, number, on, isNamed }) => [
    ...(isNamed
      ? [
          {
            ...keyOf.businessCode(creditCode, number),
            schemaVersion: SCHEMA_VERSION,
            entity: 'business-case',
            number,
          },
        ]
      : []),
    {
      ...keyOf.businessDay(bureau, on, creditCode),
      schemaVersion: SCHEMA_VERSION,
      entity: 'business-news',
      creditCode,
      expiresAt: Math.floor(Date.parse(on) / 1000) + NEWS_SECONDS,
    },
  ]);
  return [...new Map(items.map((item) => [`${item.pk} ${item.sk}`, item])).values()];
}

/** Also reads the event out of a stream record. */
export function parseEvent(item: unknown): CaseEvent {
  checkHead('event', item);
  return storedEvent.parse(upgradeEvent(item)) as CaseEvent;
}

const storedRead = z.object({
  number: z.string(),
  at: z.string(),
  staff: z.string(),
  role: z.string(),
  reason: z.string(),
});

export function readItem(read: IdentityRead): Record<string, unknown> {
  return {
    ...keyOf.read(read.number, read.at, read.staff),
    schemaVersion: SCHEMA_VERSION,
    entity: 'identity-read',
    ...read,
  };
}

export function parseRead(item: unknown): IdentityRead {
  return storedRead.parse(item);
}

export function parseReceipt(item: unknown): Receipt {
  return storedReceipt.parse(item);
}

export function parseIdentity(item: unknown): Identity {
  return storedIdentity.parse(item);
}
