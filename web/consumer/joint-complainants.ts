import { element } from '../components/dom.ts';
import { type FormError, field, isTicked, tick, valueOf } from '../components/form.ts';
import { COMMON, say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';

/** As many as the service takes in one message. */
const MOST = 20;

/** Further complainants in the same dispute (Order 121 Art. 12): rows that can be added and removed. */
export interface JointRows {
  panel: HTMLElement;
  /** As many rows as a draft has values for. */
  showFor: (draft: Record<string, string>) => void;
  read: (form: HTMLFormElement, errors: FormError[]) => object[] | undefined;
}

interface Row {
  name: string;
  phone: string;
  consents: boolean;
}

const EMPTY: Row = { name: '', phone: '', consents: false };

export function jointRows(changed: () => void): JointRows {
  const list = element('div', {});
  const add = element('button', { type: 'button', id: 'joint-add' }, say(FILE.jointAdd));
  const panel = element(
    'details',
    { class: 'optional', id: 'joint' },
    element('summary', {}, say(FILE.joint)),
    element('p', { class: 'hint' }, say(FILE.jointHint)),
    list,
    add,
  );

  /** What stands in the rows now. */
  function rows(): Row[] {
    return [...list.querySelectorAll<HTMLElement>('.person')].map((row) => {
      const box = (part: string) => row.querySelector<HTMLInputElement>(`[data-part=${part}]`);
      return {
        name: box('name')?.value ?? '',
        phone: box('phone')?.value ?? '',
        consents: row.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked ?? false,
      };
    });
  }

  function draw(people: readonly Row[]): void {
    list.replaceChildren(...people.map((person, index) => rowOf(person, index)));
    add.hidden = people.length >= MOST;
  }

  function rowOf(person: Row, index: number): HTMLElement {
    const n = index + 1;
    const box = (part: 'name' | 'phone', attributes: Record<string, string | number>) =>
      element('input', {
        id: `joint-${n}-${part}`,
        name: `joint-${n}-${part}`,
        'data-part': part,
        type: 'text',
        autocomplete: 'off',
        value: person[part],
        ...attributes,
      });
    const consents = tick(`joint-${n}-consents`, FILE.jointConsents);
    const consentBox = consents.querySelector('input');
    if (consentBox !== null) consentBox.checked = person.consents;
    const remove = () => {
      draw(rows().filter((_, other) => other !== index));
      add.focus();
      changed();
    };
    return element(
      'fieldset',
      { class: 'person' },
      element('legend', {}, say(FILE.jointPerson, { n })),
      element(
        'div',
        { class: 'pair' },
        field(box('name', { maxlength: 60 }), FILE.jointName, { required: true }),
        field(box('phone', { type: 'tel', maxlength: 30 }), FILE.jointPhone, { required: true }),
      ),
      consents,
      element('button', { type: 'button', class: 'plain', onclick: remove }, say(FILE.jointRemove, { n })),
    );
  }

  add.addEventListener('click', () => {
    draw([...rows(), EMPTY]);
    list.querySelector<HTMLElement>('.person:last-child input')?.focus();
    changed();
  });

  return {
    panel,
    showFor(draft) {
      const numbers = Object.keys(draft).map((name) => Number(/^joint-(\d+)-/.exec(name)?.[1] ?? 0));
      const count = Math.max(0, ...numbers);
      panel.open = count > 0;
      draw(Array.from({ length: count }, () => EMPTY));
    },
    read(form, errors) {
      const count = rows().length;
      if (count === 0) return undefined;
      return Array.from({ length: count }, (_, index) => {
        const id = (part: string) => `joint-${index + 1}-${part}`;
        for (const part of ['name', 'phone']) {
          if (valueOf(form, id(part)) === '') errors.push({ id: id(part), text: say(COMMON.missing) });
        }
        const consents = isTicked(form, id('consents'));
        if (!consents) errors.push({ id: id('consents'), text: say(FILE.jointNeedsConsent) });
        return { name: valueOf(form, id('name')), phone: valueOf(form, id('phone')), consents };
      });
    },
  };
}
