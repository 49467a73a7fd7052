import { POINTS } from '../../shared/case/options.ts';
import type { Tracked } from '../api/answers.ts';
import { ApiProblem, call } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { TRACK } from './track.texts.ts';
import { wordsForm } from './words-form.ts';

export const CONFIRM = 'confirm-settlement';
type OwnStep = 'withdraw' | 'insist' | typeof CONFIRM;
const OWN_STEPS: Readonly<Record<OwnStep, { button: Pair; question: Pair; sure: Pair }>> = {
  withdraw: { button: TRACK.withdraw, question: TRACK.withdrawQuestion, sure: TRACK.withdrawSure },
  [CONFIRM]: { button: TRACK.confirm, question: TRACK.confirmQuestion, sure: TRACK.confirmSure },
  insist: { button: TRACK.insist, question: TRACK.insistQuestion, sure: TRACK.insistSure },
};

const REFUSE_OFFER = { button: TRACK.refuseOffer, question: TRACK.refuseQuestion, sure: TRACK.insistSure };

/** What the consumer is asked about comes first. */
export const byWeight = (a: string, b: string) => Number(b === CONFIRM) - Number(a === CONFIRM);

/** In these states an officer ends the mediation; withdrawing does not end the case by itself. */
const ACCEPTED = ['accepted', 'mediating', 'testing', 'recusal', 'entrusted'];

const isOwnStep = (action: string): action is OwnStep => action in OWN_STEPS;

/** Where a step is taken, and what is shown after it. */
export interface OwnCase {
  found: Tracked;
  number: string;
  secret: string;
  again: () => Promise<void>;
}

/** A step of the consumer's own; nothing where the page knows no such step. */
export function ownStep(action: string, own: OwnCase): HTMLElement | string {
  const { number, secret, again } = own;
  const sent = { path: { number }, headers: { 'tracking-secret': secret } };
  if (action === 'rate') return rating(own);
  if (action === 'add-words') {
    return wordsForm({
      action,
      id: 'addition',
      label: TRACK.addition,
      hint: TRACK.additionHint,
      longest: 10_000,
      button: TRACK.addWords,
      done: TRACK.added,
      send: (text) => call('POST /complaints/{number}/words', { ...sent, body: { text } }),
      after: again,
    });
  }
  if (action === 'ask-reopen') {
    return wordsForm({
      action,
      id: 'reopening',
      label: TRACK.reopen,
      hint: TRACK.reopenHint,
      longest: 2_000,
      button: TRACK.reopenSure,
      done: TRACK.reopenAsked,
      send: (reason) => call('POST /complaints/{number}/reopening', { ...sent, body: { reason } }),
      after: again,
    });
  }
  return isOwnStep(action) ? askedTwice(action, own) : '';
}

/** The best first. */
const POINTS_OFFERED = [5, 4, 3, 2, 1] as const;

/** How it was handled, by one tap. */
function rating({ number, secret, again }: OwnCase): HTMLElement {
  const problem = element('p', { class: 'error', role: 'alert' });
  const give = async (points: number) => {
    problem.textContent = '';
    try {
      await call('POST /complaints/{number}/rating', {
        path: { number },
        headers: { 'tracking-secret': secret },
        body: { points },
      });
      announce(say(TRACK.rated));
      await again();
    } catch (error) {
      const [first] = error instanceof ApiProblem ? error.errors : [];
      problem.textContent = say(first ?? problemText(error));
    }
  };
  return element(
    'section',
    { class: 'card', 'data-action': 'rate' },
    element('h2', {}, say(TRACK.rate)),
    element('p', { class: 'hint' }, say(TRACK.rateHint)),
    element(
      'div',
      { class: 'stars' },
      ...POINTS_OFFERED.map((points) =>
        element(
          'button',
          { type: 'button', 'data-points': points, onclick: () => void give(points) },
          element('b', { 'aria-hidden': 'true' }, '★'.repeat(points)),
          say(POINTS[points]),
        ),
      ),
    ),
    problem,
  );
}

/** What the person gave. */
export const rated = (points: number): string =>
  say(TRACK.ratedAs, { points: say(POINTS[points as keyof typeof POINTS]) });

/** A button, and one question before it is done. */
function askedTwice(action: OwnStep, { found, number, secret, again }: OwnCase): HTMLElement {
  const words =
    action === 'insist' && (found.first?.offer ?? null) !== null ? REFUSE_OFFER : OWN_STEPS[action];
  const question =
    action === 'withdraw' && ACCEPTED.includes(found.state.code) ? TRACK.withdrawAccepted : words.question;
  const place = element('div', { class: 'own-step', 'data-action': action });
  const problem = element('p', { class: 'error', role: 'alert' });
  const ask = () => {
    const sure = element(
      'button',
      { type: 'button', class: 'primary', onclick: () => void go() },
      say(words.sure),
    );
    place.replaceChildren(
      element(
        'div',
        { class: 'question', role: 'group', 'aria-label': say(question) },
        element('p', {}, say(question)),
        element(
          'div',
          { class: 'buttons' },
          sure,
          element('button', { type: 'button', onclick: offer }, say(COMMON.cancel)),
        ),
      ),
      problem,
    );
    sure.focus();
  };
  const offer = () =>
    place.replaceChildren(
      element(
        'button',
        {
          type: 'button',
          class: action === CONFIRM || words === OWN_STEPS.insist ? 'primary' : undefined,
          onclick: ask,
        },
        say(words.button),
      ),
      problem,
    );
  const go = async () => {
    try {
      await call(`POST /complaints/{number}/${action}`, {
        path: { number },
        headers: { 'tracking-secret': secret },
      });
      announce(say(TRACK.done));
      await again();
      document.getElementById('main')?.focus();
    } catch (error) {
      offer();
      problem.textContent = say(problemText(error));
    }
  };
  offer();
  return place;
}
