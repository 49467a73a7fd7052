import type { TranscriptDelivered } from '../../events/transcript-delivered.ts';
import type { Actor, Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { NotAllowedNow, takeStep } from '../../shared/case/take-step.ts';
import { type Instant, shanghaiDate } from '../../shared/dates.ts';
import type { Understand } from '../../shared/intake/create-understand.ts';
import { type Filed, type FileMessageDependencies, fileMessage } from '../../shared/intake/file-message.ts';
import { asksOfCall, messageOfCall } from '../../shared/intake/message-of-call.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import type { SilenceQueue } from '../../shared/queue/silence-queue.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { CallObjects } from '../../shared/store/call-objects.ts';
import {
  type CallOutcome,
  type CallStore,
  callIdOf,
  type KeptCall,
  receiptKeyOf,
} from '../../shared/store/call-store.ts';
import type { ContactStore } from '../../shared/store/contact-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { type Decision, stepContext, stepOnCase } from '../../shared/store/step-on-case.ts';
import { type Call, LARGEST_FILE } from '../../shared/transcripts/call.ts';
import { contactOnly } from '../../shared/transcripts/contact-only.ts';
import { mergeDeliveries } from '../../shared/transcripts/merge-deliveries.ts';
import { turnsOf } from '../../shared/transcripts/moment.ts';
import { newWords } from '../../shared/transcripts/new-words.ts';
import { readTranscript } from '../../shared/transcripts/read-transcript.ts';
import { remark } from '../../shared/transcripts/remarks.ts';

export interface TranscriptDependencies extends FileMessageDependencies {
  objects: CallObjects;
  calls: CallStore;
  contacts: ContactStore;
  silence: SilenceQueue;
  registry: RegistryStore;
  understand: Understand;
}

/** So long nothing more of a call in pieces has come: it is over. */
export const SILENCE_SECONDS = 300;
/** Clocks of two sandboxes differ; a message that comes a little early must not leave the call lying. */
const EARLY_MS = 30_000;
/** Deliveries of one call may come at the same moment; the queue brings what is still refused after that. */
const TRIES = 5;
/** A telephone system does not deliver later than this; an older time in a file is a wrong one. */
const OLDEST_DAYS = 30;
/** More additions than this nobody makes to one call. */
const STEPS_LOOKED_AT = 100;

const LONGEST_ADDITION = 10_000;
const ACTOR: Actor = { role: 'system', id: 'read-transcript' };

/** Lost too often against other deliveries of the same call: the queue has to bring the message again. */
class Overtaken extends Error {
  override name = 'Overtaken';
}

/**
 * Takes what the queue of calls brings: files, or a call whose silence has passed. Safe to do twice, at any time, in any
 * order. Each file ends in a case, in words added to one, or in a contact with its reason.
 * @throws Overtaken when the queue has to bring the message again
 */
export async function takeDelivered(
  delivered: TranscriptDelivered,
  deps: TranscriptDependencies,
): Promise<void> {
  if ('call' in delivered) return endSilence(delivered.call, deps);
  for (const { key } of delivered.objects) await takeFile(key, deps);
}

async function takeFile(key: string, deps: TranscriptDependencies): Promise<void> {
  const file = await deps.objects.read(key, LARGEST_FILE);
  if (file.state === 'gone') return deps.log('transcript-gone', {});
  const { calls, refused } =
    file.state === 'too-large'
      ? { calls: [], refused: [remark('too-large')] }
      : readTranscript({ ...file, key });
  for (const call of calls) await takeCall(call, key, file.at, deps);
  const [first] = refused;
  if (first === undefined) return;
  deps.log('transcript-refused', { code: first.code, calls: calls.length });
  // A person can find the file by its key.
  await deps.contacts.keep({
    id: `phone/${key}`,
    channel: 'phone',
    at: file.at,
    reason: first.code,
    text: key,
  });
}

/** Puts a delivery to what is known of the call, and does what follows from it. */
async function takeCall(call: Call, key: string, at: Instant, deps: TranscriptDependencies): Promise<void> {
  const id = callIdOf(call.callId ?? key);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await deps.calls.call(id);
    const kept = withDelivery(before, { id, call, at }, deps);
    const changed = !isSame(kept.call, before?.call);
    if (!changed && kept.outcome !== undefined) return;
    if (changed && before !== undefined && isCase(kept.outcome)) {
      // Before it is kept: what is kept counts as told.
      await addWords(kept.outcome.number, kept, before.call.redacted && !kept.call.redacted, deps);
    }
    if (changed && (await deps.calls.save(kept)) === 'conflict') continue;
    if (isCase(kept.outcome)) return;
    if (kept.call.delivery === 'pieces') return deps.silence.lookAgain(id);
    return settle(changed ? kept : (before ?? kept), deps);
  }
  throw new Overtaken();
}

function withDelivery(
  before: KeptCall | undefined,
  { id, call, at }: { id: string; call: Call; at: Instant },
  deps: TranscriptDependencies,
): KeptCall {
  const lastAt = deps.now().toISOString();
  if (before === undefined) return { id, version: 1, call, receivedAt: at, lastAt };
  const { receivedAt, outcome, version } = before;
  const merged = withoutNumberOf(mergeDeliveries(before.call, call), outcome);
  // What was no case may be one now.
  const stands = isCase(outcome) || isSame(merged, before.call);
  const kept = { id, version: version + 1, call: merged, receivedAt, lastAt };
  return stands ? { ...kept, outcome } : kept;
}

const isSame = (one: Call, other: Call | undefined) => JSON.stringify(one) === JSON.stringify(other);

/** Pieces of which no more came within the silence are the whole call. */
async function endSilence(id: string, deps: TranscriptDependencies): Promise<void> {
  const kept = await deps.calls.call(id);
  if (kept === undefined || kept.outcome !== undefined) return;
  const silentFor = deps.now().getTime() - Date.parse(kept.lastAt);
  // A later piece has brought a message of its own.
  if (silentFor < SILENCE_SECONDS * 1000 - EARLY_MS) return;
  await settle(kept, deps);
}

/** Makes a case or a contact of the call and keeps which. */
async function settle(first: KeptCall, deps: TranscriptDependencies): Promise<void> {
  let kept: KeptCall | undefined = first;
  for (let attempt = 1; attempt <= TRIES && kept !== undefined; attempt += 1) {
    const outcome = await outcomeOf(kept, deps);
    const call = withoutNumberOf(kept.call, outcome);
    const saved = await deps.calls.save({ ...kept, call, version: kept.version + 1, outcome });
    if (saved === 'saved') return;
    // Another delivery has come in between: it may know more, or have settled it.
    kept = await deps.calls.call(kept.id);
    if (isCase(kept?.outcome)) return;
  }
  throw new Overtaken();
}

async function outcomeOf(kept: KeptCall, deps: TranscriptDependencies): Promise<CallOutcome> {
  const { call } = kept;
  const registry = await deps.registry.read();
  const receivedAt = momentOfCall(kept);
  const understood = await deps.understand(
    { turns: turnsOf(call), channel: 'phone', receivedOn: shanghaiDate(receivedAt) },
    registry.bureau,
  );
  const reason = contactOnly(call, understood);
  const message = messageOfCall(call, understood);
  if (reason !== undefined) {
    await deps.contacts.keep({
      id: `phone/${kept.id}`,
      channel: 'phone',
      at: kept.receivedAt,
      reason: reason.code,
      from: message.complainant?.phone,
      text: message.text,
    });
    deps.log('call-kept-as-contact', { reason: reason.code });
    return { reason: reason.code };
  }
  const filed = await fileMessage(
    message,
    {
      channel: 'phone',
      actor: ACTOR,
      key: receiptKeyOf(kept.id),
      receivedAt,
      settings: settingsOf(registry.settings),
      facts: { call: kept.id, asks: asksOfCall(call, understood) },
      notice: {
        notice: 'call-registered',
        party: message.kind === 'report' ? 'informer' : 'complainant',
      },
    },
    deps,
  );
  return outcomeOfFiled(filed, kept, deps);
}

async function outcomeOfFiled(
  filed: Filed,
  kept: KeptCall,
  deps: TranscriptDependencies,
): Promise<CallOutcome> {
  if (filed.outcome === 'busy') throw new Overtaken();
  if (filed.outcome !== 'key-reused') {
    return { number: filed.found.number, report: filed.found.kind === 'report' };
  }
  // Registered from an earlier delivery whose outcome was not kept.
  await addWords(filed.number, kept, false, deps);
  const found = await deps.cases.case(filed.number);
  return { number: filed.number, report: found?.kind === 'report' };
}

/** Adds to a case what the caller said and the case does not know; nothing when it knows all of it. */
async function addWords(
  number: CaseNumber,
  kept: KeptCall,
  exactly: boolean,
  deps: TranscriptDependencies,
): Promise<void> {
  const context = await stepContext(ACTOR, await deps.registry.read(), deps);
  const decide = async (found: Case | undefined): Promise<Decision<'added' | 'not-added'>> => {
    if (found === undefined || found.erased === true) return { end: 'not-added' };
    const added = (await deps.cases.latestEvents(number, STEPS_LOOKED_AT))
      .filter(({ type }) => type === 'words-added')
      .map(({ words }) => words?.text ?? '');
    const text = newWords(kept.call, [found.complaint.text, ...added].join('\n'), exactly);
    if (text === '') return { end: 'not-added' };
    try {
      const step = takeStep(found, 'add-words', { text: text.slice(0, LONGEST_ADDITION) }, context);
      return { step, meaning: 'added' };
    } catch (error) {
      if (!(error instanceof NotAllowedNow)) throw error;
      // The case is over: somebody may want to take it up again.
      const reason = 'case-over';
      const id = `phone/${kept.id}/${sha256(text)}`;
      await deps.contacts.keep({ id, channel: 'phone', at: kept.receivedAt, reason, text });
      return { end: 'not-added' };
    }
  };
  const outcome = await stepOnCase(number, decide, { cases: deps.cases, tries: TRIES });
  if (outcome === 'overtaken') throw new Overtaken();
  if (outcome === 'added') deps.log('words-added', { number });
}

/** When the caller rang up, as far as the file says so believably: the legal dates are counted from it. */
function momentOfCall({ call: { startedAt }, receivedAt }: KeptCall): Instant {
  if (startedAt === undefined || startedAt > receivedAt) return receivedAt;
  const age = Date.parse(receivedAt) - Date.parse(startedAt);
  return age > OLDEST_DAYS * 86_400_000 ? receivedAt : startedAt;
}

/** Who informed is kept apart from all else (Art. 37): the number does not stay with the words. */
function withoutNumberOf(call: Call, outcome: CallOutcome | undefined): Call {
  if (!isCase(outcome) || !outcome.report) return call;
  const { callerNumber, ...rest } = call;
  return rest;
}

function isCase(outcome: CallOutcome | undefined): outcome is Extract<CallOutcome, { number: unknown }> {
  return outcome !== undefined && 'number' in outcome;
}
