import type { Action } from '../../shared/case/actions.ts';
import type { Case, Kind } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { clockView, handlingUnit, stateView } from '../../shared/case/case-view.ts';
import { GuardRefusal, NotAllowedNow, type StepContext, takeStep } from '../../shared/case/take-step.ts';
import { type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import type { CreateReader } from '../../shared/intake/create-understand.ts';
import { COMPLAINANT, type FileMessageDependencies, fileMessage } from '../../shared/intake/file-message.ts';
import { UNNAMED } from '../../shared/intake/unnamed.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { type BureauSettings, settingsOf } from '../../shared/law/bureau-settings.ts';
import { mobileOf } from '../../shared/notices/reach.ts';
import type { ReplyQueue } from '../../shared/queue/text-queue.ts';
import type { CaseRef, Effect, Reply } from '../../shared/sms-talk/effects.ts';
import { fillReply } from '../../shared/sms-talk/texts.ts';
import type { ContactStore } from '../../shared/store/contact-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import type { Pending, TextStore } from '../../shared/store/text-store.ts';
import type { MessageKind } from '../../shared/understanding/understanding.ts';

export interface PerformDependencies extends FileMessageDependencies {
  texts: Pick<TextStore, 'keepReply'>;
  contacts: Pick<ContactStore, 'keep'>;
  replies: ReplyQueue;
  registry: RegistryStore;
  reader: CreateReader;
}

/** What was to be done could not be done now: the queue brings the text once more. */
class NotYetDone extends Error {
  override name = 'NotYetDone';
}

type Of<Type extends Effect['type']> = Extract<Effect, { type: Type }>;
/** A text that is looked at, and the case that one of its effects has registered. */
interface Doing {
  pending: Pending;
  registered?: CaseNumber;
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
    const number = await (DO[effect.type] as (of: Effect, doing: Doing) => Promise<CaseNumber | undefined>)(
      effect,
      doing,
    );
    if (number !== undefined) doing.registered = number;
  }
  return doing.registered;
}

const DO: {
  readonly [Type in Effect['type']]: (of: Of<Type>, doing: Doing) => Promise<CaseNumber | undefined | void>;
} = {
  register: registerCase,
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
  reply: keepReply,
};

const WANTS_TO_WITHDRAW = '投诉人发短信确认撤回。';

/** A text that both complains and reports begins as a complaint; the desk splits the report off (Art. 9). */
const KIND_OF: Readonly<Record<MessageKind, Kind>> = {
  complaint: 'complaint',
  both: 'complaint',
  report: 'report',
  inquiry: 'inquiry',
  other: 'other',
};

async function registerCase(
  { text, answers }: Of<'register'>,
  { pending, deps }: Doing,
): Promise<CaseNumber> {
  const { from, receivedAt } = pending;
  const { settings } = await deps.registry.read();
  const read = await deps.reader(deps.bureau);
  const { kind } = read({ text, channel: 'sms', receivedOn: shanghaiDate(receivedAt) });
  const reports = answers.some(({ about, value }) => about === 'kind' && value === 'report');
  const filed = await fileMessage(
    {
      kind: reports ? 'report' : KIND_OF[kind.value],
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
  if (filed.outcome === 'busy') throw new NotYetDone();
  // The words were understood otherwise in between: the case is the same.
  return filed.outcome === 'key-reused' ? filed.number : filed.found.number;
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
  const number = 'number' in ref ? ref.number : registered;
  if (number === undefined) return false;
  const { settings, units, officers } = await deps.registry.read();
  const context: StepContext = {
    actor: COMPLAINANT,
    now: deps.now,
    salt: deps.salt,
    calendar: await deps.calendar.read(),
    settings: settingsOf(settings),
    registry: { units, officers },
  };
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await deps.cases.case(number);
    if (found === undefined || found.erased === true) return false;
    // Read after the case: what is written from here on makes the commit fail.
    const events = await deps.cases.latestEvents(number, STEPS_LOOKED_AT);
    if (events.some(({ facts }) => facts.message === pending.text)) return true;
    if (action === 'withdraw' && (found.state === 'withdrawn' || found.withdrawalAsked === true)) return true;
    try {
      const taken = takeStep(found, action, { ...sent, message: pending.text }, context);
      if ((await deps.cases.commit({ steps: [taken] })) === 'committed') {
        deps.log('consumer-step-taken', { number, action });
        return true;
      }
    } catch (error) {
      if (error instanceof NotAllowedNow || error instanceof GuardRefusal) return false;
      throw error;
    }
  }
  throw new NotYetDone();
}

async function keepContact(reason: string, text: string, { pending, deps }: Doing): Promise<void> {
  const { text: id, from, receivedAt } = pending;
  await deps.contacts.keep({ id, channel: 'sms', at: receivedAt, reason, from, text });
  deps.log('contact-kept', { text: id, reason });
}

/** Fills the reply in, keeps it, and asks for it to be sent: at once, or after its pause. */
async function keepReply(reply: Reply, { pending, registered, deps }: Doing): Promise<void> {
  const to = mobileOf(pending.from) ?? (pending.from.startsWith('+') ? pending.from : undefined);
  // A short number, a land line, a masked one: nothing can be sent there.
  if (to === undefined) return deps.log('reply-without-address', { text: pending.text });
  const number =
    reply.case === undefined ? undefined : 'number' in reply.case ? reply.case.number : registered;
  const found = number === undefined ? undefined : await deps.cases.case(number);
  const registry = await deps.registry.read();
  const values = found === undefined ? {} : valuesOf(found, registry);
  const bureau = registry.units.find(({ code }) => code === registry.bureau)?.name ?? '12315';
  const { zh, en } = fillReply(reply, values);
  await deps.texts.keepReply(pending.text, {
    to,
    // Carriers in China demand the signature first, and it says who writes.
    body: `【${bureau}】${to.startsWith('+86') ? zh : en}`,
    template: { id: reply.id, values: { ...values, text: zh } },
  });
  const left = await deps.replies.send([{ text: pending.text, delaySeconds: reply.pace.delaySeconds }]);
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
