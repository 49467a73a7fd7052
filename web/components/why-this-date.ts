import type { Dates } from '../api/answers.ts';
import { element } from './dom.ts';
import { article, longDate, shortWeekday } from './format.ts';
import { period } from './legal-date.ts';
import { problemText } from './problem-text.ts';
import { COMMON, say } from './texts.ts';

type Clock = Dates['clocks'][number];

/** Asks once for all dates of a case, however many of them are opened. */
export function datesOnce(ask: () => Promise<Dates>): () => Promise<Dates> {
  let asked: Promise<Dates> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

/** "Why this date?": opens to every day of the period, counted or not, and why. */
export function whyThisDate(
  { clock, start }: { clock: string; start: string },
  dates: () => Promise<Dates>,
): HTMLElement {
  const place = element('div', { class: 'why' });
  const details = element('details', {}, element('summary', {}, say(COMMON.why)), place);
  const load = async () => {
    if (!details.open || place.dataset.loaded === 'yes') return;
    place.replaceChildren(element('p', {}, say(COMMON.loading)));
    try {
      const { clocks } = await dates();
      const found = clocks.find((one) => one.clock === clock && one.start === start);
      place.replaceChildren(...(found === undefined ? [] : explained(found)));
      place.dataset.loaded = 'yes';
    } catch (error) {
      place.replaceChildren(element('p', { class: 'failure' }, say(problemText(error))));
    }
  };
  details.addEventListener('toggle', () => void load());
  return details;
}

function explained({ explanation, basis }: Clock): Node[] {
  if (explanation === null) return [element('p', { class: 'hint' }, say(COMMON.countedSet))];
  const { start, due, length, unit, days, paused, basis: counting } = explanation;
  const head = (text: string) => element('th', { scope: 'col' }, text);
  return [
    element(
      'p',
      {},
      say(COMMON.countedFrom, {
        start: longDate(start),
        length: period(length, unit),
        due: longDate(due),
      }),
    ),
    ...(paused ? [element('p', { class: 'note' }, say(COMMON.countedPaused))] : []),
    element('p', { class: 'hint' }, `${article(basis)}; ${article(counting)}`),
    element(
      'div',
      { class: 'table days', role: 'region', tabindex: 0, 'aria-label': say(COMMON.why) },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, head(say(COMMON.day)), head(say(COMMON.nth)), head(say(COMMON.reason))),
        ),
        element(
          'tbody',
          {},
          ...days.map(({ date, counted, n, why }) =>
            element(
              'tr',
              { class: counted ? undefined : 'skipped' },
              element('th', { scope: 'row' }, shortWeekday(date)),
              element('td', {}, n === undefined ? say(COMMON.notCounted) : String(n)),
              element('td', {}, say(why)),
            ),
          ),
        ),
      ),
    ),
  ];
}
