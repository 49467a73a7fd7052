import type * as z from 'zod';
import type { identityQuery } from '../../events/desk-requests.ts';
import type { Actor, Case, Identity } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { stateView } from '../../shared/case/case-view.ts';
import { register } from '../../shared/case/register.ts';
import { GuardRefusal, NotAllowedNow, type StepContext, takeStep } from '../../shared/case/take-step.ts';
import type { Clock } from '../../shared/dates.ts';
import { refuseLeased } from '../../shared/http/leased.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Log } from '../../shared/logging.ts';
import { mayAct, mayReadIdentity, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { CalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore, IdentityStore, Work } from '../../shared/store/case-store.ts';
import type { DeskWorkStore } from '../../shared/store/desk-work-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { stepContext } from '../../shared/store/step-on-case.ts';

export interface InformerDependencies {
  cases: CaseStore;
  /** Who informed, and who read it. */
  informers: IdentityStore;
  /** Who works on a case now. */
  deskWork: Pick<DeskWorkStore, 'lease'>;
  registry: RegistryStore;
  calendar: CalendarStore;
  now: Clock;
  /** Integer from 0 up to, not including, the bound. */
  randomInt: (bound: number) => number;
  salt: () => string;
  log: Log;
}

// Numbers of cases are drawn at random; five in a row are taken one time in 100,000.
const DRAWS = 5;

/** Who informed, for those on the case only (Art. 37). The reading is put on record before anything is shown. */
export async function showInformer(
  number: CaseNumber,
  { reason }: z.output<typeof identityQuery>,
  staff: Staff,
  deps: InformerDependencies,
): Promise<Answer> {
  const found = await reportFor(staff, number, deps);
  if (!mayReadIdentity(found, staff)) throw new Problem('forbidden');
  const informer = await readInformer(found, reason, staff, deps);
  return { status: 200, body: { informer: informer ?? null } };
}

/** Who looked at who informed, for the auditor. */
export async function showReads(
  number: CaseNumber,
  staff: Staff,
  deps: InformerDependencies,
): Promise<Answer> {
  await reportFor(staff, number, deps);
  if (!['auditor', 'manager'].includes(staff.role)) throw new Problem('forbidden');
  return { status: 200, body: { reads: await deps.informers.reads(number) } };
}

/**
 * The message was no report: it ends here and begins again as what it is, with the person now kept where
 * complainants are, in one transaction. The new case does not say that there was a report (Art. 9).
 */
export async function reclassify(
  number: CaseNumber,
  { version, ...sent }: Readonly<Record<string, unknown>> & { version?: number | undefined },
  staff: Staff,
  deps: InformerDependencies,
): Promise<Answer> {
  const found = await reportFor(staff, number, deps);
  if (!mayAct(found, staff, 'reclassify')) throw new Problem('forbidden');
  if (version !== undefined && version !== found.version) throw conflict(found);
  refuseLeased(found, await deps.deskWork.lease(number), staff, deps);
  const actor: Actor = { role: staff.role, id: staff.id };
  const context = await stepContext(actor, await deps.registry.read(), deps);
  // Guards before the reading: nobody's name is read for a step that is refused.
  refusing(found, () => takeStep(found, 'reclassify', sent, context));
  const informer = await readInformer(found, 'reclassify', staff, deps);
  for (let draw = 1; draw <= DRAWS; draw += 1) {
    const { work, over, begun } = moved(found, sent, informer, context, deps);
    const unlessLeased = { numbers: [number], staff: staff.id, now: deps.now().toISOString() };
    const outcome = await deps.cases.commit({ ...work, unlessLeased });
    if (outcome === 'conflict') throw conflict(found);
    if (outcome === 'committed') {
      // The new number is not logged beside the report's: logs must not tell that they belong together.
      deps.log('step-taken', { staff: staff.id, number, action: 'reclassify' });
      return {
        status: 200,
        body: {
          number,
          version: over.version,
          state: stateView(over),
          taken: { number: begun.number, kind: begun.kind },
        },
      };
    }
  }
  throw new Problem('try-again');
}

function moved(
  found: Case,
  sent: Readonly<Record<string, unknown>>,
  informer: Identity | undefined,
  context: StepContext,
  deps: InformerDependencies,
) {
  const begun = register(
    found.complaint,
    {
      kind: String(sent.kind) as Case['kind'],
      channel: found.channel,
      bureau: found.unitPath[0] ?? '',
      draw: deps.randomInt(1_000_000),
      secretHash: found.secretHash,
      receivedAt: found.receivedAt,
      identity: informer,
      notice: informer === undefined ? undefined : { notice: 'renumbered', party: 'complainant' },
    },
    context,
  );
  // The report points to what became of it; the complaint never points to a report.
  const over = takeStep(found, 'reclassify', { ...sent, taken: begun.after.number }, context);
  const work: Work = {
    steps: [over],
    registrations: [{ step: begun, identity: informer }],
    ...(informer === undefined
      ? {}
      : { removeIdentity: { number: found.number, kind: found.kind, identity: informer } }),
  };
  return { work, over: over.after, begun: begun.after };
}

async function readInformer(found: Case, reason: string, staff: Staff, deps: InformerDependencies) {
  const { number } = found;
  const at = deps.now().toISOString();
  await deps.informers.recordRead({ number, at, staff: staff.id, role: staff.role, reason });
  deps.log('identity-read', { staff: staff.id, number, reason });
  return deps.informers.identity(number);
}

/** The report, if this person may know of it; whatever is no report is not found here. */
async function reportFor(staff: Staff, number: CaseNumber, deps: InformerDependencies): Promise<Case> {
  const found = await deps.cases.case(number);
  if (found?.kind !== 'report' || viewOf(found, staff) === 'none') throw new Problem('not-found');
  return found;
}

function refusing(found: Case, take: () => unknown): void {
  try {
    take();
  } catch (error) {
    if (error instanceof NotAllowedNow) throw conflict(found);
    if (error instanceof GuardRefusal) throw new Problem('bad-request', error.problems);
    throw error;
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
