import { shanghaiDate } from '../../shared/dates.ts';
import { mayPublishReports } from '../../shared/people/access.ts';
import { REPORT_KINDS, type ReportKind } from '../../shared/reports/report.ts';
import type { ReportView } from '../api/answers.ts';
import { type Ask, type AskFile, type BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { clearErrors, errorSummary, field, showErrors } from '../components/form.ts';
import { longDate, moment } from '../components/format.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { save } from '../components/save-file.ts';
import type { Session } from '../components/sign-in.ts';
import { askOnce } from '../components/sure.ts';
import { language, say } from '../components/texts.ts';
import { LANGUAGE_NAMES, MANAGER, REPORT_STATES } from './manager.texts.ts';
import { lastMonths, lastYears, periodName } from './period.ts';

const LOOK_AGAIN_MS = 2000;
const FORMATS: readonly ReportView['formats'][number][] = ['docx', 'pdf', 'xlsx', 'json'];
/** What is ticked from the start: what people read. */
const USUAL: ReadonlySet<string> = new Set(['docx', 'pdf', 'xlsx']);

interface Signed {
  session: Session;
  ask: Ask;
  askFile: AskFile;
}

/** Orders a report of this unit, and shows how far each has come. */
export function reportsView(unit: string, signed: Signed): Node[] {
  const status = element('p', { class: 'status', role: 'status' });
  const list = element('ul', { class: 'report-list' });

  async function refresh(): Promise<void> {
    try {
      const { reports } = await signed.ask('GET /desk/figures/reports', { query: { unit } });
      status.textContent = reports.length === 0 ? say(MANAGER.noReports) : '';
      // Who answers a question in a line is not interrupted.
      if (list.querySelector('.question') === null) {
        list.replaceChildren(...reports.map((one) => reportLine(one, signed, () => void refresh())));
      }
      const isOpen = reports.some(({ state }) => state === 'asked' || state === 'composing');
      // Another view took its place: nobody waits any more.
      if (isOpen && (list.isConnected || !shown)) setTimeout(() => void refresh(), LOOK_AGAIN_MS);
      shown = true;
    } catch (error) {
      status.textContent = say(problemText(error));
    }
  }
  let shown = false;

  void refresh();
  return [
    element(
      'section',
      { class: 'card', 'aria-label': say(MANAGER.order) },
      element('h3', {}, say(MANAGER.order)),
      orderForm(unit, signed.ask, () => void refresh()),
    ),
    element('h3', {}, say(MANAGER.list)),
    status,
    list,
  ];
}

function orderForm(unit: string, ask: Ask, ordered: () => void): HTMLFormElement {
  const summary = errorSummary();
  const said = element('p', { role: 'status' });
  const kind = element(
    'select',
    { id: 'report-kind' },
    ...Object.entries(REPORT_KINDS).map(([value, name]) => element('option', { value }, say(name))),
  );
  const when = element('div', {});
  const tongue = element(
    'select',
    { id: 'report-language' },
    ...(['zh', 'en'] as const).map((value) =>
      element('option', { value, selected: value === language() }, say(LANGUAGE_NAMES[value])),
    ),
  );
  const showPeriod = () => when.replaceChildren(periodField(kind.value as ReportKind));
  kind.addEventListener('change', showPeriod);
  showPeriod();
  const form = element(
    'form',
    { novalidate: true },
    summary,
    element(
      'div',
      { class: 'pair' },
      field(kind, MANAGER.kind, { mark: false }),
      when,
      field(tongue, MANAGER.language, { mark: false }),
    ),
    element(
      'fieldset',
      {
        class: 'choices formats',
        id: 'report-formats',
        tabindex: -1,
        'aria-describedby': 'report-formats-error',
      },
      element('legend', {}, say(MANAGER.formats)),
      ...FORMATS.map((format) =>
        element(
          'label',
          { class: 'choice' },
          element('input', { type: 'checkbox', name: 'format', value: format, checked: USUAL.has(format) }),
          element('span', {}, format.toUpperCase()),
        ),
      ),
      element('p', { class: 'error', id: 'report-formats-error' }),
    ),
    element('button', { type: 'submit', class: 'primary' }, say(MANAGER.send)),
    said,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearErrors(form, summary);
    said.textContent = '';
    const formats = new FormData(form).getAll('format');
    if (formats.length === 0) {
      showErrors(form, summary, [{ id: 'report-formats', text: say(MANAGER.needFormat) }]);
      return;
    }
    const period = form.querySelector<HTMLInputElement | HTMLSelectElement>('#report-period')?.value ?? '';
    const body = { kind: kind.value, unit, period, language: tongue.value, formats };
    const refused = (error: unknown) =>
      showErrors(form, summary, [{ id: 'report-period', text: say(problemText(error)) }]);
    const taken = () => {
      said.textContent = say(MANAGER.ordered);
      ordered();
    };
    void ask('POST /desk/figures/reports', { body: body as BodyOf<'POST /desk/figures/reports'> }).then(
      taken,
      refused,
    );
  });
  return form;
}

/** The periods that a report of this kind can have. */
const PERIODS: Readonly<Record<Exclude<ReportKind, 'daily'>, () => string[]>> = {
  monthly: lastMonths,
  yearly: lastYears,
  public: () => [...lastMonths(), ...lastYears()],
};

function periodField(kind: ReportKind): HTMLElement {
  if (kind === 'daily') {
    const today = shanghaiDate(new Date());
    const day = element('input', { id: 'report-period', type: 'date', max: today, value: today });
    return field(day, MANAGER.day, { mark: false });
  }
  const which = element(
    'select',
    { id: 'report-period' },
    ...PERIODS[kind]().map((value) => element('option', { value }, periodName(value))),
  );
  return field(which, MANAGER.reportPeriod, { mark: false });
}

function reportLine(one: ReportView, { session, ask, askFile }: Signed, changed: () => void): HTMLElement {
  const { id, kind, period, state, progress, formats, askedAt, readyAt, publishedAt } = one;
  const failed = element('p', { class: 'error', role: 'alert' });
  const name = `${say(REPORT_KINDS[kind])} · ${period.length === 10 ? longDate(period) : periodName(period)}`;
  const fetchFile = (format: string) => {
    failed.textContent = '';
    askFile('GET /desk/figures/reports/{id}/{format}', { path: { id, format } }).then(
      (blob) => save(blob, `${REPORT_KINDS[kind][one.language]}-${one.unit}-${period}.${format}`),
      (error: unknown) => {
        failed.textContent = say(problemText(error));
      },
    );
  };
  const publish = async () => {
    await ask('POST /desk/figures/reports/{id}/publish', { path: { id } });
    announce(say(MANAGER.recorded));
    // Answered: the list may be drawn anew.
    failed.parentElement?.querySelector('.question')?.remove();
    changed();
  };
  const isOpen = state === 'asked' || state === 'composing';
  return element(
    'li',
    { class: 'card', 'data-report': id, 'data-state': state },
    element('h4', {}, name),
    element(
      'p',
      {},
      element('span', { class: 'tag' }, say(REPORT_STATES[state])),
      ' ',
      say(LANGUAGE_NAMES[one.language]),
      ' ',
      element(
        'span',
        { class: 'small' },
        [
          say(MANAGER.askedAt, { time: moment(askedAt) }),
          readyAt === undefined ? '' : say(MANAGER.readyAt, { time: moment(readyAt) }),
          publishedAt === undefined ? '' : say(MANAGER.publishedAt, { time: moment(publishedAt) }),
        ]
          .filter((part) => part !== '')
          .join(' · '),
      ),
    ),
    isOpen &&
      element('progress', {
        value: progress.done,
        max: Math.max(1, progress.of),
        'aria-label': say(MANAGER.progress, progress),
      }),
    state === 'ready' &&
      element(
        'div',
        { class: 'buttons' },
        ...formats.map((format) =>
          element(
            'button',
            { type: 'button', onclick: () => fetchFile(format) },
            say(MANAGER.download, { format: format.toUpperCase() }),
          ),
        ),
      ),
    state === 'ready' &&
      publishedAt === undefined &&
      mayPublishReports(session) &&
      askOnce(
        { button: MANAGER.publishReport, question: MANAGER.sureReport, yes: MANAGER.yesReport },
        publish,
      ),
    failed,
  );
}
