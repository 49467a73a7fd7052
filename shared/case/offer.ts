import type { LocalDate } from '../dates.ts';
import type { Action } from './actions.ts';
import type { Case } from './case.ts';

/** True while a rights station or business has the case, or the consumer looks at what it offered. */
export function isWithPartner(of: Pick<Case, 'state' | 'offer'>): boolean {
  return of.offer !== undefined && (of.state === 'station-first' || of.state === 'first-agreed');
}

/** Steps by which the figures tell what rights stations and businesses settle. */
const OF_THE_OFFER: ReadonlySet<Action> = new Set<Action>([
  'offer-settlement',
  'confirm-settlement',
  'hand-back',
  'move-on',
  'reconcile',
  'insist',
]);
/** Money of a case that was settled first is theirs, whenever it is paid or corrected. */
const OF_ITS_MONEY: ReadonlySet<Action> = new Set<Action>(['perform', 'record-money', 'correct-money']);

/**
 * Facts that follow from the case itself, whatever was sent: who settled first, for the figures; and what the consumer
 * confirms is what was offered, to the fen.
 */
export function impliedFacts(
  { offer, state }: Case,
  action: Action,
  on: LocalDate,
): Readonly<Record<string, unknown>> {
  if (offer === undefined) return {};
  const { partner, kind: partnerKind, offeredFen, promisedOn } = offer;
  const marked = OF_THE_OFFER.has(action) || (state === 'reconciled' && OF_ITS_MONEY.has(action));
  if (!marked) return {};
  if (action !== 'confirm-settlement') return { partner, partnerKind };
  // Confirmed after the day that was offered, it is owed at once.
  const due = promisedOn !== undefined && promisedOn < on ? on : promisedOn;
  return { partner, partnerKind, agreedFen: offeredFen ?? 0, promisedOn: due };
}
