import type * as z from 'zod';
import type { PartnerAnswer, partnerListQuery } from '../../events/partner-requests.ts';
import type { Actor, Case, CaseEvent } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { handlingUnit } from '../../shared/case/case-view.ts';
import { isWithPartner } from '../../shared/case/offer.ts';
import { GuardRefusal, NotAllowedNow, type StepContext, takeStep } from '../../shared/case/take-step.ts';
import type { Instant } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { ClockId } from '../../shared/law/rule-packs.ts';
import { withoutContacts } from '../../shared/partners/without-contacts.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore, IdentityStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';
import { wordsOf } from '../../shared/understanding/understood.ts';
import type { Caller, CallerDependencies } from './caller.ts';

export interface PartnerDependencies extends CallerDependencies {
  cases: CaseStore;
  identities: Pick<IdentityStore, 'identity' | 'recordRead'>;
  registry: RegistryStore;
  calendar: CalendarStore;
  salt: () => string;
}

/** How a case stands for those who try to settle it first. */
const STANDS = {
  open: { zh: '等您答复', en: 'Waits for your answer' },
  offered: { zh: '等消费者确认', en: 'Waits for the consumer' },
  settled: { zh: '消费者已确认', en: 'The consumer has confirmed' },
  over: { zh: '已不由您办理', en: 'Not with you any more' },
} as const;

/** An officer may write on the case at the same moment: look again. */
const TRIES = 4;
const EVENTS_LOOKED_AT = 100;

/** The open cases of a partner, the earliest last day first. */
export async function listCases(
  { limit, after }: z.output<typeof partnerListQuery>,
  { partner, link }: Caller,
  deps: PartnerDependencies,
): Promise<Answer> {
  // A link opens one case only.
  if (link !== undefined) throw new Problem('forbidden');
  const { items, next } = await deps.cases.openOfPartner(partner.code, limit, after);
  const place = new Map(items.map((number, index) => [number, index]));
  const cases = (await deps.cases.cases(items))
    // The index lags a little.
    .filter((found) => isWithPartner(found) && found.offer?.partner === partner.code)
    .sort((a, b) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0));
  return { status: 200, body: { cases: cases.map(summaryOf), next: next ?? null } };
}

/** One case as its partner sees it: what is claimed; who claims it only if that person agreed, and put on record. */
export async function showCase(
  number: CaseNumber,
  caller: Caller,
  deps: PartnerDependencies,
): Promise<Answer> {
  const found = await caseOf(number, caller, deps);
  const { units, bureau } = await deps.registry.read();
  const events = await deps.cases.latestEvents(number, EVENTS_LOOKED_AT);
  const given = answerIn(events, caller);
  const isOpen = isWithPartner(found);
  const office = units.find(({ code }) => code === bureau);
  const handler = handlingUnit(found, units) ?? office;
  return {
    status: 200,
    body: {
      ...summaryOf(found),
      partner: { code: caller.partner.code, name: caller.partner.name, kind: caller.partner.kind },
      complaint: isOpen ? complaintOf(found, events) : null,
      consumer: isOpen ? await consumerOf(found, caller, deps) : null,
      answer: given === undefined ? null : { ...contentOf(given), receivedAt: given.at },
      unit: handler === undefined ? null : { name: handler.name, phone: handler.phone },
    },
  };
}

/**
 * Takes the partner's answer: an offer that the consumer is asked about, or the case comes back. The same answer again
 * gets the first receipt; another one, or one that is too late, is a conflict.
 */
export async function answerCase(
  number: CaseNumber,
  request: PartnerAnswer,
  caller: Caller,
  deps: PartnerDependencies,
): Promise<Answer> {
  const actor: Actor = { role: 'partner', id: caller.partner.code };
  const context = await stepContext(actor, await deps.registry.read(), deps);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await caseOf(number, caller, deps);
    const given = answerIn(await deps.cases.latestEvents(number, EVENTS_LOOKED_AT), caller);
    if (given !== undefined) return repeated(given, request);
    const step = stepOf(found, request, context);
    if ((await deps.cases.commit({ steps: [step] })) === 'committed') {
      deps.log('partner-answered', { number, partner: caller.partner.code, answer: request.answer });
      return receipt(step.event);
    }
  }
  throw new Problem('try-again');
}

/** The case, if it was handed to this partner; a link is good for one case and one hand-over. */
async function caseOf(
  number: CaseNumber,
  { partner, link }: Caller,
  deps: PartnerDependencies,
): Promise<Case> {
  const found = link === undefined || link.number === number ? await deps.cases.case(number) : undefined;
  const { offer } = found ?? {};
  const isTheirs = offer?.partner === partner.code && (link === undefined || link.offer === offer.version);
  if (found === undefined || !isTheirs) throw new Problem('not-found');
  return found;
}

function stepOf(found: Case, { answer, ...sent }: PartnerAnswer, context: StepContext) {
  try {
    return takeStep(found, answer === 'settle' ? 'offer-settlement' : 'hand-back', sent, context);
  } catch (error) {
    if (error instanceof GuardRefusal) throw new Problem('bad-request', error.problems);
    if (!(error instanceof NotAllowedNow)) throw error;
    throw new Problem('conflict', [
      {
        field: 'number',
        zh: '先行和解已经结束，本件由市场监管部门处理；有和解意愿的，请联系承办单位',
        en: 'The time to settle first is over and the authority has the case; if you want to settle, call the unit',
      },
    ]);
  }
}

/** What this partner answered; at most once, for a case is handed over at most once. */
function answerIn(events: readonly CaseEvent[], { partner }: Caller): CaseEvent | undefined {
  return events.find(
    ({ type, actor }) =>
      (type === 'settlement-offered' || type === 'handed-back') &&
      actor.role === 'partner' &&
      actor.id === partner.code,
  );
}

function contentOf({ type, facts, words = {} }: CaseEvent) {
  return type === 'handed-back'
    ? { answer: 'hand-back', reason: words.reason }
    : { answer: 'settle', offeredFen: facts.offeredFen, terms: words.terms, promisedOn: facts.promisedOn };
}

function repeated(given: CaseEvent, request: PartnerAnswer): Answer {
  const before = Object.entries(contentOf(given)).filter(([, value]) => value !== undefined);
  const now = new Map<string, unknown>(Object.entries(request).filter(([, value]) => value !== undefined));
  const isSame = before.length === now.size && before.every(([name, value]) => now.get(name) === value);
  if (isSame) return receipt(given);
  throw new Problem('conflict', [
    { field: 'number', zh: '本件已经答复过，不能更改', en: 'This case was answered already; that stands' },
  ]);
}

function receipt({ number, type, at }: CaseEvent): Answer {
  const answer = type === 'handed-back' ? 'hand-back' : 'settle';
  return { status: 200, body: { number, answer, receivedAt: at } };
}

function summaryOf(found: Case) {
  const { number, complaint, clocks } = found;
  const due = (id: ClockId) => clocks.findLast((clock) => clock.id === id)?.due ?? null;
  const stands = standOf(found);
  return {
    number,
    state: { code: stands, ...STANDS[stands] },
    offeredOn: clocks.findLast(({ id }) => id === 'station-first')?.start ?? found.receivedOn,
    answerBy: stands === 'open' ? due('station-first') : null,
    confirmBy: stands === 'offered' ? due('confirm-first') : null,
    business: complaint.business.name ?? null,
    claimedFen: complaint.claimedFen ?? null,
  };
}

function standOf({ state, offer }: Case): keyof typeof STANDS {
  if (state === 'station-first') return 'open';
  if (state === 'first-agreed') return 'offered';
  return state === 'reconciled' && offer?.offeredFen !== undefined ? 'settled' : 'over';
}

/** What the partner may read of it: of a message that also reports a violation the complaint's part only (Art. 9, 37). */
function textOf({ complaint, understood }: Case, events: readonly CaseEvent[]): string | null {
  if (events.some(({ type }) => type === 'report-split')) return null;
  if (understood?.parts !== undefined) return wordsOf(complaint.text, understood.parts.complaint);
  // Whoever offered a message that only reads like a report took it for a complaint; of one that is both nobody said what is what.
  return understood?.kind.value === 'both' ? null : complaint.text;
}

function complaintOf(found: Case, events: readonly CaseEvent[]) {
  const { complaint, receivedOn, offer } = found;
  const words = (text: string) => (offer?.contactAgreed === true ? text : withoutContacts(text));
  const text = textOf(found, events);
  const { request, business, occurredOn, paidFen, claimedFen } = complaint;
  return {
    text: text === null ? null : words(text),
    request: request === undefined ? null : words(request),
    business: { name: business.name ?? null, address: business.address ?? null },
    occurredOn: occurredOn ?? null,
    receivedOn,
    paidFen: paidFen ?? null,
    claimedFen: claimedFen ?? null,
  };
}

/** Name and phone, if the consumer agreed to be contacted. The reading is kept before anything is shown. */
async function consumerOf({ number, offer }: Case, { partner }: Caller, deps: PartnerDependencies) {
  if (offer?.contactAgreed !== true) return null;
  const at: Instant = deps.now().toISOString();
  await deps.identities.recordRead({ number, at, staff: partner.code, role: 'partner', reason: 'settling' });
  deps.log('identity-read', { staff: partner.code, number, reason: 'settling' });
  const person = await deps.identities.identity(number);
  return person === undefined ? null : { name: person.name, phone: person.phone };
}
