import type * as z from 'zod';
import type { deskListQuery } from '../../events/desk-requests.ts';
import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { handlingUnit, nextLegalDate, stateView } from '../../shared/case/case-view.ts';
import {
  HUB_REASONS,
  REFUSAL_GROUNDS,
  RETURN_REASONS,
  TERMINATION_GROUNDS,
} from '../../shared/case/grounds.ts';
import { allowedActions } from '../../shared/case/life-cycle.ts';
import type { Clock } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { type Unit, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import type { Calendar } from '../../shared/law/calendar.ts';
import type { Log } from '../../shared/logging.ts';
import { belongsTo, type Staff } from '../../shared/people/roles.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface DeskDependencies {
  cases: CaseStore;
  registry: RegistryStore;
  calendar: Calendar;
  now: Clock;
  log: Log;
}

const REASONS = { ...HUB_REASONS, ...RETURN_REASONS };
const GROUNDS = { ...REFUSAL_GROUNDS, ...TERMINATION_GROUNDS };

/** Open cases of a unit, the next legal date first. */
export async function listCases(
  query: z.output<typeof deskListQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const { units } = await deps.registry.read();
  const unit = query.unit ?? staff.unit;
  // A unit that is not in the register is nobody's.
  const isKnown = units.some(({ code }) => code === unit);
  if (!isKnown || !belongsTo(unitPathOf(unit, units), staff)) throw new Problem('forbidden');
  const { items, next } = await deps.cases.openCases(unit, query.limit, query.after);
  return {
    status: 200,
    body: { unit, cases: items.map((found) => summary(found, staff, units)), next: next ?? null },
  };
}

/** One case with its history, who complained, and what this person may do with it now. */
export async function showCase(number: CaseNumber, staff: Staff, deps: DeskDependencies): Promise<Answer> {
  const found = await readFor(staff, number, deps);
  const { units } = await deps.registry.read();
  const complainant = await deps.cases.identity(number);
  // Who looked at whose data stays on record (docs/data-model.md, Identities).
  deps.log('identity-read', { staff: staff.id, number });
  const history = await deps.cases.history(number);
  return {
    status: 200,
    body: {
      ...summary(found, staff, units),
      complaint: found.complaint,
      complainant: complainant ?? null,
      ground: found.ground === undefined ? null : { code: found.ground, ...GROUNDS[found.ground] },
      recovered: found.recovered ?? null,
      clocks: found.clocks,
      history: history.map(({ type, at, on, actor, facts }) => ({ type, at, on, actor, facts })),
    },
  };
}

/**
 * The case, if it lies in the person's unit or below. A case that lies elsewhere looks like one that does not
 * exist.
 */
export async function readFor(staff: Staff, number: CaseNumber, deps: DeskDependencies): Promise<Case> {
  const found = await deps.cases.case(number);
  if (found === undefined || !belongsTo(found.unitPath, staff)) throw new Problem('not-found');
  return found;
}

/** A case as the desk's list shows it. */
export function summary(found: Case, staff: Staff, units: readonly Unit[]) {
  return {
    number: found.number,
    version: found.version,
    state: stateView(found),
    channel: found.channel,
    receivedAt: found.receivedAt,
    receivedOn: found.receivedOn,
    business: found.complaint.business,
    excerpt: Array.from(found.complaint.text).slice(0, 80).join(''),
    claimedFen: found.complaint.claimedFen ?? null,
    unitPath: found.unitPath,
    station: handlingUnit(found, units),
    nextLegalDate: nextLegalDate(found),
    hubReason: found.hubReason === undefined ? null : { code: found.hubReason, ...REASONS[found.hubReason] },
    actions: allowedActions(found.state, staff.role),
  };
}
