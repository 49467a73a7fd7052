import { REFUSAL_GROUNDS, RETURN_REASONS, TERMINATION_GROUNDS } from '../shared/case/grounds.ts';
import { type Action, TRANSITIONS } from '../shared/case/life-cycle.ts';
import { parseYuan } from '../shared/money.ts';
import type { CaseDetail, CaseSummary, ListedUnit } from './answers.ts';
import { ApiProblem, type Ask, Unreachable } from './api.ts';
import { DESK } from './desk.texts.ts';
import { element } from './dom.ts';
import {
  choices,
  clearErrors,
  errorSummary,
  type FormError,
  field,
  fillIn,
  showErrors,
  valueOf,
  valuesOf,
} from './form.ts';
import { article } from './format.ts';
import { BEGUN_PREFIX, forget, keep, kept } from './storage.ts';
import { COMMON, type Pair, say } from './texts.ts';

/** What the forms need from the desk around them. */
export interface StepsContext {
  units: readonly ListedUnit[];
  ask: Ask;
  taken: (action: Action, after: CaseSummary) => void;
  movedOn: () => void;
}

interface StepForm {
  fields: (found: CaseDetail, units: readonly ListedUnit[]) => Node[];
  read: (form: HTMLFormElement) => { body: Record<string, unknown>; errors: FormError[] };
}

/** A step that was begun and not sent: it outlives a reload and a new sign-in. */
interface Begun {
  action: Action;
  values: Record<string, string>;
}

const USUAL_FIRST: readonly Action[] = ['distribute', 'accept', 'settle', 'refuse', 'terminate', 'return'];

const begunKey = (number: string) => BEGUN_PREFIX + number;

/** Field of the form for a part of the message. */
const FIELD_OF: Readonly<Record<string, string>> = {
  '/agreedFen': 'agreed',
  '/provenFen': 'proven',
  '/note': 'note',
  '/ground': 'ground',
  '/reason': 'reason',
  '/station': 'station',
};

const FORMS: Readonly<Partial<Record<Action, StepForm>>> = {
  distribute: { fields: stationFields, read: (form) => readChoice(form, 'station', DESK.chooseAStation) },
  accept: {
    fields: () => [element('p', { class: 'hint' }, say(DESK.acceptHint))],
    read: () => ({ body: {}, errors: [] }),
  },
  settle: { fields: settleFields, read: readSums },
  refuse: groundForm('ground', DESK.refusalGround, REFUSAL_GROUNDS),
  terminate: groundForm('ground', DESK.terminationGround, TERMINATION_GROUNDS),
  return: groundForm('reason', DESK.returnReason, RETURN_REASONS),
};

/** A button for every step this person may take now; pressing one opens its form. */
export function caseSteps(found: CaseDetail, context: StepsContext): HTMLElement {
  const place = element('div', { id: 'step' });
  const buttons = new Map<Action, HTMLButtonElement>();
  const open = (action: Action, values: Record<string, string> = {}) => {
    for (const [other, button] of buttons) button.setAttribute('aria-expanded', String(other === action));
    const form = stepForm(found, action, values, context);
    place.replaceChildren(form);
    return form;
  };
  for (const action of USUAL_FIRST.filter((known) => found.actions.includes(known))) {
    const start = () => {
      const form = open(action);
      form.querySelector<HTMLElement>('input, select, button')?.focus();
      form.scrollIntoView({ block: 'nearest' });
    };
    const button = element(
      'button',
      {
        type: 'button',
        'data-action': action,
        'aria-expanded': 'false',
        'aria-controls': 'step',
        onclick: start,
      },
      say(TRANSITIONS[action]),
    );
    buttons.set(action, button);
  }
  const begun = kept('sessionStorage', begunKey(found.number)) as Begun | undefined;
  if (begun !== undefined && found.actions.includes(begun.action)) open(begun.action, begun.values);

  return element(
    'section',
    { class: 'act' },
    element('h3', {}, say(DESK.act)),
    element('div', { class: 'buttons' }, ...buttons.values()),
    place,
  );
}

function stepForm(
  found: CaseDetail,
  action: Action,
  values: Record<string, string>,
  { units, ask, taken, movedOn }: StepsContext,
): HTMLElement {
  const summary = errorSummary();
  const label = say(DESK.confirm, { action: say(TRANSITIONS[action]) });
  const submitButton = element('button', { class: 'primary', type: 'submit' }, label);
  const form = element(
    'form',
    { novalidate: true },
    summary,
    ...(FORMS[action]?.fields(found, units) ?? []),
    element('p', { class: 'hint' }, article(TRANSITIONS[action].basis)),
    submitButton,
  );
  fillIn(form, values);
  // The list of stations follows what is typed above it.
  form.querySelector('#find')?.dispatchEvent(new Event('input'));
  fillIn(form, values);
  form.addEventListener('input', () =>
    keep('sessionStorage', begunKey(found.number), { action, values: valuesOf(form) } satisfies Begun),
  );

  let sending = false;
  const send = async () => {
    if (sending) return;
    clearErrors(form, summary);
    const { body, errors } = FORMS[action]?.read(form) ?? { body: {}, errors: [] };
    if (errors.length > 0) return showErrors(form, summary, errors);

    sending = true;
    submitButton.setAttribute('aria-disabled', 'true');
    submitButton.textContent = say(DESK.sending);
    try {
      const json = JSON.stringify({ version: found.version, ...body });
      const after = await ask<CaseSummary>(`/desk/cases/${found.number}/${action}`, { method: 'POST', json });
      forget('sessionStorage', begunKey(found.number));
      taken(action, after);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) movedOn();
      else showErrors(form, summary, errorsOf(error));
    } finally {
      sending = false;
      submitButton.removeAttribute('aria-disabled');
      submitButton.textContent = label;
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}

function errorsOf(error: unknown): FormError[] {
  if (error instanceof Unreachable) return [{ text: say(DESK.notSent) }];
  if (!(error instanceof ApiProblem)) throw error;
  if (error.status === 401) return [{ text: say(DESK.expired) }];
  if (error.errors.length === 0) return [{ text: say(error.title) }];
  return error.errors.map((problem) => ({ id: FIELD_OF[problem.field], text: say(problem) }));
}

function settleFields(): Node[] {
  const sum = (id: string) => element('input', { id, name: id, inputmode: 'decimal', autocomplete: 'off' });
  return [
    field(sum('agreed'), DESK.agreed, { hint: DESK.agreedHint, required: true }),
    field(sum('proven'), DESK.provenSum, { hint: DESK.provenHint }),
    noteField(),
  ];
}

function noteField(): HTMLElement {
  return field(element('textarea', { id: 'note', name: 'note', rows: 2, maxlength: 2_000 }), DESK.note);
}

function readSums(form: HTMLFormElement) {
  const agreedFen = parseYuan(valueOf(form, 'agreed'));
  const provenFen = parseYuan(valueOf(form, 'proven') || '0');
  const errors: FormError[] = [];
  if (agreedFen === undefined) errors.push({ id: 'agreed', text: say(COMMON.notAnAmount) });
  if (provenFen === undefined) errors.push({ id: 'proven', text: say(COMMON.notAnAmount) });
  else if (agreedFen !== undefined && provenFen > agreedFen) {
    errors.push({ id: 'proven', text: say(DESK.provenAbove) });
  }
  return { body: { agreedFen, provenFen, ...readNote(form) }, errors };
}

function readNote(form: HTMLFormElement): { note?: string } {
  const note = valueOf(form, 'note');
  return note === '' ? {} : { note };
}

function groundForm(
  name: 'ground' | 'reason',
  label: Pair,
  grounds: Readonly<Record<string, Pair & { basis: string }>>,
): StepForm {
  // Where all grounds rest on one rule, naming it under each of them says nothing.
  const bases = new Set(Object.values(grounds).map(({ basis }) => basis));
  const options = () =>
    Object.entries(grounds).map(([value, ground]) => ({
      value,
      text: say(ground),
      ...(bases.size > 1 ? { small: article(ground.basis) } : {}),
    }));
  return {
    fields: () => [choices(name, label, options()), noteField()],
    read: (form) => {
      const { body, errors } = readChoice(form, name, DESK.chooseOne);
      return { body: { ...body, ...readNote(form) }, errors };
    },
  };
}

function readChoice(form: HTMLFormElement, name: string, missing: Pair) {
  const value = valueOf(form, name);
  const errors: FormError[] = value === '' ? [{ id: name, text: say(missing) }] : [];
  return { body: { [name]: value }, errors };
}

/** Every station, narrowed by what is typed; those that the triage thought of stand first. */
function stationFields({ history }: CaseDetail, units: readonly ListedUnit[]): Node[] {
  const search = element('input', { id: 'find', name: 'find', type: 'search', autocomplete: 'off' });
  const select = element('select', { id: 'station', name: 'station', size: 8, lang: 'zh-CN' });
  const counties = new Map(units.map(({ code, name }) => [code, name.replace(/市场监督管理局$/, '')]));
  const stations = units
    .filter(({ kind }) => kind === 'station')
    .map(({ code, name, parent = '' }) => ({
      code,
      text: `${name} · ${counties.get(parent) ?? ''} · ${code}`,
    }));
  const suggested = new Set(candidatesOf(history));

  const narrow = () => {
    const chosen = select.value;
    const words = search.value.normalize('NFKC').trim().split(/\s+/);
    const fits = stations.filter(({ text }) => words.every((word) => text.includes(word)));
    const options = (wanted: boolean) =>
      fits
        .filter(({ code }) => suggested.has(code) === wanted)
        .map(({ code, text }) => element('option', { value: code }, text));
    const first = options(true);
    select.replaceChildren(
      ...(first.length > 0 ? [element('optgroup', { label: say(DESK.candidates) }, ...first)] : []),
      ...options(false),
    );
    select.value = fits.length === 1 ? (fits[0]?.code ?? '') : chosen;
  };
  search.addEventListener('input', narrow);
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (select.selectedIndex < 0) select.selectedIndex = 0;
    select.focus();
  });
  narrow();
  return [
    field(search, DESK.findStation, { hint: DESK.findStationHint, mark: false }),
    field(select, DESK.station, { required: true }),
  ];
}

function candidatesOf(history: CaseDetail['history']): readonly string[] {
  for (const { type, facts } of [...history].reverse()) {
    if (type === 'referred' && 'candidates' in facts) return facts.candidates;
  }
  return [];
}
