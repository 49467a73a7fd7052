import { type Action, TRANSITIONS } from '../shared/case/life-cycle.ts';
import type { CaseDetail, CaseSummary, ListedUnit } from './answers.ts';
import { ApiProblem, type Ask } from './api.ts';
import { caseFacts, caseHistory } from './case-detail.ts';
import { caseSteps } from './case-steps.ts';
import { DESK } from './desk.texts.ts';
import { element } from './dom.ts';
import { legalDate } from './legal-date.ts';
import { announce, chinese } from './page.ts';
import { problemText } from './problem-text.ts';
import type { Session } from './sign-in.ts';
import { COMMON, type Pair, say } from './texts.ts';
import type { WorkList } from './work-list.ts';

/** The case that is open beside the list, or in its place on a small screen. */
export interface CasePanel {
  panel: HTMLElement;
  open: (number: string) => Promise<void>;
  showNone: () => void;
  /** Offers to load the case again if the list knows a newer version of it. */
  compareWithList: () => void;
  openNumber: () => string | undefined;
}

export function casePanel(
  session: Session,
  units: readonly ListedUnit[],
  { ask, list, close }: { ask: Ask; list: WorkList; close: () => void },
): CasePanel {
  const panel = element('section', { class: 'detail', tabindex: -1, 'aria-label': say(DESK.theCase) });
  /** Answers about anything else that was open before are too late. */
  let shown: { number: string; version: number } | undefined;

  async function open(number: string, notice?: Pair): Promise<void> {
    const opening = { number, version: 0 };
    shown = opening;
    list.markOpen(number);
    panel.replaceChildren(backButton(), element('p', {}, say(COMMON.loading)));
    try {
      const found = await ask<CaseDetail>(`/desk/cases/${encodeURIComponent(number)}`);
      if (shown !== opening) return;
      shown = { number, version: found.version };
      draw(found, notice);
    } catch (error) {
      if (shown !== opening) return;
      const gone = error instanceof ApiProblem && error.status === 404;
      panel.replaceChildren(
        backButton(),
        element('p', { class: 'failure', role: 'alert' }, say(gone ? DESK.gone : problemText(error))),
      );
    }
  }

  function draw(found: CaseDetail, notice: Pair | undefined): void {
    const heading = element('h2', { tabindex: -1 }, say(DESK.caseNumber, { number: found.number }));
    const movedOn = () => {
      void open(found.number, DESK.movedOn);
      void list.refresh();
    };
    const steps =
      found.actions.length > 0
        ? caseSteps(found, { units, ask, taken: afterStep, movedOn })
        : element('p', { class: 'hint' }, say(session.role === 'manager' ? DESK.readOnly : DESK.noActions));
    panel.replaceChildren(
      backButton(),
      notice === undefined ? '' : element('p', { class: 'notice', role: 'status' }, say(notice)),
      heading,
      ...caseFacts(found, new Date()),
      steps,
      caseHistory(found),
    );
    heading.focus({ preventScroll: true });
    panel.scrollTop = 0;
  }

  function afterStep(action: Action, after: CaseSummary): void {
    const position = list.positionOf(after.number);
    const { zh, en } = TRANSITIONS[action];
    const done: Pair = { zh: DESK.done.zh.replace('{action}', zh), en: DESK.done.en.replace('{action}', en) };
    if (after.actions.length > 0) {
      // The same person goes on with the case.
      void open(after.number, done);
      void list.refresh();
      return;
    }
    shown = { number: after.number, version: after.version };
    const goOn = element('div', { class: 'buttons' });
    panel.replaceChildren(
      element('h2', {}, say(done)),
      element('p', {}, `${say(DESK.caseNumber, { number: after.number })} · ${say(after.state)}`),
      ...(after.station === null ? [] : [element('p', {}, chinese(after.station.name))]),
      ...(after.nextLegalDate === null ? [] : [legalDate(after.nextLegalDate)]),
      goOn,
    );
    announce(say(done));
    void list.refresh().finally(() => {
      if (panel.contains(goOn)) offerNext(goOn, list.at(position, after.number));
    });
  }

  /** The case that followed in the list, ready to be opened with Enter. */
  function offerNext(place: HTMLElement, following: CaseSummary | undefined): void {
    const button =
      following === undefined
        ? element('button', { type: 'button', class: 'primary', onclick: close }, say(DESK.back))
        : element('a', { class: 'button primary', href: `#${following.number}` }, say(DESK.next));
    place.replaceChildren(button);
    button.focus();
  }

  function backButton(): HTMLElement {
    return element('button', { type: 'button', class: 'back', onclick: close }, say(DESK.back));
  }

  return {
    panel,
    open,
    showNone() {
      shown = undefined;
      list.markOpen(undefined);
      panel.replaceChildren(element('p', { class: 'hint' }, say(DESK.pick)));
    },
    compareWithList() {
      const found = shown === undefined ? undefined : list.find(shown.number);
      if (found === undefined || shown === undefined || shown.version === 0) return;
      // What is being typed is not taken away: the person decides when to load.
      if (found.version <= shown.version || panel.querySelector('.changed') !== null) return;
      const reload = () => void open(found.number);
      panel.prepend(
        element(
          'p',
          { class: 'notice changed', role: 'status' },
          say(DESK.changed),
          ' ',
          element('button', { type: 'button', onclick: reload }, say(DESK.reload)),
        ),
      );
    },
    openNumber: () => shown?.number,
  };
}
