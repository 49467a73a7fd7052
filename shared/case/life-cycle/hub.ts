import { DISPATCHER, MANAGER, OFFICERS } from '../../people/roles.ts';
import type { Transition } from './transition.ts';

/*
 * What the hub does with a message of whatever kind (Order 121 Art. 41), and what units do that give it back. Rows
 * that several life cycles share; a kind adds what its clocks need.
 */

/** The triage found no unit. */
export const REFER: Transition = {
  action: 'refer',
  from: ['received'],
  to: 'at-hub',
  by: ['system'],
  basis: '总局令第121号第四十一条',
};

/** By the triage or the dispatcher, to any unit of the bureau. */
export const DISTRIBUTE: Transition = {
  action: 'distribute',
  from: ['received', 'at-hub'],
  to: 'distributed',
  by: ['system', ...DISPATCHER],
  guards: ['unit-of-this-bureau'],
  stops: ['distribute'],
  basis: '总局令第121号第四十一条',
};

/** A county hands on to its stations; never sideways. */
export const HAND_DOWN: Transition = {
  action: 'distribute',
  from: ['distributed'],
  to: 'distributed',
  by: [...DISPATCHER, ...MANAGER],
  guards: ['unit-below'],
  basis: '总局令第121号第四十一条（只向下级或者本机关内设机构分送）',
};

export const RETURN: Transition = {
  action: 'return',
  from: ['distributed'],
  to: 'at-hub',
  by: OFFICERS,
  guards: ['note-for-other-reason'],
  starts: [{ clock: 'distribute' }],
  basis: '总局令第121号第四十一条',
};

/**
 * The hub takes back at once what it handed out by a slip. The unit's period runs on, as after a return, and the hub's own
 * goes on from where it was counted. Not for reports: handed out they are sealed from the hub, and the unit returns them.
 */
export const RECALL: Transition = {
  action: 'recall',
  from: ['distributed'],
  to: 'at-hub',
  by: DISPATCHER,
  starts: [{ clock: 'distribute', startFrom: 'since' }],
  basis: '总局令第121号第四十一条；误分送的更正',
};

export const RAISE_DISPUTE: Transition = {
  action: 'raise-dispute',
  from: ['distributed'],
  to: 'disputed',
  by: OFFICERS,
  starts: [{ clock: 'authority-dispute' }],
  basis: '总局令第121号第三十三条',
};

export const DESIGNATE: Transition = {
  action: 'designate',
  from: ['disputed'],
  to: 'distributed',
  by: MANAGER,
  guards: ['unit-of-this-bureau'],
  stops: ['authority-dispute'],
  basis: '总局令第121号第三十三条',
};

/** The message was of another kind: it ends here and begins again as what it is. */
export const RECLASSIFY: Transition = {
  action: 'reclassify',
  from: ['received', 'at-hub'],
  to: 'reclassified',
  by: DISPATCHER,
  guards: ['another-kind', 'no-joined-cases'],
  stops: 'all',
  basis: '总局令第121号第三条、第四十四条',
};

export const ISSUE_FORM_3: Transition = {
  action: 'issue-form',
  from: ['distributed'],
  to: 'same',
  by: DISPATCHER,
  form: 'form-3',
  basis: '总局令第121号第四十一条；文书式样三',
};
