import { DISPATCHER, MANAGER, OFFICERS } from '../../people/roles.ts';
import { DISTRIBUTE, RECALL, RECLASSIFY, REFER, RETURN } from './hub.ts';
import type { Transition } from './transition.ts';

/** The life cycle of an inquiry (咨询) and of all else that is neither complaint nor report (Art. 44). */
export const INQUIRY: readonly Transition[] = [
  DISTRIBUTE,
  REFER,
  RETURN,
  RECALL,
  RECLASSIFY,
  {
    action: 'answer',
    from: ['received', 'at-hub', 'distributed'],
    to: 'answered',
    by: [...DISPATCHER, ...OFFICERS],
    stops: 'all',
    notices: [{ notice: 'answered', party: 'complainant' }],
    basis: '总局令第121号第七条、第四十四条',
  },
  {
    action: 'point-elsewhere',
    from: ['received', 'at-hub', 'distributed'],
    to: 'pointed-elsewhere',
    by: [...DISPATCHER, ...OFFICERS],
    stops: 'all',
    notices: [{ notice: 'answered', party: 'complainant' }],
    basis: '总局令第121号第四十四条',
  },
  {
    action: 'withdraw',
    from: ['received', 'at-hub', 'distributed'],
    to: 'withdrawn',
    by: ['consumer', ...DISPATCHER, ...OFFICERS],
    stops: 'all',
    basis: '总局令第121号第四十四条',
  },
  {
    action: 'reopen',
    from: ['answered', 'pointed-elsewhere', 'withdrawn'],
    to: 'at-hub',
    by: [...DISPATCHER, ...MANAGER],
    guards: ['not-erased'],
    starts: [{ clock: 'distribute' }, { clock: 'answer' }],
    afterEnd: true,
    basis: '总局令第121号第二十六条',
  },
  {
    action: 'ask-reopen',
    from: ['answered', 'pointed-elsewhere', 'withdrawn'],
    to: 'same',
    by: ['consumer'],
    guards: ['not-erased'],
    notices: [{ notice: 'reopen-asked', party: 'staff', to: 'dispatcher' }],
    afterEnd: true,
    basis: '总局令第121号第二十六条',
  },
];
