import type { Case } from '../case/case.ts';
import { MISSING, type Missing } from './missing.ts';
import { type Asked, QUESTION_TEXTS } from './question-texts.ts';
import { wordsOf } from './understood.ts';
import { AUTHORITIES } from './words/authority-words.ts';

/** What the desk shows of an understanding: each field with its words, authorities and questions by name; the business apart. */
export function understoodView({ complaint: { text }, understood }: Pick<Case, 'complaint' | 'understood'>) {
  if (understood === undefined) return null;
  const { respondent, place, parts, authorities, missing, asks, business, ...rest } = understood;
  const named = (field: typeof respondent) =>
    field && { words: wordsOf(text, [field.span]), confidence: field.confidence, spans: [field.span] };
  return {
    ...rest,
    respondent: named(respondent),
    place: named(place),
    authorities: authorities.flatMap((id) =>
      AUTHORITIES.filter((one) => one.id === id).map(({ zh, en, phone }) => ({ id, zh, en, phone })),
    ),
    missing: missing.map((code) => ({ code, ...MISSING[code as Missing] })),
    questions: asks.map((about) => ({ about, ...QUESTION_TEXTS[about as Asked] })),
    parts: parts && { complaint: wordsOf(text, parts.complaint), report: wordsOf(text, parts.report) },
  };
}
