import type { Understanding } from './understand.ts';
import type { Pair } from './understanding.ts';

/**
 * What a lawful complaint needs and the message does not say: Order 121 Art. 10(1) names of both sides and addresses,
 * the request, the facts; Art. 26 for a report the clue. Contact data come from the form or the phone, not the text.
 */
export const MISSING = {
  respondent: { zh: '被投诉人的名称', en: 'name of the business' },
  place: { zh: '被投诉人的地址', en: 'address of the business' },
  request: { zh: '具体的投诉请求', en: 'what the complainant wants' },
  facts: { zh: '消费者权益争议事实', en: 'the facts of the dispute' },
  paid: { zh: '消费金额', en: 'the sum paid' },
  date: { zh: '消费或者发生的日期', en: 'the day of buying or of the incident' },
} as const satisfies Record<string, Pair>;

export type Missing = keyof typeof MISSING;

/** A message shorter than this tells no facts. */
const LEAST_FACTS = 12;

/** What is missing, in the order in which it helps most. Inquiries need nothing. */
export function missingIn(
  understood: Omit<Understanding, 'missing' | 'questions'>,
  textLength: number,
): Missing[] {
  const { kind, respondent, place, requests, paid, purchasedOn, occurredOn } = understood;
  if (kind.value === 'inquiry' || kind.value === 'other') return [];
  const own = kind.value !== 'report';
  const lacks: Record<Missing, boolean> = {
    respondent: respondent === undefined,
    place: place === undefined,
    facts: textLength < LEAST_FACTS,
    request: own && requests.length === 0,
    paid: own && paid === undefined,
    date: purchasedOn === undefined && occurredOn === undefined,
  };
  return (Object.keys(lacks) as Missing[]).filter((one) => lacks[one]);
}
