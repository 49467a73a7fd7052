import type { Action } from '../../shared/case/actions.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { clockView, handlingUnit, stateView } from '../../shared/case/case-view.ts';
import { GuardRefusal, NotAllowedNow, takeStep } from '../../shared/case/take-step.ts';
import type { LocalDate } from '../../shared/dates.ts';
import { COMPLAINANT, type FileMessageDependencies, fileMessage } from '../../shared/intake/file-message.ts';
import { UNNAMED } from '../../shared/intake/unnamed.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { type BureauSettings, settingsOf } from '../../shared/law/bureau-settings.ts';
import { bureauName } from '../../shared/notices/bureau-name.ts';
import { mobileOf } from '../../shared/notices/reach.ts';
import { type SendTextReplyDependencies, sendTextReply } from '../../shared/notices/send-text-reply.ts';
import type { ReplyQueue } from '../../shared/queue/text-queue.ts';
import type { CaseRef, Effect, Reply } from '../../shared/sms-talk/effects.ts';
import { fillReply } from '../../shared/sms-talk/texts.ts';
import type { ContactStore } from '../../shared/store/contact-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { stepContext, stepOnCase } from '../../shared/store/step-on-case.ts';
import type { Pending, TextStore } from '../../shared/store/text-store.ts';

export interface PerformDependencies extends FileMessageDependencies, SendTextReplyDependencies {
  texts: Pick<TextStore, 'keepReply'>;
  contacts: Pick<ContactStore, 'keep'>;
  replies: ReplyQueue;
  registry: RegistryStore;
}

/** What was to be done could not be done now: the queue brings the text once more. */
class NotYetDone extends Error {
  override name = 'NotYetDone';
}

type Of<Type extends Effect['type']> = Extract<Effect, { type: Type }>;
/** A text that is looked at, and the case that one of its effects has registered. */
interface Doing {
  pending: Pending;
  registered?: Case;
  deps: PerformDependencies;
}

/**
 * Does what a text leads to. Each effect is safe to do twice: it bears the key of the text.
 * @returns the number of the case that the text registered
 * @throws NotYetDone, and whatever stores and queues throw: then all of it is to be done again
 */
export async function perform(pending: Pending, deps: PerformDependencies): Promise<CaseNumber | undefined> {
  const doing: Doing = { pending, deps };
  for (const effect of pending.effects) {
    await (DO[effect.type] as (of: Effect, doing: Doing) => Promise<void>)(effect, doing);
  }
  return doing.registered?.number;
}

const DO: {
  readonly [Type in Effect['type']]: (of: Of<Type>, doing: Doing) => Promise<void>;
} = {
  register: async (effect, doing) => {
    doing.registered = await registerCase(effect, doing);
  },
  add: async ({ case: ref, text, answer }, doing) => {
    const facts = answer === undefined ? {} : { answers: answer.about };
    const taken = await step('add-words', { text, ...facts }, ref, doing);
    if (!taken) await keepContact('case-over', text, doing);
  },
  withdraw: async ({ case: ref }, doing) => {
    const taken = await step('withdraw', {}, ref, doing);
    // An officer ends it, or those who complain together must all agree: he has to know all the same.
    if (!taken && !(await step('add-words', { text: WANTS_TO_WITHDRAW }, ref, doing))) {
      await keepContact('case-over', WANTS_TO_WITHDRAW, doing);
    }
  },
  rate: async ({ case: ref, points, text }, doing) => {
    const taken = await step('rate', { points: String(points), remark: text }, ref, doing);
    if (!taken) await keepContact('case-over', text, doing);
  },
  'ask-status': async () => {},
  contact: async ({ reason, text }, doing) => keepContact(reason, text, doing),
  reply: answerWith,
};

const WANTS_TO_WITHDRAW = '投诉人发短信确认撤回。';

async function registerCase({ kind, text }: Of<'register'>, { pending, deps }: Doing): Promise<Case> {
  const { from, receivedAt } = pending;
  const { settings } = await deps.registry.read();
  const filed = await fileMessage(
    {
      kind,
      text,
      // What the words say of the business stays a hint: the triage and the desk read it out of them.
      business: {},
      complainant: { name: UNNAMED, phone: from },
    },
    {
      channel: 'sms',
      actor: COMPLAINANT,
      key: `sms:${pending.text}`,
      receivedAt,
      settings: settingsOf(settings),
    },
    deps,
  );
  if (!('found' in filed)) throw new NotYetDone();
  return filed.found;
}

/** Officers take steps at the same moment; the queue brings what is still refused after that. */
const TRIES = 5;
const STEPS_LOOKED_AT = 100;

/**
 * Takes a step of the consumer's own, once for each text.
 * @returns false when the case is not in a state for it
 */
async function step(
  action: Action,
  sent: Readonly<Record<string, unknown>>,
  ref: CaseRef,
  { pending, registered, deps }: Doing,
): Promise<boolean> {
  const number = 'number' in ref ? ref.number : registered?.number;
  if (number === undefined) return false;
  const context = await stepContext(COMPLAINANT, await deps.registry.read(), deps);
  const taken = await stepOnCase<'taken' | 'known' | 'refused'>(
    number,
    async (found) => {
      if (found === undefined || found.erased === true) return { end: 'refused' };
      const events = await deps.cases.latestEvents(number, STEPS_LOOKED_AT);
      if (events.some(({ facts }) => facts.message === pending.text)) return { end: 'known' };
      if (action === 'withdraw' && (found.state === 'withdrawn' || found.withdrawalAsked === true))
        return { end: 'known' };
      try {
        return {
          step: takeStep(found, action, { ...sent, message: pending.text }, context),
          meaning: 'taken',
        };
      } catch (error) {
        if (error instanceof NotAllowedNow || error instanceof GuardRefusal) return { end: 'refused' };
        throw error;
      }
    },
    { cases: deps.cases, tries: TRIES },
  );
  if (taken === 'overtaken') throw new NotYetDone();
  if (taken === 'taken') deps.log('consumer-step-taken', { number, action });
  return taken !== 'refused';
}

async function keepContact(reason: string, text: string, { pending, deps }: Doing): Promise<void> {
  const { text: id, from, receivedAt } = pending;
  await deps.contacts.keep({ id, channel: 'sms', at: receivedAt, reason, from, text });
  deps.log('contact-kept', { text: id, reason });
}

/** Fills the reply in, and sends it; after its pause, and when it does not go out now, by the queue. */
async function answerWith(reply: Reply, { pending, registered, deps }: Doing): Promise<void> {
  const to = mobileOf(pending.from) ?? (pending.from.startsWith('+') ? pending.from : undefined);
  // A short number, a land line, a masked one: nothing can be sent there.
  if (to === undefined) return deps.log('reply-without-address', { text: pending.text });
  const found =
    reply.case !== undefined && 'number' in reply.case
      ? await deps.cases.case(reply.case.number)
      : reply.case && registered;
  const registry = await deps.registry.read();
  const values = found === undefined ? {} : valuesOf(found, registry);
  const { zh, en } = fillReply(reply, values);
  const filled = {
    to,
    // Carriers in China demand the signature first, and it says who writes.
    body: `【${bureauName(registry)}】${to.startsWith('+86') ? zh : en}`,
    template: { id: reply.id, values: { ...values, text: zh } },
  };
  const { delaySeconds } = reply.pace;
  if (delaySeconds === 0 && (await sendTextReply(pending.text, filled, deps)) === 'ended') return;
  await deps.texts.keepReply(pending.text, filled);
  const left = await deps.replies.send([{ text: pending.text, delaySeconds }]);
  if (left.length > 0) throw new NotYetDone();
}

/** What a reply can say of a case; no word of the complaint. */
function valuesOf(found: Case, { units, settings }: Registry): Record<string, string> {
  const own = units.find(({ code }) => code === found.unitPath[0]);
  const due = answeredBy(found, settingsOf(settings));
  const [, month, day] = (due ?? '').split('-').map(Number);
  return {
    number: found.number,
    status: stateView(found).zh,
    station: handlingUnit(found, units)?.name ?? own?.name ?? '',
    ...(due === undefined ? {} : { dueOn: `${month}月${day}日` }),
  };
}

/** The day by which the citizen hears something; none while only duties inside the bureau run. */
function answeredBy(found: Case, settings: BureauSettings): LocalDate | undefined {
  return found.clocks
    .map((clock) => clockView(clock, found.receivedOn, { settings }))
    .filter(({ running, paused, internal }) => running && !paused && !internal)
    .map(({ due }) => due)
    .toSorted()[0];
}
