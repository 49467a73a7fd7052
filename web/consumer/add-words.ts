import { ApiProblem, call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import { TRACK } from './consumer.texts.ts';

/** A form by which the person adds to what he said. What is typed stays until it has arrived. */
export function addWordsForm(number: string, secret: string, added: () => Promise<void>): HTMLElement {
  const text = element('textarea', { id: 'addition', rows: 4, maxlength: 10_000, lang: 'zh-CN' });
  const problem = element('p', { class: 'error', role: 'alert' });
  const button = element('button', { type: 'submit' }, say(TRACK.addWords));
  const form = element(
    'form',
    { class: 'card', 'data-action': 'add-words', novalidate: true },
    field(text, TRACK.addition, { hint: TRACK.additionHint, mark: false }),
    button,
    problem,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  async function send(): Promise<void> {
    problem.textContent = '';
    if (text.value.trim() === '') return text.focus();
    button.disabled = true;
    try {
      await call('POST /complaints/{number}/words', {
        path: { number },
        headers: { 'tracking-secret': secret },
        body: { text: text.value },
      });
      text.value = '';
      announce(say(TRACK.added));
      await added();
    } catch (error) {
      const [first] = error instanceof ApiProblem ? error.errors : [];
      problem.textContent = say(first ?? problemText(error));
    } finally {
      button.disabled = false;
    }
  }
  return form;
}
