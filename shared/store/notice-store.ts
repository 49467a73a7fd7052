import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import type { Channel } from '../notices/messenger.ts';

/** Which notice: the same step of the same case always gives the same. */
export interface NoticeKey {
  number: CaseNumber;
  /** `<event version>.<notice>.<party>.<index>`, such as `3.accepted.complainant.0`. */
  id: string;
}

/** What is kept of a message before it goes out. Never the words, never the whole number or address. */
export interface NoticeMessage extends NoticeKey {
  channel: Channel | 'by-hand';
  /** Masked: `138****0000`; empty for what is told by hand. */
  to: string;
  /** SHA-256 of the body, in hex: what was sent can be shown to be what is said to have been sent. */
  bodySha256: string;
}

/** How an attempt ended. */
export type Ending =
  /** The provider has the message: this is the proof of sending. */
  | { state: 'sent'; providerId: string; sentAt: Instant; segments?: number | undefined }
  /** The provider will never take it for this person: another way of telling is needed. */
  | { state: 'rejected'; reason: string; endedAt: Instant }
  /** Surely not sent; may be tried again. */
  | { state: 'try-again'; reason: string; endedAt: Instant }
  /** Sent or not: nobody here knows. Never sent again by the system; a person must look. */
  | { state: 'in-doubt'; reason: string; endedAt: Instant }
  /** No way to send it by itself: a person tells by phone or letter, and records it. */
  | { state: 'by-hand'; reason: string; endedAt: Instant };

/** A notice as it is kept: who is at it or how it ended. Attempts count from 1. */
export type StoredNotice = NoticeMessage & { attempt: number; claimedAt: Instant } & (
    | { state: 'claimed' }
    | Ending
  );

/** Whether the caller may send now; if not, how the notice stands. */
export type Claim = { won: true; attempt: number } | { won: false; found: StoredNotice };

/** Keeps, for each notice, the right to send it and the proof that it was sent. */
export interface NoticeStore {
  /**
   * Takes the right to send. Of all callers at all times one has it: it is given when nobody had it before, or when
   * the last attempt ended in `try-again`.
   */
  claim(message: NoticeMessage, at: Instant): Promise<Claim>;
  /**
   * Keeps how an attempt ended, if it is still the notice's last one. `sent` and `rejected` also settle a doubt
   * that somebody else noted meanwhile; nothing changes what is known.
   * @returns the notice as it stands afterwards, whoever wrote it
   */
  end(key: NoticeKey, attempt: number, ending: Ending): Promise<StoredNotice>;
  /**
   * Leaves a notice to be told by a person, unless somebody tried to send it before.
   * @returns the notice as it stands afterwards
   */
  leaveByHand(key: NoticeKey, reason: string, at: Instant): Promise<StoredNotice>;
  /** All notices of a case, in the order of the steps they tell of. */
  notices(number: CaseNumber): Promise<StoredNotice[]>;
}

/** From which states an attempt can end so. */
export const ENDS_FROM: Readonly<Record<Ending['state'], readonly StoredNotice['state'][]>> = {
  sent: ['claimed', 'in-doubt'],
  rejected: ['claimed', 'in-doubt'],
  'try-again': ['claimed'],
  'in-doubt': ['claimed'],
  'by-hand': [],
};
