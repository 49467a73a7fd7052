import * as z from 'zod';
import { defined, type RawCall, type RawTurn, type Remark } from '../call.ts';
import { instantOf } from '../instants.ts';
import { millis, record, someList, someObject, someText } from '../loose.ts';
import { remark, Unreadable } from '../remarks.ts';
import { tidy } from '../text.ts';
import { items, withWords, wordsOf } from './words.ts';

/*
 * Amazon Connect Contact Lens and Amazon Transcribe Call Analytics. Both write turns with offsets in milliseconds and
 * the roles CUSTOMER and AGENT.
 * Connect administrator guide: "Example of output files that Contact Lens generates", "Data model for conversational
 * analytics segment streams"; Connect API: ListRealtimeContactAnalysisSegments (also V2).
 * Transcribe developer guide: "Post-call analytics output", "Real-time Call Analytics output".
 */

const turn = z.object({
  id: someText,
  transcriptid: someText,
  participantid: someText,
  participantrole: someText,
  content: someText,
  partialcontent: someText,
  beginoffsetmillis: millis,
  endoffsetmillis: millis,
  absolutetime: someText,
  items,
  redaction: z.unknown().optional(),
  time: someObject({ absolutetime: someText, beginoffsetmillis: millis, endoffsetmillis: millis }),
});
type Turn = z.output<typeof turn>;

const envelope = z.object({
  contactid: someText,
  customermetadata: someObject({ contactid: someText }),
  jobname: someText,
  languagecode: someText,
  jobstatus: someText,
  eventtype: someText,
  streamingeventtype: someText,
  outputtype: someText,
  contentmetadata: someObject({ output: someText }),
  streamingsettings: someObject({ output: someText, languagecode: someText }),
  participants: someList(z.object({ participantid: someText, participantrole: someText })),
});
type Envelope = z.output<typeof envelope>;

const postCall = envelope.extend({ transcript: z.array(turn.optional().catch(undefined)) });

/** Says whether it is a post-call file of Contact Lens or Call Analytics: a list of turns with content and participants. */
export function isPostCall(value: unknown): boolean {
  const { transcript, conversationcharacteristics, participants } = record(value) ?? {};
  if (!Array.isArray(transcript))
    return conversationcharacteristics !== undefined && participants !== undefined;
  if (transcript.length === 0) return true;
  return transcript.some((one) => {
    const { participantid, participantrole, content } = record(one) ?? {};
    return participantid !== undefined || participantrole !== undefined || content !== undefined;
  });
}

/**
 * A post-call file: the whole call.
 * @throws Unreadable `no-turns`, `not-finished`
 */
export function readPostCall(value: unknown): RawCall {
  const parsed = postCall.safeParse(value);
  if (!parsed.success) {
    const { jobstatus = 'COMPLETED' } = envelope.safeParse(value).data ?? {};
    throw new Unreadable(/^complete/i.test(jobstatus) ? 'no-turns' : 'not-finished', '/Transcript');
  }
  const { transcript, ...head } = parsed.data;
  if (transcript.length === 0 && /progress|queued|failed/i.test(head.jobstatus ?? ''))
    throw new Unreadable('not-finished', '/JobStatus');
  const { turns, problems } = readTurns(transcript, head, '/Transcript');
  if (transcript.length > 0 && turns.length === 0) throw new Unreadable('no-turns', '/Transcript');
  const startedAt = transcript.map((one) => one?.absolutetime ?? '').find((time) => time !== '');
  return {
    ...headOf(head),
    ...defined({ startedAt: startedAt === undefined ? undefined : instantOf(startedAt) }),
    delivery: 'whole',
    partial: false,
    redacted: isRedacted(head) || transcript.some((one) => one?.redaction !== undefined),
    // The samples give every turn the same id; the file is whole, so that no id is needed.
    turns: turns.map(({ id, ...rest }) => rest),
    problems,
  };
}

const segment = z.object({
  transcript: turn.optional().catch(undefined),
  utterance: turn.optional().catch(undefined),
});
const realTime = envelope.extend({ segments: someList(segment) });
const SEGMENTS = [
  'transcript',
  'utterance',
  'categories',
  'postcontactsummary',
  'event',
  'attachments',
  'issues',
];

/** Says whether it is a record of the segment stream, or an answer of ListRealtimeContactAnalysisSegments. */
export function isRealTime(value: unknown): boolean {
  const { segments, eventtype, streamingeventtype, contactid, channel } = record(value) ?? {};
  if (Array.isArray(segments) && segments.length > 0)
    return segments.some((one) => SEGMENTS.some((kind) => record(record(one)?.[kind]) !== undefined));
  const event = eventtype ?? streamingeventtype;
  return (
    (contactid !== undefined || channel !== undefined) &&
    typeof event === 'string' &&
    /^(?:started|segments|completed|failed)$/i.test(event)
  );
}

/**
 * One record of a contact's stream: a piece. Utterances are provisional until the transcript comes whose id they bear.
 * @throws Unreadable `format-unknown`
 */
export function readRealTime(value: unknown): RawCall {
  const parsed = realTime.safeParse(value);
  if (!parsed.success) throw new Unreadable('format-unknown');
  const { segments = [], ...head } = parsed.data;
  const final = readTurns(
    segments.filter((one) => one?.transcript !== undefined).map((one) => one?.transcript),
    head,
    '/Segments',
  );
  const spoken = readTurns(
    segments.filter((one) => one?.utterance !== undefined).map((one) => one?.utterance),
    head,
    '/Segments',
  );
  const event = (head.eventtype ?? head.streamingeventtype ?? '').toLowerCase();
  return {
    ...headOf(head),
    delivery: 'pieces',
    partial: event !== 'completed',
    redacted: isRedacted(head),
    turns: [...final.turns, ...spoken.turns.map((one) => ({ ...one, provisional: true as const }))],
    problems: [
      ...final.problems,
      ...spoken.problems,
      ...(event === 'failed' ? [remark('engine-failed', '/EventType')] : []),
    ],
  };
}

const utteranceEvent = z.object({
  utteranceid: someText,
  ispartial: z.unknown().optional(),
  participantrole: someText,
  beginoffsetmillis: millis,
  endoffsetmillis: millis,
  transcript: someText,
  items,
  languagecode: someText,
});

/** Says whether it is an event of real-time Call Analytics. */
export function isUtterance(value: unknown): boolean {
  const { utteranceevent, categoryevent, utteranceid, transcript } = record(value) ?? {};
  return (
    record(utteranceevent) !== undefined ||
    record(categoryevent) !== undefined ||
    (utteranceid !== undefined && typeof transcript === 'string')
  );
}

/**
 * One event of real-time Call Analytics: a piece; the last words of an utterance come with `IsPartial` false.
 * @throws Unreadable `no-turns`
 */
export function readUtterance(value: unknown): RawCall {
  const holder = record(value) ?? {};
  const { callid, contactid, sessionid } = z
    .object({ callid: someText, contactid: someText, sessionid: someText })
    .parse(holder);
  const callId = callid ?? contactid ?? sessionid;
  const base = { ...defined({ callId }), delivery: 'pieces', partial: true, problems: [] } as const;
  if (holder.utteranceevent === undefined && holder.categoryevent !== undefined)
    return { ...base, redacted: false, turns: [], problems: [] };
  const parsed = utteranceEvent.safeParse(holder.utteranceevent ?? holder);
  if (!parsed.success || parsed.data.transcript === undefined)
    throw new Unreadable('no-turns', '/UtteranceEvent/Transcript');
  const { utteranceid, ispartial, participantrole, transcript, languagecode, ...rest } = parsed.data;
  return {
    ...base,
    ...defined({ language: languagecode }),
    redacted: hasMask(transcript),
    problems: [],
    turns: [
      {
        text: tidy(transcript),
        ...defined({
          id: utteranceid,
          label: participantrole,
          startMs: rest.beginoffsetmillis,
          endMs: rest.endoffsetmillis,
          provisional: /^true$/i.test(String(ispartial)) ? (true as const) : undefined,
        }),
        ...withWords(wordsOf(rest.items)),
      },
    ],
  };
}

function headOf(head: Envelope) {
  return defined({
    callId: head.contactid ?? head.customermetadata?.contactid ?? head.jobname,
    language: head.languagecode ?? head.streamingsettings?.languagecode,
  });
}

function isRedacted({ contentmetadata, outputtype }: Envelope): boolean {
  return /^redacted$/i.test(contentmetadata?.output ?? outputtype ?? '');
}

/** Mask modes of both services: `[PII]`, or the kind of what was taken out. */
export function hasMask(text: string): boolean {
  return /\[(?:PII|NAME|ADDRESS|PHONE|EMAIL|SSN|PIN|AGE|BANK_[A-Z_]+|CREDIT_[A-Z_]+|DATE_TIME|USERNAME|[A-Z]{2,}_[A-Z_]+)\]/.test(
    text,
  );
}

function readTurns(
  list: readonly (Turn | undefined)[],
  { participants = [] }: Envelope,
  field: string,
): { turns: RawTurn[]; problems: Remark[] } {
  const roles = new Map(participants.map((one) => [one?.participantid, one?.participantrole]));
  const problems: Remark[] = [];
  const turns = list.flatMap((one): RawTurn[] => {
    const text = tidy(one?.content ?? one?.partialcontent ?? '');
    if (one === undefined || text === '') {
      // Chats hold events without words, such as who joined.
      if (one?.absolutetime === undefined) problems.push(remark('turn-without-words', field));
      return [];
    }
    return [
      {
        text,
        ...defined({
          id: one.id,
          partOf: one.transcriptid,
          label: one.participantrole ?? roles.get(one.participantid) ?? one.participantid,
          startMs: one.beginoffsetmillis ?? one.time?.beginoffsetmillis,
          endMs: one.endoffsetmillis ?? one.time?.endoffsetmillis,
        }),
        ...withWords(wordsOf(one.items)),
      },
    ];
  });
  return { turns, problems: problems.slice(0, 1) };
}
