import type { LocalDate } from '../dates.ts';
import { findDates } from '../understanding/numbers/dates.ts';
import { sourceOf } from '../understanding/source.ts';
import { type Knowledge, READ_AT_MOST, understand } from '../understanding/understand.ts';
import type { Field } from '../understanding/understanding.ts';
import { type EntryFieldName, LARGEST_PASTE } from './fields.ts';
import { findLabels, type Labelled } from './labels.ts';
import { findPhones, findSelf, findSignature, findWish, type Range } from './letter.ts';
import { readChannel, readDay, readFen, readKind } from './values.ts';

/** A field that was read out of pasted words, ready for the form. */
export interface Prefilled {
  field: EntryFieldName;
  /** Sums in fen, days as `YYYY-MM-DD`, codes for kind and channel, everything else as it is written. */
  value: string | number;
  /** From where to where in the pasted text the words stand that it rests on. */
  start: number;
  end: number;
  /** False where a person should look twice: it was read from running words, not from a label. */
  sure: boolean;
}

/**
 * Reads what somebody pastes: a work order of 12345 or of the national platform with labels, or a running letter with a
 * signature. What stands nowhere is left open. Pure and total: any text gives an answer.
 * @param today what 昨天 and 8月22日 count from
 */
export function readPasted(pasted: string, today: LocalDate, knowledge: Knowledge): Prefilled[] {
  const words = pasted.slice(0, LARGEST_PASTE);
  const labels = findLabels(words);
  const signature = findSignature(
    words,
    labels.filter(({ field }) => field !== 'text' && field !== 'request').map(({ at }) => at),
  );
  const fields = new Map<EntryFieldName, Prefilled>();
  const add = (one: Prefilled | undefined) => {
    if (one !== undefined && !fields.has(one.field)) fields.set(one.field, one);
  };

  for (const label of labels) add(ofLabel(words, aboveSignature(label, signature.start), today));
  const story = fields.get('text') ?? storyOf(words, labels, signature.start);
  if (story !== undefined) {
    fields.set('text', story);
    const told = words.slice(story.start, story.end);
    add(written('name', words, signature.name, true));
    add(written('name', words, within(findSelf(told), story.start), true));
    for (const phone of phonesOf(words, labels)) add(phone);
    for (const field of understood(told, story.start, today, knowledge, fields)) add(field);
  }
  add(channelOf(words, labels, story, signature));
  return [...fields.values()];
}

/** A story with a label ends above the signature, too. */
function aboveSignature(label: Labelled, signature: number): Labelled {
  return label.field === 'text' && label.start < signature
    ? { ...label, end: Math.min(label.end, signature) }
    : label;
}

const TRIMMED = /^[\s\u3000，,；;。|：:]+|[\s\u3000，,；;|]+$/g;
const ANONYMOUS = /^(?:匿名|不愿|不详|无|未留|保密|未提供)/;
const TITLED_NAME = /^[^\s\u3000，,；;。、（(/\d]{1,20}/;

/** What a label says, if it can be taken as it is. Of a label with nothing behind it nothing is read. */
function ofLabel(words: string, { field, start, end }: Labelled, today: LocalDate): Prefilled | undefined {
  const place = trimmed(words, start, end);
  const value = words.slice(place.start, place.end);
  if (value === '') return undefined;
  const as = (taken: string | number | undefined, sure = true) =>
    taken === undefined || taken === '' ? undefined : { field, value: taken, ...place, sure };
  switch (field) {
    case 'name': {
      const name = TITLED_NAME.exec(value)?.[0];
      return name === undefined || ANONYMOUS.test(name)
        ? undefined
        : { ...written(field, words, part(place, name))!, value: name };
    }
    case 'phone':
    case 'businessPhone': {
      const [phone] = findPhones(value);
      const number = /^\d[\d\s()-]{4,18}\d/.exec(value)?.[0];
      const range = phone === undefined ? number && part(place, number) : within(phone, place.start);
      return written(field, words, range || undefined);
    }
    case 'paid':
    case 'claimed':
      return as(valueOf(readFen(value)));
    case 'receivedOn':
    case 'occurredOn':
      return as(valueOf(readDay(value)) ?? dayIn(value, today));
    case 'kind':
      return as(valueOf(readKind(value)));
    case 'channel':
      return as(valueOf(readChannel(value)));
    case 'email':
      return as(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(value)?.[0]);
    case 'externalNumber':
      return as(/^[\p{Script=Han}\w〔〕[\]()（）./-]{3,60}/u.exec(value)?.[0]);
    case 'text':
    case 'request':
      return as(value);
    case 'businessName':
    case 'businessAddress':
    case 'address':
      return ANONYMOUS.test(value) ? undefined : as(value);
    default:
      return field satisfies never;
  }
}

function valueOf<T>(read: { value: T } | { reason: unknown }): T | undefined {
  return 'value' in read ? read.value : undefined;
}

/** 8月22日, 昨天下午: the day if the words name just one. */
function dayIn(value: string, today: LocalDate): LocalDate | undefined {
  const days = findDates(sourceOf({ text: value }), today).all;
  return days.length === 1 ? (days[0]?.day ?? undefined) : undefined;
}

function trimmed(words: string, start: number, end: number): Range {
  const value = words.slice(start, end);
  const head = /^[\s\u3000，,；;。|：:]*/.exec(value)?.[0].length ?? 0;
  const plain = value.replace(TRIMMED, '');
  return { start: start + head, end: start + head + plain.length };
}

const part = ({ start }: Range, words: string): Range => ({ start, end: start + words.length });
const within = (range: Range | undefined, from: number): Range | undefined =>
  range === undefined ? undefined : { start: range.start + from, end: range.end + from };

function written(
  field: EntryFieldName,
  words: string,
  place: Range | undefined,
  sure = true,
): Prefilled | undefined {
  if (place === undefined) return undefined;
  return { field, value: words.slice(place.start, place.end), start: place.start, end: place.end, sure };
}

/** Of a letter the story is what stands above the signature, and below the lines that are labels. */
function storyOf(words: string, labels: readonly Labelled[], end: number): Prefilled | undefined {
  let start = 0;
  for (const label of labels) {
    const isNext = words.slice(start, label.at).trim() === '';
    if (!isNext || label.field === 'request') break;
    start = label.end;
  }
  const place = trimmed(words, start, Math.max(start, end));
  return place.end > place.start ? written('text', words, place) : undefined;
}

/** Phones outside of labels: whose they are is said by the words before them; a lone one is likely the writer's. */
function phonesOf(words: string, labels: readonly Labelled[]): Prefilled[] {
  const free = findPhones(words).filter(
    ({ start }) =>
      !labels.some(
        (label) =>
          label.field !== 'text' && label.field !== 'request' && start >= label.start && start < label.end,
      ),
  );
  const own = free.find(({ of }) => of === 'writer') ?? only(free.filter(({ of }) => of === 'somebody'));
  const business = free.find(({ of }) => of === 'business');
  return [
    written('phone', words, own, own?.of === 'writer'),
    written('businessPhone', words, business, false),
  ].filter((one) => one !== undefined);
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** From here on what was read in running words is taken as it is; below it the form asks to look twice. */
const SURE = 0.8;

const RARE: ReadonlySet<string> = new Set(['report', 'inquiry']);

/** Of the places that a field rests on the one that says most. */
function longestOf(found: Field<unknown> | undefined): Range | undefined {
  const length = ({ start, end }: Range) => end - start;
  return (found?.spans ?? []).toSorted((one, other) => length(other) - length(one))[0];
}

/** What a clerk would write down of the story; only what no label has said. */
function understood(
  told: string,
  from: number,
  today: LocalDate,
  knowledge: Knowledge,
  known: ReadonlyMap<EntryFieldName, unknown>,
): Prefilled[] {
  const read = understand({ text: told.slice(0, READ_AT_MOST), receivedOn: today }, knowledge);
  const as = <T>(field: EntryFieldName, found: Field<T> | undefined, value: string | number | undefined) => {
    const span = longestOf(found);
    if (found === undefined || span === undefined || value === undefined) return [];
    return [{ field, value, start: span.start + from, end: span.end + from, sure: found.confidence >= SURE }];
  };
  const { kind, respondent, place, paid, claimed } = read;
  // Of a purchase the day of buying is what the registers note.
  const day = read.occurredOn ?? read.purchasedOn;
  const asWritten = (found: Field<unknown> | undefined) => {
    const span = longestOf(found);
    return span === undefined ? undefined : told.slice(span.start, span.end);
  };
  const isNamed = known.has('businessName') || respondent !== undefined;
  const wish = within(read.requests.length === 0 ? undefined : findWish(told), from);
  return [
    // What most letters are the form knows; only a clear report or question is said.
    ...as('kind', kind, kind.confidence >= SURE && RARE.has(kind.value) ? kind.value : undefined),
    ...as('businessName', respondent, asWritten(respondent)),
    // A place without a business may be anybody's home.
    ...(isNamed ? as('businessAddress', place, asWritten(place)) : []),
    ...as('paid', paid, paid?.value),
    ...as('claimed', claimed, claimed?.value),
    ...as('occurredOn', day, day?.value),
    ...(wish === undefined
      ? []
      : [
          {
            field: 'request' as const,
            value: told.slice(wish.start - from, wish.end - from),
            ...wish,
            sure: false,
          },
        ]),
  ];
}

/** 12345 and the national platform say so above the story; a letter is known by how it ends. */
function channelOf(
  words: string,
  labels: readonly Labelled[],
  story: Prefilled | undefined,
  signature: { start: number },
): Prefilled | undefined {
  const head = words.slice(0, Math.min(labels[0]?.at ?? HEAD, story?.start ?? HEAD, HEAD));
  const named = /全国\s*12315[^\n]{0,10}|12345[^\n]{0,20}(?:工单|交办|转办|派单)/.exec(head);
  const channel = named === null ? undefined : valueOf(readChannel(named[0]));
  if (named !== null && channel !== undefined) {
    return {
      field: 'channel',
      value: channel,
      start: named.index,
      end: named.index + named[0].length,
      sure: true,
    };
  }
  const closing = words.slice(signature.start).search(/敬礼|此致/);
  if (closing < 0 || labels.some(({ field }) => field === 'externalNumber')) return undefined;
  const start = signature.start + closing;
  return { field: 'channel', value: 'letter', start, end: start + 2, sure: false };
}
const HEAD = 80;
