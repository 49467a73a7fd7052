import type { RegisterChecked } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce, chinese } from '../components/page.ts';
import { save } from '../components/save-file.ts';
import { askOnce } from '../components/sure.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { differences } from './differences.ts';
import { failed, mayChange, type Signed, table } from './signed.ts';
import { standing } from './standing.ts';

/** The register in force: what it holds, as a file, a changed file checked and taken into force, and the way back. */
export async function registerView(signed: Signed): Promise<Node[]> {
  const { register, lists, city, bureau } = await signed.ask('GET /administrator/register');
  return [
    standing(register, signed),
    element('h3', {}, say(ADMINISTRATOR.lists), ' · ', chinese(`${city} ${bureau}`)),
    table(
      ADMINISTRATOR.lists,
      [
        [ADMINISTRATOR.list, (one) => say(one)],
        [ADMINISTRATOR.entries, ({ entries }) => String(entries)],
      ],
      lists,
      ({ list }) => list,
    ),
    downloads(register.version, signed),
    ...(mayChange(signed)
      ? [element('h3', {}, say(ADMINISTRATOR.upload)), upload(register.version, signed)]
      : []),
  ];
}

function downloads(version: number, { askFile }: Signed): HTMLElement {
  const said = element('div', {});
  const get = (format: 'xlsx' | 'json') => () => {
    said.replaceChildren();
    askFile('GET /administrator/register/file', { query: { format } }).then(
      (blob) => save(blob, `register-${version}.${format}`),
      (error: unknown) => said.replaceChildren(failed(error)),
    );
  };
  return element(
    'div',
    { class: 'buttons' },
    element('span', {}, say(ADMINISTRATOR.download)),
    element('button', { type: 'button', onclick: get('xlsx') }, say(ADMINISTRATOR.downloadXlsx)),
    element('button', { type: 'button', onclick: get('json') }, say(ADMINISTRATOR.downloadJson)),
    said,
  );
}

function upload(version: number, signed: Signed): HTMLElement {
  const input = element('input', {
    id: 'register-file',
    type: 'file',
    accept: '.xlsx,.json,application/json',
  });
  const place = element('div', { class: 'checked', 'aria-live': 'polite' });
  const form = element(
    'form',
    { class: 'card', novalidate: true },
    element('p', { class: 'hint' }, say(ADMINISTRATOR.uploadHint)),
    field(input, ADMINISTRATOR.file, { mark: false }),
    element('button', { type: 'submit', class: 'primary' }, say(ADMINISTRATOR.check)),
  );
  const check = async () => {
    const [chosen] = input.files ?? [];
    if (chosen === undefined) {
      place.replaceChildren(element('p', { class: 'failure', role: 'alert' }, say(ADMINISTRATOR.chooseFile)));
      return;
    }
    place.replaceChildren(element('p', {}, say(ADMINISTRATOR.checking)));
    try {
      const file = await base64Of(chosen);
      const found = await signed.ask('POST /administrator/register/check', { body: { file } });
      place.replaceChildren(...checked(found, { file, version }, signed));
    } catch (error) {
      place.replaceChildren(failed(error));
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check();
  });
  return element('div', {}, form, place);
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // `data:…;base64,` and what is wanted.
    reader.addEventListener('load', () => {
      const { result } = reader;
      resolve(typeof result === 'string' ? result.slice(result.indexOf(',') + 1) : '');
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
}

function checked(found: RegisterChecked, sent: { file: string; version: number }, signed: Signed): Node[] {
  const { businesses, partners } = found.leftOut;
  return [
    problems(found),
    findings(found),
    differences(found.differences),
    businesses + partners > 0 &&
      element('p', { class: 'hint' }, say(ADMINISTRATOR.leftOut, { businesses, partners })),
    found.loadable
      ? intoForce(found, sent, signed)
      : element('p', { class: 'failure', role: 'alert' }, say(ADMINISTRATOR.notLoadable)),
  ].filter((part) => part instanceof Node);
}

function problems({ problems: all }: RegisterChecked): HTMLElement | false {
  if (all.length === 0) return false;
  const title = say(ADMINISTRATOR.problems, { count: all.length });
  return element(
    'section',
    {},
    element('h4', {}, title),
    table(
      title,
      [
        [ADMINISTRATOR.sheet, ({ sheet }) => (sheet === null ? say(ADMINISTRATOR.none) : say(sheet))],
        [ADMINISTRATOR.row, ({ row }) => (row === null ? say(ADMINISTRATOR.none) : String(row))],
        [ADMINISTRATOR.column, ({ column }) => column ?? say(ADMINISTRATOR.none)],
        [ADMINISTRATOR.remedy, (one) => say(one)],
      ],
      all,
    ),
  );
}

function findings({ findings: all, problems: unread }: RegisterChecked): HTMLElement | false {
  if (unread.length > 0) return false;
  return element(
    'section',
    {},
    element('h4', {}, say(ADMINISTRATOR.findings)),
    all.length === 0
      ? element('p', { class: 'good' }, say(ADMINISTRATOR.noFindings))
      : table(
          ADMINISTRATOR.findings,
          [
            [
              ADMINISTRATOR.state,
              ({ fatal }) =>
                element(
                  'span',
                  { class: fatal ? 'bad' : '' },
                  say(fatal ? ADMINISTRATOR.fatal : ADMINISTRATOR.note),
                ),
            ],
            [ADMINISTRATOR.remedy, (one) => say(one)],
            [ADMINISTRATOR.which, ({ which, count }) => several(which, count)],
          ],
          all,
        ),
  );
}

const SHOWN = 8;
const several = (which: readonly string[], count: number) =>
  which.slice(0, SHOWN).join(' ') + (count > SHOWN ? ` ${say(ADMINISTRATOR.more, { count })}` : '');

function intoForce(
  { stale, exportedFrom }: RegisterChecked,
  { file, version }: { file: string; version: number },
  signed: Signed,
): HTMLElement {
  const from = element('input', { id: 'register-from', type: 'date' });
  const force = element('input', { id: 'register-force', type: 'checkbox' });
  const take = async () => {
    const body = {
      file,
      register: version,
      force: force.checked,
      ...(from.value === '' ? {} : { from: from.value }),
    };
    await signed.ask('POST /administrator/register/load', { body });
    announce(say(ADMINISTRATOR.done));
    signed.again();
  };
  return element(
    'div',
    { class: 'card' },
    stale &&
      element(
        'p',
        { class: 'bad' },
        say(ADMINISTRATOR.stale, { made: exportedFrom ?? 0 }),
        ' ',
        element('label', { class: 'choice' }, force, element('span', {}, say(ADMINISTRATOR.overwrite))),
      ),
    field(from, ADMINISTRATOR.from, { mark: false }),
    askOnce(
      { button: ADMINISTRATOR.take, question: ADMINISTRATOR.takeQuestion, yes: ADMINISTRATOR.takeYes },
      take,
    ),
  );
}
