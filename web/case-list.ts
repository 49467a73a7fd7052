import type { CaseSummary } from './answers.ts';
import { DESK } from './desk.texts.ts';
import { element } from './dom.ts';
import { shortDate, timeLeft } from './format.ts';
import { chinese } from './page.ts';
import { say } from './texts.ts';

/** One line of the list: how long there is, who it is about, what was written, where it stands. */
export function caseLine(found: CaseSummary, isOpen: boolean, now: Date): HTMLElement {
  const { number, business, excerpt, nextLegalDate, hubReason, state } = found;
  const left = nextLegalDate === null ? undefined : timeLeft(nextLegalDate.due, now);
  return element(
    'li',
    {},
    element(
      'a',
      {
        href: `#${number}`,
        class: `line ${left?.urgency ?? ''}`,
        'aria-current': isOpen ? 'true' : undefined,
      },
      element(
        'span',
        { class: 'when' },
        left !== undefined && element('b', {}, left.text),
        nextLegalDate !== null && ` ${shortDate(nextLegalDate.due)}`,
        element('span', { class: 'tag' }, say(state)),
      ),
      business.name === undefined
        ? element('span', { class: 'who missing' }, say(DESK.noBusiness))
        : chinese(business.name, 'who'),
      chinese(excerpt, 'excerpt'),
      element('span', { class: 'small' }, number, hubReason !== null && ` · ${say(hubReason)}`),
    ),
  );
}

/** Moves with the keys people know; only while the list has the focus, so that nothing typed is taken. */
export function moveWithKeys(list: HTMLElement): void {
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    const lines = [...list.querySelectorAll<HTMLElement>('a.line')];
    const from = lines.findIndex((line) => line === document.activeElement);
    const start = from >= 0 ? from + step : 0;
    lines[Math.max(0, Math.min(lines.length - 1, start))]?.focus();
    event.preventDefault();
  });
}
