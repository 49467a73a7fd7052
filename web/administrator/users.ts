import { ROLES, type Role } from '../../shared/people/roles.ts';
import type { People } from '../api/answers.ts';
import type { BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { announce, chinese } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { failed, mayChange, type Signed, table } from './signed.ts';
import { standing } from './standing.ts';

type Person = People['users'][number];

/** More are found by typing a part of the name. */
const SHOWN = 20;

/** Who works at the desk, by the register: found, added, changed, removed. */
export async function usersView(signed: Signed): Promise<Node[]> {
  const { register, units, users } = await signed.ask('GET /administrator/users');
  const search = element('input', { id: 'find-person', type: 'search' });
  const place = element('div', {});
  const send = async (body: BodyOf<'POST /administrator/users'>) => {
    await signed.ask('POST /administrator/users', { body });
    announce(say(ADMINISTRATOR.done));
    signed.again();
  };
  const editor = element('div', {});
  const edit = (one?: Person) => {
    const form = personForm(units, one, {
      keep: (person) => send({ do: 'keep', register: register.version, ...person }),
      remove: (id) => send({ do: 'remove', id, register: register.version }),
    });
    editor.replaceChildren(form);
    if (one !== undefined) form.querySelector<HTMLElement>('#person-name')?.focus();
  };
  const show = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = users.filter(({ id, name, unit }) =>
      `${id} ${name} ${unit.name} ${unit.code}`.toLowerCase().includes(wanted),
    );
    const shown = found.slice(0, SHOWN);
    place.replaceChildren(
      element(
        'p',
        { role: 'status' },
        say(ADMINISTRATOR.shownOf, { shown: shown.length, all: users.length }),
      ),
      peopleTable(shown, signed, edit),
    );
  };
  search.addEventListener('input', show);
  show();
  if (mayChange(signed)) edit();
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.usersHint)),
    standing(register, signed),
    element(
      'div',
      { class: 'tools' },
      element('label', { for: 'find-person' }, say(ADMINISTRATOR.find)),
      search,
    ),
    place,
    editor,
  ];
}

function peopleTable(people: readonly Person[], signed: Signed, edit: (one: Person) => void): HTMLElement {
  const or = (text: string | null) => text ?? say(ADMINISTRATOR.none);
  const change = (one: Person) =>
    element(
      'button',
      {
        type: 'button',
        class: 'plain',
        id: `change-${one.id}`,
        // The name stays Chinese in every language, so it is read from its own place.
        'aria-labelledby': `change-${one.id} person-${one.id}`,
        onclick: () => edit(one),
      },
      say(ADMINISTRATOR.editShort),
    );
  return table(
    ADMINISTRATOR.users,
    [
      [ADMINISTRATOR.name, ({ id, name }) => element('span', { id: `person-${id}`, lang: 'zh-CN' }, name)],
      [ADMINISTRATOR.role, ({ role }) => say(role)],
      [ADMINISTRATOR.unit, ({ unit }) => chinese(unit.name)],
      [ADMINISTRATOR.personId, ({ id }) => id],
      [ADMINISTRATOR.phone, ({ phone }) => or(phone)],
      [ADMINISTRATOR.areas, ({ areas }) => chinese(areas.join('、') || say(ADMINISTRATOR.none))],
      ...(mayChange(signed) ? [[ADMINISTRATOR.editShort, change] as const] : []),
    ],
    people,
    ({ id }) => id,
  );
}

const removeWords = ({ name }: Person) => ({
  button: ADMINISTRATOR.removePerson,
  question: {
    zh: ADMINISTRATOR.removeQuestion.zh.replace('{name}', name),
    en: ADMINISTRATOR.removeQuestion.en.replace('{name}', name),
  },
  yes: ADMINISTRATOR.removePerson,
});

interface Written {
  id: string;
  name: string;
  role: Role;
  unit: string;
  phone?: string;
  email?: string;
}

interface Change {
  keep: (person: Written) => Promise<void>;
  remove: (id: string) => Promise<void>;
}

/** An empty form, or that of a person who is known. */
function personForm(units: People['units'], one: Person | undefined, { keep, remove }: Change): HTMLElement {
  const input = (id: 'id' | 'name' | 'phone' | 'email', type = 'text') =>
    element('input', { id: `person-${id}`, type, value: one?.[id] ?? '' });
  const [id, name, phone, email] = [
    input('id'),
    input('name'),
    input('phone', 'tel'),
    input('email', 'email'),
  ];
  const role = element(
    'select',
    { id: 'person-role' },
    ...Object.entries(ROLES).map(([value, pair]) =>
      element('option', { value, selected: value === (one?.role.code ?? 'officer') }, say(pair)),
    ),
  );
  const unit = element(
    'select',
    { id: 'person-unit' },
    ...units.map(({ code, name: called }) =>
      element(
        'option',
        { value: code, lang: 'zh-CN', selected: code === one?.unit.code },
        `${called} ${code}`,
      ),
    ),
  );
  const said = element('div', {});
  const form = element(
    'form',
    { class: 'card', novalidate: true },
    element('h3', {}, say(ADMINISTRATOR.addPerson)),
    element(
      'div',
      { class: 'pair' },
      field(id, ADMINISTRATOR.personId, { mark: false }),
      field(name, ADMINISTRATOR.name, { mark: false }),
      field(role, ADMINISTRATOR.role, { mark: false }),
      field(unit, ADMINISTRATOR.unit, { mark: false }),
      field(phone, ADMINISTRATOR.phone, { mark: false }),
      field(email, ADMINISTRATOR.email, { mark: false }),
    ),
    element('button', { type: 'submit', class: 'primary' }, say(ADMINISTRATOR.save)),
    one !== undefined && askOnce(removeWords(one), () => remove(one.id)),
    said,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const person: Written = {
      id: id.value.trim(),
      name: name.value.trim(),
      role: role.value as Role,
      unit: unit.value,
      ...(phone.value.trim() === '' ? {} : { phone: phone.value.trim() }),
      ...(email.value.trim() === '' ? {} : { email: email.value.trim() }),
    };
    keep(person).catch((error: unknown) => said.replaceChildren(failed(error)));
  });
  return form;
}
