import type { Case } from '../case/case.ts';
import { type Clock, shanghaiTime } from '../dates.ts';
import { type Lease, leaseOfAnother } from '../desk-work/lease.ts';
import { viewOf } from '../people/access.ts';
import type { Staff } from '../people/roles.ts';
import { Problem } from './problem.ts';

/**
 * Refuses a step on a case that somebody else works on: a conflict that says who and until when. Who is on a sealed report
 * stays sealed (Art. 37).
 */
export function refuseLeased(
  found: Case,
  lease: Lease | undefined,
  staff: Staff,
  { now }: { now: Clock },
): void {
  const held = leaseOfAnother(lease, staff.id, now().toISOString());
  if (held === undefined) return;
  const isFull = viewOf(found, staff) === 'full';
  const until = shanghaiTime(held.until);
  throw new Problem('conflict', [
    {
      field: 'lease',
      zh: `${isFull ? held.staff : '他人'}正在办理，至 ${until}；请稍后再试，或者由所长、局负责人接手`,
      en: `${isFull ? held.staff : 'Somebody'} is working on it until ${until} (Beijing time); wait, or let a head or manager take it over`,
    },
  ]);
}
