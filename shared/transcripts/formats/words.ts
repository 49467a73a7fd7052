import * as z from 'zod';
import { defined, type RawTurn, type Word } from '../call.ts';
import { millis, seconds, someList, someNumber, someText } from '../loose.ts';

/** An item of Transcribe in any of its dialects: a word or a sign, with times in milliseconds or seconds, or none. */
export const item = z.object({
  beginoffsetmillis: millis,
  endoffsetmillis: millis,
  starttime: seconds,
  endtime: seconds,
  content: someText,
  confidence: someNumber,
  alternatives: someList(z.object({ content: someText, confidence: someNumber })),
  type: someText,
  speakerlabel: someText,
  channellabel: someText,
  speaker: someText,
  id: someText,
});
export type Item = z.output<typeof item>;
export const items = someList(item);

export function contentOf({ content, alternatives }: Item): string {
  return content ?? alternatives?.[0]?.content ?? '';
}

/** The words among the items; signs and what has no time are none. */
export function wordsOf(list: readonly (Item | undefined)[] | undefined): Word[] {
  return (list ?? []).flatMap((one) => {
    if (one === undefined) return [];
    const startMs = one.beginoffsetmillis ?? one.starttime;
    const endMs = one.endoffsetmillis ?? one.endtime;
    const text = contentOf(one);
    if (
      startMs === undefined ||
      endMs === undefined ||
      text === '' ||
      one.type?.toLowerCase() === 'punctuation'
    )
      return [];
    const confidence = one.confidence ?? one.alternatives?.[0]?.confidence;
    return [
      defined({
        text,
        startMs,
        endMs,
        confidence: confidence === undefined ? undefined : Math.min(1, confidence),
      }),
    ];
  });
}

/** `words` as an entry of a turn, where there are any. */
export function withWords(words: readonly Word[]): { words?: Word[] } {
  return words.length === 0 ? {} : { words: [...words] };
}

/** Turns that follow one another and bear the same label, together; without a label each is by itself. */
export function inRows(turns: readonly RawTurn[]): RawTurn[][] {
  const rows: RawTurn[][] = [];
  for (const turn of turns) {
    const row = rows.at(-1);
    if (row === undefined || turn.label === undefined || row[0]?.label !== turn.label) rows.push([turn]);
    else row.push(turn);
  }
  return rows;
}
