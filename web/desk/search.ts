import type { SearchAnswer } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { problemText } from '../components/problem-text.ts';
import { type Pair, say } from '../components/texts.ts';
import { WORK } from './work.texts.ts';

type By = SearchAnswer['by'];

/** What is looked for, in the words a person typed. */
export interface Asked {
  by: By;
  text: string;
}

/** By what these words can be meant: a number of a case has thirteen digits, a phone seven to twelve. */
export function guess(text: string): By {
  const digits = text.replaceAll(/\D/g, '').length;
  const isDigits = /^[\d\s+\-()（）—]+$/.test(text.normalize('NFKC'));
  if (!isDigits) return 'words';
  return digits >= 13 ? 'number' : 'phone';
}

/** The field above the list; what is found takes the place of the list. */
export function searchForm(
  ask: Ask,
  mayFindPhones: boolean,
  show: (answer: SearchAnswer, asked: Asked) => void,
): { form: HTMLElement; focus: () => void } {
  const input = element('input', {
    id: 'search',
    type: 'search',
    autocomplete: 'off',
    placeholder: say(WORK.searchFor),
  });
  const ways = (['number', 'phone', 'business', 'words'] as const).filter(
    (by) => by !== 'phone' || mayFindPhones,
  );
  const by = element(
    'select',
    { id: 'search-by' },
    element('option', { value: '' }, say(WORK['by.auto'])),
    ...ways.map((one) => element('option', { value: one }, say(WORK[`by.${one}`]))),
  );
  const problem = element('p', { class: 'error', role: 'alert' });
  const form = element(
    'form',
    { class: 'search', role: 'search', novalidate: true },
    element('label', { for: 'search', class: 'unseen' }, say(WORK.search)),
    input,
    element('label', { for: 'search-by', class: 'unseen' }, say(WORK.by)),
    by,
    element('button', { type: 'submit' }, say(WORK.search)),
    problem,
  );
  const look = async () => {
    problem.textContent = '';
    const text = input.value.trim();
    if (text === '') {
      input.focus();
      return;
    }
    const asked: Asked = { by: by.value === '' ? guess(text) : (by.value as By), text };
    try {
      show(await lookFor(ask, asked), asked);
    } catch (error) {
      problem.textContent = say(problemText(error));
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void look();
  });
  return { form, focus: () => input.focus() };
}

/** Always in the body: addresses are written into logs on the way. */
export function lookFor(ask: Ask, { by, text }: Asked): Promise<SearchAnswer> {
  return ask('POST /desk/search', { body: { [by]: text } });
}

/** How many were found, and whether that is all. */
export function foundWords({ by, cases, complete, looked }: SearchAnswer): string {
  const how: Pair = WORK[`by.${by}`];
  return [
    say(WORK.found, { by: say(how), count: cases.length }),
    ...(complete ? [] : [say(WORK.foundMore, { looked })]),
  ].join(' · ');
}
