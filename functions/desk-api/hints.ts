import type { Case } from '../../shared/case/case.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { hintsOf } from '../../shared/desk-work/hints.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayList, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { DeskDependencies } from './desk.ts';
import { listOf, lookThrough } from './work-list.ts';

/** Open cases that are looked through: a busy station has two or three hundred. */
const MOST_LOOKED = 500;
const STRIDE = 100;

/** What somebody should look at today among the cases he is on, or was asked to look at; heads and dispatchers see their unit's. */
export async function showHints(staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const today = shanghaiDate(deps.now());
  const isMine = ({ officers, mentioned = [] }: Case) =>
    staff.role !== 'officer' || officers.includes(staff.id) || mentioned.includes(staff.id);
  const { found, next } = mayList(staff)
    ? await lookThrough(listOf(staff.unit, deps), (one) => viewOf(one, staff) === 'full' && isMine(one), {
        limit: MOST_LOOKED,
        most: MOST_LOOKED,
        stride: STRIDE,
        after: undefined,
      })
    : { found: [], next: undefined };
  return {
    status: 200,
    body: { today, open: found.length, complete: next === undefined, hints: hintsOf(found, today, staff.id) },
  };
}
