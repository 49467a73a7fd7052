import type { Case, CaseEvent, Identity } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Step } from '../case/take-step.ts';
import type { Instant, LocalDate } from '../dates.ts';
import type { Lease } from '../desk-work/lease.ts';
import type { IncidentChange } from './incident-store.ts';
import type { UnlessLeased } from './lease-items.ts';

/** The sender's key for one message, and what was answered to it: a repeat gets the same answer. */
export interface Receipt {
  /** SHA-256 of the idempotency key; the key itself is not stored. */
  keyHash: string;
  /** SHA-256 of the message, so that the same key with another message is noticed. */
  payloadHash: string;
  number: CaseNumber;
  /** The report that was split from the same message. */
  report?: CaseNumber | undefined;
  /** Kept for a day, so that a lost answer can be given again; then only its hash (backups keep it 35 days). */
  secret: string;
  /** It stays for good, and without the secret: a work order handed over again next month is the same case. */
  lasting?: true | undefined;
}

/** A new case with who sent it; a report's informer is kept in a table and under a key of its own. */
export interface Registration {
  step: Step;
  identity?: Identity | undefined;
}

/** Who sent a case; the kind says in which table it is kept. */
interface KeptIdentity {
  number: CaseNumber;
  kind: Case['kind'];
  identity: Identity;
}

/** One unit of work: all of it is kept, or nothing is. */
export interface Work {
  /** Steps in order; several on one case follow each other. */
  steps?: readonly Step[];
  registrations?: readonly Registration[];
  receipt?: Receipt | undefined;
  /** Numbers drawn for forms: the series must still stand one before. */
  numbering?: readonly { series: string; value: number }[];
  /** A complainant is added or data are corrected: the identity as it was and as it is to be afterwards. */
  identity?: (KeptIdentity & { before: Identity }) | undefined;
  /** What the case adds to a mass incident that gathers. */
  incident?: IncidentChange | undefined;
  /** A step at the desk: in the same transaction nobody else may be working on its cases. */
  unlessLeased?: UnlessLeased | undefined;
  /** A lease that begins or ends with the step. */
  lease?: Lease | undefined;
  /** The case was taken up as another kind: who sent it is kept with the new case only. */
  removeIdentity?: KeptIdentity | undefined;
}

/** A conflict is a normal outcome: somebody was faster. The `taken` ones are drawn again. */
export type Outcome = 'committed' | 'conflict' | 'number-taken' | 'key-taken' | 'series-taken';

/** A page of a list and where the next one begins. */
export interface Page<T> {
  items: T[];
  next?: string | undefined;
}

/** A case as the bureau's index of open cases knows it. */
export interface OpenCase {
  number: CaseNumber;
  unitPath: readonly string[];
  /** The next date by which somebody owes a step; none while its period is stopped. */
  due?: LocalDate | undefined;
  watchAt?: Instant | undefined;
  provisional: boolean;
}

/** Somebody looked at who complained or informed. */
export interface IdentityRead {
  number: CaseNumber;
  at: Instant;
  staff: string;
  role: string;
  reason: string;
}

/** A case that came from a phone number; the hash of the name tells whether it was the same person. */
interface CaseOfPhone {
  number: CaseNumber;
  nameHash: string;
}

/** Keeps cases, their history and who complained. */
export interface CaseStore {
  commit(work: Work): Promise<Outcome>;
  receipt(keyHash: string): Promise<Receipt | undefined>;
  case(number: CaseNumber): Promise<Case | undefined>;
  /** Several cases at once, in no particular order; those that do not exist or cannot be read are left out. */
  cases(numbers: readonly CaseNumber[]): Promise<Case[]>;
  /** Events of a case, the newest first, at most `limit`, before this version. */
  latestEvents(number: CaseNumber, limit: number, before?: number): Promise<CaseEvent[]>;
  /** The whole history in order. */
  history(number: CaseNumber): Promise<CaseEvent[]>;
  event(number: CaseNumber, version: number): Promise<CaseEvent | undefined>;
  /** The last number drawn from a series of forms; 0 when none was. */
  lastInSeries(series: string): Promise<number>;
  /** Open cases that lie with this unit, the most urgent first. Unreadable ones are left out and named. */
  openCases(unit: string, limit: number, after?: string): Promise<Page<Case> & { unreadable: CaseNumber[] }>;
  /** Cases that lie with this rights station or business, or wait for the consumer's word on its offer. */
  openOfPartner(partner: string, limit: number, after?: string): Promise<Page<CaseNumber>>;
  /** All open cases of a bureau, the most urgent first; with `before`, those whose next date is before this day. */
  openInBureau(bureau: string, limit: number, after?: string, before?: LocalDate): Promise<Page<OpenCase>>;
  /** Open cases of a bureau for which the watch has something to do by now. */
  dueForWatch(bureau: string, now: Instant, limit: number): Promise<CaseNumber[]>;
  /** Open cases with a date that was counted into a year without a notice. */
  withProvisionalDates(bureau: string): Promise<CaseNumber[]>;
  /** Cases that are over and whose people's data are no longer needed on this day. */
  dueForErasure(bureau: string, on: LocalDate, limit: number): Promise<CaseNumber[]>;
  /** Numbers of cases received between the two that no triage has seen, oldest first: what lost messages left behind. */
  awaitingTriage(from: Instant, until: Instant, limit: number): Promise<CaseNumber[]>;
  /** Complaints against a business of this name, the newest first. */
  casesOfBusiness(nameHash: string, limit: number): Promise<CaseNumber[]>;
  /** Cases that were found to be about this business, the newest first; of each the case says whether it still is. */
  casesOfCreditCode(creditCode: string, limit: number): Promise<CaseNumber[]>;
  /** Credit codes of the businesses of which cases of this bureau said something new on a day, each once. */
  businessesWithNews(bureau: string, on: LocalDate): Promise<string[]>;
  /** The whole history of all cases, in no particular order: for a recount. */
  allEvents(): AsyncIterable<CaseEvent>;
  /** Numbers of all cases and of all histories, also of what cannot be read, each once: for commands. */
  allNumbers(): AsyncIterable<CaseNumber>;
  /** Every case, in no particular order: for commands. */
  allCases(): AsyncIterable<Case>;
}

/** Who complained, or who informed: one store for each, with rights of its own. */
export interface IdentityStore {
  identity(number: CaseNumber): Promise<Identity | undefined>;
  /** Hashes of the phones and names of a case's people; nothing that could be read. */
  peopleOf(number: CaseNumber): Promise<{ phoneHash: string; nameHash: string }[]>;
  /** The cases that came from this phone number, the newest first. */
  casesOfPhone(phoneHash: string, limit: number): Promise<CaseOfPhone[]>;
  /** Puts the reading on record; done before anything is shown. */
  recordRead(read: IdentityRead): Promise<void>;
  reads(number: CaseNumber): Promise<IdentityRead[]>;
}
