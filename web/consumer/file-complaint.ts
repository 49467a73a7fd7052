import { shanghaiDate } from '../../shared/dates.ts';
import { parseYuan } from '../../shared/money.ts';
import type { Receipt } from '../api/answers.ts';
import { ApiProblem, type BodyOf, call, type FieldProblem } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { evidenceBySecret, evidencePanel } from '../components/evidence.ts';
import {
  choices,
  clearErrors,
  errorSummary,
  type FormError,
  field,
  fillIn,
  isTicked,
  showErrors,
  tick,
  valueOf,
  valuesOf,
} from '../components/form.ts';
import { laterPeriods, legalDate, stationCard } from '../components/legal-date.ts';
import { announce, setTitle } from '../components/page.ts';
import { randomToken } from '../components/random.ts';
import { forget, keep, kept } from '../components/storage.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { FILE } from './consumer.texts.ts';
import { type JointRows, jointRows } from './joint-complainants.ts';
import { phoneCode } from './phone-code.ts';
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
  '/report/text': 'report-text',
  '/business/name': 'business-name',
  '/business/address': 'business-address',
  '/paidFen': 'paid',
  '/claimedFen': 'claimed',
  '/occurredOn': 'occurred-on',
  '/agent/name': 'agent-name',
  '/agent/phone': 'agent-phone',
  '/agent/until': 'agent-until',
  '/complainant': 'name',
  '/complainant/name': 'name',
  '/complainant/phone': 'phone',
  '/complainant/address': 'address',
  '/complainant/email': 'email',
  'x-phone-code': 'phone-code',
};

type FiledKind = 'complaint' | 'report' | 'inquiry';

/** What the form is called and asks first, by what the person wants. */
const OF_KIND = {
  complaint: { text: FILE.text, hint: FILE.textHint, submit: FILE.submit, done: FILE.done },
  report: {
    text: FILE.reportText,
    hint: FILE.reportTextHint,
    submit: FILE.submitReport,
    done: FILE.doneReport,
  },
  inquiry: {
    text: FILE.inquiryText,
    hint: FILE.inquiryTextHint,
    submit: FILE.submitInquiry,
    done: FILE.doneInquiry,
  },
} as const satisfies Record<FiledKind, Record<string, Pair>>;

function showForm(main: HTMLElement): void {
  setTitle(say(FILE.title));
  const draft = kept('localStorage', DRAFT) as Record<string, string> | undefined;
  const summary = errorSummary();
  const failure = element('div', { class: 'failure', role: 'alert', tabindex: -1, hidden: true });
  const submitButton = element('button', { class: 'primary', type: 'submit' }, say(FILE.submit));
  const saveDraft = () => keep('localStorage', DRAFT, valuesOf(form));
  const joint = jointRows(() => saveDraft());
  const code = phoneCode(() => valueOf(form, 'phone'));
  const form = element(
    'form',
    { novalidate: true },
    element(
      'div',
      { class: 'group' },
      choices(
        'kind',
        FILE.kind,
        [
          { value: 'complaint', text: say(FILE.kindComplaint), small: say(FILE.kindComplaintHint) },
          { value: 'report', text: say(FILE.kindReport), small: say(FILE.kindReportHint) },
          { value: 'inquiry', text: say(FILE.kindInquiry), small: say(FILE.kindInquiryHint) },
        ],
        'complaint',
      ),
    ),
    only(['report'], element('p', { class: 'notice promise' }, say(FILE.promise))),
    group(
      FILE.whatHappened,
      field(textarea('text', 6, 10_000), FILE.text, { hint: FILE.textHint, required: true }),
      only(['complaint'], field(textarea('request', 2, 1_000), FILE.request, { hint: FILE.requestHint })),
    ),
    only(
      ['complaint', 'report'],
      group(
        FILE.business,
        field(input('business-name', { maxlength: 120 }), FILE.businessName),
        field(input('business-address', { maxlength: 200 }), FILE.businessAddress, {
          hint: FILE.businessAddressHint,
        }),
      ),
    ),
    only(
      ['complaint', 'report'],
      group(
        FILE.moneyAndDate,
        only(
          ['complaint'],
          element(
            'div',
            { class: 'pair' },
            field(input('paid', { inputmode: 'decimal' }), FILE.paid, { hint: FILE.amountHint }),
            field(input('claimed', { inputmode: 'decimal' }), FILE.claimed, { hint: FILE.amountHint }),
          ),
        ),
        field(
          input('occurred-on', { type: 'date', min: '1990-01-01', max: shanghaiDate(new Date()) }),
          FILE.occurredOn,
        ),
      ),
    ),
    only(
      ['complaint'],
      element(
        'div',
        { class: 'group' },
        tick('also-report', FILE.alsoReport, FILE.alsoReportHint),
        element(
          'div',
          { id: 'report-part', hidden: true },
          element('p', { class: 'notice promise' }, say(FILE.promise)),
          field(textarea('report-text', 4, 10_000), FILE.reportText, {
            hint: FILE.reportTextHint,
            required: true,
          }),
          tick('report-anonymous', FILE.alsoAnonymous),
        ),
      ),
    ),
    group(
      FILE.you,
      only(['report'], tick('anonymous', FILE.anonymous, FILE.anonymousHint)),
      element(
        'div',
        { id: 'person-part' },
        only(['complaint', 'inquiry'], element('p', { class: 'hint' }, say(FILE.youHint))),
        field(input('name', { autocomplete: 'name', maxlength: 60 }), FILE.name, { required: true }),
        field(input('phone', { type: 'tel', autocomplete: 'tel', maxlength: 30 }), FILE.phone, {
          hint: FILE.phoneHint,
          required: true,
        }),
        code.panel,
        element(
          'details',
          { class: 'optional', open: draft?.address || draft?.email ? true : undefined },
          element('summary', {}, say(FILE.moreContact)),
          field(input('address', { autocomplete: 'street-address', maxlength: 200 }), FILE.address),
          field(input('email', { type: 'email', autocomplete: 'email', maxlength: 120 }), FILE.email, {
            hint: FILE.emailHint,
          }),
        ),
        only(['complaint'], joint.panel),
        only(
          ['complaint'],
          element(
            'details',
            { class: 'optional', id: 'agent', open: draft?.['agent-name'] ? true : undefined },
            element('summary', {}, say(FILE.agent)),
            element('p', { class: 'hint' }, say(FILE.agentHint)),
            field(input('agent-name', { maxlength: 60 }), FILE.agentName, { required: true }),
            field(input('agent-phone', { type: 'tel', maxlength: 30 }), FILE.agentPhone, {
              required: true,
            }),
            choices(
              'agent-powers',
              FILE.agentPowers,
              [
                { value: 'general', text: say(FILE.agentGeneral), small: say(FILE.agentGeneralHint) },
                { value: 'special', text: say(FILE.agentSpecial), small: say(FILE.agentSpecialHint) },
              ],
              'general',
            ),
            field(input('agent-until', { type: 'date' }), FILE.agentUntil),
          ),
        ),
      ),
    ),
    only(
      ['complaint'],
      group(
        FILE.agree,
        tick('agree-publish', FILE.agreePublish, FILE.agreePublishHint),
        tick('agree-entrust', FILE.agreeEntrust, FILE.agreeEntrustHint),
      ),
    ),
    failure,
    submitButton,
  );

  /** Shows what this kind of message needs; what was typed elsewhere stays in the form. */
  const arrange = () => {
    const kind = kindOf(form);
    for (const part of form.querySelectorAll<HTMLElement>('[data-only]')) {
      part.hidden = part.dataset.only?.split(' ').includes(kind) !== true;
    }
    const find = (id: string) => form.querySelector<HTMLElement>(`#${id}`);
    find('report-part')?.toggleAttribute('hidden', !isTicked(form, 'also-report'));
    find('person-part')?.toggleAttribute('hidden', kind === 'report' && isTicked(form, 'anonymous'));
    const label = form.querySelector('label[for=text]')?.firstChild;
    const hint = find('text-hint');
    if (label) label.textContent = say(OF_KIND[kind].text);
    if (hint !== null) hint.textContent = say(OF_KIND[kind].hint);
    submitButton.textContent = say(OF_KIND[kind].submit);
  };
  if (draft !== undefined) {
    joint.showFor(draft);
    fillIn(form, draft);
  }
  arrange();
  form.addEventListener('input', saveDraft);
  form.addEventListener('change', arrange);

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
    const { body, errors } = readForm(form, joint);
    if (errors.length > 0) return showErrors(form, summary, errors);

    sending = true;
    submitButton.setAttribute('aria-disabled', 'true');
    submitButton.textContent = say(FILE.sending);
    announce(say(FILE.sending));
    try {
      const receipt = await register(body, code.headers());
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
        if (error.errors.some(({ field: wanted }) => wanted === 'x-phone-code')) code.show();
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
      arrange();
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

function kindOf(form: HTMLFormElement): FiledKind {
  const kind = valueOf(form, 'kind');
  return kind === 'report' || kind === 'inquiry' ? kind : 'complaint';
}

/** A part of the form that only these kinds of message have. */
function only(kinds: readonly FiledKind[], part: HTMLElement): HTMLElement {
  part.dataset.only = kinds.join(' ');
  return part;
}

function group(legend: Pair, ...children: Node[]): HTMLElement {
  return element('fieldset', { class: 'group' }, element('legend', {}, say(legend)), ...children);
}

function input(id: string, attributes: Record<string, string | number>): HTMLInputElement {
  return element('input', { id, name: id, type: 'text', autocomplete: 'off', ...attributes });
}

function textarea(id: string, rows: number, maxlength: number): HTMLTextAreaElement {
  return element('textarea', { id, name: id, rows, maxlength, autocomplete: 'off' });
}

/** The message as the API takes it, and what a person must correct before it is worth sending. */
function readForm(form: HTMLFormElement, joint: JointRows) {
  const errors: FormError[] = [];
  const kind = kindOf(form);
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
  const complainant = () => ({
    name: needed('name'),
    phone: needed('phone'),
    address: typed('address'),
    email: typed('email'),
  });
  const agent = () => {
    if (typed('agent-name') === undefined && typed('agent-phone') === undefined) return undefined;
    return {
      name: needed('agent-name'),
      phone: needed('agent-phone'),
      powers: valueOf(form, 'agent-powers'),
      until: typed('agent-until'),
    };
  };
  const business = () => ({ name: typed('business-name'), address: typed('business-address') });
  const text = needed('text');
  const bodies: Readonly<Record<FiledKind, () => object>> = {
    complaint: () => ({
      text,
      request: typed('request'),
      business: business(),
      paidFen: amount('paid'),
      claimedFen: amount('claimed'),
      occurredOn: typed('occurred-on'),
      report: isTicked(form, 'also-report')
        ? { text: needed('report-text'), anonymous: isTicked(form, 'report-anonymous') || undefined }
        : undefined,
      complainant: complainant(),
      joint: joint.read(form, errors),
      agent: agent(),
      consents: {
        publish: isTicked(form, 'agree-publish') || undefined,
        entrust: isTicked(form, 'agree-entrust') || undefined,
      },
    }),
    report: () => ({
      kind,
      text,
      business: business(),
      occurredOn: typed('occurred-on'),
      complainant: isTicked(form, 'anonymous') ? undefined : complainant(),
    }),
    inquiry: () => ({ kind, text, complainant: complainant() }),
  };
  return { body: bodies[kind](), errors };
}

/** The field that a problem of the service belongs to; `/joint/0/phone` is the phone in the first row. */
function inForm(problem: FieldProblem): FormError {
  const joint = /^\/joint\/(\d+)\/(\w+)$/.exec(problem.field);
  const id = joint === null ? FIELD_OF[problem.field] : `joint-${Number(joint[1]) + 1}-${joint[2]}`;
  return { id, text: say(problem) };
}

/**
 * Sends the message. The same message bears the same key however often it is sent, over a lost network and
 * a closed page, so it is registered once; another message gets another key.
 */
function register(body: object, headers: Record<string, string>): Promise<Receipt> {
  const json = JSON.stringify(body);
  const earlier = kept('localStorage', SENT) as { key: string; json: string } | undefined;
  const key = earlier?.json === json ? earlier.key : randomToken();
  keep('localStorage', SENT, { key, json });
  return call('POST /complaints', {
    headers: { ...headers, 'idempotency-key': key },
    body: body as BodyOf<'POST /complaints'>,
  });
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
  { kind, number, secret, receivedOn, handledBy, nextLegalDate, report }: Receipt,
): void {
  const { done } = OF_KIND[kind === 'other' ? 'inquiry' : kind];
  setTitle(say(done));
  const another = () => {
    forget('sessionStorage', RECEIPT);
    showForm(main);
    scrollTo(0, 0);
    main.focus();
  };
  const copy = async () => {
    const lines = [
      say(COMMON.brand),
      `${say(report === null ? FILE.number : FILE.complaintNumber)} ${number}`,
      ...(report === null ? [] : [`${say(FILE.reportNumber)} ${report.number}`]),
      `${say(FILE.secret)} ${secret}`,
    ];
    await navigator.clipboard.writeText(lines.join('\n'));
    announce(say(FILE.copied));
    copyButton.textContent = say(FILE.copied);
  };
  const copyButton = element('button', { type: 'button', onclick: () => void copy() }, say(FILE.copy));
  main.replaceChildren(
    element('h1', {}, say(done)),
    element(
      'section',
      { class: 'receipt' },
      facts(
        [
          [
            say(report === null ? FILE.number : FILE.complaintNumber),
            element('strong', { class: 'code', id: 'number' }, number),
          ],
          [
            say(FILE.reportNumber),
            report !== null && element('strong', { class: 'code', id: 'report-number' }, report.number),
          ],
          [say(FILE.secret), element('strong', { class: 'code', id: 'secret' }, secret)],
        ],
        'codes',
      ),
      report !== null && element('p', { class: 'hint' }, say(FILE.reportSame)),
      element('p', { class: 'notice' }, say(FILE.writeDown)),
      element(
        'div',
        { class: 'buttons' },
        // Without HTTPS there is no clipboard.
        'clipboard' in navigator && copyButton,
        element('button', { type: 'button', onclick: () => print() }, say(COMMON.print)),
      ),
    ),
    evidencePanel(evidenceBySecret(number, secret)).panel,
    element(
      'section',
      { class: 'card' },
      element('h2', {}, say(FILE.whoHandles)),
      handledBy === null ? element('p', {}, say(FILE.atHub)) : stationCard(handledBy),
      handledBy !== null &&
        element('p', { class: 'hint' }, say(kind === 'report' ? FILE.becauseReport : FILE.because)),
    ),
    nextLegalDate === null
      ? ''
      : element(
          'section',
          { class: 'card' },
          element('h2', {}, say(FILE.byWhen)),
          legalDate(nextLegalDate),
          kind === 'complaint' && laterPeriods(nextLegalDate.clock, receivedOn),
        ),
    element(
      'div',
      { class: 'buttons' },
      element('a', { class: 'button primary', href: '#track' }, say(FILE.trackNow)),
      element('button', { type: 'button', onclick: another }, say(FILE.another)),
    ),
  );
}
