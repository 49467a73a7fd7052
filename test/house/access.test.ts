import { describe, expect, test } from 'vitest';
import { accessMatrix } from '../../infra/docs/access.ts';
import type { Action } from '../../shared/case/actions.ts';

/*
 * The matrix of docs/access.md (C on the case, O own unit, H a unit that helps, F another unit), cell by cell
 * against sentences of the law and the house.
 */

const cells = accessMatrix();
type Cell = (typeof cells)[number];
const where = (fits: (cell: Cell) => boolean) => cells.filter(fits);
const owns = ({ position }: Cell) => position === 'C' || position === 'O';
const NAME = '$role, $kind, $position';

describe('whoever works elsewhere does not learn that the case exists', () => {
  test.each(where(({ position }) => position === 'F'))(NAME, ({ view, identity, actions }) => {
    expect({ view, identity, actions }).toEqual({ view: 'none', identity: false, actions: [] });
  });
});

describe('a report is sealed from all who are not on it, but for the manager of the bureau (Art. 37)', () => {
  const near = where(({ kind, position }) => kind === 'report' && (position === 'O' || position === 'H'));
  test.each(near)(NAME, ({ role, position, view, identity, actions }) => {
    const decides = role === 'manager' && position === 'O';
    expect(view).toBe(role === 'administrator' ? 'none' : decides ? 'full' : 'sealed');
    expect(identity).toBe(decides);
    // Handing on and deciding who is on it need no look inside.
    const blind: Action[] = ['assign', 'unassign', 'take', 'distribute', 'issue-form'];
    if (!decides) expect(actions.filter((action) => !blind.includes(action))).toEqual([]);
  });
});

describe('auditors and administrators take no step and see no names', () => {
  test.each(where(({ role }) => role === 'auditor' || role === 'administrator'))(
    NAME,
    ({ identity, actions }) => {
      expect({ identity, actions }).toEqual({ identity: false, actions: [] });
    },
  );
});

test('an administrator looks after the system, not into cases', () => {
  const views = where(({ role }) => role === 'administrator').map(({ view }) => view);
  expect(new Set(views)).toEqual(new Set(['none']));
});

describe('a unit that helps writes notes and calls back, nothing else', () => {
  test.each(where(({ position, kind }) => position === 'H' && kind !== 'report'))(NAME, ({ actions }) => {
    expect(actions.filter((action) => !['note', 'call-back'].includes(action))).toEqual([]);
  });
});

describe('acceptance and mediation are decided by officers and heads alone', () => {
  const decided: Action[] = ['accept', 'refuse', 'settle', 'terminate', 'close'];
  test.each(where(({ kind }) => kind === 'complaint'))(NAME, (cell) => {
    const may = ['officer', 'head'].includes(cell.role) && owns(cell);
    expect(decided.filter((action) => cell.actions.includes(action))).toEqual(may ? decided : []);
  });
});

describe('filing, penalty, reward and hand-over are the manager’s alone', () => {
  const decided: Action[] = ['file-case', 'not-file', 'decide', 'reward', 'hand-over'];
  test.each(where(({ kind }) => kind === 'report'))(NAME, (cell) => {
    const may = cell.role === 'manager' && owns(cell);
    expect(decided.filter((action) => cell.actions.includes(action))).toEqual(may ? decided : []);
  });
});
