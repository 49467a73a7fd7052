import { shanghaiDate } from '../shared/dates.ts';
import { parseYuan } from '../shared/money.ts';
import type { Receipt } from './answers.ts';
import { ApiProblem, call, type FieldProblem } from './api.ts';
import { element, facts } from './dom.ts';
import { FILE } from './file-and-track.texts.ts';
import {
  clearErrors,
  errorSummary,
  type FormError,
  field,
  fillIn,
  showErrors,
  valueOf,
  valuesOf,
} from './form.ts';
import { laterPeriods, legalDate, stationCard } from './legal-date.ts';
import { announce, setTitle } from './page.ts';
import { randomToken } from './random.ts';
import { forget, keep, kept } from './storage.ts';
import { COMMON, say } from './texts.ts';
import { rememberCase } from './track-case.ts';

const DRAFT = 'draft';
const RECEIPT = 'receipt';
const SENT = 'sent';

/** The form, or what was just registered. The receipt stays for this tab only: others may use the phone. */
export function showFile(main: HTMLElement): void {
  const receipt = kept('sessionStorage', RECEIPT) as Receipt | undefined;
  if (receipt !== undefined) showReceipt(main, receipt);
  else showForm(main);
}

/** Where each part of the message stands in the form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  '/text': 'text',
  '/request': 'request',
  '/business/name': 'business-name',
  '/business/address': 'business-address',
  '/paidFen': 'paid',
  '/claimedFen': 'claimed',
  '/occurredOn': 'occurred-on',
  '/complainant/name': 'name',
  '/complainant/phone': 'phone',
  '/complainant/address': 'address',
};

function showForm(main: HTMLElement): void {
  setTitle(say(FILE.title));
  const draft = kept('localStorage', DRAFT) as Record<string, string> | undefined;
  const summary = errorSummary();
  const failure = element('div', { class: 'failure', role: 'alert', tabindex: -1, hidden: true });
  const submitButton = element('button', { class: 'primary', type: 'submit' }, say(FILE.submit));
  const form = element(
    'form',
    { novalidate: true },
    group(
      FILE.whatHappened,
      field(textarea('text', 6, 10_000), FILE.text, { hint: FILE.textHint, required: true }),
      field(textarea('request', 2, 1_000), FILE.request, { hint: FILE.requestHint }),
    ),
    group(
      FILE.business,
      field(input('business-name', { maxlength: 120 }), FILE.businessName),
      field(input('business-address', { maxlength: 200 }), FILE.businessAddress, {
        hint: FILE.businessAddressHint,
      }),
    ),
    group(
      FILE.moneyAndDate,
      element(
        'div',
        { class: 'pair' },
        field(input('paid', { inputmode: 'decimal' }), FILE.paid, { hint: FILE.amountHint }),
        field(input('claimed', { inputmode: 'decimal' }), FILE.claimed, { hint: FILE.amountHint }),
      ),
      field(
        input('occurred-on', { type: 'date', min: '1990-01-01', max: shanghaiDate(new Date()) }),
        FILE.occurredOn,
      ),
    ),
    group(
      FILE.you,
      element('p', { class: 'hint' }, say(FILE.youHint)),
      field(input('name', { autocomplete: 'name', maxlength: 60 }), FILE.name, { required: true }),
      field(input('phone', { type: 'tel', autocomplete: 'tel', maxlength: 30 }), FILE.phone, {
        hint: FILE.phoneHint,
        required: true,
      }),
      field(input('address', { autocomplete: 'street-address', maxlength: 200 }), FILE.address),
    ),
    failure,
    submitButton,
  );

  if (draft !== undefined) fillIn(form, draft);
  form.addEventListener('input', () => keep('localStorage', DRAFT, valuesOf(form)));

  const clear = () => {
    if (!confirm(say(FILE.clearQuestion))) return;
    forgetDraft();
    showForm(main);
    main.focus();
  };
  let sending = false;
  const send = async () => {
    if (sending) return;
    clearErrors(form, summary);
    failure.hidden = true;
    const { body, errors } = readForm(form);
    if (errors.length > 0) return showErrors(form, summary, errors);

    sending = true;
    submitButton.setAttribute('aria-disabled', 'true');
    submitButton.textContent = say(FILE.sending);
    announce(say(FILE.sending));
    try {
      const receipt = await register(JSON.stringify(body));
      forgetDraft();
      keep('sessionStorage', RECEIPT, receipt);
      rememberCase(receipt);
      showReceipt(main, receipt);
      scrollTo(0, 0);
      main.focus();
    } catch (error) {
      if (error instanceof ApiProblem && !error.isPassing) {
        // A key that belongs to another message can never work; the next attempt gets its own.
        if (error.status === 422) forget('localStorage', SENT);
        showErrors(
          form,
          summary,
          error.errors.length === 0 ? [{ text: say(error.title) }] : error.errors.map(inForm),
        );
      } else {
        showFailure(failure, error, () => void send());
      }
    } finally {
      sending = false;
      submitButton.removeAttribute('aria-disabled');
      submitButton.textContent = say(FILE.submit);
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  main.replaceChildren(
    element('h1', {}, say(FILE.title)),
    element('p', { class: 'intro' }, say(FILE.intro)),
    draft !== undefined
      ? element(
          'p',
          { class: 'notice' },
          say(FILE.draftRestored),
          ' ',
          element('button', { type: 'button', class: 'plain', onclick: clear }, say(FILE.clearDraft)),
        )
      : '',
    summary,
    form,
  );
}

function group(legend: (typeof FILE)[keyof typeof FILE], ...children: Node[]): HTMLElement {
  return element('fieldset', { class: 'group' }, element('legend', {}, say(legend)), ...children);
}

function input(id: string, attributes: Record<string, string | number>): HTMLInputElement {
  return element('input', { id, name: id, type: 'text', autocomplete: 'off', ...attributes });
}

function textarea(id: string, rows: number, maxlength: number): HTMLTextAreaElement {
  return element('textarea', { id, name: id, rows, maxlength, autocomplete: 'off' });
}

/** The message as the API takes it, and what a person must correct before it is worth sending. */
function readForm(form: HTMLFormElement) {
  const errors: FormError[] = [];
  const typed = (id: string) => valueOf(form, id) || undefined;
  const needed = (id: string) => {
    const value = typed(id);
    if (value === undefined) errors.push({ id, text: say(COMMON.missing) });
    return value;
  };
  const amount = (id: string) => {
    const value = typed(id);
    const fen = value === undefined ? undefined : parseYuan(value);
    if (value !== undefined && fen === undefined) errors.push({ id, text: say(COMMON.notAnAmount) });
    return fen;
  };
  const body = {
    text: needed('text'),
    request: typed('request'),
    business: { name: typed('business-name'), address: typed('business-address') },
    paidFen: amount('paid'),
    claimedFen: amount('claimed'),
    occurredOn: typed('occurred-on'),
    complainant: { name: needed('name'), phone: needed('phone'), address: typed('address') },
  };
  return { body, errors };
}

function inForm(problem: FieldProblem): FormError {
  return { id: FIELD_OF[problem.field], text: say(problem) };
}

/**
 * Sends the message. The same message bears the same key however often it is sent, over a lost network and
 * a closed page, so it is registered once; another message gets another key.
 */
function register(json: string): Promise<Receipt> {
  const earlier = kept('localStorage', SENT) as { key: string; json: string } | undefined;
  const key = earlier?.json === json ? earlier.key : randomToken();
  keep('localStorage', SENT, { key, json });
  return call<Receipt>('/complaints', { method: 'POST', headers: { 'idempotency-key': key }, json });
}

function forgetDraft(): void {
  forget('localStorage', DRAFT);
  forget('localStorage', SENT);
}

function showFailure(failure: HTMLElement, error: unknown, retry: () => void): void {
  const title = error instanceof ApiProblem ? error.title : COMMON.unreachable;
  failure.replaceChildren(
    element('h2', {}, say(title)),
    element('p', {}, say(FILE.nothingLost)),
    element('button', { type: 'button', class: 'primary', onclick: retry }, say(COMMON.tryAgain)),
  );
  failure.hidden = false;
  failure.focus();
}

function showReceipt(
  main: HTMLElement,
  { number, secret, receivedOn, handledBy, nextLegalDate }: Receipt,
): void {
  setTitle(say(FILE.done));
  const another = () => {
    forget('sessionStorage', RECEIPT);
    showForm(main);
    scrollTo(0, 0);
    main.focus();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(
      `${say(COMMON.brand)}\n${say(FILE.number)} ${number}\n${say(FILE.secret)} ${secret}`,
    );
    announce(say(FILE.copied));
    copyButton.textContent = say(FILE.copied);
  };
  const copyButton = element('button', { type: 'button', onclick: () => void copy() }, say(FILE.copy));
  main.replaceChildren(
    element('h1', {}, say(FILE.done)),
    element(
      'section',
      { class: 'receipt' },
      facts(
        [
          [say(FILE.number), element('strong', { class: 'code', id: 'number' }, number)],
          [say(FILE.secret), element('strong', { class: 'code', id: 'secret' }, secret)],
        ],
        'codes',
      ),
      element('p', { class: 'notice' }, say(FILE.writeDown)),
      element(
        'div',
        { class: 'buttons' },
        // Without HTTPS there is no clipboard.
        'clipboard' in navigator && copyButton,
        element('button', { type: 'button', onclick: () => print() }, say(COMMON.print)),
      ),
    ),
    element(
      'section',
      { class: 'card' },
      element('h2', {}, say(FILE.whoHandles)),
      handledBy === null ? element('p', {}, say(FILE.atHub)) : stationCard(handledBy),
      handledBy !== null && element('p', { class: 'hint' }, say(FILE.because)),
    ),
    nextLegalDate === null
      ? ''
      : element(
          'section',
          { class: 'card' },
          element('h2', {}, say(FILE.byWhen)),
          legalDate(nextLegalDate),
          laterPeriods(nextLegalDate.clock, receivedOn),
        ),
    element(
      'div',
      { class: 'buttons' },
      element('a', { class: 'button primary', href: '#track' }, say(FILE.trackNow)),
      element('button', { type: 'button', onclick: another }, say(FILE.another)),
    ),
  );
}
