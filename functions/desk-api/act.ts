import type * as z from 'zod';
import type { DeskAction, deskRequests } from '../../events/desk-requests.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { TRANSITIONS } from '../../shared/case/life-cycle.ts';
import {
  accept,
  distribute,
  NotAllowedNow,
  refuse,
  returnToHub,
  type Step,
  type StepContext,
  settle,
  terminate,
} from '../../shared/case/steps.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { type Registry, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { type DeskDependencies, readFor, summary } from './desk.ts';

type Requests = { [A in DeskAction]: z.output<(typeof deskRequests)[A]> };
type Steps = {
  [A in DeskAction]: (found: Case, request: Requests[A], context: StepContext, registry: Registry) => Step;
};

/** How each request becomes a step. */
const STEPS: Steps = {
  distribute: (found, { station }, context, registry) =>
    distribute(found, destination(station, registry), 'dispatcher', context),
  return: (found, { reason, note }, context) => returnToHub(found, { reason, note }, context),
  accept: (found, _, context) => accept(found, context),
  refuse: (found, { ground, note }, context) => refuse(found, { ground, note }, context),
  settle: (found, { agreedFen, provenFen, note }, context) =>
    settle(found, { agreedFen, provenFen, note }, context),
  terminate: (found, { ground, note }, context) => terminate(found, { ground, note }, context),
};

/** Takes one legal step on a case. A conflict (409) is a normal outcome: somebody was faster, look again. */
export async function act<A extends DeskAction>(
  number: CaseNumber,
  action: A,
  request: Requests[A],
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  if (!TRANSITIONS[action].by.includes(staff.role)) throw new Problem('forbidden');
  const found = await readFor(staff, number, deps);
  if (request.version !== undefined && request.version !== found.version) throw conflict(found);

  const registry = await deps.registry.read();
  const context: StepContext = {
    actor: { role: staff.role, id: staff.id },
    now: deps.now,
    calendar: deps.calendar,
  };
  const step = takeStep(() => STEPS[action](found, request, context, registry), found);
  if ((await deps.cases.commit(step)) === 'conflict') throw conflict(found);
  deps.log('step-taken', { staff: staff.id, number, action });
  return { status: 200, body: summary(step.after, staff, registry.units) };
}

function takeStep(take: () => Step, found: Case): Step {
  try {
    return take();
  } catch (error) {
    throw error instanceof NotAllowedNow ? conflict(found) : error;
  }
}

function conflict(found: Case): Problem {
  return new Problem('conflict', [
    {
      field: 'version',
      zh: `案件已有变动（当时为第 ${found.version} 版，状态 ${found.state}），请刷新后再办理`,
      en: `The case has moved on (version ${found.version}, state ${found.state}); please reload it`,
    },
  ]);
}

function destination(station: string, { units, divisions }: Registry) {
  if (units.find(({ code }) => code === station)?.kind !== 'station') {
    throw new Problem('bad-request', [
      {
        field: '/station',
        zh: '没有这个监管所，请核对代码',
        en: 'There is no such station; please check the code',
      },
    ]);
  }
  const areas = new Set(divisions.filter((d) => d.station === station).map(({ area }) => area.code));
  // A station with a single area leaves no doubt about the officer; otherwise the station decides.
  const area = areas.size === 1 ? [...areas][0] : undefined;
  return { unitPath: unitPathOf(station, units), area };
}
