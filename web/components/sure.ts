import { element } from './dom.ts';
import { problemText } from './problem-text.ts';
import { COMMON, type Pair, say } from './texts.ts';

/** A step that cannot be taken back: its button asks once more, and says what comes of it. */
export function askOnce(
  words: { button: Pair; question: Pair; yes: Pair },
  take: () => Promise<unknown>,
): HTMLElement {
  const place = element('div', { class: 'sure' });
  const begin = element('button', { type: 'button', onclick: () => ask() }, say(words.button));
  place.append(begin);

  function ask(): void {
    const yes = element('button', { type: 'button', class: 'primary', onclick: () => go() }, say(words.yes));
    const no = element('button', { type: 'button', onclick: () => stop() }, say(COMMON.cancel));
    place.replaceChildren(
      element(
        'div',
        { class: 'question', role: 'alertdialog', 'aria-label': say(words.button) },
        element('p', {}, say(words.question)),
        element('div', { class: 'buttons' }, yes, no),
      ),
    );
    yes.focus();
    const go = () => {
      yes.disabled = true;
      take().catch((error: unknown) => {
        stop();
        place.append(element('p', { class: 'failure', role: 'alert' }, say(problemText(error))));
      });
    };
  }

  function stop(): void {
    place.replaceChildren(begin);
    begin.focus();
  }

  return place;
}
