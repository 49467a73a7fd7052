import { parseCaseNumber } from '../../shared/case/case-number.ts';
import { parseYuan } from '../../shared/money.ts';
import type { PartnerCase } from '../api/answers.ts';
import { ApiProblem, type BodyOf, call } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import {
  choices,
  clearErrors,
  errorSummary,
  type FormError,
  field,
  showErrors,
  valueOf,
} from '../components/form.ts';
import { longDate, moment, money } from '../components/format.ts';
import { announce, chinese, frame, setTitle } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { COMMON, say } from '../components/texts.ts';
import { PARTNER } from './partner.texts.ts';

/*
 * For a rights station or a business, opened by the link in a notice. What opens the case stands behind the # of the
 * address, which browsers send to nobody; it goes to the API in a header.
 */

const main = frame([], 'narrow');

async function open(): Promise<void> {
  setTitle(say(PARTNER.title));
  const token = location.hash.slice(1);
  const number = parseCaseNumber(token.slice(0, 13));
  if (number === undefined) {
    main.replaceChildren(heading(), element('p', { class: 'card' }, say(PARTNER.noLink)));
    return;
  }
  main.replaceChildren(heading(), element('p', { class: 'intro' }, say(COMMON.loading)));
  try {
    draw(await call('GET /partner/cases/{number}', { path: { number }, headers: bearer(token) }), token);
  } catch (error) {
    // Passing faults may be tried again; a link that opens nothing says how to get a new one.
    const passing = !(error instanceof ApiProblem) || error.isPassing;
    main.replaceChildren(
      heading(),
      element(
        'div',
        { class: 'failure', role: 'alert' },
        element('h2', {}, say(PARTNER.cannotOpen)),
        element('p', {}, say(problemText(error))),
        passing
          ? element(
              'button',
              { type: 'button', class: 'primary', onclick: () => void open() },
              say(COMMON.tryAgain),
            )
          : error.status === 404 && element('p', {}, say(PARTNER.noLink)),
      ),
    );
  }
}

const heading = () => element('h1', {}, say(PARTNER.title));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function draw(found: PartnerCase, token: string): void {
  const { state, unit } = found;
  main.replaceChildren(
    heading(),
    state.code === 'open' ? element('p', { class: 'intro' }, say(PARTNER.intro)) : '',
    element(
      'section',
      { class: 'card' },
      element('p', { class: 'hint' }, `${say(PARTNER.number)} ${found.number}`),
      element('h2', { class: `state ${state.code}` }, say(state)),
      facts([
        [say(PARTNER.answerBy), found.answerBy !== null && element('strong', {}, longDate(found.answerBy))],
        [say(PARTNER.confirmBy), found.confirmBy !== null && longDate(found.confirmBy)],
        [say(PARTNER.you), chinese(found.partner.name)],
        [say(PARTNER.call), unit !== null && chinese(`${unit.name} ${unit.phone}`)],
      ]),
      note(found),
    ),
    answerCard(found),
    complaintCard(found),
    state.code === 'open' ? answerForm(found, token) : '',
  );
}

function note({ state }: PartnerCase): HTMLElement | undefined {
  const notes = { offered: PARTNER.offeredNote, settled: PARTNER.settledNote, over: PARTNER.overNote };
  return state.code === 'open' ? undefined : element('p', { class: 'notice' }, say(notes[state.code]));
}

function answerCard({ answer }: PartnerCase): HTMLElement | string {
  if (answer === null) return '';
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, say(PARTNER.received)),
    element('p', { class: 'hint' }, moment(answer.receivedAt)),
    answer.answer === 'hand-back'
      ? facts([[say(PARTNER.handBack), answer.reason !== undefined && chinese(answer.reason, 'words')]])
      : facts([
          [say(PARTNER.sum), money(answer.offeredFen)],
          [say(PARTNER.terms), answer.terms !== undefined && chinese(answer.terms, 'words')],
          [say(PARTNER.promisedOn), answer.promisedOn !== undefined && longDate(answer.promisedOn)],
        ]),
  );
}

function complaintCard({ complaint, consumer }: PartnerCase): HTMLElement | string {
  if (complaint === null) return '';
  const { request, business, occurredOn, paidFen, claimedFen } = complaint;
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, say(PARTNER.whatHappened)),
    complaint.text === null ? element('p', {}, say(PARTNER.textHidden)) : chinese(complaint.text, 'words'),
    facts([
      [say(PARTNER.request), request !== null && chinese(request, 'words')],
      [say(PARTNER.business), business.name !== null && chinese(business.name)],
      [say(PARTNER.address), business.address !== null && chinese(business.address)],
      [say(PARTNER.occurredOn), occurredOn !== null && longDate(occurredOn)],
      [say(PARTNER.paid), paidFen !== null && money(paidFen)],
      [say(PARTNER.claimed), claimedFen !== null && money(claimedFen)],
      [say(PARTNER.consumer), consumer !== null && chinese(`${consumer.name} ${consumer.phone}`)],
    ]),
    element('p', { class: 'hint' }, say(consumer === null ? PARTNER.consumerHidden : PARTNER.read)),
  );
}

function answerForm(found: PartnerCase, token: string): HTMLElement {
  const summary = errorSummary();
  const box = (id: string, attributes: Record<string, string>) =>
    element('input', { id, name: id, autocomplete: 'off', ...attributes });
  const area = (id: string, maxlength: number) => element('textarea', { id, name: id, rows: 4, maxlength });
  const parts = {
    settle: element(
      'div',
      { hidden: true },
      field(box('offeredFen', { inputmode: 'decimal', type: 'text' }), PARTNER.sum, {
        hint: PARTNER.sumHint,
        required: true,
      }),
      field(area('terms', 1_000), PARTNER.terms, { hint: PARTNER.termsHint, required: true }),
      field(box('promisedOn', { type: 'date' }), PARTNER.promisedOn, { hint: PARTNER.promisedHint }),
    ),
    'hand-back': element(
      'div',
      { hidden: true },
      field(area('reason', 2_000), PARTNER.reason, { hint: PARTNER.reasonHint, required: true }),
    ),
  };
  const submit = element('button', { class: 'primary', type: 'submit' }, say(PARTNER.send));
  const form = element(
    'form',
    { novalidate: true, class: 'card' },
    summary,
    choices('answer', PARTNER.yourAnswer, [
      { value: 'settle', text: say(PARTNER.settle), small: say(PARTNER.settleHint) },
      { value: 'hand-back', text: say(PARTNER.handBack), small: say(PARTNER.handBackHint) },
    ]),
    parts.settle,
    parts['hand-back'],
    submit,
  );
  const chosen = () => new FormData(form).get('answer') as keyof typeof parts | null;
  form.addEventListener('change', () => {
    for (const [name, part] of Object.entries(parts)) part.hidden = name !== chosen();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearErrors(form, summary);
    const { body, errors } = read(form, chosen());
    if (errors.length > 0) showErrors(form, summary, errors);
    else void send(body);
  });

  let sending = false;
  async function send(body: object): Promise<void> {
    if (sending) return;
    sending = true;
    submit.textContent = say(PARTNER.sending);
    try {
      await call('POST /partner/cases/{number}/answer', {
        path: { number: found.number },
        headers: bearer(token),
        body: body as BodyOf<'POST /partner/cases/{number}/answer'>,
      });
      await open();
      announce(say(PARTNER.received));
      main.focus();
    } catch (error) {
      showErrors(form, summary, errorsOf(error));
    } finally {
      sending = false;
      submit.textContent = say(PARTNER.send);
    }
  }
  return form;
}

/** What was filled in, as the service takes it, and what must be corrected first. */
function read(form: HTMLFormElement, answer: 'settle' | 'hand-back' | null) {
  const missing = (id: string) => (valueOf(form, id) === '' ? [{ id, text: say(COMMON.missing) }] : []);
  if (answer === null) return { body: {}, errors: [{ id: 'answer', text: say(PARTNER.chooseAnswer) }] };
  if (answer === 'hand-back') {
    return { body: { answer, reason: valueOf(form, 'reason') }, errors: missing('reason') };
  }
  const typed = valueOf(form, 'offeredFen');
  const offeredFen = parseYuan(typed);
  const day = valueOf(form, 'promisedOn');
  const errors: FormError[] = [
    ...missing('offeredFen'),
    ...(typed !== '' && offeredFen === undefined
      ? [{ id: 'offeredFen', text: say(COMMON.notAnAmount) }]
      : []),
    ...missing('terms'),
  ];
  const terms = valueOf(form, 'terms');
  return { body: { answer, offeredFen, terms, ...(day === '' ? {} : { promisedOn: day }) }, errors };
}

function errorsOf(error: unknown): FormError[] {
  if (!(error instanceof ApiProblem)) return [{ text: say(PARTNER.notSent) }];
  if (error.errors.length === 0) return [{ text: say(error.title) }];
  return error.errors.map((problem) => ({ id: problem.field.replace(/^\//, ''), text: say(problem) }));
}

addEventListener('hashchange', () => void open());
void open();
