import { type Action, fieldsOf } from '../../shared/case/actions.ts';
import { parseCaseNumber } from '../../shared/case/case-number.ts';
import type { Field, Fields } from '../../shared/case/fields.ts';
import { parseYuan } from '../../shared/money.ts';
import type { CaseDetail, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { choices, type FormError, field, isTicked, tick, valueOf } from '../components/form.ts';
import { article } from '../components/format.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK } from './desk.texts.ts';
import { partnerSearch } from './partner-search.ts';
import { personChoice } from './person-choice.ts';
import { FIELD_HINTS, ONLY_WHEN, PREFILLED, STILL_POSSIBLE } from './step-helpers.ts';
import { unitSearch } from './unit-search.ts';

/*
 * The form of a step, made from the fields of its action (shared/case/actions.ts): a new action needs no line here.
 */

/** What a form needs to know beside its fields. */
export interface FormContext {
  found: CaseDetail;
  units: readonly ListedUnit[];
  ask: Ask;
  colleagues: Colleagues;
}

/** Ids of the fields: apart from everything else on the page. */
const idOf = (name: string) => `step-${name}`;

/** The field that a problem of the service points to (`/agreedFen`). */
export function fieldOfPointer(pointer: string): string {
  return idOf(pointer.replace(/^\//, ''));
}

const LONG_TEXT = 200;

/** Every field of the action, with its label, hint and place for what is wrong. */
export function stepFields(action: Action, context: FormContext): Node[] {
  const prefilled = PREFILLED[action]?.(context.found) ?? {};
  const needed = named(fieldsOf(action)).filter(
    ([name]) => ONLY_WHEN[`${action}.${name}`]?.(context.found) ?? true,
  );
  return needed.map(([name, spec]) => {
    const hint = FIELD_HINTS[`${action}.${name}`];
    return control(name, spec, { ...context, action, value: prefilled[name], hint });
  });
}

interface ControlContext extends FormContext {
  action: Action;
  value: string | undefined;
  hint: Pair | undefined;
}

function control(name: string, spec: Field, context: ControlContext): Node {
  const id = idOf(name);
  const { value, hint } = context;
  const required = spec.required === true;
  const about = { required, ...(hint === undefined ? {} : { hint }) };
  const input = (attributes: Record<string, string | number>) =>
    element('input', { id, name: id, autocomplete: 'off', value, ...attributes });
  switch (spec.type) {
    case 'text':
      return field(
        spec.longest > LONG_TEXT
          ? element('textarea', { id, name: id, rows: rowsFor(spec.longest), maxlength: spec.longest }, value)
          : input({ type: 'text', maxlength: spec.longest }),
        spec,
        about,
      );
    case 'fen':
      return field(input({ type: 'text', inputmode: 'decimal' }), inYuan(spec), {
        hint: hint ?? (spec.signed === true ? DESK.signedHint : DESK.amountHint),
        required,
      });
    case 'date':
      return field(input({ type: 'date' }), spec, about);
    case 'time':
      return field(input({ type: 'datetime-local' }), spec, about);
    case 'yes':
      return tick(id, spec, hint);
    case 'person':
      return personChoice(id, spec, context);
    case 'division':
      return field(
        input({ type: 'text', inputmode: 'numeric', maxlength: 12, class: 'typed-code' }),
        spec,
        about,
      );
    case 'credit-code':
      return field(input({ type: 'text', maxlength: 18, class: 'typed-code' }), spec, about);
    case 'case-number':
      return field(input({ type: 'text', maxlength: 30, class: 'typed-code' }), spec, {
        hint: hint ?? DESK.caseNumberHint,
        required,
      });
    case 'partner':
      return partnerSearch(id, spec, context);
    case 'unit':
      return unitSearch(id, spec, context);
    default:
      return choice(id, spec, context);
  }
}

const rowsFor = (longest: number) => (longest > 2_000 ? 4 : 2);

const inYuan = ({ zh, en }: Pair): Pair => ({ zh: `${zh}（元）`, en: `${en} (yuan)` });

/** Grounds of the law are read in full, one under the other; short choices fold into a list. */
function choice(
  id: string,
  spec: Field & { type: 'choice' },
  { action, found, value, hint }: ControlContext,
): HTMLElement {
  const fits = STILL_POSSIBLE[action];
  const options = Object.entries<Pair & { basis?: string }>(spec.options)
    .filter(([code]) => fits === undefined || fits(found, id.replace('step-', ''), code))
    .map(([code, words]) => ({ value: code, words }));
  const bases = new Set(options.map(({ words }) => words.basis));
  const readInFull = bases.size > 1 || options.length <= 3;
  if (spec.required === true && readInFull) {
    const rows = options.map(({ value: code, words }) => ({
      value: code,
      text: say(words),
      ...(words.basis === undefined || bases.size === 1 ? {} : { small: article(words.basis) }),
    }));
    return choices(id, spec, rows, value ?? (rows.length === 1 ? rows[0]?.value : undefined));
  }
  const select = element(
    'select',
    { id, name: id },
    element('option', { value: '' }, say(DESK.choose)),
    ...options.map(({ value: code, words }) =>
      element('option', { value: code, selected: code === value }, say(words)),
    ),
  );
  return field(select, spec, { required: spec.required === true, ...(hint === undefined ? {} : { hint }) });
}

/** What was filled in, as the service takes it, and what a person must correct before it is worth sending. */
export function readStep(action: Action, form: HTMLFormElement) {
  const body: Record<string, unknown> = {};
  const errors: FormError[] = [];
  for (const [name, spec] of named(fieldsOf(action))) {
    const id = idOf(name);
    if (spec.type === 'yes') {
      // A box left empty says no where the law wants an answer, and nothing elsewhere.
      const ticked = isTicked(form, id);
      if (ticked || spec.required === true) body[name] = ticked;
      continue;
    }
    const typed = valueOf(form, id);
    if (typed === '') {
      if (spec.required === true) errors.push({ id, text: say(MISSING[spec.type] ?? COMMON.missing) });
      continue;
    }
    const value = READ[spec.type]?.(typed, spec) ?? { value: typed };
    if ('problem' in value) errors.push({ id, text: say(value.problem) });
    else body[name] = value.value;
  }
  return { body, errors };
}

type Reading = { value: unknown } | { problem: Pair };

const MISSING: Readonly<Partial<Record<Field['type'], Pair>>> = {
  choice: DESK.chooseOne,
  unit: DESK.chooseAUnit,
  partner: DESK.chooseAPartner,
};

const READ: Readonly<Partial<Record<Field['type'], (typed: string, spec: Field) => Reading>>> = {
  fen: (typed, spec) => {
    const minus = spec.type === 'fen' && spec.signed === true && /^[-−－]/.test(typed);
    const fen = parseYuan(minus ? typed.slice(1) : typed);
    if (fen === undefined) return { problem: COMMON.notAnAmount };
    return { value: minus ? -fen : fen };
  },
  'case-number': (typed) => {
    const number = parseCaseNumber(typed);
    return number === undefined ? { problem: DESK.badCaseNumber } : { value: number };
  },
  // Some browsers add seconds.
  time: (typed) => ({ value: typed.slice(0, 16) }),
};

const named = (fields: Fields) => Object.entries<Field>(fields);
