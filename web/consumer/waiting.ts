import type { Receipt } from '../api/answers.ts';
import { ApiProblem } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { moment } from '../components/format.ts';
import { announce, setTitle } from '../components/page.ts';
import { COMMON, say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';
import { sendOut, stopWaiting, waitingSince } from './outbox.ts';

/** Between two attempts while the page is open. */
const AGAIN_MS = 30_000;

interface Waiting {
  headers: Record<string, string>;
  /** Why it did not go out just now; undefined where the page was opened again. */
  error?: unknown;
  done: (receipt: Receipt) => void;
  /** Shows the form with what was written. */
  edit: () => void;
}

/** What waits on this phone for a network, and goes out by itself. */
export function showWaiting(main: HTMLElement, { headers, error, done, edit }: Waiting): void {
  setTitle(say(FILE.waitingTitle));
  const status = element('p', { class: 'hint', role: 'status' });
  const retry = element('button', { type: 'button', class: 'primary' }, say(COMMON.tryAgain));
  const reason = error instanceof ApiProblem ? error.title : FILE.waitingText;
  let trying = false;
  const stop = () => {
    removeEventListener('online', tryAgain);
    removeEventListener('hashchange', stop);
    clearInterval(timer);
  };
  const again = async () => {
    if (trying || waitingSince() === undefined) return;
    trying = true;
    status.textContent = say(FILE.waitingAgain);
    try {
      const receipt = await sendOut(headers);
      stop();
      done(receipt);
      announce(document.title);
      main.focus();
    } catch (fault) {
      status.textContent = '';
      if (!(fault instanceof ApiProblem) || fault.isPassing) return;
      // It will not be taken as it is: the person looks at it again.
      change();
      announce(say(fault.errors[0] ?? fault.title));
    } finally {
      trying = false;
    }
  };
  const tryAgain = () => void again();
  const change = () => {
    stop();
    stopWaiting();
    edit();
  };
  const timer = setInterval(tryAgain, AGAIN_MS);
  addEventListener('online', tryAgain);
  addEventListener('hashchange', stop);
  retry.addEventListener('click', tryAgain);
  main.replaceChildren(
    element('h1', {}, say(FILE.waitingTitle)),
    element(
      'section',
      { class: 'card waiting', role: 'alert' },
      element('p', {}, say(reason)),
      element('p', {}, say(FILE.nothingLost)),
      element(
        'p',
        { class: 'hint' },
        say(FILE.waitingSince, { time: moment(waitingSince() ?? new Date().toISOString()) }),
      ),
      element(
        'div',
        { class: 'buttons' },
        retry,
        element('button', { type: 'button', onclick: change }, say(FILE.waitingEdit)),
      ),
      status,
    ),
  );
  // A page that was opened again tries at once.
  if (error === undefined) tryAgain();
}
