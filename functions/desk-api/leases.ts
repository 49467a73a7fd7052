import type * as z from 'zod';
import type { leaseRequest } from '../../events/desk-work.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { offeredActions } from '../../shared/case/life-cycle.ts';
import { takeStep } from '../../shared/case/take-step.ts';
import {
  givenBack,
  isHeld,
  type Lease,
  leaseFrom,
  leaseOfAnother,
  mayBreak,
} from '../../shared/desk-work/lease.ts';
import { refuseLeased } from '../../shared/http/leased.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { mayAct, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';
import { type DeskDependencies, readFor, workingOnBy } from './desk.ts';

/** Several who want one case at the same moment: one has it at the first try, the others see it at the second. */
const TRIES = 4;

/** Takes a case to work on it for some minutes, or goes on with it. While it lasts steps of others are refused. */
export async function takeLease(
  number: CaseNumber,
  { breaks }: z.output<typeof leaseRequest>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const found = await readFor(staff, number, deps);
  if (!mayWorkOn(found, staff)) throw new Problem('forbidden');
  if (breaks !== undefined && !mayBreak(staff)) {
    throw new Problem('forbidden', [
      {
        field: '/breaks',
        zh: '只有所长、局负责人可以接手他人正在办理的案件',
        en: 'Only heads and managers may take over what a colleague works on',
      },
    ]);
  }
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const now = deps.now().toISOString();
    const before = await deps.deskWork.lease(number);
    const held = leaseOfAnother(before, staff.id, now);
    if (breaks === undefined) refuseLeased(found, before, staff, deps);
    const lease = leaseFrom(number, staff.id, now, before);
    const kept =
      held === undefined || breaks === undefined
        ? await deps.deskWork.saveLease(lease)
        : await breakLease(number, lease, `接手 ${held.staff} 正在办理的案件：${breaks}`, staff, deps);
    if (kept === 'saved') return answer(number, lease, deps);
  }
  throw new Problem('try-again');
}

/** Why a case was taken out of somebody's hands stands in its history, kept with the lease or not at all. */
async function breakLease(
  number: CaseNumber,
  lease: Lease,
  text: string,
  staff: Staff,
  deps: DeskDependencies,
): Promise<'saved' | 'conflict'> {
  const found = await readFor(staff, number, deps);
  if (!mayAct(found, staff, 'note')) throw new Problem('forbidden');
  const context = await stepContext({ role: staff.role, id: staff.id }, await deps.registry.read(), deps);
  const step = takeStep(found, 'note', { text }, context);
  const outcome = await deps.cases.commit({ steps: [step], lease });
  deps.log('lease-broken', { staff: staff.id, number });
  return outcome === 'committed' ? 'saved' : 'conflict';
}

/** Gives a case back before the time is over. Of what somebody else has nothing is taken. */
export async function giveBack(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  await readFor(staff, number, deps);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const now = deps.now().toISOString();
    const before = await deps.deskWork.lease(number);
    if (before === undefined || before.staff !== staff.id || !isHeld(before, now)) {
      return answer(number, undefined, deps);
    }
    if ((await deps.deskWork.saveLease(givenBack(before, now))) === 'saved') {
      return answer(number, undefined, deps);
    }
  }
  throw new Problem('try-again');
}

/** Who may take some step on it now and see what it says. */
function mayWorkOn(found: Case, staff: Staff): boolean {
  return (
    viewOf(found, staff) === 'full' &&
    offeredActions(found, staff.role).some((action) => mayAct(found, staff, action))
  );
}

function answer(number: CaseNumber, lease: Lease | undefined, deps: DeskDependencies): Answer {
  return { status: 200, body: { number, workingOn: workingOnBy(lease, deps) } };
}
