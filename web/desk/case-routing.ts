import type { CaseDetail, ListedUnit } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element, facts } from '../components/dom.ts';
import { article, percent } from '../components/format.ts';
import { phoneLink } from '../components/legal-date.ts';
import { announce, chinese } from '../components/page.ts';
import { problemText } from '../components/problem-text.ts';
import { say } from '../components/texts.ts';
import { CASE } from './case.texts.ts';
import { caseMap } from './case-map.ts';
import { order, type Undoable } from './undo.ts';

type Routing = NonNullable<CaseDetail['routing']>;
type Match = Routing['matches'][number];

/** Where the case goes and why; a dispatcher confirms it, or takes one of the other proposals, by one key and Enter. */
export interface RoutingPart {
  panel: HTMLElement;
  /** A person decides here and now: it stands before all other steps. */
  isFirst: boolean;
  /** Gets the first proposal ready to be confirmed, or the n-th; false where there is none. */
  propose: (nth?: number) => boolean;
}

interface RoutingContext {
  units: readonly ListedUnit[];
  ask: Ask;
  /** It was handed out: what is shown is over. */
  done: (undo: Undoable) => void;
}

const AT_HUB: readonly string[] = ['received', 'at-hub'];

export function caseRouting(found: CaseDetail, context: RoutingContext): RoutingPart | undefined {
  const { routing, state, actions, unitPath } = found;
  const atHub = AT_HUB.includes(state.code) && unitPath.length === 1;
  const offered = offeredUnits(found);
  if (routing === null && offered.length === 0) return undefined;
  const may = atHub && actions.includes('distribute') && found.kind !== 'report';
  const buttons = may ? offered.map((unit, index) => proposalButton(found, unit, index, context)) : [];
  const { decided, reason, ground, matches, read, elsewhere } = routing ?? NOTHING;
  const panel = element(
    'section',
    { class: 'routing' },
    element('h3', {}, say(CASE.routing)),
    decided !== null &&
      element(
        'p',
        { class: 'decided' },
        `${say(atHub ? CASE.proposed : CASE.sent)} `,
        chinese(decided.name, 'who'),
        ` ${say(CASE.sure, { percent: percent(decided.confidence) })}`,
      ),
    reason !== null && element('p', { class: 'decided' }, say(CASE.notSure, { reason: say(reason) })),
    elsewhere !== null &&
      element(
        'p',
        { class: 'notice' },
        `${say(CASE.elsewhere)} `,
        elsewhere.authority === null
          ? elsewhere.division
          : element(
              'span',
              {},
              chinese(`${elsewhere.authority.name} ${elsewhere.authority.address} `),
              phoneLink(elsewhere.authority.phone),
            ),
      ),
    buttons.length > 0 && element('div', { class: 'proposals' }, ...buttons),
    ...(may ? [] : offered.map(unitToCall)),
    caseMap(found, context.units),
    matches.length > 0 &&
      element(
        'details',
        { class: 'weighed' },
        element('summary', {}, say(CASE.facts)),
        element('ul', { class: 'matches' }, ...matches.map((match) => matchLine(match, found))),
        ground !== null &&
          facts([
            [
              say(CASE.ground),
              element('span', {}, say(ground), ' ', element('small', {}, article(ground.basis))),
            ],
            ...read.map(({ what, start, end, confidence }): [string, Node] => [
              say(what),
              element(
                'span',
                {},
                chinese((found.complaint?.text ?? '').slice(start, end)),
                ` ${say(CASE.sure, { percent: percent(confidence) })}`,
              ),
            ]),
          ]),
      ),
  );
  return {
    panel,
    isFirst: buttons.length > 0,
    propose(nth = 1) {
      const button = buttons[nth - 1]?.querySelector('button');
      if (button === null || button === undefined) return false;
      button.focus();
      button.scrollIntoView({ block: 'nearest' });
      announce(say(CASE.confirmHint));
      return true;
    },
  };
}

const NOTHING: Pick<Routing, 'decided' | 'reason' | 'matches' | 'read' | 'elsewhere'> & { ground: null } = {
  decided: null,
  reason: null,
  ground: null,
  matches: [],
  read: [],
  elsewhere: null,
};

/** The unit decided on first, then the other choices; of cases from before the rules those that the triage named. */
function offeredUnits({ routing, history }: CaseDetail): Routing['proposals'] {
  if (routing !== null) {
    return [...(routing.decided === null ? [] : [routing.decided]), ...routing.proposals];
  }
  const referred = history.findLast(({ type }) => type === 'referred')?.facts.candidates;
  return (Array.isArray(referred) ? referred.map(String) : []).map((code) => ({
    code,
    name: code,
    phone: '',
    contact: null,
    dutyHours: null,
  }));
}

function proposalButton(
  found: CaseDetail,
  { code, name, contact, dutyHours, phone }: Routing['proposals'][number],
  index: number,
  { ask, done, units }: RoutingContext,
): HTMLElement {
  const problem = element('p', { class: 'error', role: 'alert' });
  const called = units.find((unit) => unit.code === code)?.name ?? name;
  const button = element(
    'button',
    { type: 'button', class: index === 0 ? 'primary' : undefined, 'data-confirm': code },
    element('kbd', { 'aria-hidden': 'true' }, String(index + 1)),
    element('span', {}, say(CASE.confirmTo), ' ', chinese(called)),
  );
  const send = async () => {
    button.disabled = true;
    problem.textContent = '';
    try {
      const { number, version } = found;
      const undo = await order(ask, 'distribute', [{ number, version }], { unit: code });
      if (undo.done.length > 0) done(undo);
      else problem.replaceChildren(...(undo.problems ?? []));
    } catch (error) {
      problem.textContent = say(problemText(error));
    } finally {
      button.disabled = false;
    }
  };
  button.addEventListener('click', () => void send());
  return element(
    'div',
    { class: 'proposal-line' },
    button,
    element('small', {}, ...toCall({ contact, dutyHours, phone })),
    problem,
  );
}

function unitToCall({ name, contact, dutyHours, phone }: Routing['proposals'][number]): HTMLElement {
  return element('p', { class: 'small' }, chinese(name), ' ', ...toCall({ contact, dutyHours, phone }));
}

function toCall({
  contact,
  dutyHours,
  phone,
}: Pick<Routing['proposals'][number], 'contact' | 'dutyHours' | 'phone'>): (Node | string)[] {
  return [
    phone === '' ? '' : phoneLink(phone),
    contact === null ? '' : element('span', {}, ' ', chinese(contact)),
    dutyHours === null ? '' : ` ${dutyHours}`,
  ];
}

/** One fact that was weighed: the words, what they lead to, how sure, and what became of it. */
function matchLine(
  { precision, unit, confidence, fact, verdict }: Match,
  { complaint }: CaseDetail,
): HTMLElement {
  const words = wordsOfFact(fact, complaint as { business?: Record<string, unknown> } | null);
  return element(
    'li',
    {},
    element('b', {}, say(precision)),
    words !== undefined && ' ',
    words !== undefined && element('mark', { lang: 'zh-CN' }, words),
    ' → ',
    chinese(unit.name),
    ' ',
    element('small', {}, `${percent(confidence)} · ${say(verdict)}`),
  );
}

/** The words of the address or the name that a rule found; an address read out of the text stands there. */
function wordsOfFact(
  { in: where, start, end }: Match['fact'],
  complaint: { business?: Record<string, unknown> } | null,
): string | undefined {
  const whole = complaint?.business?.[where];
  if (typeof whole !== 'string' || start === undefined || end === undefined) return undefined;
  return whole.slice(start, end) || undefined;
}
