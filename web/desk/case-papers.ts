import { PARTIES } from '../../shared/case/options.ts';
import { FORMS } from '../../shared/forms/forms.ts';
import { NOTICES } from '../../shared/notices/texts.ts';
import type { CaseDetail } from '../api/answers.ts';
import type { Ask, AskFile } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { longDate, moment } from '../components/format.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { save } from '../components/save-file.ts';
import { type Pair, say } from '../components/texts.ts';
import { DELIVERIES, DESK, NOTICE_STATES } from './desk.texts.ts';

/** What the page reads of a notice; `sentAt` and `providerId` are the proof of sending. */
interface Notice {
  /** `<version>.<notice>.<party>.<index>` */
  id: string;
  to: string;
  state: string;
  sentAt?: string;
  providerId?: string;
  /** What the provider reported of it. */
  delivery?: { status: string; at: string };
}

const FORMATS = ['pdf', 'docx'] as const;
const titles: Readonly<Record<string, { title: string; titleEn: string } | undefined>> = FORMS;
const parties: Readonly<Record<string, Pair | undefined>> = PARTIES;

/** The register form that every complaint and report has from its first day. */
const REGISTER_FORM: Readonly<Record<CaseDetail['kind'], string | undefined>> = {
  complaint: 'form-1',
  report: 'form-2',
  inquiry: undefined,
  other: undefined,
};

/** The forms of a case, each to be taken as PDF or DOCX, with who was told by it. */
export function casePapers(found: CaseDetail, askFile: AskFile): HTMLElement {
  const register = REGISTER_FORM[found.kind];
  const issued = [
    ...(register === undefined || found.erased
      ? []
      : [{ form: register, on: found.receivedOn, documentNumber: undefined }]),
    ...found.forms,
  ];
  return element(
    'section',
    {},
    element('h3', {}, say(DESK.papers)),
    issued.length === 0
      ? element('p', { class: 'hint' }, say(DESK.noPapers))
      : element('ul', { class: 'papers' }, ...issued.map((paper) => paperLine(found, paper, askFile))),
  );
}

function paperLine(
  { kind, number, told }: CaseDetail,
  { form, on, documentNumber }: { form: string; on: string; documentNumber?: string | undefined },
  askFile: AskFile,
): HTMLElement {
  const known = titles[form];
  const title = known === undefined ? form : say({ zh: known.title, en: known.titleEn });
  const problem = element('p', { class: 'error', role: 'alert' });
  const get = async (format: (typeof FORMATS)[number]) => {
    problem.textContent = '';
    try {
      const room = kind === 'report' ? 'reports' : 'cases';
      const blob = await askFile(`GET /desk/${room}/{number}/forms/{form}`, {
        path: { number, form },
        query: { format },
      });
      save(blob, `${documentNumber ?? number} ${known?.title ?? form}.${format}`);
      announce(`${title} ${format.toUpperCase()}`);
    } catch (error) {
      problem.textContent = say(problemText(error));
    }
  };
  const toldTo = Object.entries(told)
    .filter(([key]) => key.startsWith(`${form}.`))
    .map(([key, day]) => {
      const party = parties[key.slice(form.length + 1)];
      return say(DESK.toldOn, { date: longDate(day), party: party === undefined ? '' : say(party) });
    });
  return element(
    'li',
    { 'data-form': form },
    element(
      'div',
      {},
      element('b', {}, title),
      documentNumber !== undefined && chinese(` ${documentNumber}`),
      element('small', {}, [longDate(on), ...toldTo].join(' · ')),
    ),
    element(
      'div',
      { class: 'gets' },
      ...FORMATS.map((format) =>
        element(
          'button',
          {
            type: 'button',
            'aria-label': say(DESK.downloadOf, { form: title, format: format.toUpperCase() }),
            onclick: () => void get(format),
          },
          format.toUpperCase(),
        ),
      ),
    ),
    problem,
  );
}

/** What was sent to whom, with the proof; drawn when it has come. */
export function caseNotices({ number }: CaseDetail, ask: Ask): HTMLElement {
  const place = element('div', {});
  const section = element('section', { hidden: true }, element('h3', {}, say(DESK.noticesSent)), place);
  const load = async () => {
    try {
      const { notices } = await ask('GET /desk/cases/{number}/notices', { path: { number } });
      section.hidden = notices.length === 0;
      place.replaceChildren(
        element('ul', { class: 'papers' }, ...(notices as unknown as Notice[]).map(noticeLine)),
      );
    } catch (error) {
      section.hidden = false;
      place.replaceChildren(element('p', { class: 'error' }, say(problemText(error))));
    }
  };
  void load();
  return section;
}

function noticeLine(notice: Notice): HTMLElement {
  const [, id = '', party = ''] = notice.id.split('.');
  const row = (
    NOTICES as Readonly<Record<string, { zh: { subject: string }; en: { subject: string } } | undefined>>
  )[id];
  const to = parties[party];
  const state = NOTICE_STATES[notice.state];
  const standing =
    notice.sentAt !== undefined
      ? say(DESK.sentAt, { time: moment(notice.sentAt), proof: notice.providerId ?? '' })
      : state === undefined
        ? notice.state
        : say(state);
  return element(
    'li',
    { class: `notice-${notice.state}` },
    element(
      'div',
      {},
      element('b', {}, row === undefined ? id : say({ zh: row.zh.subject, en: row.en.subject })),
      ` ${to === undefined ? '' : say(to)} ${notice.to}`,
      element('small', {}, standing),
      ...deliveryLine(notice.delivery),
    ),
  );
}

function deliveryLine(delivery: Notice['delivery']): HTMLElement[] {
  const words = delivery === undefined ? undefined : DELIVERIES[delivery.status];
  if (delivery === undefined || words === undefined) return [];
  const kind = { class: `delivery-${delivery.status}` };
  return [element('small', kind, say(words, { time: moment(delivery.at) }))];
}
