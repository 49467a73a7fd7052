import { LARGEST_BULK } from '../../shared/desk-work/bulk.ts';
import type { BulkAnswer } from '../api/answers.ts';
import type { Ask, BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { clockTime } from '../components/format.ts';
import { announce } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { randomToken } from '../components/random.ts';
import { type Pair, say } from '../components/texts.ts';
import { WORK } from './work.texts.ts';

/** Something that the law lets one take back, for as long as nothing has happened since. */
export interface Undoable {
  /** What was done. */
  what: string;
  /** What went wrong with some of it, case by case. */
  problems?: readonly Node[];
  /** Until when it can be taken back; no end where a step of the case undoes it. */
  until?: Date | undefined;
  /** Takes it back and says so; absent where there is no way back. */
  undo?: (() => Promise<string>) | undefined;
}

/** The bar that says what was done last and takes it back. */
export interface UndoBar {
  panel: HTMLElement;
  offer: (done: Undoable) => void;
  /** False when there is nothing to take back. */
  undo: () => boolean;
}

export function undoBar(changed: () => void): UndoBar {
  const words = element('div', { class: 'undo-words' });
  const button = element(
    'button',
    { type: 'button', class: 'undo' },
    say(WORK.undo),
    element('kbd', {}, 'U'),
  );
  const close = element('button', { type: 'button', class: 'plain' }, say(WORK.dismiss));
  const panel = element(
    'div',
    { class: 'undo-bar', role: 'status', hidden: true },
    words,
    element('div', { class: 'buttons' }, button, close),
  );
  let last: Undoable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    last = undefined;
    panel.hidden = true;
  };
  const forgetUndo = () => {
    if (last !== undefined) last = { ...last, undo: undefined };
    button.hidden = true;
  };
  const undo = () => {
    const take = last?.undo;
    if (take === undefined) return false;
    forgetUndo();
    const run = async () => {
      try {
        const said = await take();
        words.replaceChildren(element('p', {}, said));
        announce(said);
        changed();
      } catch (error) {
        words.replaceChildren(element('p', { class: 'error' }, say(problemText(error))));
      }
    };
    void run();
    return true;
  };
  button.addEventListener('click', undo);
  close.addEventListener('click', hide);
  return {
    panel,
    undo,
    offer(done) {
      last = done;
      clearTimeout(timer);
      const { until } = done;
      if (until !== undefined) timer = setTimeout(forgetUndo, until.getTime() - Date.now());
      button.hidden = done.undo === undefined;
      words.replaceChildren(
        element(
          'p',
          {},
          element('b', {}, done.what),
          until !== undefined &&
            done.undo !== undefined &&
            element('small', {}, ` ${say(WORK.undoUntil, { time: clockTime(until) })}`),
        ),
        ...(done.problems ?? []),
      );
      panel.hidden = false;
    },
  };
}

/** What became of an order. */
interface Ordered extends Undoable {
  /** Numbers of the cases on which it was done. */
  done: string[];
  /** Why it was not done on the others. */
  refusals: string[];
}

/** An order on one case or on many, fifty at a time, and the way to take it back. */
export async function order(
  ask: Ask,
  action: 'assign' | 'distribute',
  cases: readonly { number: string; version: number }[],
  sent: Readonly<Record<string, unknown>>,
): Promise<Ordered> {
  const answers: BulkAnswer[] = [];
  for (let start = 0; start < cases.length; start += LARGEST_BULK) {
    const some = cases.slice(start, start + LARGEST_BULK).map(({ number, version }) => ({ number, version }));
    const headers = { 'idempotency-key': randomToken() };
    const body = { action, cases: some, sent } as BodyOf<'POST /desk/bulk'>;
    answers.push(await ask('POST /desk/bulk', { headers, body }));
  }
  const results = answers.flatMap((answer) => answer.results);
  const done = results.filter(({ result }) => result === 'done').map(({ number }) => number);
  const failed = results.filter(({ result }) => result !== 'done');
  const some = answers.filter((answer) => answer.done > 0);
  const until = some.map(({ undoUntil }) => undoUntil).sort()[0];
  return {
    done,
    what: say(WORK[`done.${action}`], { count: done.length }),
    refusals: failed.flatMap(({ why }) => (why === null ? [] : [say(why)])),
    problems: failed.length === 0 ? [] : [problemsOf(failed)],
    until: until === undefined ? undefined : new Date(until),
    undo: some.length === 0 ? undefined : () => takeBack(ask, some),
  };
}

async function takeBack(ask: Ask, orders: readonly BulkAnswer[]): Promise<string> {
  let count = 0;
  const why: string[] = [];
  for (const { id } of orders) {
    const answer = await ask('POST /desk/bulk/{id}/undo', { path: { id } });
    count += answer.done;
    why.push(
      ...answer.results
        .filter(({ result, why: because }) => result !== 'undone' && because !== null)
        .map(({ number, why: because }) => `${number}: ${say(because as Pair)}`),
    );
  }
  return [say(WORK['undone.bulk'], { count }), ...why].join(' · ');
}

function problemsOf(failed: BulkAnswer['results']): HTMLElement {
  return element(
    'details',
    { class: 'not-done', open: true },
    element('summary', {}, say(WORK.notAll, { count: failed.length })),
    element(
      'ul',
      {},
      ...failed.map(({ number, why }) =>
        element('li', {}, element('a', { href: `#${number}` }, number), why !== null && ` ${say(why)}`),
      ),
    ),
  );
}
