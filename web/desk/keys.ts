import { element } from '../components/dom.ts';
import { keep, kept } from '../components/storage.ts';
import { type Pair, say } from '../components/texts.ts';
import { KEYS } from './work.texts.ts';

/*
 * Everything at the desk can be done by keyboard. Single keys can be switched off (WCAG 2.1.4), and are never taken from
 * who types.
 */

/** What a key does; false when it cannot do it now. */
type Do = (key: string) => boolean | void;

/** One line of the map of keys. */
export interface Key {
  /** As `KeyboardEvent.key` names them. */
  keys: readonly string[];
  /** As the map shows them. */
  shown: string;
  words: Pair;
  group: 'groupList' | 'groupCase' | 'groupAll';
  do: Do;
}

const OFF = 'keys off';

/** The map of keys, and a listener that follows it. */
export function keyMap(keys: readonly Key[], notNow: (words: string) => void): { show: () => void } {
  let isOn = kept('localStorage', OFF) !== true;
  const dialog = element('dialog', { class: 'keys-map', 'aria-labelledby': 'keys-title' });
  const box = element('input', { type: 'checkbox', id: 'keys-on', checked: isOn });
  box.addEventListener('change', () => {
    isOn = box.checked;
    keep('localStorage', OFF, !isOn);
  });
  const groups = (['groupList', 'groupCase', 'groupAll'] as const).map((group) =>
    element(
      'section',
      {},
      element('h3', {}, say(KEYS[group])),
      element(
        'dl',
        {},
        ...keys
          .filter((key) => key.group === group)
          .map(({ shown, words }) =>
            element(
              'div',
              {},
              element('dt', {}, ...shown.split(' ').map((one) => element('kbd', {}, one))),
              element('dd', {}, say(words)),
            ),
          ),
      ),
    ),
  );
  dialog.append(
    element('h2', { id: 'keys-title' }, say(KEYS.title)),
    element('p', { class: 'hint' }, say(KEYS.note)),
    element('div', { class: 'key-groups' }, ...groups),
    element(
      'label',
      { class: 'choice', for: 'keys-on' },
      box,
      element('span', {}, say(KEYS.on), element('small', {}, say(KEYS.onNote))),
    ),
    element('button', { type: 'button', onclick: () => dialog.close() }, say(KEYS.close)),
  );
  document.body.append(dialog);
  const show = () => {
    if (!dialog.open) dialog.showModal();
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    // A dialog has keys of its own.
    if (document.querySelector('dialog[open]') !== null) return;
    if (isTyping(event.target) && event.key !== 'Escape') return;
    const isSingle = event.key.length === 1;
    if (isSingle && !isOn) return;
    const found = keys.find((key) => key.keys.includes(event.key));
    if (found === undefined) return;
    // The browser's own Enter and arrows work where nothing of ours answers.
    const done = found.do(event.key) !== false;
    if (done) event.preventDefault();
    else if (isSingle) notNow(say(KEYS.notNow, { what: say(found.words) }));
  });
  return { show };
}

/** Nothing is taken from who writes or chooses in a list. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
