import { FORMS } from '../../shared/forms/forms.ts';
import type { CaseDetail } from '../api/answers.ts';
import type { AnswerOf, Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';

/** The wording of a form, piece by piece: its own words, values, blanks. */
type Preview = AnswerOf<'POST /desk/cases/{number}/forms/{form}'>;

const titles: Readonly<Record<string, { title: string; titleEn: string } | undefined>> = FORMS;

/** A button that shows the form a step would issue with what is typed, before it is issued. */
export function formPreview(
  { kind, number }: CaseDetail,
  form: string,
  typed: () => Record<string, unknown>,
  ask: Ask,
): HTMLElement {
  const place = element('div', { class: 'preview-place', 'aria-live': 'polite' });
  const known = titles[form];
  const title = known === undefined ? form : say({ zh: known.title, en: known.titleEn });
  const show = async () => {
    try {
      const room = kind === 'report' ? 'reports' : 'cases';
      const values = Object.fromEntries(Object.entries(typed()).filter(isPlain));
      const drafted = await ask(`POST /desk/${room}/{number}/forms/{form}`, {
        path: { number, form },
        body: { values },
      });
      place.replaceChildren(paper(drafted, title));
      place.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      place.replaceChildren(element('p', { class: 'error' }, say(problemText(error))));
    }
  };
  return element(
    'div',
    { class: 'form-preview' },
    element(
      'button',
      { type: 'button', 'data-preview': form, onclick: () => void show() },
      say(CASE.preview),
    ),
    place,
  );
}

type Plain = string | number | boolean;
/** Forms have words, sums and boxes; lists (units, people) stand in none. */
const isPlain = (entry: [string, unknown]): entry is [string, Plain] =>
  ['string', 'number', 'boolean'].includes(typeof entry[1]);

function paper({ title, documentNumber, paragraphs }: Preview, name: string): HTMLElement {
  return element(
    'figure',
    { class: 'paper' },
    element('figcaption', { class: 'hint' }, say(CASE.previewOf, { form: name }), ' ', say(CASE.previewNote)),
    element(
      'div',
      { class: 'sheet', lang: 'zh-CN' },
      element('p', { class: 'sheet-title' }, title),
      documentNumber !== null && element('p', { class: 'center' }, documentNumber),
      ...paragraphs.map(({ align, runs }) =>
        element(
          'p',
          { class: align },
          ...runs.map(({ text, source }) =>
            source === 'form' ? text : element('span', { class: String(source) }, text),
          ),
        ),
      ),
    ),
  );
}
