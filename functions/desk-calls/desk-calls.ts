import type * as z from 'zod';
import type { contactsQuery } from '../../events/contacts-query.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { contactReason } from '../../shared/intake/contact-reasons.ts';
import type { Log } from '../../shared/logging.ts';
import { mayReadContacts, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { CallStore } from '../../shared/store/call-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { ContactStore } from '../../shared/store/contact-store.ts';
import type { Call } from '../../shared/transcripts/call.ts';
import { momentOf, turnsOf } from '../../shared/transcripts/moment.ts';
import { spokenByCaller } from '../../shared/understanding/conversation.ts';

export interface DeskCallsDependencies {
  cases: Pick<CaseStore, 'case' | 'event'>;
  calls: Pick<CallStore, 'call'>;
  contacts: ContactStore;
  bureau: string;
  now: Clock;
  log: Log;
}

/** What was said in the call that became a case, turn by turn, and the moments of what was understood in it. */
export async function showCall(
  number: CaseNumber,
  staff: Staff,
  deps: DeskCallsDependencies,
): Promise<Answer> {
  const found = await deps.cases.case(number);
  const view = found === undefined ? 'none' : viewOf(found, staff);
  if (found === undefined || view === 'none') throw new Problem('not-found');
  if (view !== 'full') throw new Problem('forbidden');
  const registered = await deps.cases.event(number, 1);
  const id = registered?.facts.call;
  const kept = typeof id === 'string' && found.erased !== true ? await deps.calls.call(id) : undefined;
  return { status: 200, body: { call: kept === undefined ? null : callView(kept.call, found) } };
}

function callView(call: Call, found: Case) {
  const { startedAt, language, redacted, partial, roles, turns, problems } = call;
  return {
    startedAt: startedAt ?? null,
    language: language ?? null,
    redacted,
    partial,
    roles,
    turns: turns.map(({ speaker, text, startMs, endMs }) => ({
      speaker,
      text,
      startMs: startMs ?? null,
      endMs: endMs ?? null,
    })),
    moments: momentsOf(call, found),
    problems,
  };
}

/**
 * Where in the call the words stand that a field of the case rests on. The case keeps the words it was registered with: of
 * a better delivery that came later the same words are looked for.
 */
function momentsOf(call: Call, { complaint, understood }: Case) {
  if (understood === undefined) return [];
  const { respondent, place, paid, claimed, purchasedOn, occurredOn, requests, urgency } = understood;
  const spoken = spokenByCaller(turnsOf(call)).text;
  const fields = [
    ...Object.entries({ respondent, place }).map(([field, one]) => ({
      field,
      confidence: one?.confidence ?? 0,
      spans: one === undefined ? [] : [one.span],
    })),
    ...Object.entries({ paid, claimed, purchasedOn, occurredOn }).map(([field, one]) => ({
      field,
      confidence: one?.confidence ?? 0,
      spans: one?.spans ?? [],
    })),
    ...requests.map(({ confidence, spans }) => ({ field: 'request', confidence, spans })),
    ...urgency.map(({ confidence, spans }) => ({ field: 'urgency', confidence, spans })),
  ];
  return fields.flatMap(({ field, confidence, spans }) =>
    spans.flatMap((span) => {
      const words = complaint.text.slice(span.start, span.end);
      const start = spoken.startsWith(words, span.start) ? span.start : spoken.indexOf(words);
      const moment = start === -1 ? undefined : momentOf(call, { start, end: start + words.length });
      if (moment === undefined) return [];
      const { turn, startMs, endMs, exact } = moment;
      return [{ field, confidence, span, turn, startMs: startMs ?? null, endMs: endMs ?? null, exact }];
    }),
  );
}

/** What came in on a day and became no case. The reading is put on record before anything is shown. */
export async function listContacts(
  { on, limit, after }: z.output<typeof contactsQuery>,
  staff: Staff,
  deps: DeskCallsDependencies,
): Promise<Answer> {
  if (!mayReadContacts(staff, deps.bureau)) throw new Problem('forbidden');
  const at = deps.now().toISOString();
  await deps.contacts.recordRead({ on, at, staff: staff.id, role: staff.role });
  deps.log('contacts-read', { staff: staff.id, on });
  const { items, next } = await deps.contacts.ofDay(on, limit, after);
  return {
    status: 200,
    body: {
      on,
      contacts: items.map(({ channel, at: cameAt, reason, from, text }) => ({
        channel,
        at: cameAt,
        reason: { code: reason, ...contactReason(reason) },
        from: from ?? null,
        text,
      })),
      next: next ?? null,
    },
  };
}
