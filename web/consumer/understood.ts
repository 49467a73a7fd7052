import type { Preview } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { shortDate } from '../components/format.ts';
import { type Pair, say } from '../components/texts.ts';
import { quoted } from './destination.ts';
import { FILE } from './file.texts.ts';

/** Below this nothing is taken down: of those less sure more than four in ten would be wrong; it is asked instead. */
const SURE = 0.6;
const LONGEST_QUOTE = 30;

interface Read {
  value: string;
  confidence: number;
  spans: readonly { start: number; end: number }[];
}

/** What is read out of the words for a field of the form, as the field has it. */
const READ: Readonly<Record<string, (preview: Preview) => Read | undefined>> = {
  'business-name': ({ fields }) => fields.name,
  'business-address': ({ fields }) => fields.address,
  paid: ({ fields }) => fields.paidFen && { ...fields.paidFen, value: yuan(fields.paidFen.value) },
  claimed: ({ fields }) =>
    fields.claimedFen && { ...fields.claimedFen, value: yuan(fields.claimedFen.value) },
  'occurred-on': ({ fields }) => fields.occurredOn,
  request: ({ requests }) => {
    const sure = requests.filter(({ confidence }) => confidence >= SURE);
    if (sure.length === 0) return undefined;
    return {
      value: sure.map((one) => say(one)).join(say(FILE.between)),
      confidence: 1,
      spans: sure.flatMap(({ spans }) => spans),
    };
  },
};

const yuan = (fen: number) => (fen / 100).toFixed(2).replace(/\.00$/, '');

/** One thing that was understood or is still open; its field is part of the form whether it is seen or not. */
export interface Row {
  id: string;
  place: HTMLElement;
  field: HTMLElement;
  control: HTMLInputElement | HTMLTextAreaElement;
  /** Shows the field instead of its value. */
  open: () => void;
  /** Brings the field back from where it was asked, and shows what stands in it. */
  close: () => void;
}

/** What was understood, in rows that can be corrected. What a person typed is never touched again. */
export interface Understood {
  rows: readonly Row[];
  /** Ids of the fields that the person has filled in or set right. */
  byHand: Set<string>;
  /** Takes down what was read, where no person has. */
  take(preview: Preview | undefined, text: string): void;
}

export function understoodRows(
  fields: readonly { field: HTMLElement; label: Pair; only: string }[],
): Understood {
  const byHand = new Set<string>();
  const quotes = new Map<string, string>();
  const rows = fields.map(({ field, label, only }) => makeRow(field, label, only, quotes));
  return {
    rows,
    byHand,
    take(preview, text) {
      quotes.clear();
      for (const { id, place, field, control, close } of rows) {
        const read = preview === undefined ? undefined : READ[id]?.(preview);
        const isSure = read !== undefined && read.confidence >= SURE;
        if (!byHand.has(id)) {
          control.value = isSure ? read.value : '';
          if (isSure) quotes.set(id, quoteOf(text, read.spans));
        }
        // Not while it is asked elsewhere, nor under the finger.
        if (field.parentElement === place && !place.contains(document.activeElement)) close();
      }
    },
  };
}

/** What was read of a field, sure or not, as a person may be asked about it. */
export const guessOf = (id: string, preview: Preview): string | undefined => READ[id]?.(preview)?.value;

function quoteOf(text: string, spans: Read['spans']): string {
  const words = spans.map(({ start, end }) => text.slice(start, end));
  const quote = [...new Set(words)].join('…');
  return quote.length <= LONGEST_QUOTE ? quote : `${quote.slice(0, LONGEST_QUOTE)}…`;
}

function makeRow(field: HTMLElement, label: Pair, only: string, quotes: Map<string, string>): Row {
  const control = field.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  if (control === null) throw new Error('a row needs a field');
  const { id } = control;
  const shown = element('div', { class: 'row-shown' });
  const place = element('div', { class: 'row', 'data-field': id, 'data-only': only }, shown, field);
  const open = () => {
    place.classList.add('open');
  };
  const close = () => {
    place.append(field);
    place.classList.remove('open');
    const { value } = control;
    place.classList.toggle('empty', value === '');
    const quote = quotes.get(id);
    const change = element(
      'button',
      {
        type: 'button',
        class: 'plain',
        'aria-label': say(value === '' ? FILE.fillWhat : FILE.changeWhat, { what: say(label) }),
        onclick: () => {
          open();
          control.focus();
        },
      },
      say(value === '' ? FILE.fill : FILE.change),
    );
    shown.replaceChildren(
      element('span', { class: 'row-label' }, say(label)),
      element(
        'span',
        { class: 'row-value' },
        value === '' ? element('i', {}, say(FILE.rowEmpty)) : shownValue(id, value),
        quote !== undefined && quote !== value && element('small', {}, say(FILE.rowSaid), quoted(quote)),
      ),
      change,
    );
  };
  close();
  return { id, place, field, control, open, close };
}

function shownValue(id: string, value: string): Node | string {
  if (id === 'paid' || id === 'claimed') return say(FILE.yuan, { sum: value });
  if (id === 'occurred-on') return shortDate(value);
  return quoted(value);
}
