import type { Actor, Case, CaseEvent, NoticeOrder } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import { GuardRefusal, NotAllowedNow, type StepContext, takeStep } from '../case/take-step.ts';
import { partnerAddress } from '../partners/link.ts';
import { sha256 } from '../sha256.ts';
import type { CalendarStore } from '../store/calendar-store.ts';
import { receiptKeyOf } from '../store/call-store.ts';
import type { CaseStore, IdentityStore } from '../store/case-store.ts';
import type { PartnerStore } from '../store/partner-store.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import { type Decision, stepContext, stepOnCase } from '../store/step-on-case.ts';
import type { Channel } from './messenger.ts';
import { type NoticeSource, noticeOfStep } from './notice-of-step.ts';
import { channelFor } from './reach.ts';
import { type PeopleSources, type Recipient, recipientsOf } from './recipients.ts';
import { noticeId, type Sending, type SendOnceDependencies, sendOnce } from './send-once.ts';

export interface DeliverDependencies extends SendOnceDependencies {
  /** Name of the function, as it stands in the history. */
  name: string;
  cases: CaseStore;
  /** The complainants, or the informers: never both. */
  people: Pick<IdentityStore, 'identity'>;
  registry: RegistryStore;
  /** Rights stations and businesses; reports are never handed to one. */
  partners: Pick<PartnerStore, 'partner'>;
  /** Keys of the links to them, the one that signs first; none where links are not open. */
  linkKeys: readonly string[];
  calendar: CalendarStore;
  /** Channels that this bureau has. */
  open: readonly Channel[];
  salt: () => string;
  /** Address of the pages; empty where links are not open. */
  pages: string;
}

/** Some notices did not go out and may be tried again: the queue brings the message once more. */
class NotYetSent extends Error {
  override name = 'NotYetSent';
}

/** The step and the case it belongs to, as notices are written from them. */
type Told = Omit<NoticeSource, 'of'> & { context: StepContext };

// An officer may take a step at the same moment; the queue brings what is still refused after that.
const TRIES = 5;

/**
 * Sends what a step has to say to whom, each to each once, and records in the history that a party was told by a
 * form. Safe to do twice, at any time, and in any order of steps. What cannot go out by itself is left to the desk,
 * in a state that says why.
 * @throws NotYetSent when the queue has to bring the message again
 */
export async function deliver(
  { number, version }: { number: CaseNumber; version: number },
  deps: DeliverDependencies,
): Promise<void> {
  const event = await deps.cases.event(number, version);
  const found = await deps.cases.case(number);
  // After the erasure nobody is known who could be told.
  if (event?.notices === undefined || found === undefined || found.erased === true) return;

  const registry = await deps.registry.read();
  const actor: Actor = { role: 'system', id: deps.name };
  const context = await stepContext(actor, registry, deps);
  const told: Told = {
    event,
    found,
    registry,
    settings: context.settings,
    context,
    trackedAt: await trackedAt(event, deps),
    partnerAddress: partnerAddress(found, deps.pages, deps.linkKeys),
  };
  let again = false;
  for (const order of event.notices) {
    const sendings = await sendToAll(order, told, deps);
    again ||= sendings.includes('retry');
    const all = sendings.every((sending) => sending === 'sent' || sending === 'already-sent');
    if (all && sendings.length > 0) await recordTelling(order, told, deps);
  }
  if (again) throw new NotYetSent();
}

/**
 * The address of the case with its secret behind the #, which no server and no log sees. Only of a call, whose person has
 * no other way to learn the secret, and of who asked for it on the web, while that is kept (a day); never of a report.
 */
async function trackedAt({ facts, kind, number }: CaseEvent, deps: DeliverDependencies) {
  const ofCall = typeof facts.call === 'string' ? sha256(receiptKeyOf(facts.call)) : undefined;
  const key = typeof facts.receipt === 'string' ? facts.receipt : ofCall;
  if (deps.pages === '' || kind === 'report' || key === undefined) return undefined;
  const receipt = await deps.cases.receipt(key);
  return receipt?.number === number ? `${deps.pages}/#track/${number}/${receipt.secret}` : undefined;
}

async function sendToAll(order: NoticeOrder, told: Told, deps: DeliverDependencies): Promise<Sending[]> {
  const { found, registry } = told;
  const sources: PeopleSources = {
    identity: async (number) => {
      deps.log('identity-read', { staff: deps.name, number, reason: order.notice });
      return deps.people.identity(number);
    },
    cases: (numbers) => deps.cases.cases(numbers),
    partner: (code) => deps.partners.partner(code),
  };
  const recipients = await recipientsOf(order, found, registry, sources, told.event.at);
  return Promise.all(recipients.map((recipient) => send(order, recipient, told, deps)));
}

async function send(
  { notice }: NoticeOrder,
  { place, of, person }: Recipient,
  told: Told,
  deps: DeliverDependencies,
): Promise<Sending> {
  const { number, version } = told.event;
  const key = { number, id: noticeId({ version, notice, ...place }) };
  const text = noticeOfStep(notice, { ...told, of });
  const reach = channelFor(person ?? {}, deps.open);
  if (text === undefined || reach.channel === 'by-hand') {
    const reason = text === undefined ? 'not-written' : 'no-channel';
    await deps.store.leaveByHand(key, reason, deps.now().toISOString());
    deps.log('notice-by-hand', { number, notice: key.id, reason });
    return 'by-hand';
  }
  return sendOnce(key, { ...reach, ...text[reach.channel] }, deps);
}

/** Records that a party was told by the form that the step issued; the proof is what the providers answered. */
async function recordTelling(order: NoticeOrder, told: Told, deps: DeliverDependencies): Promise<void> {
  const { form, party, notice } = order;
  const { number, version } = told.event;
  if (form === undefined || party === 'staff') return;
  const sent = (await deps.store.notices(number))
    .filter(({ id }) => id.startsWith(`${version}.${notice}.${party}.`))
    .filter((one) => one.state === 'sent');
  const [first] = sent;
  if (first === undefined) return;
  const proof = sent
    .map(({ providerId }) => providerId)
    .join(' ')
    .slice(0, LONGEST_PROOF);
  const facts = { form, party, by: first.channel, proof };
  const decide = async (found: Case | undefined): Promise<Decision<'done'>> => {
    if (found === undefined || (await isOver(found, order, told.event, deps))) return { end: 'done' };
    try {
      return { step: takeStep(found, 'tell', facts, told.context), meaning: 'done' };
    } catch (error) {
      // The case has moved on: what was sent still stands among its notices.
      if (error instanceof NotAllowedNow || error instanceof GuardRefusal) return { end: 'done' };
      throw error;
    }
  };
  const outcome = await stepOnCase(number, decide, { cases: deps.cases, tries: TRIES });
  if (outcome === 'overtaken') throw new NotYetSent();
}

const LONGEST_PROOF = 300;
/** A case has few steps between a decision and its telling. */
const STEPS_LOOKED_AT = 100;

/** True when the telling is recorded already, or belongs to a round that was over before it could be. */
async function isOver(
  found: Case,
  { form, party }: NoticeOrder,
  { version }: CaseEvent,
  deps: DeliverDependencies,
): Promise<boolean> {
  if (!found.forms.some((one) => one.form === form && one.version === version)) return true;
  const later = await deps.cases.latestEvents(found.number, STEPS_LOOKED_AT);
  return later.some(
    (one) =>
      one.version > version && one.type === 'told' && one.facts.form === form && one.facts.party === party,
  );
}
