import type { ClockId } from '../law/rule-packs.ts';
import type { Role } from '../people/roles.ts';
import type { EventType } from './case.ts';

/** States a complaint can be in, in the words people see. */
export const STATES = {
  received: { zh: '已登记', en: 'Received', final: false },
  'at-hub': { zh: '待人工分派', en: 'With the dispatcher', final: false },
  distributed: { zh: '已分送', en: 'With the station', final: false },
  accepted: { zh: '已受理，调解中', en: 'Accepted, in mediation', final: false },
  refused: { zh: '不予受理', en: 'Not accepted', final: true },
  settled: { zh: '调解成功', en: 'Settled', final: true },
  terminated: { zh: '终止调解', en: 'Mediation ended', final: true },
} as const satisfies Record<string, { zh: string; en: string; final: boolean }>;

export type State = keyof typeof STATES;

/** What may be done to a complaint, by whom, from where to where, and what it does to the legal clocks. */
export interface Transition {
  zh: string;
  en: string;
  from: readonly State[];
  to: State;
  /** Who may do it; `system` is the triage. */
  by: readonly (Role | 'system')[];
  event: EventType;
  stops: readonly ClockId[];
  starts?: ClockId;
  basis: string;
}

/** The life cycle. docs/life-cycle.md is drawn from this table (`npm run docs`). */
const ACTIONS = {
  distribute: {
    zh: '分送',
    en: 'Hand to a station',
    from: ['received', 'at-hub'],
    to: 'distributed',
    by: ['system', 'dispatcher'],
    event: 'distributed',
    stops: ['distribute'],
    starts: 'accept',
    basis: '总局令第121号第四十一条',
  },
  refer: {
    zh: '转人工分派',
    en: 'Leave to the dispatcher',
    from: ['received'],
    to: 'at-hub',
    by: ['system'],
    event: 'referred',
    stops: [],
    basis: '总局令第121号第四十一条',
  },
  return: {
    zh: '退回',
    en: 'Hand back to the hub',
    from: ['distributed'],
    to: 'at-hub',
    by: ['officer'],
    event: 'returned',
    stops: [],
    starts: 'distribute',
    basis: '总局令第121号第四十一条',
  },
  accept: {
    zh: '受理',
    en: 'Accept',
    from: ['distributed'],
    to: 'accepted',
    by: ['officer'],
    event: 'accepted',
    stops: ['accept'],
    starts: 'mediate',
    basis: '总局令第121号第十五条',
  },
  refuse: {
    zh: '不予受理',
    en: 'Refuse',
    from: ['distributed'],
    to: 'refused',
    by: ['officer'],
    event: 'refused',
    stops: ['accept'],
    basis: '总局令第121号第十六条',
  },
  settle: {
    zh: '调解成功',
    en: 'Record the agreement',
    from: ['accepted'],
    to: 'settled',
    by: ['officer'],
    event: 'settled',
    stops: ['mediate'],
    basis: '总局令第121号第二十四条',
  },
  terminate: {
    zh: '终止调解',
    en: 'End the mediation',
    from: ['accepted'],
    to: 'terminated',
    by: ['officer'],
    event: 'terminated',
    stops: ['mediate'],
    basis: '总局令第121号第二十三条',
  },
} as const satisfies Record<string, Transition>;

export type Action = keyof typeof ACTIONS;

/** The same table, seen as plain rows. */
export const TRANSITIONS: Readonly<Record<Action, Transition>> = ACTIONS;

/** The actions that this role may take on a case in this state. */
export function allowedActions(state: State, role: Role | 'system'): Action[] {
  return (Object.keys(TRANSITIONS) as Action[]).filter(
    (action) => TRANSITIONS[action].from.includes(state) && TRANSITIONS[action].by.includes(role),
  );
}
