import { element } from '../components/dom.ts';

/*
 * Which words of the complaint a field rests on: a field that is pointed at or has the focus lights its words up, and
 * words that are pointed at light up their fields.
 */

/** Places of a text that one field rests on. */
export interface Grounds {
  field: string;
  spans: readonly { start: number; end: number }[];
}

/** A piece of the text and the fields that rest on it. */
export interface Piece {
  text: string;
  fields: readonly string[];
}

/** The text in pieces at every border of a place; places may lie in each other. */
export function piecesOf(text: string, grounds: readonly Grounds[]): Piece[] {
  const spans = grounds.flatMap(({ field, spans: of }) => of.map((span) => ({ field, ...span })));
  const borders = new Set([0, text.length]);
  for (const { start, end } of spans) {
    for (const border of [start, end]) if (border > 0 && border < text.length) borders.add(border);
  }
  const places = [...borders].sort((one, other) => one - other);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const on = spans.filter((span) => span.start <= start && span.end >= end && span.end > span.start);
    return { text: text.slice(start, end), fields: [...new Set(on.map(({ field }) => field))] };
  });
}

/** Fields whose words a person looks for: names, places, sums, days, and what cannot wait. */
const NAMED: ReadonlySet<string> = new Set([
  'respondent',
  'place',
  'paid',
  'claimed',
  'purchasedOn',
  'occurredOn',
  'urgency',
]);

/** The text with its pieces marked; a mark names its fields for who cannot see which lights up. */
export function markedText(text: string, grounds: readonly Grounds[]): Node[] {
  return piecesOf(text, grounds).map((piece) =>
    piece.fields.length === 0
      ? document.createTextNode(piece.text)
      : element(
          'mark',
          {
            'data-fields': piece.fields.join(' '),
            // What only led to a class stays plain until somebody asks for it.
            class: piece.fields.some((field) => NAMED.has(field)) ? undefined : 'faint',
          },
          piece.text,
        ),
  );
}

/** Ties the fields (`data-field`) and the marks (`data-fields`) inside a place together. */
export function lightUp(place: HTMLElement): void {
  const light = (fields: readonly string[]) => {
    for (const mark of place.querySelectorAll<HTMLElement>('mark[data-fields]')) {
      const own = (mark.dataset.fields ?? '').split(' ');
      mark.classList.toggle(
        'lit',
        own.some((field) => fields.includes(field)),
      );
    }
    for (const row of place.querySelectorAll<HTMLElement>('[data-field]')) {
      row.classList.toggle('lit', fields.includes(row.dataset.field ?? ''));
    }
  };
  const follow = (event: Event) => {
    const target = event.target instanceof Element ? event.target : null;
    const field = target?.closest<HTMLElement>('[data-field]')?.dataset.field;
    const fields = target?.closest<HTMLElement>('mark[data-fields]')?.dataset.fields?.split(' ');
    light(field !== undefined ? [field] : (fields ?? []));
  };
  place.addEventListener('mouseover', follow);
  place.addEventListener('focusin', follow);
  place.addEventListener('mouseleave', () => light([]));
  place.addEventListener('focusout', () => light([]));
}
