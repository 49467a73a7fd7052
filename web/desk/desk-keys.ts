import type { CasePanel } from './case-panel.ts';
import type { Key } from './keys.ts';
import type { UndoBar } from './undo.ts';
import { KEYS } from './work.texts.ts';
import type { WorkList } from './work-list.ts';

interface KeysContext {
  list: WorkList;
  detail: CasePanel;
  undo: UndoBar;
  /** True while list and case are shown, and not another view of the desk. */
  isList: () => boolean;
  close: () => void;
}

/** The keys of the desk, in the order of the map. */
export function deskKeys({ list, detail, undo, isList, close }: KeysContext): Key[] {
  /** From case to case where one is open, from line to line where none is. */
  const move = (steps: number) => {
    if (!isList()) return false;
    const inDetail = detail.openNumber() !== undefined && list.focused() === undefined;
    const number = list.move(steps);
    if (inDetail && number !== undefined) location.hash = `#${number}`;
    return number !== undefined;
  };
  /** In the case that is open; or in the one under the keys, once it is there. */
  const inCase = (act: () => boolean) => {
    if (!isList()) return false;
    const focused = list.focused();
    const opened = detail.openNumber();
    if (opened !== undefined && (focused === undefined || focused === opened)) return act();
    if (focused === undefined) return false;
    history.pushState(null, '', `#${focused}`);
    document.querySelector('.columns')?.classList.add('open');
    document.body.classList.add('case-open');
    void detail.open(focused).then(act);
    return true;
  };
  const key = (
    group: Key['group'],
    keys: readonly string[],
    words: Key['words'],
    action: Key['do'],
    shown = keys[0] ?? '',
  ): Key => ({ group, keys, shown, words, do: action });
  return [
    key('groupList', ['j'], KEYS.next, () => move(1), 'J ↓'),
    key('groupList', ['k'], KEYS.previous, () => move(-1), 'K ↑'),
    // A line is a link: Enter opens it by itself.
    key('groupList', [], KEYS.open, () => false, 'Enter'),
    key('groupList', ['x'], KEYS.choose, () => isList() && list.choose(), 'X'),
    key('groupList', ['/'], KEYS.search, () => {
      if (!isList()) return false;
      list.focusSearch();
      return true;
    }),
    key(
      'groupList',
      ['f'],
      KEYS.filter,
      () => {
        if (!isList()) return false;
        list.focusFilter();
        return true;
      },
      'F',
    ),
    key('groupCase', ['c'], KEYS.confirm, () => inCase(() => detail.propose()), 'C'),
    key(
      'groupCase',
      ['1', '2', '3', '4'],
      KEYS.proposal,
      (pressed) => inCase(() => detail.propose(Number(pressed))),
      '1 2 3 4',
    ),
    key('groupCase', ['e'], KEYS.act, () => inCase(() => detail.begin()), 'E'),
    key('groupCase', ['r'], KEYS.return, () => inCase(() => detail.begin('return', 'hand-back')), 'R'),
    key('groupCase', ['a'], KEYS.take, () => inCase(() => detail.begin('take', 'assign')), 'A'),
    key('groupCase', ['n'], KEYS.remark, () => inCase(() => detail.begin('note')), 'N'),
    key('groupCase', ['m'], KEYS.more, () => inCase(() => detail.showMore()), 'M'),
    key('groupAll', ['u'], KEYS.undo, () => undo.undo(), 'U'),
    key(
      'groupAll',
      ['Escape'],
      KEYS.back,
      () => {
        if (!isList()) {
          location.hash = '';
          return true;
        }
        if (detail.openNumber() !== undefined) {
          close();
          return true;
        }
        return list.back();
      },
      'Esc',
    ),
    key('groupAll', ['?'], KEYS.map, () => {
      document.querySelector<HTMLElement>('#show-keys')?.click();
      return true;
    }),
  ];
}
