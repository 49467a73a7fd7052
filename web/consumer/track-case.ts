import { KINDS } from '../../shared/case/case.ts';
import { parseCaseNumber } from '../../shared/case/case-number.ts';
import type { Tracked } from '../api/answers.ts';
import { ApiProblem, call } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { eventForConsumer } from '../components/event-names.ts';
import { evidenceBySecret, evidencePanel } from '../components/evidence.ts';
import { clearErrors, errorSummary, type FormError, field, showErrors, valueOf } from '../components/form.ts';
import { article, longDate, money } from '../components/format.ts';
import { laterPeriods, legalDate, stationCard } from '../components/legal-date.ts';
import { announce, chinese, setTitle } from '../components/page.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { datesOnce, whyThisDate } from '../components/why-this-date.ts';
import { countdown } from './countdown.ts';
import { byWeight, CONFIRM, ownStep, rated } from './own-steps.ts';
import { forgetTraces, keepTrace, traceOf } from './own-traces.ts';
import { PLAINLY, TRACK } from './track.texts.ts';

interface Credentials {
  number: string;
  secret: string;
}

/** Remembers for this tab which case to show, so that going back or reloading asks nothing again. */
function rememberCase({ number, secret }: Credentials): void {
  keepTrace('tracked', { number, secret });
}

/** `#track/<number>/<secret>`, as an SMS after a call has it. */
const LINK = /^#track\/([\d-]{8,30})\/([0-9A-Za-z-]{5,30})$/;

export function showTrack(main: HTMLElement): void {
  const [, number, secret] = LINK.exec(location.hash) ?? [];
  if (number !== undefined && secret !== undefined) {
    // Neither the address line nor a bookmark keeps the secret.
    history.replaceState(null, '', `${location.pathname}${location.search}#track`);
    rememberCase({ number, secret });
  }
  const remembered = traceOf('tracked') as Credentials | undefined;
  if (remembered === undefined) showForm(main);
  else void look(main, remembered);
}

function showForm(main: HTMLElement, typed?: Credentials, errors: readonly FormError[] = []): void {
  setTitle(say(TRACK.title));
  const summary = errorSummary();
  const box = (id: string, attributes: Record<string, string>) =>
    element('input', {
      id,
      name: id,
      autocomplete: 'off',
      spellcheck: 'false',
      class: 'typed-code',
      ...attributes,
    });
  const number = box('number', { inputmode: 'numeric', maxlength: '30' });
  const secret = box('secret', { autocapitalize: 'characters', maxlength: '30' });
  const form = element(
    'form',
    { novalidate: true, class: 'card' },
    field(number, TRACK.number, { hint: TRACK.numberHint, required: true }),
    field(secret, TRACK.secret, { hint: TRACK.secretHint, required: true }),
    element('button', { class: 'primary', type: 'submit' }, say(TRACK.submit)),
  );
  if (typed !== undefined) {
    number.value = typed.number;
    secret.value = typed.secret;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearErrors(form, summary);
    const { credentials, wrong } = readForm(form);
    if (wrong.length > 0) showErrors(form, summary, wrong);
    else void look(main, credentials);
  });
  main.replaceChildren(
    element('h1', {}, say(TRACK.title)),
    element('p', { class: 'intro' }, say(TRACK.intro)),
    summary,
    form,
  );
  if (errors.length > 0) showErrors(form, summary, errors);
}

function readForm(form: HTMLFormElement) {
  const number = parseCaseNumber(valueOf(form, 'number'));
  // Only what a header can carry: full-width letters are folded, everything else is not part of a secret.
  const secret = valueOf(form, 'secret')
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z-]/g, '');
  const wrong: FormError[] = [];
  if (number === undefined) wrong.push({ id: 'number', text: say(TRACK.badNumber) });
  if (secret === '') wrong.push({ id: 'secret', text: say(TRACK.badSecret) });
  return { credentials: { number: number ?? '', secret }, wrong };
}

async function look(main: HTMLElement, credentials: Credentials): Promise<void> {
  setTitle(say(TRACK.title));
  main.replaceChildren(
    element('h1', {}, say(TRACK.title)),
    element('p', { class: 'intro' }, say(COMMON.loading)),
  );
  try {
    const found = await call('GET /complaints/{number}', {
      path: { number: credentials.number },
      headers: { 'tracking-secret': credentials.secret },
    });
    rememberCase(credentials);
    showCase(main, found, credentials);
    announce(`${say(TRACK.state)}: ${say(found.state)}`);
  } catch (error) {
    if (error instanceof ApiProblem && !error.isPassing) {
      forgetTraces('tracked');
      const fields: Record<string, string> = { number: 'number', 'tracking-secret': 'secret' };
      const errors = error.errors.map((problem) => ({ id: fields[problem.field], text: say(problem) }));
      showForm(main, credentials, errors.length > 0 ? errors : [{ text: say(error.title) }]);
    } else {
      showFailure(main, credentials);
    }
  }
}

function showFailure(main: HTMLElement, credentials: Credentials): void {
  const failure = element(
    'div',
    { class: 'failure', role: 'alert', tabindex: -1 },
    element('h2', {}, say(COMMON.unreachable)),
    element('p', {}, say(COMMON.unreachableAdvice)),
    element(
      'button',
      { type: 'button', class: 'primary', onclick: () => void look(main, credentials) },
      say(COMMON.tryAgain),
    ),
  );
  main.replaceChildren(element('h1', {}, say(TRACK.title)), failure);
  failure.focus();
}

function showCase(main: HTMLElement, found: Tracked, credentials: Credentials): void {
  const { state, station, nextLegalDate, ground, recovered, result } = found;
  const dates = datesOnce(() =>
    call('GET /complaints/{number}/dates', {
      path: { number: found.number },
      headers: { 'tracking-secret': credentials.secret },
    }),
  );
  const other = () => {
    forgetTraces('tracked');
    showForm(main);
    main.focus();
  };
  const again = () => look(main, credentials);
  const step = (action: string) => ownStep(action, { found, ...credentials, again });
  // What answers an offer stands beside it.
  const answersOffer = (action: string) =>
    found.actions.includes(CONFIRM) && (action === CONFIRM || action === 'insist');
  main.replaceChildren(
    element('h1', {}, say(TRACK.title)),
    element(
      'section',
      { class: 'card' },
      element('p', { class: 'hint' }, `${say(KINDS[found.kind])} · ${say(TRACK.number)} ${found.number}`),
      element('h2', { class: `state ${state.code}` }, say(state)),
      PLAINLY[state.code] !== undefined &&
        element('p', { class: 'plainly-said' }, say(PLAINLY[state.code] ?? state)),
      recovered !== null &&
        facts(
          [
            [
              `${say(TRACK.recovered)} · ${say(COMMON.agreed)}`,
              element('strong', {}, money(recovered.agreedFen)),
            ],
            [say(COMMON.proven), money(recovered.provenFen)],
          ],
          'sums',
        ),
      ground !== null &&
        facts([
          [say(TRACK.ground), say(ground)],
          [say(COMMON.basis), article(ground.basis)],
        ]),
      found.points !== null && element('p', { class: 'note' }, rated(found.points)),
      found.reopenAsked && element('p', { class: 'notice' }, say(TRACK.reopenAsked)),
      found.withdrawalAsked && !state.final && element('p', { class: 'notice' }, say(TRACK.withdrawalAsked)),
      element('p', { class: 'hint' }, `${say(TRACK.received)} ${longDate(found.receivedOn)}`),
    ),
    firstCard(found, ...found.actions.filter(answersOffer).sort(byWeight).map(step)),
    nextLegalDate === null
      ? ''
      : element(
          'section',
          { class: 'card' },
          element('h2', {}, say(TRACK.next)),
          countdown(nextLegalDate),
          legalDate(nextLegalDate),
          whyThisDate(nextLegalDate, dates),
          found.kind === 'complaint' && laterPeriods(nextLegalDate.clock, found.receivedOn),
        ),
    result === null ? '' : resultCard(result),
    answerCard(found),
    ...found.actions.filter(isForOutcome).sort(rateFirst).map(step),
    authorityCard(found),
    element(
      'section',
      { class: 'card' },
      element('h2', {}, say(COMMON.station)),
      station === null ? element('p', {}, say(TRACK.noStation)) : stationCard(station),
    ),
    element(
      'section',
      { class: 'card' },
      element('h2', {}, say(COMMON.steps)),
      element(
        'ol',
        { class: 'steps' },
        ...found.steps.map(({ type, on }) =>
          element(
            'li',
            {},
            element('time', { datetime: on }, longDate(on)),
            element('span', {}, say(eventForConsumer(type))),
          ),
        ),
      ),
    ),
    evidencePanel(evidenceBySecret(credentials.number, credentials.secret)).panel,
    ...found.actions
      .filter((action) => !answersOffer(action) && !isForOutcome(action))
      .sort(lastOfAll)
      .map(step),
    element(
      'div',
      { class: 'buttons' },
      element(
        'button',
        { type: 'button', class: 'primary', onclick: () => void look(main, credentials) },
        say(TRACK.again),
      ),
      element('button', { type: 'button', onclick: () => print() }, say(COMMON.print)),
      element('button', { type: 'button', onclick: other }, say(TRACK.other)),
    ),
  );
}

/** What is said of the outcome stands beside it. */
const isForOutcome = (action: string) => action === 'rate' || action === 'ask-reopen';
const rateFirst = (a: string, b: string) => Number(b === 'rate') - Number(a === 'rate');
/** Nobody withdraws by a slip of the thumb. */
const lastOfAll = (a: string, b: string) => Number(a === 'withdraw') - Number(b === 'withdraw');

/** What an inquiry was answered. */
function answerCard({ answer }: Tracked): HTMLElement | string {
  if (answer === null) return '';
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, say(TRACK.answer)),
    element('p', {}, chinese(answer, 'words')),
  );
}

/** Who tries to settle first, and what it offers, with the buttons that answer it. */
function firstCard({ first }: Tracked, ...answers: (HTMLElement | string)[]): HTMLElement | string {
  if (first === null) return '';
  const { offer } = first;
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, say(offer === null ? TRACK.withBusiness : TRACK.offered)),
    facts([
      [say(first.kind), chinese(first.name)],
      [say(TRACK.offeredSum), offer !== null && element('strong', {}, money(offer.offeredFen))],
      [say(TRACK.offeredTerms), offer !== null && offer.terms !== '' && chinese(offer.terms, 'words')],
      [
        say(TRACK.offeredBy),
        offer !== null && offer.promisedOn !== null ? longDate(offer.promisedOn) : undefined,
      ],
      [
        say(TRACK.confirmBy),
        offer !== null && offer.confirmBy !== null ? longDate(offer.confirmBy) : undefined,
      ],
    ]),
    offer !== null && offer.confirmBy !== null && element('p', { class: 'notice' }, say(TRACK.confirmAdvice)),
    ...answers,
  );
}

/** The authority elsewhere that is competent instead, with how to reach it. */
function authorityCard({ authority }: Tracked): HTMLElement | string {
  if (authority === null) return '';
  const { confirmed, ...where } = authority;
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, say(TRACK.elsewhere)),
    element('p', { class: 'hint' }, say(confirmed ? TRACK.turnThere : TRACK.mayBeThere)),
    stationCard(where),
  );
}

/** What the case came to, in the four parts that a closing must tell. */
function resultCard(result: NonNullable<Tracked['result']>): HTMLElement {
  const part = (label: Pair, text: string): [string, Node] => [say(label), chinese(text, 'words')];
  return element(
    'section',
    { class: 'card result' },
    element('h2', {}, say(COMMON.result)),
    facts([
      part(COMMON.partReceived, result.received),
      part(COMMON.partFound, result.found),
      part(COMMON.partDone, result.done),
      part(TRACK.routesLeft, result.routes),
    ]),
  );
}
