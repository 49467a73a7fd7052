import { addDays, shanghaiDate } from '../../shared/dates.ts';
import type { Preview } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { type Pair, say } from '../components/texts.ts';
import { quoted } from './destination.ts';
import { FILE } from './file.texts.ts';
import { guessOf, type Row, type Understood } from './understood.ts';

/** More nobody answers. */
const MOST_ASKED = 4;

/** What the page asks for each thing that is open, and in which field it is answered. */
const ASKED: Readonly<Record<string, { field: string; question: Pair }>> = {
  respondent: { field: 'business-name', question: FILE.askRespondent },
  place: { field: 'business-address', question: FILE.askPlace },
  'which-place': { field: 'business-address', question: FILE.askWhichPlace },
  request: { field: 'request', question: FILE.askRequest },
  paid: { field: 'paid', question: FILE.askPaid },
  date: { field: 'occurred-on', question: FILE.askDate },
};

const WISHES = [
  FILE.wishRefund,
  FILE.wishExchange,
  FILE.wishRepair,
  FILE.wishCompensate,
  FILE.wishApologise,
] as const;

/** Asks one thing at a time, the most helpful first. */
export interface Questions {
  place: HTMLElement;
  /** Shows the next question; false when there is none. */
  next(preview: Preview | undefined): boolean;
  /** What was asked is answered, or skipped. */
  end(): void;
  /** The field that is being asked. */
  current(): Row | undefined;
  /** The words are others now: all may be asked anew. */
  again(): void;
}

/**
 * @param answered called when a tap has answered the question
 * @param shown called when a question stands there; `byTap` where only a tap answers it
 */
export function createQuestions(
  { rows, byHand }: Understood,
  answered: () => void,
  shown: (byTap: boolean) => void,
): Questions {
  const place = element('div', { class: 'one-question' });
  const asked = new Set<string>();
  let current: Row | undefined;

  const end = () => {
    current?.close();
    current = undefined;
  };

  const show = (row: Row, question: Pair, preview: Preview, readsBack: boolean) => {
    current = row;
    const guess = guessOf(row.id, preview);
    const askPlainly = () => {
      place.replaceChildren(element('h2', {}, say(question)), row.field, ...quickAnswers(row, answered));
      shown(false);
      row.control.focus();
    };
    // A place is no name of a shop.
    const where = guessOf('business-address', preview) ?? '';
    const isPlace = row.id === 'business-name' && guess !== undefined && where.includes(guess);
    if (!readsBack || guess === undefined || isPlace) return askPlainly();
    const yes = () => {
      row.control.value = guess;
      answered();
    };
    shown(true);
    place.replaceChildren(
      element('h2', {}, say(question)),
      element(
        'p',
        { class: 'guess' },
        say(FILE.askRight),
        quoted(row.id === 'paid' ? say(FILE.yuan, { sum: guess }) : guess),
      ),
      element(
        'div',
        { class: 'buttons' },
        element('button', { type: 'button', class: 'primary', onclick: yes }, say(FILE.askYes)),
        element('button', { type: 'button', onclick: askPlainly }, say(FILE.askNo)),
      ),
    );
  };

  return {
    place,
    end,
    current: () => current,
    again: () => asked.clear(),
    next(preview) {
      end();
      if (preview === undefined || asked.size >= MOST_ASKED) return false;
      for (const { about, readsBack } of preview.questions) {
        const one = ASKED[about];
        const row = rows.find(({ id }) => id === one?.field);
        if (one === undefined || row === undefined || asked.has(row.id)) continue;
        if (byHand.has(row.id) && row.control.value !== '') continue;
        asked.add(row.id);
        show(row, one.question, preview, readsBack);
        return true;
      }
      return false;
    },
  };
}

/** Answers that most people give, each one tap. */
function quickAnswers({ id, control }: Row, answered: () => void): HTMLElement[] {
  const tap = (text: string, value: () => string) =>
    element(
      'button',
      {
        type: 'button',
        class: 'chip',
        onclick: () => {
          control.value = value();
          control.dispatchEvent(new Event('input', { bubbles: true }));
          answered();
        },
      },
      text,
    );
  const today = shanghaiDate(new Date());
  const chips =
    id === 'occurred-on'
      ? [tap(say(FILE.today), () => today), tap(say(FILE.yesterday), () => addDays(today, -1))]
      : id === 'request'
        ? WISHES.map((wish) => tap(say(wish), () => say(wish)))
        : [];
  return chips.length === 0 ? [] : [element('div', { class: 'chips' }, ...chips)];
}
