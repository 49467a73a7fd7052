import { CHANNELS } from '../../shared/case/case.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { errorFile } from '../../shared/desk-entry/error-file.ts';
import { DESK_CHANNELS, ENTRY_FIELDS } from '../../shared/desk-entry/fields.ts';
import { LIMITS } from '../../shared/desk-entry/table.ts';
import type { ImportAnswer, ImportPreview } from '../api/answers.ts';
import { type Ask, type BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { save } from '../components/save-file.ts';
import { language, say } from '../components/texts.ts';
import { type DeskView, select } from './enter-case.ts';
import { around, ENTRY } from './entry.texts.ts';

/** As many rows as one request takes. */
const BATCH = 25;
const MEGABYTES = LIMITS.bytes / 1024 / 1024;

type Row = ImportPreview['rows'][number] & {
  /** What became of the row when it was sent. */
  result?: ImportAnswer['results'][number];
};

/** Import of a table: choose a file, look at every row, register, get the rows that must be corrected as a file. */
export function importCasesView(ask: Ask): DeskView {
  const today = shanghaiDate(new Date());
  const file = element('input', {
    id: 'import-file',
    type: 'file',
    accept: '.csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
  const channel = select('channel', DESK_CHANNELS, CHANNELS, 'import');
  channel.value = 'hotline-12345';
  const receivedOn = element('input', { id: 'import-receivedOn', type: 'date', max: today, value: today });
  const sheet = element('select', { id: 'import-sheet', lang: 'zh-CN' });
  const sheetField = field(sheet, ENTRY.sheet, { mark: false });
  sheetField.hidden = true;
  const failure = element('p', { class: 'failure', role: 'alert', hidden: true });
  const status = element('p', { class: 'status', role: 'status' });
  const place = element('div', {});
  const panel = element(
    'section',
    { class: 'import', 'aria-label': say(ENTRY.importTitle) },
    element('p', { class: 'intro' }, say(ENTRY.importIntro)),
    element(
      'div',
      { class: 'group pair' },
      field(file, ENTRY.file, {
        mark: false,
        hint: limitsText(),
      }),
      field(channel, ENTRY.channel, { mark: false, hint: ENTRY.ofRows }),
      field(receivedOn, ENTRY.receivedOn, { mark: false, hint: ENTRY.ofRows }),
      sheetField,
    ),
    failure,
    status,
    place,
  );

  /** Answers about an earlier file or choice are too late. */
  let turn = 0;
  for (const control of [channel, receivedOn, sheet])
    control.addEventListener('change', () => void preview());
  file.addEventListener('change', () => {
    sheetField.hidden = true;
    sheet.replaceChildren();
    void preview();
  });

  async function preview(): Promise<void> {
    const [chosen] = file.files ?? [];
    const mine = (turn += 1);
    place.replaceChildren();
    failure.hidden = true;
    status.textContent = '';
    if (chosen === undefined) return;
    if (chosen.size > LIMITS.bytes) return fail(say(ENTRY.tooLarge, { megabytes: MEGABYTES }));
    status.textContent = say(ENTRY.reading);
    try {
      const request = {
        file: base64(new Uint8Array(await chosen.arrayBuffer())),
        channel: channel.value,
        receivedOn: receivedOn.value || undefined,
        sheet: sheet.value || undefined,
      };
      const found = await ask('POST /desk/imports/preview', {
        body: request as BodyOf<'POST /desk/imports/preview'>,
      });
      if (mine !== turn) return;
      status.textContent = '';
      offerSheets(found.sheets);
      show(found);
    } catch (error) {
      if (mine === turn) fail(say(problemText(error)));
    }
  }

  function fail(words: string): void {
    status.textContent = '';
    failure.textContent = words;
    failure.hidden = false;
  }

  function offerSheets(sheets: readonly string[]): void {
    if (sheet.options.length > 0) return;
    sheet.replaceChildren(...sheets.map((name) => element('option', { value: name }, name)));
    sheetField.hidden = sheets.length < 2;
  }

  function show({ columns, rows }: { columns: ImportPreview['columns']; rows: Row[] }): void {
    const isToSend = (row: Row) =>
      row.entry !== null &&
      row.sameAs === null &&
      row.registered === null &&
      (row.result?.number ?? null) === null;
    const bad = rows.filter(({ problems }) => problems.length > 0);
    const body = element('tbody', {});
    const counts = element('p', { class: 'counts' });
    const bar = element('progress', {
      max: rows.length,
      value: 0,
      hidden: true,
      'aria-label': say(ENTRY.importTitle),
    });
    const start = element('button', { type: 'button', class: 'primary', onclick: () => void registerAll() });
    const errors = element('button', { type: 'button', onclick: saveErrors }, say(ENTRY.errorFile));
    errors.hidden = bad.length === 0;

    const draw = () => {
      body.replaceChildren(...rows.map(rowLine));
      start.textContent = say(ENTRY.registerRows, { count: rows.filter(isToSend).length });
      start.hidden = !rows.some(isToSend);
    };
    counts.textContent = say(ENTRY.counts, {
      all: rows.length,
      good: rows.filter(isToSend).length,
      bad: bad.length,
      same: rows.filter(({ sameAs }) => sameAs !== null).length,
      known: rows.filter(({ registered, sameAs }) => registered !== null && sameAs === null).length,
    });

    function saveErrors(): void {
      const words = errorFile(
        columns.map(({ header }) => header),
        bad,
        language(),
      );
      save(new Blob([words], { type: 'text/csv;charset=utf-8' }), say(ENTRY.errorFileName));
    }

    let sending = false;
    async function registerAll(): Promise<void> {
      if (sending) return;
      sending = true;
      failure.hidden = true;
      start.setAttribute('aria-disabled', 'true');
      for (const control of [file, channel, receivedOn, sheet]) control.disabled = true;
      const waiting = rows.filter(isToSend);
      bar.max = waiting.length;
      bar.value = 0;
      bar.hidden = false;
      try {
        for (let from = 0; from < waiting.length; from += BATCH) {
          const some = waiting.slice(from, from + BATCH);
          const sent = { entries: some.map(({ entry }) => entry) } as BodyOf<'POST /desk/imports'>;
          const { results } = await ask('POST /desk/imports', { body: sent });
          for (const [index, row] of some.entries()) {
            const result = results[index];
            if (result !== undefined) row.result = result;
          }
          bar.value = from + some.length;
          status.textContent = say(ENTRY.progress, { done: bar.value, all: waiting.length });
        }
        finish(waiting);
      } catch (error) {
        // What has been registered stays so; the same button goes on with the rest.
        fail(say(problemText(error)));
      } finally {
        sending = false;
        bar.hidden = true;
        start.removeAttribute('aria-disabled');
        for (const control of [file, channel, receivedOn, sheet]) control.disabled = false;
        draw();
      }
    }

    function finish(sent: readonly Row[]): void {
      const fresh = sent.filter(({ result }) => typeof result?.number === 'string' && !result.again).length;
      const known = sent.filter(({ result }) => result?.again).length;
      const words = say(ENTRY.finished, { fresh, known, left: rows.length - fresh - known });
      status.textContent = words;
      announce(words);
    }

    draw();
    place.replaceChildren(
      counts,
      columnsLine(columns),
      element('div', { class: 'buttons' }, start, errors),
      bar,
      element(
        'div',
        { class: 'wide-table', tabindex: 0, role: 'region', 'aria-label': say(ENTRY.importTitle) },
        element(
          'table',
          { class: 'preview' },
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              ...[ENTRY.row, ENTRY.mark, ENTRY.person, ENTRY.business, ENTRY.text].map((name) =>
                element('th', { scope: 'col' }, say(name)),
              ),
            ),
          ),
          body,
        ),
      ),
    );
    (start.hidden ? errors : start).focus();
  }

  return { panel, focus: () => file.focus() };
}

function limitsText() {
  const [zh, en] = [ENTRY.limits.zh, ENTRY.limits.en].map((text) =>
    text.replace('{rows}', String(LIMITS.rows)).replace('{megabytes}', String(MEGABYTES)),
  );
  return { zh: zh ?? '', en: en ?? '' };
}

/** Which column is read as what, and which are left out. */
function columnsLine(columns: ImportPreview['columns']): HTMLElement {
  const [before, after] = around(ENTRY.columns, 'columns');
  const [ignoredBefore, ignoredAfter] = around(ENTRY.ignored, 'columns');
  const ignored = columns.filter(({ field: name, header }) => name === null && header !== '');
  const read = columns.flatMap(({ field: name, header }) => {
    if (name === null) return [];
    const called = say(ENTRY_FIELDS[name]);
    return [chinese(header), header === called ? '' : ` → ${called}`, ' · '];
  });
  return element(
    'p',
    { class: 'hint' },
    before,
    ...read.slice(0, -1),
    after,
    ...(ignored.length === 0
      ? []
      : [
          element('br'),
          ignoredBefore,
          chinese(ignored.map(({ header }) => header).join(' · ')),
          ignoredAfter,
        ]),
  );
}

interface ShownEntry {
  message?: { text?: string; complainant?: { name?: string; phone?: string }; business?: { name?: string } };
}

function rowLine({ row, cells, entry, problems, sameAs, registered, result }: Row): HTMLElement {
  const { message } = (entry ?? {}) as ShownEntry;
  const [mark, state] = markOf({ problems, sameAs, registered, result });
  const shown =
    message === undefined ? cells.filter((cell) => cell !== '').join(' · ') : (message.text ?? '');
  return element(
    'tr',
    { class: state },
    element('td', {}, String(row)),
    element(
      'td',
      {},
      element('span', { class: 'tag' }, ...mark),
      ...problems.map((problem) => {
        const [before, after] = around(
          { zh: `{column}：${problem.zh}`, en: `{column}: ${problem.en}` },
          'column',
        );
        const column = problem.column === null ? say(problem.field) : chinese(problem.column);
        return element('p', { class: 'error' }, before, column, after);
      }),
    ),
    element(
      'td',
      {},
      message?.complainant === undefined
        ? ''
        : chinese([message.complainant.name, message.complainant.phone].join(' ')),
    ),
    element('td', {}, message?.business?.name === undefined ? '' : chinese(message.business.name)),
    element('td', {}, chinese(shown, 'excerpt')),
  );
}

function markOf({
  problems,
  sameAs,
  registered,
  result,
}: Pick<Row, 'problems' | 'sameAs' | 'registered' | 'result'>) {
  const numbered = (text: { zh: string; en: string }, number: string): (Node | string)[] => {
    const [before, after] = around(text, 'number');
    return [before, element('a', { href: `#${number}` }, number), after];
  };
  if (problems.length > 0) return [[say(ENTRY.bad)], 'bad'] as const;
  if (sameAs !== null) return [[say(ENTRY.sameAs, { row: sameAs })], 'same'] as const;
  if (registered !== null) return [numbered(ENTRY.known, registered), 'same'] as const;
  if (result === undefined) return [[say(ENTRY.good)], 'good'] as const;
  if (result.number === null) return [[say(ENTRY.left)], 'bad'] as const;
  return [numbered(result.again ? ENTRY.known : ENTRY.registered, result.number), 'done'] as const;
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  // A call takes some ten thousand arguments.
  for (let start = 0; start < bytes.length; start += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return btoa(binary);
}
