import { daysBetween, shanghaiDate } from '../../shared/dates.ts';
import type { LegalDate } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { timeLeft } from '../components/format.ts';
import { say } from '../components/texts.ts';
import { TRACK } from './track.texts.ts';

/** How many days there are until the date, and how much of the period is used up. */
export function countdown({ start, due }: Pick<LegalDate, 'start' | 'due'>, now = new Date()): HTMLElement {
  const { text, urgency } = timeLeft(due, now);
  const whole = Math.max(1, daysBetween(start, due));
  const used = Math.min(whole, Math.max(0, daysBetween(start, shanghaiDate(now))));
  return element(
    'p',
    { class: `countdown ${urgency}` },
    element('b', {}, text),
    element('progress', { max: whole, value: used, 'aria-label': say(TRACK.used, { used, whole }) }),
  );
}
