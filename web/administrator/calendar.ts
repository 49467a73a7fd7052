import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { language, say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, mayChange, type Signed, table } from './signed.ts';

/** Our lines of both languages, one of them. */
const inLanguage = (text: string) => (text.split(' / ')[language() === 'zh' ? 0 : 1] ?? text).trim();

/** The years by whose holidays dates are counted, and a new one: checked first, then loaded. */
export async function calendarView(signed: Signed): Promise<Node[]> {
  const { years, missing } = await signed.ask('GET /administrator/calendar');
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.calendarHint)),
    missing.length > 0 &&
      element('p', { class: 'card bad' }, say(ADMINISTRATOR.missing, { years: missing.join(', ') })),
    table(
      ADMINISTRATOR.calendar,
      [
        [
          ADMINISTRATOR.year,
          ({ year, loaded }) => `${year} (${say(loaded ? ADMINISTRATOR.loadedYear : ADMINISTRATOR.builtIn)})`,
        ],
        [ADMINISTRATOR.sums, ({ sums }) => inLanguage(sums)],
        [ADMINISTRATOR.off, ({ off }) => lines(off.map(([first, last]) => `${first} – ${last}`))],
        [ADMINISTRATOR.worked, ({ worked }) => lines(worked)],
        [
          ADMINISTRATOR.source,
          ({ source }) => element('a', { href: source, rel: 'noreferrer' }, new URL(source).host),
        ],
      ],
      years,
      ({ year }) => String(year),
    ),
    mayChange(signed) && newYear(missing[0], signed),
  ].filter((part) => part instanceof Node);
}

const lines = (all: readonly string[]) => element('pre', {}, all.join('\n'));

function newYear(wanted: number | undefined, signed: Signed): HTMLElement {
  const year = element('input', {
    id: 'year',
    type: 'number',
    min: 2000,
    max: 2099,
    value: wanted === undefined ? '' : String(wanted),
  });
  const off = element('textarea', { id: 'off', rows: 7, spellcheck: 'false' });
  const worked = element('textarea', { id: 'worked', rows: 5, spellcheck: 'false' });
  const source = element('input', { id: 'source', type: 'url' });
  const place = element('div', { 'aria-live': 'polite' });
  const written = () => ({
    year: Number(year.value),
    off: rowsOf(off.value).map((line): [string, string] => {
      const [first = '', last = first] = line.split(/[\s,–]+/);
      return [first, last];
    }),
    worked: rowsOf(worked.value),
    source: source.value.trim(),
  });
  const load = async (body: ReturnType<typeof written>) => {
    await signed.ask('POST /administrator/calendar', { body });
    announce(say(ADMINISTRATOR.done));
    signed.again();
  };
  const check = async () => {
    const body = written();
    const found = await signed.ask('POST /administrator/calendar', { body: { ...body, check: true } });
    place.replaceChildren(
      ...found.findings.map((one) => element('p', { class: 'bad' }, `${say(one)}: ${one.which.join(' ')}`)),
      element('p', {}, inLanguage(found.sums)),
      lines(found.changes),
      found.findings.length > 0
        ? ''
        : found.changes.length === 0
          ? element('p', {}, say(ADMINISTRATOR.noChanges))
          : askOnce(
              {
                button: ADMINISTRATOR.loadYear,
                question: ADMINISTRATOR.loadYearQuestion,
                yes: ADMINISTRATOR.loadYear,
              },
              () => load(body),
            ),
    );
  };
  const form = element(
    'form',
    { class: 'card', novalidate: true },
    element('h3', {}, say(ADMINISTRATOR.addYear)),
    field(year, ADMINISTRATOR.year, { mark: false }),
    field(off, ADMINISTRATOR.off, { hint: ADMINISTRATOR.offHint, mark: false }),
    field(worked, ADMINISTRATOR.worked, { hint: ADMINISTRATOR.workedHint, mark: false }),
    field(source, ADMINISTRATOR.source, { hint: ADMINISTRATOR.sourceHint, mark: false }),
    element('button', { type: 'submit', class: 'primary' }, say(ADMINISTRATOR.checkYear)),
    place,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    check().catch((error: unknown) => place.replaceChildren(failed(error)));
  });
  return form;
}

const rowsOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
