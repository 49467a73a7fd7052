import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import { LIFE_CYCLES, STATES, type State, type Transition } from '../../shared/case/life-cycle.ts';
import { ROLES, type Role } from '../../shared/people/roles.ts';
import type { CaseDetail } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { article } from '../components/format.ts';
import { type Pair, say } from '../components/texts.ts';
import { CASE, WHY_IDLE } from './case.texts.ts';
import { DESK } from './desk.texts.ts';
import { SENSIBLE } from './step-helpers.ts';

/** A step of the life cycle that cannot be taken now, and what stands against it. */
export interface NotAllowed {
  action: Action;
  why: 'role' | 'state' | 'idle' | 'reach';
  /** Roles or states that it takes. */
  wants: readonly string[];
  basis: string;
}

/** More states than these say less, not more. */
const MOST_STATES = 4;

/** The steps that staff may take on such a case at some time, and this person not now. */
export function notAllowed(found: CaseDetail, role: Role): NotAllowed[] {
  const rows = LIFE_CYCLES[found.kind].filter(({ by }) => by.some((one) => one in ROLES));
  const actions = [...new Set(rows.map(({ action }) => action))].filter(
    (action) => !(found.actions.includes(action) && (SENSIBLE[action]?.(found) ?? true)),
  );
  return actions
    .map((action) =>
      reasonOf(
        found,
        role,
        action,
        rows.filter((row) => row.action === action),
      ),
    )
    .sort((one, other) => ORDER.indexOf(one.why) - ORDER.indexOf(other.why));
}

const ORDER = ['idle', 'reach', 'state', 'role'] as const;

function reasonOf(found: CaseDetail, role: Role, action: Action, rows: readonly Transition[]): NotAllowed {
  const state = found.state.code;
  const own = rows.filter(({ by }) => by.includes(role));
  const now = own.find(({ from }) => from.includes(state));
  const basis = (now ?? own[0] ?? rows[0])?.basis ?? '';
  if (own.length === 0) {
    const roles = new Set(rows.flatMap(({ by }) => by.filter((one) => one in ROLES)));
    return { action, why: 'role', wants: [...roles], basis };
  }
  if (now === undefined) {
    return { action, why: 'state', wants: [...new Set(own.flatMap(({ from }) => from))], basis };
  }
  return { action, why: action in WHY_IDLE ? 'idle' : 'reach', wants: [], basis };
}

/** The steps that cannot be taken, folded away, each with its reason. */
export function stepsNotAllowed(found: CaseDetail, role: Role): HTMLElement | undefined {
  const steps = notAllowed(found, role);
  if (steps.length === 0 || found.sealed) return undefined;
  return element(
    'details',
    { class: 'not-allowed' },
    element('summary', {}, say(CASE.notAllowed, { count: steps.length })),
    element(
      'ul',
      {},
      ...steps.map((step) =>
        element(
          'li',
          { 'data-not': step.action },
          element('b', {}, say(ACTIONS[step.action])),
          ` ${inWords(step)} `,
          element('small', {}, article(step.basis)),
        ),
      ),
    ),
  );
}

function inWords({ action, why, wants }: NotAllowed): string {
  const join = (names: readonly Pair[]) => names.map((name) => say(name)).join(say(DESK.and));
  if (why === 'idle') return say(WHY_IDLE[action] ?? CASE['why.reach']);
  if (why === 'reach') return say(CASE['why.reach']);
  if (why === 'role') {
    return say(CASE['why.role'], { roles: join(wants.map((role) => ROLES[role as Role])) });
  }
  const states = wants.slice(0, MOST_STATES).map((state) => STATES[state as State]);
  return say(CASE['why.state'], { states: `${join(states)}${wants.length > MOST_STATES ? '…' : ''}` });
}
