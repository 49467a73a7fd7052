import { DISPATCHER, HEADS, MANAGER, OFFICERS } from '../../people/roles.ts';
import { STATES, type State } from './states.ts';
import type { Transition } from './transition.ts';

/** Who is told that a period is over, and when it is this row of the table. */
const ESCALATIONS = [
  ['officer', 'tells-officer'],
  ['head', 'tells-head'],
  ['manager', 'tells-manager'],
] as const;

/** Who is called in an emergency: those who have the case. */
const ALARMS = [
  ['at-hub', ['dispatcher', 'manager']],
  ['distributed', ['officer', 'head']],
] as const;

/** What can be done to a case of any kind without moving it: who works on it, who watches, notes, money. */
export function everyKind(states: readonly State[]): readonly Transition[] {
  const open = states.filter((state) => !STATES[state].final);
  const atUnit = open.filter((state) => !['received', 'at-hub'].includes(state));
  const over = states.filter((state) => STATES[state].final || state === 'closed');
  // A case that is over is still watched while a promise made in it is owed.
  const watched = [...new Set([...open, ...over])];
  const same = 'same' as const;
  return [
    {
      action: 'assign',
      from: atUnit,
      to: same,
      by: HEADS,
      guards: ['officer-of-the-unit'],
      basis: '内部分工',
    },
    { action: 'unassign', from: atUnit, to: same, by: HEADS, basis: '内部分工' },
    { action: 'take', from: atUnit, to: same, by: OFFICERS, guards: ['nobody-on-it'], basis: '内部分工' },
    { action: 'take-over', from: atUnit, to: same, by: MANAGER, guards: ['leader-known'], basis: '领导包案' },
    {
      action: 'add-unit',
      from: atUnit,
      to: same,
      by: [...DISPATCHER, ...HEADS],
      guards: ['unit-of-this-bureau'],
      basis: '主办、协办',
    },
    {
      action: 'supervise',
      from: open,
      to: same,
      by: MANAGER,
      guards: ['answer-by-not-past'],
      starts: [{ clock: 'supervision', dueFrom: 'answerBy' }],
      notices: [{ notice: 'supervision', party: 'staff', to: 'officer' }],
      basis: '督办',
    },
    {
      action: 'answer-supervision',
      from: open,
      to: same,
      by: [...OFFICERS, ...DISPATCHER],
      guards: ['was-supervised'],
      stops: ['supervision'],
      basis: '督办',
    },
    ...ALARMS.map(
      ([from, called]): Transition => ({
        action: 'alarm',
        from: [from],
        to: same,
        by: ['system'],
        notices: called.map((to) => ({ notice: 'emergency', party: 'staff', to })),
        basis: '突发情况应急处置',
      }),
    ),
    {
      action: 'remind',
      from: watched,
      to: same,
      afterEnd: true,
      by: ['system'],
      notices: [{ notice: 'reminder', party: 'staff', to: 'officer' }],
      basis: '内部时限管理',
    },
    ...ESCALATIONS.map(
      ([to, when]): Transition => ({
        action: 'escalate',
        from: watched,
        to: same,
        when,
        afterEnd: true,
        by: ['system'],
        notices: [{ notice: 'overdue', party: 'staff', to }],
        basis: '内部时限管理',
      }),
    ),
    {
      action: 'recount-dates',
      from: watched,
      to: same,
      afterEnd: true,
      by: ['system'],
      basis: '总局令第121号第四十五条',
    },
    { action: 'propose', from: open, to: same, by: OFFICERS, basis: '内部审核' },
    { action: 'approve', from: open, to: same, by: HEADS, guards: ['another-person'], basis: '内部审核' },
    { action: 'decline', from: open, to: same, by: HEADS, guards: ['another-person'], basis: '内部审核' },
    {
      action: 'correct-understanding',
      from: open.filter((state) => state !== 'received'),
      to: same,
      by: [...DISPATCHER, ...OFFICERS],
      guards: ['something-set-right'],
      basis: '内部分类管理',
    },
    {
      action: 'add-words',
      from: open,
      to: same,
      by: ['consumer', 'system'],
      basis: '总局令第121号第十条',
    },
    {
      action: 'rate',
      from: states,
      to: same,
      by: ['consumer'],
      afterEnd: true,
      basis: '国办发〔2019〕51号',
    },
    {
      action: 'note',
      from: states,
      to: same,
      by: [...DISPATCHER, ...OFFICERS, ...MANAGER],
      guards: ['mention-of-the-unit'],
      afterEnd: true,
      basis: '工作记录',
    },
    {
      action: 'record-money',
      from: [...atUnit, ...over],
      to: same,
      by: OFFICERS,
      guards: ['sums-fit'],
      afterEnd: true,
      basis: '挽回经济损失登记',
    },
    {
      action: 'correct-money',
      from: [...atUnit, ...over],
      to: same,
      by: OFFICERS,
      guards: ['reason-given', 'sums-fit'],
      afterEnd: true,
      basis: '挽回经济损失更正：只增不改',
    },
    {
      action: 'correct-identity',
      from: open,
      to: same,
      by: ['system'],
      basis: '个人信息保护法第四十六条',
    },
    {
      action: 'let-out',
      from: states,
      to: same,
      by: [...DISPATCHER, ...OFFICERS],
      afterEnd: true,
      basis: '总局令第121号第十二条',
    },
    {
      action: 'erase',
      from: over,
      to: same,
      by: ['system'],
      guards: ['purpose-ended'],
      afterEnd: true,
      basis: '个人信息保护法第四十七条',
    },
  ];
}
