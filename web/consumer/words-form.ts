import { ApiProblem } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { type Pair, say } from '../components/texts.ts';

interface WordsForm {
  action: string;
  id: string;
  label: Pair;
  hint: Pair;
  longest: number;
  button: Pair;
  done: Pair;
  send: (words: string) => Promise<unknown>;
  /** Shows how it stands now. */
  after: () => Promise<void>;
}

/** A form for a few words of the person. What is typed stays until it has arrived. */
export function wordsForm(of: WordsForm): HTMLElement {
  const text = element('textarea', { id: of.id, rows: 4, maxlength: of.longest, lang: 'zh-CN' });
  const problem = element('p', { class: 'error', role: 'alert' });
  const button = element('button', { type: 'submit' }, say(of.button));
  const form = element(
    'form',
    { class: 'card', 'data-action': of.action, novalidate: true },
    field(text, of.label, { hint: of.hint, mark: false }),
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
      await of.send(text.value);
      text.value = '';
      announce(say(of.done));
      await of.after();
    } catch (error) {
      const [first] = error instanceof ApiProblem ? error.errors : [];
      problem.textContent = say(first ?? problemText(error));
    } finally {
      button.disabled = false;
    }
  }
  return form;
}
