import type { CaseDetail } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { longDate, money } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { type Pair, say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import type { Undoable } from './undo.ts';

interface CompareContext {
  ask: Ask;
  colleagues: Colleagues;
  /** It was joined: the case that is open is to be shown anew. */
  done: (undo: Undoable) => void;
}

interface Row {
  name: Pair;
  values: readonly [Node | string | undefined, Node | string | undefined];
  /** As they are compared; what is empty on one side is neither the same nor different. */
  plain: readonly [string | undefined, string | undefined];
}

/** Two cases side by side: what is the same, what is not, and the joining where the law allows it. */
export async function compareCases(
  found: CaseDetail,
  number: string,
  context: CompareContext,
): Promise<void> {
  const dialog = element('dialog', { class: 'compare', 'aria-label': say(CASE.compareTitle) });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  const closing = element('button', { type: 'button', onclick: close }, say(CASE.close));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  try {
    const other = await context.ask('GET /desk/cases/{number}', { path: { number } });
    dialog.append(
      element('h2', {}, say(CASE.compareTitle)),
      table(found, other, context),
      joining(found, other, context, close),
      element('div', { class: 'buttons' }, closing),
    );
  } catch (error) {
    dialog.append(element('p', { class: 'error' }, say(problemText(error))), closing);
  }
  dialog.showModal();
}

function table(found: CaseDetail, other: CaseDetail, { colleagues }: CompareContext): HTMLElement {
  return element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td', {}),
        element('th', { scope: 'col' }, say(CASE.thisCase), ' ', found.number),
        element('th', { scope: 'col' }, say(CASE.otherCase), ' ', other.number),
      ),
    ),
    element('tbody', {}, ...rowsOf(found, other, colleagues).map(rowLine)),
  );
}

function rowsOf(found: CaseDetail, other: CaseDetail, colleagues: Colleagues): Row[] {
  const both = [found, other] as const;
  const words = (name: Pair, read: (one: CaseDetail) => string | undefined): Row => {
    const plain = [read(both[0]), read(both[1])] as const;
    return { name, plain, values: [inChinese(plain[0]), inChinese(plain[1])] };
  };
  const said = (name: Pair, read: (one: CaseDetail) => string | undefined): Row => {
    const plain = [read(both[0]), read(both[1])] as const;
    return { name, plain, values: plain };
  };
  const complaint = (one: CaseDetail) => one.complaint as Filed | null;
  return [
    said(DESK.state, (one) => say(one.state)),
    said(CASE.receivedOn, (one) => longDate(one.receivedOn)),
    words(DESK.business, (one) => one.business.name),
    words(DESK.businessAddress, (one) => one.business.address),
    said(DESK.paid, (one) => sum(complaint(one)?.paidFen)),
    said(DESK.claimed, (one) => sum(complaint(one)?.claimedFen)),
    said(DESK.occurredOn, (one) => complaint(one)?.occurredOn),
    words(DESK.officers, (one) => one.officers.map(colleagues.name).join('、') || undefined),
    words(DESK.request, (one) => complaint(one)?.request),
    { ...words(DESK.text, (one) => complaint(one)?.text), plain: [undefined, undefined] },
  ];
}

interface Filed {
  text: string;
  request?: string;
  paidFen?: number;
  claimedFen?: number;
  occurredOn?: string;
}

const sum = (fen: number | undefined) => (fen === undefined ? undefined : money(fen));
const inChinese = (text: string | undefined) => (text === undefined ? undefined : chinese(text, 'words'));

function rowLine({ name, values, plain }: Row): HTMLElement {
  const [one, other] = plain;
  const isKnown = one !== undefined && other !== undefined;
  const sign = !isKnown ? undefined : one === other ? CASE.same : CASE.differs;
  return element(
    'tr',
    { class: sign === CASE.differs ? 'differs' : undefined },
    element(
      'th',
      { scope: 'row' },
      say(name),
      sign !== undefined &&
        element(
          'small',
          {},
          ` ${sign === CASE.same ? '=' : '≠'} `,
          element('span', { class: 'unseen' }, say(sign)),
        ),
    ),
    element('td', {}, values[0] ?? '–'),
    element('td', {}, values[1] ?? '–'),
  );
}

/** The later case goes under the earlier one, whose periods are the older ones (Art. 12, 35). */
function joining(
  found: CaseDetail,
  other: CaseDetail,
  { ask, done }: CompareContext,
  close: () => void,
): HTMLElement {
  const [lead, later] = found.receivedAt <= other.receivedAt ? [found, other] : [other, found];
  if (!later.actions.includes('join') || lead.kind !== later.kind || lead.state.final) {
    return element('p', { class: 'hint' }, say(CASE.cannotJoin));
  }
  const box = element('input', { type: 'checkbox', id: 'compare-sure' });
  const button = element(
    'button',
    { type: 'button', class: 'primary', disabled: true, 'data-join': later.number },
    say(CASE.joinAs, { case: later.number, lead: lead.number }),
  );
  const problem = element('p', { class: 'error', role: 'alert' });
  box.addEventListener('change', () => {
    button.disabled = !box.checked;
  });
  const send = async () => {
    button.disabled = true;
    problem.textContent = '';
    try {
      const body = { version: later.version, lead: lead.number, sameMatter: true };
      await ask('POST /desk/cases/{number}/join', { path: { number: later.number }, body });
      close();
      done(joinedUnder(later.number, ask));
    } catch (error) {
      button.disabled = false;
      problem.textContent = say(problemText(error));
    }
  };
  button.addEventListener('click', () => void send());
  return element(
    'div',
    { class: 'joining' },
    element('label', { class: 'choice', for: 'compare-sure' }, box, element('span', {}, say(CASE.joinSure))),
    button,
    problem,
  );
}

/** A case that was joined can be taken out again as long as nobody acts on it. */
export function joinedUnder(number: string, ask: Ask): Undoable {
  const what = `${say(CASE.joined)} ${number}`;
  return {
    what,
    undo: async () => {
      await ask('POST /desk/cases/{number}/unjoin', { path: { number }, body: {} });
      return what;
    },
  };
}
