import type { Instant } from '../dates.ts';
import { withoutContacts } from '../partners/without-contacts.ts';

/*
 * A business's answer to its published results (经营者回应): in its own words, beside the figures of one year. Strangers
 * read it, so a person reads it first, and not the one who entered it.
 */

/** Characters. */
export const LONGEST_ANSWER = 500;

export interface BusinessAnswer {
  creditCode: string;
  year: string;
  /** Counts the changes. */
  version: number;
  /** What waits for a person to read it. */
  waiting?: { text: string; by: string; at: Instant } | undefined;
  /** What everybody sees. */
  shown?: { text: string; at: Instant; by: string } | undefined;
  /** Why the last one was not shown. */
  declined?: { why: string; at: Instant; by: string } | undefined;
}

/** Why an answer cannot be taken or decided. */
export type AnswerRefusal = 'names-contacts' | 'nothing-waits' | 'own-entry' | 'no-reason';

const CASE_NUMBER = /\d{6}-?\d{6}-?\d/;

/** Enters an answer; what is shown stays until this one was read. */
export function enterAnswer(
  before: BusinessAnswer,
  text: string,
  { by, at }: { by: string; at: Instant },
): BusinessAnswer | AnswerRefusal {
  // A number of a case or a phone would point from the business to one person.
  if (withoutContacts(text) !== text || CASE_NUMBER.test(text)) return 'names-contacts';
  return { ...before, version: before.version + 1, waiting: { text, by, at } };
}

/** A second person shows the answer, or declines it with the reason. */
export function reviewAnswer(
  before: BusinessAnswer,
  { decision, why }: { decision: 'show' | 'decline'; why?: string | undefined },
  { by, at }: { by: string; at: Instant },
): BusinessAnswer | AnswerRefusal {
  const { waiting, declined: _, ...rest } = before;
  if (waiting === undefined) return 'nothing-waits';
  if (waiting.by === by) return 'own-entry';
  if (decision === 'decline' && (why ?? '') === '') return 'no-reason';
  return {
    ...rest,
    version: before.version + 1,
    ...(decision === 'show'
      ? { shown: { text: waiting.text, at, by } }
      : { declined: { why: why ?? '', at, by } }),
  };
}
