import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import type { CaseDetail, CaseSummary, ListedUnit } from '../api/answers.ts';
import { ApiProblem, type Ask, type AskFile } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { evidencePanel } from '../components/evidence.ts';
import { legalDate } from '../components/legal-date.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { COMMON, type Pair, say } from '../components/texts.ts';
import { caseCall } from './case-call.ts';
import {
  caseClocks,
  caseFacts,
  caseLinks,
  caseMoney,
  casePeople,
  caseProposal,
  caseSigns,
  caseStanding,
  type ViewContext,
} from './case-detail.ts';
import { caseHistory } from './case-history.ts';
import { joinedBySystem, mattersBeside } from './case-matters.ts';
import { caseNotices, casePapers } from './case-papers.ts';
import { caseSteps, hasSteps } from './case-steps.ts';
import { caseUnderstood } from './case-understood.ts';
import { DESK } from './desk.texts.ts';
import { identityCard } from './identity-card.ts';
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
  { ask, askFile, list, close }: { ask: Ask; askFile: AskFile; list: WorkList; close: () => void },
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
      const found = await ask('GET /desk/cases/{number}', { path: { number } });
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
    const steps = hasSteps(found)
      ? caseSteps(found, {
          units,
          self: session.id,
          ask,
          taken: (action, after) => afterStep(action, found, after),
          movedOn,
        })
      : element('p', { class: 'hint' }, say(session.role === 'auditor' ? DESK.readOnly : DESK.noActions));
    panel.replaceChildren(
      backButton(),
      notice === undefined ? '' : element('p', { class: 'notice', role: 'status' }, say(notice)),
      heading,
      ...parts(found, steps).filter((part) => part !== false && part !== undefined),
    );
    heading.focus({ preventScroll: true });
    panel.scrollTop = 0;
  }

  /** Of a sealed report only where it stands and who may take it up. */
  function parts(found: CaseDetail, steps: HTMLElement): (Node | false | undefined)[] {
    const view: ViewContext = { now: new Date(), units, self: session.id, ask };
    const signs = ask('GET /desk/cases/{number}/signs', { path: { number: found.number } });
    // Looked at where it is shown.
    signs.catch(() => undefined);
    const matters = {
      ask,
      signs,
      moved: () => {
        void open(found.number);
        void list.refresh();
      },
    };
    // Who is on a sealed report is not told either: an empty list says nothing.
    if (found.sealed) return [...caseStanding(found, view), steps];
    return [
      ...caseStanding(found, view),
      caseProposal(found, view),
      steps,
      joinedBySystem(found, matters),
      mattersBeside(found, matters),
      caseSigns(found, signs),
      ...caseFacts(found),
      caseUnderstood(found),
      caseCall(found, ask),
      !found.erased && evidencePanel({ room: 'desk/cases', number: found.number, ask }).panel,
      found.mayReadIdentity && !found.erased && identityCard(found, ask),
      caseMoney(found),
      caseClocks(found, view),
      casePapers(found, askFile),
      caseNotices(found, ask),
      casePeople(found, view),
      caseLinks(found),
      caseHistory(found, units, ask),
    ];
  }

  function afterStep(action: Action, before: CaseDetail, after: CaseSummary): void {
    const position = list.positionOf(after.number);
    const wasProposed = after.awaitsApproval && !before.awaitsApproval;
    const { zh, en } = wasProposed ? DESK.proposedStep : ACTIONS[action];
    const done: Pair = { zh: DESK.done.zh.replace('{action}', zh), en: DESK.done.en.replace('{action}', en) };
    const stays = before.unitPath.at(-1) === after.unitPath.at(-1) && !after.state.final;
    if (stays && after.actions.length > 0) {
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
      ...(after.unit === null ? [] : [element('p', {}, chinese(after.unit.name))]),
      ...(after.nextLegalDate === null ? [] : [legalDate(after.nextLegalDate)]),
      goOn,
    );
    announce(say(done));
    void list.refresh().finally(() => {
      if (panel.contains(goOn)) offerNext(goOn, after.number, list.at(position, after.number));
    });
  }

  /** The case that followed in the list, ready to be opened with Enter. */
  function offerNext(place: HTMLElement, number: string, following: CaseSummary | undefined): void {
    const button =
      following === undefined
        ? element('button', { type: 'button', class: 'primary', onclick: close }, say(DESK.back))
        : element('a', { class: 'button primary', href: `#${following.number}` }, say(DESK.next));
    const again = element('button', { type: 'button', onclick: () => void open(number) }, say(DESK.again));
    place.replaceChildren(button, again);
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
