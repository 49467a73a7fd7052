import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import { mayBreak } from '../../shared/desk-work/lease.ts';
import type { CaseDetail, CaseSummary, ListedUnit } from '../api/answers.ts';
import { ApiProblem, type Ask, type AskFile } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { evidencePanel } from '../components/evidence.ts';
import { clockTime, moment } from '../components/format.ts';
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
  casePeople,
  caseProposal,
  caseSigns,
  caseStanding,
  type ViewContext,
} from './case-detail.ts';
import { caseHistory } from './case-history.ts';
import { joinedBySystem, mattersBeside } from './case-matters.ts';
import { actorName, caseMoney } from './case-money.ts';
import { type OthersContext, othersOfBusiness } from './case-others.ts';
import { caseNotices, casePapers } from './case-papers.ts';
import { caseRouting, type RoutingPart } from './case-routing.ts';
import { caseSteps, hasSteps } from './case-steps.ts';
import { caseUnderstood } from './case-understood.ts';
import type { Colleagues } from './colleagues.ts';
import { compareCases, joinedUnder } from './compare.ts';
import { DESK } from './desk.texts.ts';
import { lightUp } from './highlight.ts';
import { identityCard } from './identity-card.ts';
import { holdLeases, type WorkingOn } from './lease.ts';
import { actionOfEvent } from './step-values.ts';
import type { Undoable } from './undo.ts';
import { WORK } from './work.texts.ts';
import type { WorkList } from './work-list.ts';

/** The case that is open beside the list, or in its place on a small screen. */
export interface CasePanel {
  panel: HTMLElement;
  open: (number: string) => Promise<void>;
  showNone: () => void;
  /** Offers to load the case again if the list knows a newer version of it, and says who has it. */
  compareWithList: () => void;
  openNumber: () => string | undefined;
  /** Gets the n-th proposal of the system ready to be confirmed; false where there is none. */
  propose: (nth?: number) => boolean;
  /** Opens the form of the first of these steps that is possible, or of the usual next one; false where none is. */
  begin: (...actions: Action[]) => boolean;
  showMore: () => boolean;
}

interface PanelContext {
  ask: Ask;
  askFile: AskFile;
  list: WorkList;
  colleagues: Colleagues;
  close: () => void;
  done: (undo: Undoable) => void;
}

export function casePanel(
  session: Session,
  units: readonly ListedUnit[],
  { ask, askFile, list, colleagues, close, done }: PanelContext,
): CasePanel {
  const panel = element('section', { class: 'detail', tabindex: -1, 'aria-label': say(DESK.theCase) });
  const lease = holdLeases(ask, Date.now);
  const working = element('div', { class: 'working-on', role: 'status' });
  let routing: RoutingPart | undefined;
  /** Answers about anything else that was open before are too late. */
  let shown: { number: string; version: number } | undefined;

  async function open(number: string, notice?: Pair): Promise<void> {
    const opening = { number, version: 0 };
    shown = opening;
    routing = undefined;
    lease.giveBack(number);
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
          colleagues,
          role: session.role,
          ask,
          begun: () => void take(found),
          leased: (refusal) => void showHolder(found, refusal),
          taken: (action, after) => afterStep(action, found, after),
          handedOut: (undo) => {
            lease.giveBack();
            done(undo);
            handedOut(found);
          },
          movedOn,
        })
      : element('p', { class: 'hint' }, say(session.role === 'auditor' ? DESK.readOnly : DESK.noActions));
    const { top, main, rest } = parts(found, steps);
    const shownParts = (of: Part[]) => of.filter((part) => part !== false && part !== undefined);
    panel.replaceChildren(
      backButton(),
      notice === undefined
        ? ''
        : element('p', { class: 'notice', role: 'status' }, say(notice), lastStep(found)),
      heading,
      working,
      element(
        'div',
        { class: 'case-columns' },
        element('div', { class: 'case-top' }, ...shownParts(top)),
        element('div', { class: 'case-main' }, ...shownParts(main)),
        element('div', { class: 'case-rest' }, ...shownParts(rest)),
      ),
    );
    showWorking(found, found.workingOn);
    heading.focus({ preventScroll: true });
    panel.scrollTop = 0;
  }

  type Part = Node | false | undefined;

  /**
   * Of a sealed report only where it stands and who may take it up. On a phone one under the other: what to do, what was
   * said, all the rest; on a large screen what is read stands beside what is done.
   */
  function parts(found: CaseDetail, steps: HTMLElement): { top: Part[]; main: Part[]; rest: Part[] } {
    const view: ViewContext = { now: new Date(), units, colleagues, ask };
    const reload = () => {
      void open(found.number);
      void list.refresh();
    };
    // Who is on a sealed report is not told either: an empty list says nothing.
    if (found.sealed) return { top: [...caseStanding(found, view), steps], main: [], rest: [] };
    const signs = ask('GET /desk/cases/{number}/signs', { path: { number: found.number } });
    // Looked at where it is shown.
    signs.catch(() => undefined);
    const matters = { ask, signs, moved: reload };
    const others: OthersContext = {
      ask,
      now: view.now,
      compare: (number) =>
        void compareCases(found, number, {
          ask,
          colleagues,
          done: (undo) => {
            done(undo);
            reload();
          },
        }),
    };
    routing = caseRouting(found, {
      units,
      ask,
      done: (undo) => {
        done(undo);
        handedOut(found);
      },
    });
    const read = element(
      'div',
      { class: 'read' },
      ...caseFacts(found).filter(isPart),
      caseUnderstood(found) ?? '',
    );
    lightUp(read);
    return {
      top: [
        ...caseStanding(found, view),
        caseProposal(found, view),
        routing?.isFirst === true && routing.panel,
        steps,
      ],
      main: [
        read,
        caseCall(found, ask),
        !found.erased && evidencePanel({ room: 'desk/cases', number: found.number, ask }).panel,
        found.mayReadIdentity && !found.erased && identityCard(found, others),
        othersOfBusiness(found, others),
        caseLinks(found),
        caseHistory(found, units, colleagues, ask),
      ],
      rest: [
        routing?.isFirst === false && routing.panel,
        joinedBySystem(found, matters),
        mattersBeside(found, matters, others.compare),
        caseSigns(found, signs),
        caseMoney(found, colleagues),
        caseClocks(found, view),
        casePapers(found, askFile),
        caseNotices(found, ask),
        casePeople(found, view),
      ],
    };
  }

  const isPart = (part: Part): part is Node => part !== false && part !== undefined;

  /** What a colleague did meanwhile, under the words that the case has moved on. */
  function lastStep({ history }: CaseDetail): HTMLElement | '' {
    const last = history.at(-1);
    const action = last === undefined ? undefined : actionOfEvent(last.type);
    if (last === undefined || action === undefined) return '';
    return element(
      'span',
      { class: 'last-step' },
      ` ${say(WORK.lastStep, { time: moment(last.at), what: say(ACTIONS[action]) })} `,
      actorName(last.actor, colleagues),
    );
  }

  /** The case is taken to work on it; who has it already is told, and sees who. */
  async function take(found: CaseDetail): Promise<void> {
    const refusal = await lease.take(found.number);
    if (shown?.number !== found.number) return;
    if (refusal === undefined) showWorking(found, null);
    else await showHolder(found, refusal);
  }

  async function showHolder(found: CaseDetail, refusal: ApiProblem): Promise<void> {
    const now = await ask('GET /desk/cases/{number}', { path: { number: found.number } }).catch(
      () => undefined,
    );
    if (shown?.number !== found.number) return;
    showWorking(found, now?.workingOn ?? null);
    if (working.childElementCount > 0) return;
    const [why] = refusal.errors;
    if (why !== undefined) {
      const named = { zh: colleagues.named(why.zh), en: why.en };
      working.replaceChildren(element('p', { class: 'notice' }, say(named)));
    }
  }

  function showWorking(found: CaseSummary, on: WorkingOn | null): void {
    if (on === null || on.staff === session.id) {
      working.replaceChildren();
      return;
    }
    working.replaceChildren(
      element(
        'p',
        { class: 'notice' },
        colleagues.who(on.staff),
        say(WORK.leased, { time: clockTime(new Date(on.until)) }),
        ' ',
        say(WORK.leasedNote),
      ),
      ...(mayBreak(session) ? [takeOver(found)] : []),
    );
  }

  /** Heads and managers take a case out of a colleague's hands; why stands in its history. */
  function takeOver({ number }: CaseSummary): HTMLElement {
    const why = element('input', { id: 'take-over-why', type: 'text', maxlength: 200, autocomplete: 'off' });
    const problem = element('p', { class: 'error', role: 'alert' });
    const form = element(
      'form',
      { class: 'take-over', novalidate: true },
      element('label', { for: 'take-over-why' }, say(WORK.takeOverWhy)),
      why,
      element('button', { type: 'submit' }, say(WORK.takeOver)),
      problem,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      lease
        .takeOver(number, why.value.trim())
        .then(() => open(number))
        .catch((error: unknown) => {
          problem.textContent = say(problemText(error));
        });
    });
    return form;
  }

  /** Handed out by one key: on to the next. */
  function handedOut(found: CaseDetail): void {
    const position = list.positionOf(found.number);
    shown = { number: found.number, version: found.version + 1 };
    routing = undefined;
    finished(found.number, doneWords(ACTIONS.distribute), [], position);
  }

  const doneWords = ({ zh, en }: Pair): Pair => ({
    zh: DESK.done.zh.replace('{action}', zh),
    en: DESK.done.en.replace('{action}', en),
  });

  function afterStep(action: Action, before: CaseDetail, after: CaseSummary): void {
    lease.giveBack();
    const position = list.positionOf(after.number);
    const wasProposed = after.awaitsApproval && !before.awaitsApproval;
    const said = doneWords(wasProposed ? DESK.proposedStep : ACTIONS[action]);
    const undo = wasProposed ? undefined : undoOf(action, before, after);
    if (undo !== undefined) done(undo);
    const stays = before.unitPath.at(-1) === after.unitPath.at(-1) && !after.state.final;
    if (stays && after.actions.length > 0) {
      // The same person goes on with the case.
      void open(after.number, said);
      void list.refresh();
      return;
    }
    shown = { number: after.number, version: after.version };
    finished(
      after.number,
      said,
      [
        element('p', {}, `${say(DESK.caseNumber, { number: after.number })} · ${say(after.state)}`),
        ...(after.unit === null ? [] : [element('p', {}, chinese(after.unit.name))]),
        ...(after.nextLegalDate === null ? [] : [legalDate(after.nextLegalDate)]),
      ],
      position,
    );
  }

  /** What can be taken back by a step of its own, for as long as it is the last one. */
  function undoOf(action: Action, before: CaseDetail, after: CaseSummary): Undoable | undefined {
    const { number, version } = after;
    if (action === 'join') return joinedUnder(number, ask);
    if (action !== 'assign' && action !== 'take') return undefined;
    const [was, ...others] = before.officers;
    const back: Action = was === undefined ? 'unassign' : 'assign';
    if (others.length > 0 || !after.actions.includes(back)) return undefined;
    return {
      what: say(doneWords(ACTIONS[action])),
      undo: async () => {
        const path = { number };
        if (was === undefined) await ask('POST /desk/cases/{number}/unassign', { path, body: { version } });
        else await ask('POST /desk/cases/{number}/assign', { path, body: { version, officer: was } });
        if (shown?.number === number) void open(number);
        return say(WORK.undone, { what: say(ACTIONS[action]) });
      },
    };
  }

  function finished(number: string, said: Pair, more: readonly Node[], position: number): void {
    const goOn = element('div', { class: 'buttons' });
    panel.replaceChildren(element('h2', {}, say(said)), ...more, goOn);
    announce(say(said));
    void list.refresh().finally(() => {
      if (panel.contains(goOn)) offerNext(goOn, number, list.at(position, number));
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
      routing = undefined;
      lease.giveBack();
      list.markOpen(undefined);
      panel.replaceChildren(element('p', { class: 'hint' }, say(DESK.pick)));
    },
    compareWithList() {
      const found = shown === undefined ? undefined : list.find(shown.number);
      if (found === undefined || shown === undefined || shown.version === 0) return;
      if (panel.contains(working)) showWorking(found, found.workingOn);
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
    propose: (nth) => routing?.propose(nth) ?? false,
    begin(...actions) {
      const buttons = [...panel.querySelectorAll<HTMLButtonElement>('[data-action]')];
      const button =
        actions.length === 0
          ? buttons[0]
          : actions.flatMap((action) => buttons.find((one) => one.dataset.action === action) ?? [])[0];
      button?.closest('details')?.setAttribute('open', '');
      button?.click();
      return button !== undefined;
    },
    showMore() {
      const summary = panel.querySelector<HTMLElement>('.more-steps > summary');
      summary?.click();
      summary?.focus();
      return summary !== null;
    },
  };
}
