import type { Receipt } from '../api/answers.ts';
import { ApiProblem } from '../api/call.ts';
import { element } from '../components/dom.ts';
import {
  clearErrors,
  errorSummary,
  type FormError,
  fillIn,
  isTicked,
  showErrors,
  valueOf,
  valuesOf,
} from '../components/form.ts';
import { announce, setTitle } from '../components/page.ts';
import { type Pair, say } from '../components/texts.ts';
import { checkLines } from './check-lines.ts';
import { destination, urgentAdvice } from './destination.ts';
import { FILE } from './file.texts.ts';
import { consentFields, factFields, only, personFields, tellFields } from './form-parts.ts';
import { jointRows } from './joint-complainants.ts';
import {
  draftOf,
  type FiledKind,
  inForm,
  kindOf,
  messageOf,
  STEPS,
  type Step,
  stepOfField,
} from './message-of-form.ts';
import { dropKey, putIn, sendOut, wait, waitingSince } from './outbox.ts';
import { forgetTraces, keepTrace, traceOf } from './own-traces.ts';
import { phoneCode } from './phone-code.ts';
import { createProgress } from './progress.ts';
import { createQuestions } from './questions.ts';
import { createReading } from './reading.ts';
import { showReceipt } from './receipt.ts';
import { createSuggestions } from './suggestions.ts';
import { understoodRows } from './understood.ts';
import { showWaiting } from './waiting.ts';

/** The form as it stands on the screen: goes from step to step with the address. */
export interface Filing {
  /** False once something else stands in its place. */
  isShown(): boolean;
  go(step: Step): void;
}

/** `#file/you` → you. */
export function stepOfHash(hash: string): Step {
  const named = /^#file\/(\w+)$/.exec(hash)?.[1];
  return STEPS.find((step) => step === named) ?? 'tell';
}

/** Goes to a step: the phone's own way back leads to the one before. */
function goTo(step: Step): void {
  location.hash = step === 'tell' ? 'file' : `file/${step}`;
}

/** The form, what waits for a network, or what was just registered. */
export function showFile(main: HTMLElement, step: Step): Filing | undefined {
  const receipt = traceOf('receipt') as Receipt | undefined;
  if (receipt !== undefined) showDone(main, receipt);
  else if (waitingSince() !== undefined) showWait(main, {});
  else return showForm(main, step);
  return undefined;
}

const ANEW = new Event('hashchange');

/** Draws the page anew from the beginning. */
function begin(): void {
  if (location.hash === '' || location.hash === '#file') dispatchEvent(ANEW);
  else location.hash = 'file';
}

function showDone(main: HTMLElement, receipt: Receipt): void {
  const { number, secret } = receipt;
  keepTrace('tracked', { number, secret });
  showReceipt(main, receipt, () => {
    forgetTraces('receipt');
    begin();
  });
}

function showWait(main: HTMLElement, headers: Record<string, string>, error?: unknown): void {
  const done = (receipt: Receipt) => showDone(main, receipt);
  const edit = () => {
    const review = '#file/review';
    if (location.hash === review) dispatchEvent(ANEW);
    else location.hash = review;
  };
  showWaiting(main, { headers, error, done, edit });
}

/** What the form is called and asks first, by what the person wants. */
const OF_KIND = {
  complaint: { text: FILE.text, hint: FILE.textHint, submit: FILE.submit, name: FILE.kindComplaint },
  report: {
    text: FILE.reportText,
    hint: FILE.reportTextHint,
    submit: FILE.submitReport,
    name: FILE.kindReport,
  },
  inquiry: {
    text: FILE.inquiryText,
    hint: FILE.inquiryTextHint,
    submit: FILE.submitInquiry,
    name: FILE.kindInquiry,
  },
} as const satisfies Record<FiledKind, Record<string, Pair>>;

const TITLES: Readonly<Record<Step, Pair>> = {
  tell: FILE.title,
  ask: FILE.askTitle,
  you: FILE.youTitle,
  review: FILE.reviewTitle,
};
function showForm(main: HTMLElement, first: Step): Filing {
  const draft = traceOf('draft') as Record<string, string> | undefined;
  const summary = errorSummary();
  const joint = jointRows(() => saveDraft());
  const code = phoneCode(() => valueOf(form, 'phone'));
  const understood = understoodRows(factFields());
  const { rows, byHand } = understood;
  const questions = createQuestions(
    understood,
    () => void answered(),
    (byTap) => {
      forward.hidden = byTap;
    },
  );
  const reading = createReading(() => draftOf(form, byHand), showReading);
  const suggestions = createSuggestions(
    () => form,
    () => {
      arrange();
      saveDraft();
      reading.touch();
    },
  );
  let step: Step = 'tell';
  /** The person fills the fields in by himself, or nobody can be asked what the words say. */
  let plain = false;
  /** Whoever only opens the page has moved nowhere yet. */
  let isReady = false;

  const title = element('h1', { tabindex: -1 });
  const progress = createProgress();
  const advice = element('div', { class: 'advice' });
  const aside = element('div', { class: 'beside', 'aria-live': 'off' });
  const where = element('div', { class: 'destination' });
  const panelTitle = element('h2', {});
  const panelHint = element('p', { class: 'hint' });
  const openAll = element(
    'button',
    {
      type: 'button',
      class: 'plain open-all',
      onclick: () => {
        plain = true;
        showReading();
        rows[0]?.control.focus();
      },
    },
    say(FILE.openAll),
  );
  const panel = element(
    'section',
    { class: 'card understood' },
    panelTitle,
    panelHint,
    ...rows.map(({ place }) => place),
    openAll,
  );
  // Inquiries are about no business.
  aside.append(only(['complaint', 'report'], panel), where);
  const check = element('div', { class: 'check' });
  const back = element('button', { type: 'button', onclick: () => history.back() }, say(FILE.back));
  const skip = element('button', { type: 'button', onclick: () => nextQuestion() }, say(FILE.skip));
  const forward = element('button', { class: 'primary', type: 'submit' });
  const part = (name: Step, ...children: (Node | string)[]) =>
    element('section', { class: 'part', 'data-step': name }, ...children);

  const form = element(
    'form',
    { novalidate: true, class: 'filing' },
    element(
      'div',
      { class: 'parts' },
      part('tell', suggestions.place, element('div', { class: 'group' }, ...tellFields(useExample))),
      part('ask', element('p', { class: 'hint' }, say(FILE.askHint)), questions.place),
      part('you', element('div', { class: 'group' }, ...personFields(draft, code.panel, joint.panel))),
      part('review', check, consentFields()),
    ),
    aside,
    element('div', { class: 'step-nav' }, forward, skip, back),
  );

  function saveDraft(): void {
    keepTrace('draft', { ...valuesOf(form), 'by-hand': [...byHand].join(' ') });
  }

  function useExample(text: string): void {
    const box = form.querySelector<HTMLTextAreaElement>('#text');
    if (box === null) return;
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.focus();
  }

  /** Shows what this kind of message needs; what was typed elsewhere stays in the form. */
  function arrange(): void {
    const kind = kindOf(form);
    for (const one of form.querySelectorAll<HTMLElement>('[data-only]')) {
      one.hidden = one.dataset.only?.split(' ').includes(kind) !== true;
    }
    const find = (id: string) => form.querySelector<HTMLElement>(`#${id}`);
    find('report-part')?.toggleAttribute('hidden', !isTicked(form, 'also-report'));
    find('person-part')?.toggleAttribute('hidden', kind === 'report' && isTicked(form, 'anonymous'));
    const label = form.querySelector('label[for=text]')?.firstChild;
    const hint = find('text-hint');
    if (label) label.textContent = say(OF_KIND[kind].text);
    if (hint !== null) hint.textContent = say(OF_KIND[kind].hint);
    forward.textContent = say(step === 'review' ? OF_KIND[kind].submit : FILE.next);
  }

  /** What was read, beside the words. */
  function showReading(): void {
    const latest = reading.latest();
    const state = reading.state();
    if (state === 'read' || state === 'nothing') understood.take(latest, valueOf(form, 'text'));
    const isPlain = plain || (state === 'failed' && latest === undefined);
    panel.dataset.mode = isPlain ? 'plain' : latest === undefined ? 'yet' : 'rows';
    panelTitle.textContent = say(isPlain ? FILE.plainTitle : FILE.understoodTitle);
    const hint = isPlain ? FILE.plainHint : latest === undefined ? FILE.understoodYet : FILE.understoodHint;
    panelHint.textContent = say(state === 'reading' ? FILE.reading : hint);
    openAll.hidden = isPlain;
    advice.replaceChildren(...[latest && urgentAdvice(latest)].filter((one) => one !== undefined));
    suggestions.show(latest);
    where.replaceChildren(...(latest === undefined && step !== 'review' ? [] : destination(latest)));
    saveDraft();
  }

  function go(to: Step): void {
    // Whoever comes by an old address has nothing to look at yet.
    step = valueOf(form, 'text') === '' ? 'tell' : to;
    questions.end();
    clearErrors(form, summary);
    form.dataset.step = step;
    for (const one of form.querySelectorAll<HTMLElement>('.part')) one.hidden = one.dataset.step !== step;
    title.textContent = say(TITLES[step]);
    setTitle(say(TITLES[step]));
    progress.show(step);
    back.hidden = step === 'tell';
    skip.hidden = true;
    forward.hidden = false;
    intro.hidden = step !== 'tell';
    if (step === 'review') check.replaceChildren(...checkLines(form, goTo));
    showReading();
    arrange();
    scrollTo(0, 0);
    if (step === 'ask') nextQuestion(true);
    else if (isReady) title.focus();
  }

  /** The next thing to ask, or the next step; where nobody can be asked what the words say, the fields themselves. */
  function nextQuestion(arriving = false): void {
    if (panel.dataset.mode === 'plain' && arriving) {
      questions.place.replaceChildren();
      form.classList.add('plainly');
      return;
    }
    form.classList.remove('plainly');
    skip.hidden = false;
    if (questions.next(reading.latest())) {
      announce(title.textContent ?? '', ' ', questions.place.querySelector('h2')?.textContent ?? '');
      return;
    }
    skip.hidden = true;
    // Nothing was asked: the way back leads past this step.
    if (arriving) location.replace('#file/you');
    else goTo('you');
  }

  async function answered(): Promise<void> {
    const row = questions.current();
    if (row !== undefined) {
      const wrong = errorsNow().filter(({ id }) => id === row.id);
      if (wrong.length > 0) return showErrors(form, summary, wrong);
      if (row.control.value !== '') byHand.add(row.id);
    }
    clearErrors(form, summary);
    saveDraft();
    nextQuestion();
    await reading.settle();
  }

  const errorsNow = (): FormError[] => messageOf(form, joint).errors;

  const STEP_FORWARD: Readonly<Record<Step, () => Promise<void> | void>> = {
    tell: async () => {
      const wrong = errorsNow().filter(({ id }) => stepOfField(id) === 'tell');
      if (wrong.length > 0) return showErrors(form, summary, wrong);
      await reading.settle();
      questions.again();
      goTo(kindOf(form) === 'inquiry' ? 'you' : 'ask');
    },
    ask: () => {
      if (!form.classList.contains('plainly')) return answered();
      const wrong = errorsNow().filter(({ id }) => rows.some((row) => row.id === id));
      return wrong.length > 0 ? showErrors(form, summary, wrong) : goTo('you');
    },
    you: () => {
      const wrong = errorsNow().filter(({ id }) => stepOfField(id) === 'you');
      return wrong.length > 0 ? showErrors(form, summary, wrong) : goTo('review');
    },
    review: send,
  };

  let busy = false;
  async function send(): Promise<void> {
    const { body, errors } = messageOf(form, joint);
    if (errors.length > 0) return showWrong(errors);
    saveDraft();
    putIn(JSON.stringify(body));
    forward.textContent = say(FILE.sending);
    announce(say(FILE.sending));
    try {
      const receipt = await sendOut(code.headers());
      showDone(main, receipt);
      scrollTo(0, 0);
      main.focus();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.isPassing) {
        wait();
        return showWait(main, code.headers(), error);
      }
      if (error.status === 422) dropKey();
      if (error.errors.some(({ field: wanted }) => wanted === 'x-phone-code')) code.show();
      showWrong(error.errors.length === 0 ? [{ text: say(error.title) }] : error.errors.map(inForm));
    }
  }

  /** Leads to the first step on which something is wrong, and shows what is wrong there. */
  function showWrong(errors: readonly FormError[]): void {
    const steps = errors.map(({ id }) => stepOfField(id));
    const to = STEPS.find((one) => steps.includes(one)) ?? 'review';
    const here = errors.filter(({ id }) => stepOfField(id) === to);
    for (const { id } of here) rows.find((row) => row.id === id)?.open();
    if (to === step) return showErrors(form, summary, here);
    // The address changes first, and with it the screen.
    addEventListener('hashchange', () => setTimeout(() => showErrors(form, summary, here)), { once: true });
    goTo(to);
  }

  form.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    if (rows.some(({ id }) => id === target.id)) byHand.add(target.id);
    saveDraft();
    if (step === 'tell' || byHand.has(target.id)) reading.touch();
  });
  form.addEventListener('change', arrange);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    clearErrors(form, summary);
    forward.setAttribute('aria-disabled', 'true');
    void Promise.resolve(STEP_FORWARD[step]()).finally(() => {
      busy = false;
      forward.removeAttribute('aria-disabled');
      arrange();
    });
  });

  const intro = element('p', { class: 'intro' }, say(FILE.intro));
  if (draft !== undefined) {
    joint.showFor(draft);
    fillIn(form, draft);
    for (const id of (draft['by-hand'] ?? '').split(' ').filter(Boolean)) byHand.add(id);
  }
  main.replaceChildren(
    progress.place,
    title,
    intro,
    draft !== undefined && draft.text ? restored(main) : '',
    summary,
    advice,
    form,
  );
  go(first);
  isReady = true;
  if (draft?.text) reading.touch();
  return { go, isShown: () => form.isConnected };
}

function restored(main: HTMLElement): HTMLElement {
  const clear = () => {
    forgetTraces('draft', 'sent');
    main.replaceChildren();
    begin();
  };
  return element(
    'p',
    { class: 'notice restored' },
    say(FILE.draftRestored),
    ' ',
    element('button', { type: 'button', class: 'plain', onclick: clear }, say(FILE.clearDraft)),
  );
}
