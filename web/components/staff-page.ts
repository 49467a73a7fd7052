import { ROLES } from '../../shared/people/roles.ts';
import {
  type AnswerOf,
  ApiProblem,
  type Ask,
  type AskFile,
  call,
  callAgain,
  callForFile,
  type Operation,
  type Remembered,
  type RequestOf,
} from '../api/call.ts';
import { DESK } from '../desk/desk.texts.ts';
import { element } from './dom.ts';
import { chinese } from './page.ts';
import { problemText } from './problem-text.ts';
import { currentSession, dropSession, finishSignIn, type Session, signOut, startSignIn } from './sign-in.ts';
import { type Pair, say } from './texts.ts';

/*
 * What the pages of staff have in common: signing in, calling the API as this person, saying that the sign-in ran out.
 */

/** Opens the page for whoever is signed in; asks the others to sign in. */
export async function startForStaff(
  main: HTMLElement,
  title: Pair,
  open: (session: Session) => Promise<void>,
): Promise<void> {
  const showSignIn = (problem?: Pair) =>
    main.replaceChildren(
      element('h1', {}, say(title)),
      element('p', { class: 'intro' }, say(DESK.signInIntro)),
      problem === undefined ? '' : element('p', { class: 'failure', role: 'alert' }, say(problem)),
      signInButton(showSignIn),
    );
  try {
    const session = (await finishSignIn()) ?? currentSession(Date.now());
    if (session === undefined) showSignIn();
    else await open(session);
  } catch (error) {
    showSignIn(problemText(error));
  }
}

function signInButton(fail: (problem: Pair) => void): HTMLElement {
  const signIn = () => void startSignIn().catch((error: unknown) => fail(problemText(error)));
  return element('button', { type: 'button', class: 'primary', onclick: signIn }, say(DESK.signIn));
}

/** Who is signed in, for which unit, and the way out. */
export function personLine({ name, role }: Session, unit: Node | string): HTMLElement {
  return element(
    'p',
    { class: 'person' },
    chinese(name),
    ` · ${say(ROLES[role])} · `,
    unit,
    element('button', { type: 'button', class: 'plain', onclick: () => void signOut() }, say(DESK.signOut)),
  );
}

/** A notice that stays hidden until the sign-in has run out; what was typed stays where it is. */
export function expiryNotice(): { notice: HTMLElement; show: () => void } {
  const notice = element('div', { class: 'failure', role: 'alert', hidden: true });
  const fail = (problem: Pair) => notice.append(element('p', {}, say(problem)));
  const show = () => {
    if (!notice.hidden) return;
    dropSession();
    notice.replaceChildren(element('p', {}, say(DESK.expired)), signInButton(fail));
    notice.hidden = false;
  };
  return { notice, show };
}

/** How a page of staff calls the API. */
interface StaffCalls {
  ask: Ask;
  /**
   * Asks again for what was read before: an answer that is still the same comes back as the same object, for the price of
   * asking. Kept in this page's memory only.
   */
  askAgain: Ask;
  askFile: AskFile;
}

const MOST_REMEMBERED = 40;

/** Calls the API as this person; says so when the token is no longer taken. */
export function asWho(session: Session, showExpired: () => void): StaffCalls {
  const remembered = new Map<string, Remembered>();
  const signed = async <O extends Operation, Answer>(
    send: (operation: O, request: RequestOf<O>) => Promise<Answer>,
    operation: O,
    request: RequestOf<O> | undefined,
  ): Promise<Answer> => {
    try {
      const headers = { ...request?.headers, authorization: `Bearer ${session.token}` };
      return await send(operation, { ...request, headers } as unknown as RequestOf<O>);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) showExpired();
      throw error;
    }
  };
  return {
    ask: (operation, ...[request]) => signed(call, operation, request),
    askAgain: async (operation, ...[request]) => {
      const key = JSON.stringify([operation, request]);
      const again = (of: typeof operation, whole: RequestOf<typeof operation>) =>
        callAgain(of, whole, remembered.get(key));
      const latest = await signed(again, operation, request);
      remembered.delete(key);
      remembered.set(key, latest);
      // Pages of lists come and go: the oldest is forgotten.
      const [oldest] = remembered.keys();
      if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      return latest.answer as AnswerOf<typeof operation>;
    },
    askFile: (operation, ...[request]) => signed(callForFile, operation, request),
  };
}
