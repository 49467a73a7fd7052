import * as z from 'zod';
import { defined, type RawCall, type RawTurn } from '../call.ts';
import { record, seconds, someFlag, someList, someObject, someText } from '../loose.ts';
import { Unreadable } from '../remarks.ts';
import { joinWords, tidy } from '../text.ts';
import { hasMask } from './contact-lens.ts';
import { contentOf, type Item, inRows, item, items, withWords, wordsOf } from './words.ts';

/*
 * Amazon Transcribe, batch and streaming. Transcribe developer guide: "How Amazon Transcribe works" (items, transcripts,
 * audio_segments), "Partitioning speakers", "Transcribing multi-channel audio"; API: streaming TranscriptEvent, Result.
 */

const results = z.object({
  transcripts: someList(z.object({ transcript: someText })),
  items,
  speakerlabels: someObject({
    segments: someList(
      z.object({ speakerlabel: someText, starttime: seconds, endtime: seconds, items: someList(item) }),
    ),
  }),
  channellabels: someObject({ channels: someList(z.object({ channellabel: someText, items })) }),
  audiosegments: someList(
    z.object({
      transcript: someText,
      starttime: seconds,
      endtime: seconds,
      speakerlabel: someText,
      channellabel: someText,
    }),
  ),
  languagecode: someText,
});
type Results = z.output<typeof results>;

const batch = z.object({
  jobname: someText,
  status: someText,
  isredacted: someFlag,
  languagecode: someText,
  results,
});

const BATCH_RESULTS = ['transcripts', 'items', 'speakerlabels', 'channellabels', 'audiosegments'];

/** Says whether it is a file of a batch job; also one of which the results are missing. */
export function isBatch(value: unknown): boolean {
  const holder = record(value) ?? {};
  const inner = record(holder.results);
  if (inner !== undefined)
    return BATCH_RESULTS.some((key) => Array.isArray(inner[key]) || record(inner[key]));
  return holder.jobname !== undefined && holder.status !== undefined;
}

/**
 * A batch job's file: the whole call, by channel or by speaker where they were told apart.
 * @throws Unreadable `no-turns`, `not-finished`
 */
export function readBatch(value: unknown): RawCall {
  const parsed = batch.safeParse(value);
  if (!parsed.success) {
    const { status } = record(value) ?? {};
    const failed = typeof status === 'string' && /progress|queued|failed/i.test(status);
    throw new Unreadable(failed ? 'not-finished' : 'no-turns', '/results');
  }
  const { jobname, languagecode, isredacted, results: found } = parsed.data;
  const turns = turnsOfResults(found);
  return {
    ...defined({ callId: jobname, language: languagecode ?? found.languagecode }),
    delivery: 'whole',
    partial: false,
    redacted: isredacted === true || turns.some(({ text }) => hasMask(text)),
    turns,
    problems: [],
  };
}

function turnsOfResults(found: Results): RawTurn[] {
  const byChannel = (found.channellabels?.channels ?? []).flatMap((channel) =>
    turnsOfItems(
      (channel?.items ?? []).map(
        (one) => one && { ...one, channellabel: one.channellabel ?? channel?.channellabel },
      ),
    ),
  );
  if (byChannel.length > 0) return joinNeighbours(byChannel);
  const byItem = turnsOfItems(withSpeakerLabels(found));
  if (byItem.length > 0) return joinNeighbours(byItem);
  const bySegment = (found.audiosegments ?? []).flatMap((one): RawTurn[] =>
    one?.transcript === undefined
      ? []
      : [
          {
            text: tidy(one.transcript),
            ...defined({
              label: one.speakerlabel ?? one.channellabel,
              startMs: one.starttime,
              endMs: one.endtime,
            }),
          },
        ],
  );
  if (bySegment.length > 0) return bySegment;
  return (found.transcripts ?? []).flatMap((one) =>
    one?.transcript === undefined ? [] : [{ text: tidy(one.transcript) }],
  );
}

/** Older files name the speaker only in `speaker_labels`, by the time at which a word begins. */
function withSpeakerLabels({ items: list = [], speakerlabels }: Results): (Item | undefined)[] {
  const segments = speakerlabels?.segments ?? [];
  if (segments.length === 0) return list;
  const byStart = new Map<number | undefined, string | undefined>();
  for (const segment of segments) {
    byStart.set(segment?.starttime, byStart.get(segment?.starttime) ?? segment?.speakerlabel);
    for (const one of segment?.items ?? [])
      byStart.set(one?.starttime, one?.speakerlabel ?? segment?.speakerlabel);
  }
  let current: string | undefined;
  return list.map((one) => {
    if (one === undefined) return one;
    if (one.starttime !== undefined) current = byStart.get(one.starttime) ?? current;
    return { ...one, speakerlabel: one.speakerlabel ?? current };
  });
}

/** A pause after which the same speaker begins a new turn, once a sentence has ended. */
const BREATH_MS = 700;
/** A pause after which he does so in the middle of a sentence. */
const PAUSE_MS = 1_500;

/** Turns of a row of items; a sign belongs to the word before it. */
function turnsOfItems(list: readonly (Item | undefined)[]): RawTurn[] {
  const rows: { label: string | undefined; items: Item[]; endMs: number | undefined }[] = [];
  for (const one of list) {
    if (one === undefined || contentOf(one) === '') continue;
    const row = rows.at(-1);
    const sign = one.type?.toLowerCase() === 'punctuation' || one.starttime === undefined;
    const label = one.channellabel ?? one.speakerlabel ?? one.speaker;
    const pause = (one.starttime ?? 0) - (row?.endMs ?? one.starttime ?? 0);
    const ended = /[.?!。？！]$/.test(contentOf(row?.items.at(-1) ?? one));
    const breaks =
      row === undefined || row.label !== label || pause > PAUSE_MS || (ended && pause > BREATH_MS);
    if (row !== undefined && (sign || !breaks)) {
      row.items.push(one);
      row.endMs = one.endtime ?? row.endMs;
    } else rows.push({ label, items: [one], endMs: one.endtime });
  }
  return rows.map(({ label, items: said, endMs }) => ({
    text: tidy(joinWords(said.map(contentOf))),
    ...defined({ label, startMs: said[0]?.starttime, endMs }),
    ...withWords(wordsOf(said)),
  }));
}

/** What the same speaker says next, with nobody between, is one turn: the understanding looks at who answers. */
function joinNeighbours(turns: readonly RawTurn[]): RawTurn[] {
  const rows = inRows(turns.toSorted((one, other) => (one.startMs ?? 0) - (other.startMs ?? 0)));
  return rows.map((row) => ({
    ...(row[0] ?? { text: '' }),
    text: tidy(joinWords(row.map(({ text }) => text))),
    ...defined({ endMs: row.findLast(({ endMs }) => endMs !== undefined)?.endMs }),
    ...withWords(row.flatMap(({ words = [] }) => words)),
  }));
}

const result = z.object({
  resultid: someText,
  ispartial: someFlag,
  starttime: seconds,
  endtime: seconds,
  channelid: someText,
  languagecode: someText,
  alternatives: someList(z.object({ transcript: someText, items })),
});
const stream = z.object({ results: someList(result), sessionid: someText, languagecode: someText });

/** Says whether it is an event of streaming transcription. */
export function isStream(value: unknown): boolean {
  const list = holderOfResults(value)?.results;
  if (!Array.isArray(list)) return false;
  return list.length === 0 || list.some((one) => Array.isArray(record(one)?.alternatives));
}

function holderOfResults(value: unknown): Record<string, unknown> | undefined {
  const holder = record(value);
  const event = record(holder?.transcriptevent) ?? holder;
  return record(event?.transcript) ?? event;
}

/**
 * One event of streaming transcription: a piece.
 * @throws Unreadable `format-unknown`
 */
export function readStream(value: unknown): RawCall {
  const parsed = stream.safeParse(holderOfResults(value));
  if (!parsed.success) throw new Unreadable('format-unknown');
  const { results: list = [], languagecode } = parsed.data;
  const head = z.object({ sessionid: someText, callid: someText, contactid: someText }).safeParse(value).data;
  const turns = list.flatMap((one): RawTurn[] => {
    const best = one?.alternatives?.[0];
    if (one === undefined || best?.transcript === undefined) return [];
    return [
      {
        text: tidy(best.transcript),
        ...defined({
          id: one.resultid,
          label: one.channelid ?? best.items?.find((word) => word?.speaker !== undefined)?.speaker,
          startMs: one.starttime,
          endMs: one.endtime,
          provisional: one.ispartial === true ? (true as const) : undefined,
        }),
        ...withWords(wordsOf(best.items)),
      },
    ];
  });
  return {
    ...defined({
      callId: head?.callid ?? head?.contactid ?? head?.sessionid ?? parsed.data.sessionid,
      language: languagecode ?? list.find((one) => one?.languagecode !== undefined)?.languagecode,
    }),
    delivery: 'pieces',
    partial: true,
    redacted: turns.some(({ text }) => hasMask(text)),
    turns,
    problems: [],
  };
}
