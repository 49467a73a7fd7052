import { element } from '../components/dom.ts';
import { moment } from '../components/format.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, type Signed, table } from './signed.ts';

/** What complaints are sorted by, with how many of each were received this year. */
export async function taxonomiesView(signed: Signed): Promise<Node[]> {
  const { year, taxonomies } = await signed.ask('GET /administrator/taxonomies');
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.taxonomiesHint, { year })),
    ...taxonomies.flatMap((one) => [
      element('h3', {}, say(one)),
      element('p', { class: 'hint' }, say(one.source)),
      table(
        say(one),
        [
          [ADMINISTRATOR.class, (value) => say(value)],
          [
            ADMINISTRATOR.received,
            ({ received }) => (received === null ? say(ADMINISTRATOR.notShown) : String(received)),
          ],
        ],
        one.values,
      ),
    ]),
  ];
}

/** What administrators did, the latest first, page by page. */
export async function notesView(signed: Signed): Promise<Node[]> {
  const place = element('div', {});
  const read = (before?: string) =>
    signed.ask('GET /administrator/notes', { query: before === undefined ? {} : { before } });
  const show = ({ notes, before }: Awaited<ReturnType<typeof read>>) => {
    const more = element('button', { type: 'button' }, say(ADMINISTRATOR.earlier));
    more.addEventListener('click', () => {
      more.remove();
      read(before ?? undefined).then(show, (error: unknown) => place.append(failed(error)));
    });
    place.append(notesTable(notes), ...(before === null ? [] : [more]));
  };
  const first = await read();
  if (first.notes.length === 0) place.append(element('p', {}, say(ADMINISTRATOR.noNotes)));
  else show(first);
  return [element('p', { class: 'hint' }, say(ADMINISTRATOR.notesHint)), place];
}

type Note = {
  at: string;
  by: string;
  what: { zh: string; en: string };
  facts: Record<string, string | number>;
};

const notesTable = (notes: readonly Note[]) =>
  table(
    ADMINISTRATOR.notes,
    [
      [ADMINISTRATOR.when, ({ at }) => moment(at)],
      [ADMINISTRATOR.what, ({ what }) => say(what)],
      [
        ADMINISTRATOR.factsOf,
        ({ facts }) =>
          Object.entries(facts)
            .map(([name, value]) => `${name} ${value}`)
            .join(' · '),
      ],
      [ADMINISTRATOR.who, ({ by }) => by],
    ],
    notes,
  );
