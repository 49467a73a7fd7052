import * as z from 'zod';
import { type Case, type CaseEvent, EVENT_TYPES, type Identity } from '../case/case.ts';
import { STATES, type State } from '../case/life-cycle.ts';
import { nextDue } from '../case/steps.ts';
import type { Receipt } from './case-store.ts';

/*
 * What lies in the tables. Items are read tolerantly (unknown attributes are dropped, so that an older
 * function can read what a newer one wrote) but never unparsed. docs/data-model.md lists keys and indexes.
 */

const SCHEMA_VERSION = 1;

const fen = z.number().int().nonnegative();
const unitPath = z.array(z.string()).min(1);
const clock = z.object({
  start: z.string(),
  due: z.string(),
  provisional: z.boolean(),
  stopped: z.string().optional(),
  authority: z.string(),
});

const storedCase = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  entity: z.literal('case'),
  number: z.string(),
  version: z.number().int().positive(),
  state: z.enum(Object.keys(STATES) as [State, ...State[]]),
  channel: z.enum(['web']),
  complaint: z.object({
    text: z.string(),
    request: z.string().optional(),
    business: z.object({
      name: z.string().optional(),
      address: z.string().optional(),
      divisionCode: z.string().optional(),
    }),
    paidFen: fen.optional(),
    claimedFen: fen.optional(),
    occurredOn: z.string().optional(),
  }),
  receivedAt: z.string(),
  receivedOn: z.string(),
  unitPath,
  area: z.string().optional(),
  clocks: z.object({ distribute: clock.optional(), accept: clock.optional(), mediate: clock.optional() }),
  hubReason: z.string().optional(),
  ground: z.string().optional(),
  recovered: z.object({ agreedFen: fen, provenFen: fen }).optional(),
  secretHash: z.string(),
});

const storedEvent = z
  .object({
    schemaVersion: z.literal(SCHEMA_VERSION),
    entity: z.literal('event'),
    id: z.string(),
    number: z.string(),
    version: z.number().int().positive(),
    type: z.enum(EVENT_TYPES),
    at: z.string(),
    on: z.string(),
    actor: z.object({ role: z.string(), id: z.string() }),
    unitPath,
    facts: z
      .looseObject({
        claimedFen: fen.optional(),
        agreedFen: fen.optional(),
        provenFen: fen.optional(),
      })
      .default({}),
  })
  // Without its sums a settlement would be counted as nothing.
  .refine(({ type, facts }) => type !== 'settled' || (facts.agreedFen ?? facts.provenFen) !== undefined);

const storedReceipt = z.object({
  keyHash: z.string(),
  payloadHash: z.string(),
  number: z.string(),
  secret: z.string(),
});

const storedIdentity = z.object({ name: z.string(), phone: z.string(), address: z.string().optional() });

export const keyOf = {
  case: (number: string) => ({ pk: `CASE#${number}`, sk: 'CASE' }),
  event: (number: string, version: number) => ({
    pk: `CASE#${number}`,
    sk: `EVENT#${String(version).padStart(6, '0')}`,
  }),
  receipt: (keyHash: string) => ({ pk: `RECEIPT#${keyHash}`, sk: 'RECEIPT' }),
  identity: (number: string) => ({ pk: `CASE#${number}`, sk: 'COMPLAINANT' }),
};

/**
 * Attributes of the sparse indexes: a case is in `desk` while somebody owes a step, in `untriaged` until the
 * triage has seen it. One partition for all untriaged cases is enough: an index partition takes 1,000 writes
 * a second, the nation's average is 1.4 complaints a second.
 */
export function indexAttributes(of: Case): Record<string, string | undefined> {
  const due = nextDue(of)?.due;
  const unit = of.unitPath.at(-1);
  const open = due !== undefined && of.state !== 'received';
  return {
    deskUnit: open ? unit : undefined,
    deskOrder: open ? `${due}#${of.receivedAt}#${of.number}` : undefined,
    untriaged: of.state === 'received' ? 'YES' : undefined,
    untriagedSince: of.state === 'received' ? of.receivedAt : undefined,
  };
}

export function caseAttributes(of: Case): Record<string, unknown> {
  return { schemaVersion: SCHEMA_VERSION, entity: 'case', ...of, ...indexAttributes(of) };
}

export function caseItem(of: Case): Record<string, unknown> {
  return { ...keyOf.case(of.number), ...caseAttributes(of) };
}

export function eventItem({ facts, ...event }: CaseEvent): Record<string, unknown> {
  const known = Object.values(facts).some((fact) => fact !== undefined);
  return {
    ...keyOf.event(event.number, event.version),
    schemaVersion: SCHEMA_VERSION,
    entity: 'event',
    ...event,
    // No empty map: the streams of DynamoDB Local deliver one as a value without a type.
    ...(known ? { facts } : {}),
  };
}

/** A receipt lives for a day: longer than any network repeats a message. */
const RECEIPT_SECONDS = 24 * 60 * 60;

export function receiptItem(receipt: Receipt, at: string): Record<string, unknown> {
  const expiresAt = Math.floor(Date.parse(at) / 1000) + RECEIPT_SECONDS;
  return {
    ...keyOf.receipt(receipt.keyHash),
    schemaVersion: SCHEMA_VERSION,
    entity: 'receipt',
    ...receipt,
    expiresAt,
  };
}

export function identityItem(number: string, identity: Identity): Record<string, unknown> {
  return { ...keyOf.identity(number), schemaVersion: SCHEMA_VERSION, entity: 'complainant', ...identity };
}

export function parseCase(item: unknown): Case {
  const { schemaVersion, entity, ...found } = storedCase.parse(item);
  return found as Case;
}

/** Also reads the event out of a stream record. */
export function parseEvent(item: unknown): CaseEvent {
  const { schemaVersion, entity, ...found } = storedEvent.parse(item);
  return found as unknown as CaseEvent;
}

export function parseReceipt(item: unknown): Receipt {
  return storedReceipt.parse(item);
}

export function parseIdentity(item: unknown): Identity {
  return storedIdentity.parse(item);
}
