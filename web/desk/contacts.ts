import { CHANNELS } from '../../shared/case/case.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import type { Contacts } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { moment } from '../components/format.ts';
import { phoneLink } from '../components/legal-date.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { type Pair, say } from '../components/texts.ts';
import { CONTACTS } from './contacts.texts.ts';
import type { DeskView } from './enter-case.ts';

type Contact = Contacts['contacts'][number];

/**
 * What came in on a day and became no case. Nothing is asked for before a person asks: each look is recorded.
 * @param register takes a contact over into a new entry
 */
export function contactsView(ask: Ask, register: (contact: Contact) => void): DeskView {
  const today = shanghaiDate(new Date());
  const day = element('input', { id: 'contacts-day', type: 'date', max: today, value: today });
  const state = element('p', { class: 'status', role: 'status' });
  const list = element('ul', { class: 'contacts' });
  const more = element(
    'button',
    { type: 'button', hidden: true, onclick: () => void load() },
    say(CONTACTS.more),
  );
  let next: string | null = null;
  let on = today;

  async function load(): Promise<void> {
    const query = { on, after: next ?? undefined };
    try {
      const page = await ask('GET /desk/contacts', { query });
      // Another day was chosen meanwhile.
      if (page.on !== on) return;
      list.append(...page.contacts.map(line));
      next = page.next;
      more.hidden = next === null;
      state.textContent = list.childElementCount === 0 ? say(CONTACTS.none) : '';
      announce(`${list.childElementCount}`);
    } catch (error) {
      state.textContent = say(problemText(error));
    }
  }

  function start(): void {
    on = day.value === '' ? today : day.value;
    next = null;
    list.replaceChildren();
    void load();
  }

  function line(contact: Contact): HTMLElement {
    const { channel, at, reason, from, text } = contact;
    const name = (CHANNELS as Readonly<Record<string, Pair>>)[channel];
    return element(
      'li',
      { 'data-reason': reason.code },
      element('p', { class: 'small' }, `${moment(at)} · ${name === undefined ? channel : say(name)}`),
      text !== '' && chinese(text, 'words'),
      facts([
        [say(CONTACTS.reason), say(reason)],
        [say(CONTACTS.from), from !== null && phoneLink(from)],
      ]),
      element('button', { type: 'button', onclick: () => register(contact) }, say(CONTACTS.register)),
    );
  }

  const form = element(
    'form',
    { class: 'tools' },
    element('label', { for: 'contacts-day' }, say(CONTACTS.day)),
    day,
    element('button', { type: 'submit', class: 'primary' }, say(CONTACTS.show)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  const panel = element(
    'section',
    { 'aria-label': say(CONTACTS.title) },
    element('h2', {}, say(CONTACTS.title)),
    element('p', { class: 'hint' }, say(CONTACTS.intro)),
    form,
    state,
    list,
    more,
  );
  return { panel, focus: () => day.focus() };
}
