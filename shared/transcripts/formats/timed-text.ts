import { defined, type RawCall, type RawTurn, type Remark } from '../call.ts';
import { remark } from '../remarks.ts';
import { roleOf } from '../speakers.ts';
import { tidy } from '../text.ts';
import { hasMask } from './contact-lens.ts';
import { inRows, withWords } from './words.ts';

/*
 * WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format") and SubRip: cues with a beginning and an end, the speaker in
 * a voice tag `<v 客服>` or before a colon.
 */

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}`);
const FIRST_TIMING = new RegExp(String.raw`^[ \t]*${TIME}[ \t]*-->`, 'm');
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
};

/** Says whether a text is WebVTT or SubRip. */
export function isTimedText(text: string): boolean {
  return /^\s*WEBVTT(?:\s|$)/.test(text) || FIRST_TIMING.test(text);
}

/** The call that cues hold; cues of the same named speaker in a row are one turn whose pieces keep their times. */
export function readTimedText(text: string): RawCall {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/);
  const problems: Remark[] = [];
  const cues = blocks.flatMap((block) => {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const at = lines.findIndex((line) => line.includes('-->'));
    if (at === -1) {
      // Before the first cue stand the header, notes and styles; a block of words without a time is a broken cue.
      if (lines.length > 0 && !/^\s*(?:WEBVTT|NOTE|STYLE|REGION|\d+\s*$)/.test(lines[0] ?? ''))
        problems.push(remark('turn-unreadable'));
      return [];
    }
    const times = TIMING.exec(lines[at] ?? '');
    if (times === null) problems.push(remark('turn-unreadable'));
    const startMs = times === null ? undefined : msOf(times.slice(1, 5));
    const endMs = times === null ? undefined : msOf(times.slice(5, 9));
    return voicesOf(lines.slice(at + 1)).map(
      (voice): RawTurn => ({ ...voice, ...defined({ startMs, endMs }) }),
    );
  });
  return {
    ...defined({ language: /^\s*WEBVTT[^]*?\nLanguage:\s*([\w-]{2,35})/i.exec(text.slice(0, 1000))?.[1] }),
    delivery: 'whole',
    partial: false,
    redacted: hasMask(text),
    turns: joinCues(cues),
    problems: problems.slice(0, 1),
  };
}

function msOf([hours = '0', minutes = '0', seconds = '0', fraction = '0']: (string | undefined)[]): number {
  return (
    (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))
  );
}

const VOICE = /<v(?:\.[^\s>]*)?[ \t]+([^>]+)>/;
const NAMED = /^\s*(?:[-–—]\s*)?[[【（(]?([^\s:：，。！？<>\]】）)]{1,16}(?: \d{1,3})?)[\]】）)]?\s*[:：]\s*/;

/** The voices of one cue, each with its words; a line without a name goes on with the line before. */
function voicesOf(lines: readonly string[]): { label?: string; text: string }[] {
  const parts = lines
    .join('\n')
    .split(/(?=<v[ .\t])|\n/)
    .filter((part) => part.trim() !== '');
  const voices: { label?: string; texts: string[] }[] = [];
  for (const part of parts) {
    const tag = VOICE.exec(part)?.[1]?.trim();
    const plain = withoutTags(part);
    const name = tag === undefined ? NAMED.exec(plain) : null;
    const label = tag ?? (name?.[1] !== undefined && isName(name[1]) ? name[1] : undefined);
    const text = tidy(label !== undefined && tag === undefined ? plain.slice(name?.[0].length) : plain);
    const before = voices.at(-1);
    if (label === undefined && before !== undefined) before.texts.push(text);
    else voices.push({ texts: [text], ...defined({ label }) });
  }
  return voices.map(({ texts, ...voice }) => ({ ...voice, text: tidy(texts.join(' ')) }));
}

function isName(label: string): boolean {
  return (
    roleOf(label) !== undefined || /^(?:speaker|spk|说话人|发言人)[\s_-]*\w{0,3}$|^[A-Z甲乙]$/i.test(label)
  );
}

function withoutTags(text: string): string {
  return text
    .replace(/<\/?[^<>]{0,200}>/g, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? '');
}

function joinCues(cues: readonly RawTurn[]): RawTurn[] {
  return inRows(cues).map((row) => {
    const [first = { text: '' }] = row;
    const words = row.flatMap(({ text, startMs, endMs }) =>
      startMs === undefined || endMs === undefined ? [] : [{ text, startMs, endMs }],
    );
    return {
      ...first,
      text: tidy(row.map(({ text }) => text).join(' ')),
      ...defined({ endMs: row.findLast(({ endMs }) => endMs !== undefined)?.endMs }),
      ...(row.length > 1 ? withWords(words) : {}),
    };
  });
}
