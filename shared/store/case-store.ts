import type { Case, CaseEvent, Identity } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Step } from '../case/steps.ts';
import type { Instant } from '../dates.ts';

/** The sender's key for one message, and what was answered to it: a repeat gets the same answer. */
export interface Receipt {
  /** SHA-256 of the idempotency key; the key itself is not stored. */
  keyHash: string;
  /** SHA-256 of the message, so that the same key with another message is noticed. */
  payloadHash: string;
  number: CaseNumber;
  /** Kept for a day, so that a lost answer can be given again; then only its hash (backups keep it 35 days). */
  secret: string;
}

export type Registration = 'registered' | 'number-taken' | 'key-taken';

/** A page of the desk's list and where the next one begins. */
export interface Page<T> {
  items: T[];
  next?: string | undefined;
}

/**
 * Keeps cases, their history and who complained. Every method that writes does so in one transaction:
 * all of it is kept or nothing is.
 */
export interface CaseStore {
  /** Keeps a new case with its first event, the identity, and the receipt if the sender gave a key. */
  register(step: Step, identity: Identity, receipt: Receipt | undefined): Promise<Registration>;
  receipt(keyHash: string): Promise<Receipt | undefined>;
  case(number: CaseNumber): Promise<Case | undefined>;
  history(number: CaseNumber): Promise<CaseEvent[]>;
  identity(number: CaseNumber): Promise<Identity | undefined>;
  /** Keeps the step if the case is still at the version before it; `conflict` when somebody was faster. */
  commit(step: Step): Promise<'committed' | 'conflict'>;
  /** Open cases that lie with this unit, the most urgent first. */
  openCases(unit: string, limit: number, after?: string): Promise<Page<Case>>;
  /** Numbers of cases received between the two that no triage has seen, oldest first: what lost messages left behind. */
  awaitingTriage(from: Instant, until: Instant, limit: number): Promise<CaseNumber[]>;
  /** The whole history, in no particular order: for a recount. */
  allEvents(): AsyncIterable<CaseEvent>;
}
