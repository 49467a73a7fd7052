import { CHANNELS, KINDS } from '../../shared/case/case.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { DESK_CHANNELS, ENTRY_FIELDS, type EntryFieldName } from '../../shared/desk-entry/fields.ts';
import { formatYuan, parseYuan } from '../../shared/money.ts';
import type { EntryAnswer, ReadEntry } from '../api/answers.ts';
import { ApiProblem, type Ask, type BodyOf } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { EVIDENCE } from '../components/evidence.texts.ts';
import { evidenceBySecret, evidencePanel } from '../components/evidence.ts';
import { clearErrors, errorSummary, type FormError, field, showErrors, valueOf } from '../components/form.ts';
import { shortDate } from '../components/format.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { randomToken } from '../components/random.ts';
import { ACCEPTED } from '../components/send-file.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { around, ENTRY } from './entry.texts.ts';

/** A view of the desk beside the list of cases. */
export interface DeskView {
  panel: HTMLElement;
  /** Puts the person where the work begins; `about` is what stands behind the name in the address. */
  focus: (about?: string) => void;
}

/** Kinds that come on paper; `other` is what nobody registers. */
const ENTERED_KINDS = ['complaint', 'report', 'inquiry'] as const;

/**
 * The form for what came by letter, in person or from another office: the original on the left, the entry on the right.
 * Everything can be done by keyboard; what was read says from which words.
 */
export function enterCaseView(
  ask: Ask,
): DeskView & { begin: (words: string, phone: string) => Promise<void> } {
  const today = shanghaiDate(new Date());
  const summary = errorSummary();
  const outcome = element('div', { role: 'status', class: 'outcome' });
  const original = element('textarea', {
    id: 'entry-original',
    rows: 18,
    lang: 'zh-CN',
    spellcheck: 'false',
  });
  const readState = element('p', { class: 'status', role: 'status' });
  const readButton = element('button', { type: 'button', onclick: () => void read() }, say(ENTRY.read));
  const submitButton = element('button', { type: 'submit', class: 'primary' }, say(ENTRY.register));
  const done = element('ul', { class: 'entered' });
  const session = element('section', { hidden: true }, element('h3', {}, say(ENTRY.session)), done);
  const scan = element('input', { id: 'entry-scan', type: 'file', multiple: true, accept: ACCEPTED });
  const form = element(
    'form',
    { novalidate: true },
    group(
      ENTRY.origin,
      row(
        field(select('kind', ENTERED_KINDS, KINDS), ENTRY.kind, { mark: false }),
        field(select('channel', DESK_CHANNELS, CHANNELS), ENTRY.channel, { mark: false }),
        field(input('receivedOn', { type: 'date', max: today, value: today }), ENTRY.receivedOn, {
          mark: false,
          hint: ENTRY.receivedOnHint,
        }),
        field(input('externalNumber', { maxlength: 60 }), ENTRY.externalNumber, {
          hint: ENTRY.externalNumberHint,
          mark: false,
        }),
      ),
    ),
    group(
      ENTRY.matter,
      field(textarea('text', 6, 10_000), ENTRY.text, { required: true }),
      field(textarea('request', 2, 1_000), ENTRY.request, { mark: false }),
      row(
        field(input('paid', { inputmode: 'decimal' }), ENTRY.paid, { mark: false }),
        field(input('claimed', { inputmode: 'decimal' }), ENTRY.claimed, { mark: false }),
        field(input('occurredOn', { type: 'date', min: '1990-01-01', max: today }), ENTRY.occurredOn, {
          mark: false,
        }),
      ),
    ),
    group(
      ENTRY.person,
      row(
        field(input('name', { maxlength: 60 }), ENTRY.name, { required: true }),
        field(input('phone', { type: 'tel', maxlength: 30 }), ENTRY.phone, { required: true }),
      ),
      row(
        field(input('address', { maxlength: 200 }), ENTRY.address, { mark: false }),
        field(input('email', { type: 'email', maxlength: 120 }), ENTRY.email, { mark: false }),
      ),
    ),
    group(
      ENTRY.business,
      row(
        field(input('businessName', { maxlength: 120 }), ENTRY.businessName, { mark: false }),
        field(input('businessPhone', { maxlength: 30 }), ENTRY.businessPhone, { mark: false }),
      ),
      field(input('businessAddress', { maxlength: 200 }), ENTRY.businessAddress, { mark: false }),
    ),
    field(scan, ENTRY.scan, { hint: EVIDENCE.scanHint, mark: false }),
    element(
      'div',
      { class: 'buttons at-hand' },
      submitButton,
      element('button', { type: 'button', onclick: () => clear(true) }, say(ENTRY.clear)),
    ),
  );
  const panel = element(
    'section',
    { class: 'entry', 'aria-label': say(ENTRY.enter) },
    element(
      'p',
      { class: 'keys' },
      say(ENTRY.keys, { paste: 'Alt+P', next: 'Enter', register: 'Ctrl+Enter', clear: 'Alt+N' }),
    ),
    outcome,
    element(
      'div',
      { class: 'entry-columns' },
      element(
        'div',
        { class: 'original' },
        field(original, ENTRY.original, { hint: ENTRY.originalHint, mark: false }),
        element('div', { class: 'buttons' }, readButton),
        readState,
        session,
      ),
      element('div', {}, summary, form),
    ),
  );

  /** The same entry bears the same key however often it is sent over a lost network. */
  let sent: { key: string; json: string } | undefined;
  let sending = false;
  let reading = 0;
  /** What a person has chosen stays for the next one: a pile of letters came on one day. */
  const usual: Partial<Record<EntryFieldName, string>> = {
    channel: 'letter',
    receivedOn: today,
    kind: 'complaint',
  };

  original.addEventListener('paste', () => setTimeout(() => void read()));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void register();
  });
  // What a person has changed is his own: it no longer rests on words of the original.
  form.addEventListener('input', (event) => unmark(event.target as HTMLElement));
  for (const name of ['channel', 'receivedOn'] as const) {
    controlOf(name)?.addEventListener('change', () => {
      usual[name] = controlOf(name)?.value ?? '';
    });
  }
  panel.addEventListener('keydown', (event) => {
    // While a Chinese word is being composed, Enter belongs to the input method.
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.target === original) void read();
      else void register();
    } else if (event.altKey && event.code === 'KeyP') {
      event.preventDefault();
      original.focus();
    } else if (event.altKey && event.code === 'KeyN') {
      event.preventDefault();
      clear(true);
    } else if (event.key === 'Enter' && isOneLine(event.target)) {
      event.preventDefault();
      follow(event.target as HTMLElement);
    }
  });

  function follow(from: HTMLElement): void {
    const controls = [
      ...form.querySelectorAll<HTMLElement>('input, select, textarea, button[type=submit]'),
    ].filter((control) => control.closest('[hidden]') === null);
    controls[controls.indexOf(from) + 1]?.focus();
  }

  async function read(): Promise<void> {
    const text = original.value;
    if (text.trim() === '') return original.focus();
    const turn = (reading += 1);
    readState.textContent = say(ENTRY.reading);
    try {
      const { fields } = await ask('POST /desk/entries/read', { body: { text } });
      // Something else was pasted meanwhile.
      if (turn !== reading) return;
      fillIn(fields, text);
    } catch (error) {
      if (turn === reading) readState.textContent = say(problemText(error));
    }
  }

  function fillIn(fields: ReadEntry['fields'], text: string): void {
    clear(false);
    for (const { field: name, value, start, end, sure } of fields) {
      const control = controlOf(name);
      if (control === undefined) continue;
      control.value = typeof value === 'number' ? formatYuan(value) : value;
      markRead(control, text.slice(start, end), sure);
    }
    const doubtful = fields.filter(({ sure }) => !sure).length;
    readState.textContent = say(fields.length === 0 ? ENTRY.readNothing : ENTRY.readDone, {
      count: fields.length,
      doubtful,
    });
    const empty = ['text', 'name', 'phone'].map((name) => controlOf(name)).find((one) => one?.value === '');
    const next =
      empty ?? form.querySelector<HTMLElement>('.doubtful input, .doubtful textarea, .doubtful select');
    (next ?? submitButton).focus();
  }

  function controlOf(name: string) {
    return (
      form.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`#entry-${name}`) ??
      undefined
    );
  }

  /** Empties the form for the next one; with the original too, when the person is through with it. */
  function clear(all: boolean): void {
    clearErrors(form, summary);
    for (const name of Object.keys(ENTRY_FIELDS) as EntryFieldName[]) {
      const control = controlOf(name);
      if (control !== undefined) control.value = usual[name] ?? '';
    }
    for (const place of form.querySelectorAll<HTMLElement>('.read')) unmark(place);
    if (!all) return;
    reading += 1;
    original.value = '';
    scan.value = '';
    readState.textContent = '';
    original.focus();
  }

  async function register(): Promise<void> {
    if (sending) return;
    clearErrors(form, summary);
    outcome.replaceChildren();
    const { body, errors } = readForm(form);
    if (errors.length > 0) return showErrors(form, summary, errors);
    const json = JSON.stringify(body);
    sent = sent?.json === json ? sent : { key: randomToken(), json };
    sending = true;
    submitButton.setAttribute('aria-disabled', 'true');
    submitButton.textContent = say(ENTRY.registering);
    try {
      const headers = { 'idempotency-key': sent.key };
      show(await ask('POST /desk/entries', { headers, body: body as BodyOf<'POST /desk/entries'> }));
      sent = undefined;
      clear(true);
    } catch (error) {
      showErrors(form, summary, problemsOf(error));
    } finally {
      sending = false;
      submitButton.removeAttribute('aria-disabled');
      submitButton.textContent = say(ENTRY.register);
    }
  }

  function show({ number, again, channel, receivedOn, secret, nextLegalDate }: EntryAnswer): void {
    const words = say(again ? ENTRY.again : ENTRY.done, { number });
    const from = CHANNELS[channel as keyof typeof CHANNELS];
    const facts = [
      from === undefined ? channel : say(from),
      `${say(ENTRY.receivedOn)} ${shortDate(receivedOn)}`,
      ...(nextLegalDate === null
        ? []
        : [`${say(nextLegalDate.duty)} ${say(COMMON.dueBy, { date: shortDate(nextLegalDate.due) })}`]),
      ...(secret !== null && channel === 'walk-in' ? [say(ENTRY.doneSecret, { secret })] : []),
    ];
    outcome.replaceChildren(
      element(
        'div',
        { class: again ? 'notice' : 'notice promise' },
        element('strong', { class: 'entered-number' }, words),
        element('p', {}, facts.join(' · ')),
      ),
    );
    session.hidden = false;
    done.prepend(
      element(
        'li',
        {},
        element('a', { href: `#${number}` }, number),
        ` ${say(from ?? ENTRY.channel)}`,
        sendScans(number, secret),
      ),
    );
    announce(words);
  }

  /** Sends the scans behind the entry; of a report that reaches its station at once only the secret opens it. */
  function sendScans(number: string, secret: string | null): HTMLElement | false {
    if (scan.files === null || scan.files.length === 0) return false;
    const of =
      secret === null ? { room: 'desk/cases' as const, number, ask } : evidenceBySecret(number, secret);
    const files = evidencePanel({ ...of, onlyLines: true });
    files.add([...scan.files]);
    return files.panel;
  }

  /** Begins an entry with words that came in elsewhere, and the number they came from. */
  async function begin(words: string, phone: string): Promise<void> {
    clear(true);
    original.value = words;
    await read();
    for (const [name, value] of Object.entries({ text: words, phone })) {
      const control = controlOf(name);
      if (control?.value === '') control.value = value;
    }
  }

  clear(false);
  return { panel, focus: () => original.focus(), begin };
}

/** What is wrong, beside the field of the form that it belongs to. */
function problemsOf(error: unknown): FormError[] {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return [{ text: say(problemText(error)) }];
  return error.errors.map((problem) => {
    const pointer = problem.field === '/message/complainant' ? ENTRY_FIELDS.name.at : problem.field;
    const name = (Object.keys(ENTRY_FIELDS) as EntryFieldName[]).find(
      (one) => ENTRY_FIELDS[one].at === pointer,
    );
    return { id: name === undefined ? undefined : `entry-${name}`, text: say(problem) };
  });
}

/** The entry as the API takes it, and what must be corrected before it is worth sending. */
function readForm(form: HTMLFormElement) {
  const errors: FormError[] = [];
  const typed = (name: EntryFieldName) => valueOf(form, `entry-${name}`) || undefined;
  const amount = (name: 'paid' | 'claimed') => {
    const value = typed(name);
    const fen = value === undefined ? undefined : parseYuan(value);
    if (value !== undefined && fen === undefined)
      errors.push({ id: `entry-${name}`, text: say(COMMON.notAnAmount) });
    return fen;
  };
  const kind = typed('kind');
  const person = {
    name: typed('name'),
    phone: typed('phone'),
    address: typed('address'),
    email: typed('email'),
  };
  // Only a report may come without a name; the service says so of all others.
  const nobody = kind === 'report' && Object.values(person).every((value) => value === undefined);
  if (typed('text') === undefined) errors.push({ id: 'entry-text', text: say(COMMON.missing) });
  for (const name of ['name', 'phone'] as const) {
    if (!nobody && person[name] === undefined)
      errors.push({ id: `entry-${name}`, text: say(COMMON.missing) });
  }
  const body = {
    channel: typed('channel'),
    receivedOn: typed('receivedOn'),
    externalNumber: typed('externalNumber'),
    message: {
      kind,
      text: typed('text'),
      request: typed('request'),
      complainant: nobody ? undefined : person,
      business: {
        name: typed('businessName'),
        address: typed('businessAddress'),
        phone: typed('businessPhone'),
      },
      paidFen: amount('paid'),
      claimedFen: amount('claimed'),
      occurredOn: typed('occurredOn'),
    },
  };
  return { body, errors };
}

/** Says below a field from which words it was filled in. */
function markRead(control: HTMLElement, words: string, sure: boolean): void {
  const place = control.closest('.field');
  if (place === null) return;
  place.classList.add('read');
  place.classList.toggle('doubtful', !sure);
  const isLong = words.length > LONGEST_QUOTE;
  const quote = isLong ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
  const [before, after] = around(ENTRY.from, 'words');
  control.after(
    element(
      'p',
      { class: 'read-from' },
      !sure && element('strong', {}, say(ENTRY.doubtful), ' '),
      before,
      chinese(quote.replace(/\s+/g, ' ')),
      after,
    ),
  );
}
const LONGEST_QUOTE = 24;

function unmark(inside: HTMLElement): void {
  const place = inside.closest('.field');
  place?.classList.remove('read', 'doubtful');
  place?.querySelector('.read-from')?.remove();
}

function group(legend: Pair, ...children: Node[]): HTMLElement {
  return element('fieldset', { class: 'group' }, element('legend', {}, say(legend)), ...children);
}

function row(...children: Node[]): HTMLElement {
  return element('div', { class: 'pair' }, ...children);
}

function input(name: EntryFieldName, attributes: Record<string, string | number>): HTMLInputElement {
  const id = `entry-${name}`;
  return element('input', { id, name: id, type: 'text', autocomplete: 'off', lang: 'zh-CN', ...attributes });
}

function textarea(name: EntryFieldName, rows: number, maxlength: number): HTMLTextAreaElement {
  const id = `entry-${name}`;
  return element('textarea', { id, name: id, rows, maxlength, autocomplete: 'off', lang: 'zh-CN' });
}

export function select<Code extends string>(
  name: string,
  codes: readonly Code[],
  names: Readonly<Record<Code, Pair>>,
  prefix = 'entry',
): HTMLSelectElement {
  const id = `${prefix}-${name}`;
  return element(
    'select',
    { id, name: id },
    ...codes.map((code) => element('option', { value: code }, say(names[code]))),
  );
}

function isOneLine(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
