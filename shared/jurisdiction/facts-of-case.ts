import { townshipsOf } from '../businesses/recognised.ts';
import type { Case, Complaint } from '../case/case.ts';
import { type Understood, wordsOf } from '../understanding/understood.ts';
import type { RoutingFacts } from './route.ts';

/** Whether the sender filled in where the business is. */
export const saysWhere = ({ address, divisionCode }: Complaint['business']) =>
  address !== undefined || divisionCode !== undefined;

/**
 * Below this a place that was read out of the words routes nothing: a person decides. That its words begin and end just
 * there matters less than that they lead to one division.
 */
const SURE_OF_PLACE = 0.5;
const SURE_OF_DIVISION = 0.9;

/**
 * What a case says by which it can be routed: the business as the sender filled it in; where he gave no address, the place
 * that stands in his words. Only an address that leads to one division counts.
 */
export function factsOf(
  { complaint, kind, unreachable }: Pick<Case, 'complaint' | 'kind' | 'unreachable'>,
  understood: Understood | undefined,
): RoutingFacts {
  const { business, text } = complaint;
  if (understood === undefined) return { business, kind, unreachable, text };
  const { place, division, subject, category, business: known } = understood;
  const facts: RoutingFacts = {
    business,
    kind,
    unreachable,
    text,
    subjects: [subject?.value, category?.value].filter((one) => one !== undefined),
    creditCode: known?.creditCode ?? undefined,
    recognised: known && { townships: townshipsOf(known), confidence: known.confidence },
  };
  if (division === undefined || division.code === null || division.confidence < SURE_OF_DIVISION)
    return facts;
  const placed = { ...facts, addressDivision: division.code };
  if (saysWhere(business) || place === undefined || place.confidence < SURE_OF_PLACE) return placed;
  const address = wordsOf(text, [place.span]);
  return { ...placed, business: { ...business, address }, addressConfidence: division.confidence };
}
