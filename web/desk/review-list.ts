import { element } from '../components/dom.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import type { DeskView } from './enter-case.ts';
import { REVIEW } from './review.texts.ts';

/** A view that is read when it is opened, and again after each decision. */
export function readView(
  title: Pair,
  intro: Pair | undefined,
  read: (about: string | undefined, again: () => void) => Promise<readonly Node[]>,
): DeskView {
  const place = element('div', {});
  const panel = element(
    'section',
    { class: 'review', hidden: true, tabindex: -1, 'aria-label': say(title) },
    intro !== undefined && element('p', { class: 'hint' }, say(intro)),
    place,
  );
  let asked = 0;
  const load = async (about: string | undefined) => {
    asked += 1;
    const own = asked;
    if (place.childElementCount === 0) place.replaceChildren(element('p', {}, say(COMMON.loading)));
    try {
      const nodes = await read(about, () => void load(about));
      if (own === asked) place.replaceChildren(...nodes);
    } catch (error) {
      if (own === asked)
        place.replaceChildren(element('p', { class: 'failure', role: 'alert' }, say(problemText(error))));
    }
  };
  return {
    panel,
    focus(about) {
      panel.focus({ preventScroll: true });
      // What stood here before is not to be filled in while the new is on its way.
      place.replaceChildren();
      void load(about);
    },
  };
}

/** One button of a decision. */
interface Choice {
  id: string;
  label: Pair;
  primary?: boolean;
  /** What stands against it is said beside the buttons. */
  send: (why: string) => Promise<unknown>;
  needsWhy: boolean;
}

/** A line for the reason and a button for each way to decide. */
export function decision(
  id: string,
  choices: readonly Choice[],
  done: () => void,
  more: readonly Node[] = [],
): HTMLElement {
  const why = element('input', { id: `why-${id}`, type: 'text', maxlength: 300, autocomplete: 'off' });
  const problem = element('p', { class: 'error', role: 'alert' });
  const buttons = choices.map(({ id: choice, label, primary = false, send, needsWhy }) => {
    const button = element(
      'button',
      { type: 'button', class: primary ? 'primary' : undefined, 'data-decide': choice },
      say(label),
    );
    const run = async () => {
      problem.textContent = '';
      if (needsWhy && why.value.trim() === '') {
        problem.textContent = say(REVIEW.needsWhy);
        why.focus();
        return;
      }
      button.disabled = true;
      try {
        await send(why.value.trim());
        announce(say(REVIEW.done));
        done();
      } catch (error) {
        problem.textContent = say(problemText(error));
      } finally {
        button.disabled = false;
      }
    };
    button.addEventListener('click', () => void run());
    return button;
  });
  return element(
    'div',
    { class: 'decision' },
    ...more,
    element('label', { for: why.id }, say(REVIEW.why)),
    why,
    ...buttons,
    problem,
  );
}
