import { element } from './dom.ts';
import { COMMON, type Pair, say } from './texts.ts';

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Something to correct: in a field of the form, or in the whole of it. */
export interface FormError {
  id?: string | undefined;
  text: string;
}

/** A control with its label, hint and a place for what is wrong with it. */
export function field(
  control: Control,
  label: Pair,
  { hint, required = false, mark = true }: { hint?: Pair; required?: boolean; mark?: boolean } = {},
): HTMLElement {
  const { id } = control;
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  control.setAttribute('aria-describedby', described);
  if (required) control.setAttribute('aria-required', 'true');
  return element(
    'div',
    { class: 'field' },
    element(
      'label',
      { for: id },
      say(label),
      mark && ' ',
      mark &&
        element(
          'span',
          { class: required ? 'mark required' : 'mark' },
          say(required ? COMMON.required : COMMON.optional),
        ),
    ),
    hint && element('p', { class: 'hint', id: `${id}-hint` }, say(hint)),
    control,
    element('p', { class: 'error', id: `${id}-error` }),
  );
}

/** Choices of which one must be taken; all of them can be read at once. */
export function choices(
  id: string,
  label: Pair,
  options: readonly { value: string; text: string; small?: string }[],
  chosen?: string,
) {
  const described = `${id}-error`;
  return element(
    'fieldset',
    { class: 'choices', id, tabindex: -1, 'aria-describedby': described },
    element('legend', {}, say(label), ' ', element('span', { class: 'mark required' }, say(COMMON.required))),
    ...options.map(({ value, text, small }) =>
      element(
        'label',
        { class: 'choice' },
        element('input', { type: 'radio', name: id, value, checked: value === chosen }),
        element('span', {}, text, small !== undefined && element('small', {}, small)),
      ),
    ),
    element('p', { class: 'error', id: described }),
  );
}

/** One box to tick, with its words beside it. */
export function tick(id: string, label: Pair, hint?: Pair): HTMLElement {
  const described = `${id}-error`;
  return element(
    'div',
    { class: 'tick' },
    element(
      'label',
      { class: 'choice', for: id },
      element('input', { id, name: id, type: 'checkbox', 'aria-describedby': described }),
      element('span', {}, say(label), hint !== undefined && element('small', {}, say(hint))),
    ),
    element('p', { class: 'error', id: described }),
  );
}

/** The place above a form where errors are listed; empty until `showErrors`. */
export function errorSummary(): HTMLElement {
  return element('div', { class: 'problems', role: 'alert', tabindex: -1, hidden: true });
}

/** Marks the fields that are wrong, lists them in the summary with links, and takes the person there. */
export function showErrors(form: HTMLElement, summary: HTMLElement, errors: readonly FormError[]): void {
  clearErrors(form, summary);
  for (const { id, text } of errors) {
    const place = id === undefined ? null : form.querySelector(`#${id}-error`);
    if (place === null) continue;
    place.textContent = text;
    const wrong = form.querySelector(`#${id}`);
    wrong?.setAttribute('aria-invalid', 'true');
    // Nobody can correct what is folded away.
    wrong?.closest('details')?.setAttribute('open', '');
  }
  summary.hidden = false;
  summary.replaceChildren(
    element('h2', {}, say(COMMON.errorsAbove, { count: errors.length })),
    element('ul', {}, ...errors.map((error) => element('li', {}, line(form, error)))),
  );
  summary.focus();
}

function line(form: HTMLElement, { id, text }: FormError): Node | string {
  const target = id === undefined ? null : form.querySelector<HTMLElement>(`#${id}`);
  if (target === null) return text;
  const label =
    form.querySelector(`.field > label[for="${id}"]`)?.firstChild ??
    target.querySelector('legend')?.firstChild ??
    form.querySelector(`label[for="${id}"] > span`)?.firstChild;
  const go = (event: Event) => {
    event.preventDefault();
    target.focus();
  };
  return element(
    'a',
    { href: `#${id}`, onclick: go },
    say(COMMON.listed, { field: label?.textContent ?? '', problem: text }),
  );
}

export function clearErrors(form: HTMLElement, summary: HTMLElement): void {
  summary.hidden = true;
  summary.replaceChildren();
  for (const place of form.querySelectorAll('.error')) place.textContent = '';
  for (const wrong of form.querySelectorAll('[aria-invalid]')) wrong.removeAttribute('aria-invalid');
}

/** Text of a control or of the choice taken, without blanks at its ends. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** True when the box is ticked. */
export function isTicked(form: HTMLFormElement, name: string): boolean {
  return new FormData(form).has(name);
}

/** What stands in the form now, to be put back later. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

export function fillIn(form: HTMLFormElement, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = true;
    else if (control !== null && 'value' in control) control.value = value;
  }
}
