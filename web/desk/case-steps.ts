import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import { LIFE_CYCLES } from '../../shared/case/life-cycle.ts';
import type { Role } from '../../shared/people/roles.ts';
import type { CaseDetail, CaseSummary, ListedUnit } from '../api/answers.ts';
import { ApiProblem, type Ask, type Operation, Unreachable } from '../api/call.ts';
import { element } from '../components/dom.ts';
import {
  clearErrors,
  errorSummary,
  type FormError,
  fillIn,
  showErrors,
  valuesOf,
} from '../components/form.ts';
import { article } from '../components/format.ts';
import { BEGUN_PREFIX, forget, keep, kept } from '../components/storage.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { fieldOfPointer, readStep, stepFields } from './action-form.ts';
import { CASE } from './case.texts.ts';
import { stepsNotAllowed } from './case-not-allowed.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import { formPreview } from './form-preview.ts';
import { isLeased } from './lease.ts';
import {
  ASKED_ONCE_MORE,
  SENSIBLE,
  USUAL_NEXT,
  USUAL_WHILE,
  WAITED_FOR,
  WHAT_THE_LAW_WANTS,
} from './step-helpers.ts';
import { order, type Undoable } from './undo.ts';

/** What the forms need from the desk around them. */
export interface StepsContext {
  units: readonly ListedUnit[];
  colleagues: Colleagues;
  role: Role;
  ask: Ask;
  /** Somebody begins to fill in a form, or goes on with it: the case is taken to work on it. */
  begun: () => void;
  /** A colleague works on the case: who, and until when. */
  leased: (refusal: ApiProblem) => void;
  taken: (action: Action, after: CaseSummary) => void;
  /** What the hub has handed out can be called back for some minutes: it goes as an order. */
  handedOut: (undo: Undoable) => void;
  movedOn: () => void;
}

/** A step that was begun and not sent: it outlives a reload, a new sign-in and a conflict. */
interface Begun {
  action: Action;
  values: Record<string, string>;
}

const begunKey = (number: string) => BEGUN_PREFIX + number;

/** Usual steps that stand beside the first one; the rest fold away. */
const SHOWN = 4;

/** A button for every step this person may take now, the usual next one first; pressing one opens its form. */
export function caseSteps(found: CaseDetail, context: StepsContext): HTMLElement {
  const place = element('div', { id: 'step' });
  const buttons = new Map<Action, HTMLButtonElement>();
  const open = (action: Action, values: Record<string, string> = {}) => {
    for (const [other, button] of buttons) button.setAttribute('aria-expanded', String(other === action));
    const form = stepForm(found, action, values, context);
    place.replaceChildren(form);
    return form;
  };
  const button = (action: Action, first: boolean) => {
    const start = () => {
      // Pressed again, the form comes back as it was left.
      const left = kept('sessionStorage', begunKey(found.number)) as Begun | undefined;
      const form = open(action, left?.action === action ? left.values : {});
      context.begun();
      form.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
      form.scrollIntoView({ block: 'nearest' });
    };
    const made = element(
      'button',
      {
        type: 'button',
        class: first ? 'first' : undefined,
        'data-action': action,
        'aria-expanded': 'false',
        'aria-controls': 'step',
        onclick: start,
      },
      say(ACTIONS[action]),
    );
    buttons.set(action, made);
    return made;
  };
  const { next, more } = inOrder(found);
  const nextButtons = next.map((action, index) => button(action, index === 0));
  const moreButtons = more.map((action) => button(action, false));
  const rest = element(
    'details',
    { class: 'more-steps' },
    element('summary', {}, say(DESK.moreSteps)),
    element('div', { class: 'buttons' }, ...moreButtons),
  );

  const begun = kept('sessionStorage', begunKey(found.number)) as Begun | undefined;
  if (begun !== undefined && buttons.has(begun.action)) {
    rest.open = more.includes(begun.action);
    open(begun.action, begun.values);
  } else if (begun !== undefined) {
    place.append(typedBefore(found.number, begun));
  }
  return element(
    'section',
    { class: 'act' },
    element('h3', {}, say(DESK.act)),
    element('div', { class: 'buttons' }, ...nextButtons),
    more.length > 0 && rest,
    place,
    stepsNotAllowed(found, context.role),
  );
}

/** Which steps come first, and which are under "More". */
function inOrder(found: CaseDetail): { next: Action[]; more: Action[] } {
  const possible = (found.actions as Action[]).filter((action) => SENSIBLE[action]?.(found) ?? true);
  const isUsual = (action: Action) => possible.includes(action) && (USUAL_WHILE[action]?.(found) ?? true);
  const usual = [
    ...WAITED_FOR,
    ...(found.sealed ? (['take', 'assign'] as const) : USUAL_NEXT[found.state.code]),
  ];
  const next = usual.filter(isUsual).slice(0, SHOWN);
  return { next, more: possible.filter((action) => !next.includes(action)) };
}

/** True when there is anything for this person to do. */
export function hasSteps(found: CaseDetail): boolean {
  const { next, more } = inOrder(found);
  return next.length + more.length > 0;
}

/** Words for a step that cannot be taken any more: not lost before the person says so. */
function typedBefore(number: string, { action, values }: Begun): HTMLElement {
  const words = Object.values(values).filter((value) => value !== '');
  const note = element(
    'div',
    { class: 'notice' },
    element('p', {}, say(DESK.typedBefore, { action: say(ACTIONS[action]) })),
    ...words.map((value) => element('p', { class: 'words', lang: 'zh-CN' }, value)),
    element(
      'button',
      {
        type: 'button',
        onclick: () => {
          forget('sessionStorage', begunKey(number));
          note.remove();
        },
      },
      say(DESK.throwAway),
    ),
  );
  return note;
}

/** Some actions are the consumer's and the system's alone. */
type StepOperation = Extract<
  Operation,
  `POST /desk/cases/{number}/${Action}` | 'POST /desk/reports/{number}/reclassify'
>;

/** A report that turns out to be another kind is turned by the function that may read informers. */
function operationOf({ kind }: CaseDetail, action: Action): StepOperation {
  return kind === 'report' && action === 'reclassify'
    ? 'POST /desk/reports/{number}/reclassify'
    : (`POST /desk/cases/{number}/${action}` as StepOperation);
}

function stepForm(
  found: CaseDetail,
  action: Action,
  values: Record<string, string>,
  { units, colleagues, ask, taken, handedOut, movedOn, begun, leased }: StepsContext,
): HTMLElement {
  const summary = errorSummary();
  const label = say(DESK.confirm, { action: say(ACTIONS[action]) });
  const submitButton = element('button', { class: 'primary', type: 'submit' }, label);
  const question = element('div', {
    class: 'question',
    role: 'group',
    tabindex: -1,
    hidden: true,
  });
  const wanted = WHAT_THE_LAW_WANTS[action];
  const { basis, form: issues } =
    LIFE_CYCLES[found.kind].find((row) => row.action === action && row.from.includes(found.state.code)) ?? {};
  const form: HTMLFormElement = element(
    'form',
    { novalidate: true, 'data-step': action },
    summary,
    wanted !== undefined && element('p', { class: 'wanted' }, say(wanted)),
    ...(action === 'split-report' ? [staysBehind(found)] : []),
    ...stepFields(action, { found, units, ask, colleagues }),
    basis !== undefined && element('p', { class: 'hint' }, article(basis)),
    issues !== undefined &&
      found.mayReadIdentity &&
      formPreview(found, issues, () => readStep(action, form).body, ask),
    submitButton,
    question,
  );
  fillIn(form, values);
  // The list of units follows what is typed above it.
  for (const search of form.querySelectorAll('input[type=search]')) search.dispatchEvent(new Event('input'));
  fillIn(form, values);
  form.addEventListener('input', () => {
    question.hidden = true;
    submitButton.hidden = false;
    begun();
    keep('sessionStorage', begunKey(found.number), { action, values: valuesOf(form) } satisfies Begun);
  });

  let sending = false;
  const send = async (body: Record<string, unknown>) => {
    if (sending) return;
    sending = true;
    submitButton.setAttribute('aria-disabled', 'true');
    submitButton.textContent = say(DESK.sending);
    question.hidden = true;
    submitButton.hidden = false;
    try {
      if (action === 'distribute' && isAtHub(found)) {
        const undo = await order(ask, action, [found], body);
        if (undo.done.length === 0) {
          showErrors(
            form,
            summary,
            undo.refusals.map((text) => ({ text })),
          );
          return;
        }
        forget('sessionStorage', begunKey(found.number));
        handedOut(undo);
        return;
      }
      const after = await ask(operationOf(found, action), {
        path: { number: found.number },
        // The form is drawn from the schema of this action; the service has the last word.
        body: { version: found.version, ...body } as never,
      });
      forget('sessionStorage', begunKey(found.number));
      taken(action, after as CaseSummary);
    } catch (error) {
      if (error instanceof ApiProblem && isLeased(error)) leased(error);
      else if (error instanceof ApiProblem && error.status === 409) movedOn();
      else showErrors(form, summary, errorsOf(error));
    } finally {
      sending = false;
      submitButton.removeAttribute('aria-disabled');
      submitButton.textContent = label;
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending) return;
    clearErrors(form, summary);
    const { body, errors } = readStep(action, form);
    const doubt = ASKED_ONCE_MORE[action];
    if (errors.length > 0) showErrors(form, summary, errors);
    else if (doubt === undefined) void send(body);
    else askOnceMore(doubt, () => void send(body));
  });

  function askOnceMore(doubt: Pair, go: () => void): void {
    const back = () => {
      question.hidden = true;
      submitButton.hidden = false;
      submitButton.focus();
    };
    const sure = element(
      'button',
      { type: 'button', class: 'primary', onclick: go },
      say(DESK.sure, { action: say(ACTIONS[action]) }),
    );
    question.setAttribute('aria-label', say(doubt));
    question.replaceChildren(
      element('p', {}, say(doubt)),
      element(
        'div',
        { class: 'buttons' },
        sure,
        element('button', { type: 'button', onclick: back }, say(COMMON.cancel)),
      ),
    );
    question.hidden = false;
    submitButton.hidden = true;
    sure.focus();
  }

  return form;
}

const AT_HUB: readonly string[] = ['received', 'at-hub'];
const isAtHub = ({ kind, state, unitPath }: CaseDetail) =>
  kind !== 'report' && AT_HUB.includes(state.code) && unitPath.length === 1;

/** What the business may read goes on beside what it must not: a mixed message is split where both can be seen. */
function staysBehind({ understood, complaint }: CaseDetail): HTMLElement {
  return element(
    'div',
    { class: 'stays' },
    element('h4', {}, say(CASE.stays)),
    element('p', { class: 'words', lang: 'zh-CN' }, understood?.parts?.complaint ?? complaint?.text ?? ''),
    element('h4', {}, say(CASE.goes)),
  );
}

function errorsOf(error: unknown): FormError[] {
  if (error instanceof Unreachable) return [{ text: say(DESK.notSent) }];
  if (!(error instanceof ApiProblem)) throw error;
  if (error.status === 401) return [{ text: say(DESK.expired) }];
  if (error.errors.length === 0) return [{ text: say(error.title) }];
  return error.errors.map((problem) => ({ id: fieldOfPointer(problem.field), text: say(problem) }));
}
