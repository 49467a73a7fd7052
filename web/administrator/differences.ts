import type { RegisterChecked } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { table } from './signed.ts';

type Difference = RegisterChecked['differences'][number];
type Entry = Difference['added']['shown'][number];

/** What a register would change, list by list, each entry with what stood and what will stand. */
export function differences(all: RegisterChecked['differences']): HTMLElement {
  return element(
    'section',
    { class: 'differences' },
    element('h4', {}, say(ADMINISTRATOR.differences)),
    all.length === 0 && element('p', {}, say(ADMINISTRATOR.noDifferences)),
    ...all.map(one),
  );
}

function one(list: Difference): HTMLElement {
  const { added, removed, changed } = list;
  const summary = [
    `${say(ADMINISTRATOR.added)} ${added.count}`,
    `${say(ADMINISTRATOR.removed)} ${removed.count}`,
    `${say(ADMINISTRATOR.changed)} ${changed.count}`,
  ].join(' · ');
  const rows = [
    ...added.shown.map((entry) => ({ entry, change: ADMINISTRATOR.added, text: '' })),
    ...removed.shown.map((entry) => ({ entry, change: ADMINISTRATOR.removed, text: '' })),
    ...changed.shown.map((entry) => ({
      entry,
      change: ADMINISTRATOR.changed,
      text: entry.fields
        .map((field) => `${say(field)}: ${orNone(field.before)} → ${orNone(field.after)}`)
        .join('\n'),
    })),
  ];
  return element(
    'details',
    { open: rows.length <= 20 },
    element('summary', {}, element('strong', {}, say(list)), ` ${summary}`),
    table(
      say(list),
      [
        [ADMINISTRATOR.entry, ({ entry }) => nameOf(entry)],
        [ADMINISTRATOR.change, ({ change }) => say(change)],
        [ADMINISTRATOR.details, ({ text }) => element('pre', {}, text)],
      ],
      rows,
    ),
  );
}

const orNone = (text: string) => (text === '' ? say(ADMINISTRATOR.none) : text);
const nameOf = ({ id, name }: Entry) =>
  element('span', {}, id, name !== '' && name !== id && ' ', name !== id && chinese(name));
