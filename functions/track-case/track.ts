import type { Action } from '../../shared/case/actions.ts';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { groundView, handlingUnit, nextLegalDate, stateView } from '../../shared/case/case-view.ts';
import { explainClocks } from '../../shared/case/explain-clocks.ts';
import { allowedActions } from '../../shared/case/life-cycle.ts';
import { isWithPartner } from '../../shared/case/offer.ts';
import { isRatable, pointsGiven } from '../../shared/case/rating.ts';
import { isRunning } from '../../shared/case/turn-clocks.ts';
import { type Clock, shanghaiDate } from '../../shared/dates.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { trackedCase } from '../../shared/http/tracked-case.ts';
import { authorityOf, type OtherAuthority } from '../../shared/jurisdiction/competence.ts';
import { elsewhereOf } from '../../shared/jurisdiction/elsewhere.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { PARTNER_KINDS } from '../../shared/partners/partner.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { PartnerStore } from '../../shared/store/partner-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface TrackDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: CalendarStore;
  partners: Pick<PartnerStore, 'partner'>;
  now: Clock;
}

/** Steps shown to the consumer: more than any ordinary case has. */
const SHOWN_STEPS = 100;

/** What happens inside the bureau is no step of the consumer's case. */
export const INSIDE: ReadonlySet<string> = new Set([
  'understanding-corrected',
  'noted',
  'reminded',
  'escalated',
  'dates-recounted',
  'proposed',
  'approved',
  'declined',
  'assigned',
  'unassigned',
  'recalled',
  'taken',
  'taken-over',
  'unit-added',
  'supervised',
  'supervision-answered',
  'called-back',
  'taken-in',
  'let-out',
  'incident-flagged',
  'alarmed',
  'form-issued',
  'offer-resent',
  'identity-corrected',
]);

/** Tells the consumer how the case stands. */
export async function track(number: CaseNumber, secret: string, deps: TrackDependencies): Promise<Answer> {
  const found = await trackedCase(number, secret, deps.cases);
  const { units, settings, authorities = [] } = await deps.registry.read();
  const events = await deps.cases.latestEvents(number, SHOWN_STEPS);
  return {
    status: 200,
    body: {
      number,
      kind: found.kind,
      state: stateView(found),
      receivedOn: found.receivedOn,
      station: handlingUnit(found, units),
      nextLegalDate: nextLegalDate(forConsumer(found), { settings: settingsOf(settings) }),
      ground: groundView(found),
      recovered: recoveredOf(found),
      // How a report was handled is told by form 10, to whom the law says (Art. 36, 37).
      result: found.kind === 'report' ? null : (found.result ?? null),
      first: await firstOf(found, events, deps),
      answer: answerOf(events),
      authority: authorityFor(found, events, authorities),
      withdrawalAsked: found.withdrawalAsked ?? false,
      reopenAsked: found.reopenAsked ?? false,
      points: pointsGiven(events) ?? null,
      actions: actionsOf(found, events),
      steps: events
        .filter(({ type }) => !INSIDE.has(type))
        .map(({ type, on }) => ({ type, on }))
        .reverse(),
    },
  };
}

/** Why each date is what it is, for the consumer. */
export async function trackDates(
  number: CaseNumber,
  secret: string,
  deps: TrackDependencies,
): Promise<Answer> {
  const found = await trackedCase(number, secret, deps.cases);
  const { settings } = await deps.registry.read();
  const counting = { calendar: await deps.calendar.read(), settings: settingsOf(settings) };
  return {
    status: 200,
    body: { clocks: explainClocks(forConsumer(found), counting, shanghaiDate(deps.now())) },
  };
}

/** Orders from above are no dates of the consumer's. */
function forConsumer(found: Case): Case {
  return { ...found, clocks: found.clocks.filter(({ id }) => id !== 'supervision') };
}

/** The steps that make sense now: a repeat of what was said already does not. */
function actionsOf(found: Case, events: readonly CaseEvent[]): Action[] {
  const idle: Partial<Record<Action, boolean>> = {
    withdraw: found.withdrawalAsked === true,
    rate: !isRatable(found) || pointsGiven(events) !== undefined,
    'ask-reopen': found.reopenAsked === true || found.erased === true,
  };
  return allowedActions(found, 'consumer').filter((action) => idle[action] !== true);
}

function answerOf(events: readonly CaseEvent[]): string | null {
  const answered = events.find(({ type }) => type === 'answered' || type === 'pointed-elsewhere');
  return answered?.words?.answer ?? answered?.words?.route ?? null;
}

/**
 * Who is competent instead of us, where routing found an authority elsewhere: while the hub looks at it, and once people
 * were told so; a dispatcher who sends the case to a unit of ours says otherwise.
 */
function authorityFor(found: Case, events: readonly CaseEvent[], authorities: readonly OtherAuthority[]) {
  const told = events.find(({ facts }) => typeof facts.elsewhere === 'string')?.facts.elsewhere as
    | string
    | undefined;
  const division = told ?? (found.state === 'at-hub' ? elsewhereOf(events) : undefined);
  const known = division === undefined ? undefined : authorityOf(division, authorities);
  return known === undefined
    ? null
    : { name: known.name, address: known.address, phone: known.phone, confirmed: told !== undefined };
}

/** Who tries to settle first, and what it offers; null when nobody does. What is confirmed stays to be read. */
async function firstOf(
  found: Case,
  events: readonly CaseEvent[],
  { partners }: Pick<TrackDependencies, 'partners'>,
) {
  const { offer, state, clocks } = found;
  if (offer === undefined || !(isWithPartner(found) || state === 'reconciled')) return null;
  const partner = await partners.partner(offer.partner);
  const offered = events.find(({ type }) => type === 'settlement-offered');
  return {
    name: partner?.name ?? offer.partner,
    kind: { code: offer.kind, ...PARTNER_KINDS[offer.kind] },
    offer:
      offer.offeredFen === undefined
        ? null
        : {
            offeredFen: offer.offeredFen,
            terms: offered?.words?.terms ?? '',
            promisedOn: offer.promisedOn ?? null,
            confirmBy: clocks.find((clock) => clock.id === 'confirm-first' && isRunning(clock))?.due ?? null,
          },
  };
}

function recoveredOf({ money }: Case) {
  if (money.agreed === undefined && money.proven === undefined) return null;
  return { agreedFen: money.agreed ?? 0, provenFen: money.proven ?? 0 };
}
