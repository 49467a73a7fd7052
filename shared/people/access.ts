import type { Action } from '../case/actions.ts';
import type { Case } from '../case/case.ts';
import { LIFE_CYCLES, type State } from '../case/life-cycle.ts';
import { MANAGER, type Role, type Staff } from './roles.ts';

/** How much of a case somebody may see: all, only that it exists and by when it is due, or nothing at all. */
export type View = 'full' | 'sealed' | 'none';

/** Roles that work with cases; an administrator looks after the system, not into cases. */
const CASE_ROLES: ReadonlySet<Role> = new Set<Role>(['officer', 'head', 'dispatcher', 'manager', 'auditor']);
/** Who may be shown who complained or informed; each reading is kept with its reason. */
const IDENTITY_ROLES: ReadonlySet<Role> = new Set<Role>(['officer', 'head', 'dispatcher', 'manager']);
/** What somebody who is not on a sealed case may still do with it: decide who is on it. */
const ON_SEALED: ReadonlySet<Action> = new Set<Action>([
  'assign',
  'unassign',
  'take',
  // A dispatcher hands on what he cannot read any more.
  'distribute',
  'issue-form',
]);
const AT_HUB: ReadonlySet<State> = new Set<State>(['received', 'at-hub']);
/** What a unit that helps may do on the case of another. */
const CO_UNIT: ReadonlySet<Action> = new Set<Action>(['note', 'call-back']);

/** Who enters what reached the bureau on paper or by another system. */
const ENTRY_ROLES: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'officer', 'head']);

type Reach = Pick<Case, 'kind' | 'state' | 'unitPath' | 'coUnits' | 'officers' | 'leader'>;

/** True when the case lies in the unit of this person, or below it. */
export function isOwnUnit(found: Pick<Case, 'unitPath'>, staff: Staff): boolean {
  return found.unitPath.includes(staff.unit);
}

/** True for those who handle this very case (与处理举报工作有关的人员, Order 121 Art. 37). */
function isOnCase(found: Reach, staff: Staff): boolean {
  if (found.officers.includes(staff.id) || found.leader === staff.id) return true;
  // At the hub the dispatcher handles it; 市场监督管理部门负责人 decides on filing (Procedure Art. 18).
  if (staff.role === 'dispatcher') {
    // What was joined at the hub can only be taken out again there.
    const joinedHere = found.state === 'joined' && found.unitPath.length === 1;
    return (AT_HUB.has(found.state) || joinedHere) && isOwnUnit(found, staff);
  }
  return staff.role === 'manager' && isOwnUnit(found, staff);
}

/** How much of this case this person may see. */
export function viewOf(found: Reach, staff: Staff): View {
  if (!CASE_ROLES.has(staff.role)) return 'none';
  const near = isOwnUnit(found, staff) || found.coUnits.includes(staff.unit) || found.leader === staff.id;
  if (!near && !found.officers.includes(staff.id)) return 'none';
  if (found.kind !== 'report') return 'full';
  return isOnCase(found, staff) ? 'full' : 'sealed';
}

/** True when this person works with cases at all: others are shown no list, nor how long it is. */
export function mayList({ role }: Pick<Staff, 'role'>): boolean {
  return CASE_ROLES.has(role);
}

/** True when this person may be shown who complained or informed. */
export function mayReadIdentity(found: Reach, staff: Staff): boolean {
  return IDENTITY_ROLES.has(staff.role) && viewOf(found, staff) === 'full';
}

/** True when this person may look for the cases of a phone: whoever does learns whose they are. */
export function maySearchPhones({ role }: Pick<Staff, 'role'>): boolean {
  return IDENTITY_ROLES.has(role);
}

/** What became no case lies with no unit: the bureau's hub and its managers look through it. */
const CONTACT_ROLES: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'manager']);

/** True when this person may read what came in and became no case. */
export function mayReadContacts(staff: Staff, bureau: string): boolean {
  return CONTACT_ROLES.has(staff.role) && staff.unit === bureau;
}

/** True when this person may take this step on this case, whatever state it is in. */
export function mayAct(found: Reach, staff: Staff, action: Action): boolean {
  const byRole = LIFE_CYCLES[found.kind].some((row) => row.action === action && row.by.includes(staff.role));
  if (!byRole) return false;
  const view = viewOf(found, staff);
  if (view === 'none') return false;
  if (view === 'sealed') return ON_SEALED.has(action);
  return isOwnUnit(found, staff) || found.leader === staff.id || CO_UNIT.has(action);
}

/** Who shares out the work of a unit, and is told how it lies. */
const SHARING_ROLES: ReadonlySet<Role> = new Set<Role>(['head', 'manager']);

/** True when this person may see the load of officers of his unit or below, and keep their absences. */
export function mayShareOut({ role }: Pick<Staff, 'role'>): boolean {
  return SHARING_ROLES.has(role);
}

/** True when this person may put a file to this case, such as the scan of a letter: who may make a note on it. */
export function mayAttach(found: Reach, staff: Staff): boolean {
  return mayAct(found, staff, 'note');
}

/** True when this person may register what others brought, wrote or handed over. */
export function mayEnter({ role }: Pick<Staff, 'role'>): boolean {
  return ENTRY_ROLES.has(role);
}

/** Who sees what is proposed for the routing rules, and who decides it: for the whole bureau, so at the bureau only. */
const ON_RULES = {
  see: new Set<Role>(['dispatcher', 'manager', 'administrator', 'auditor']),
  accept: new Set<Role>(['manager', 'administrator']),
  decline: new Set<Role>(['manager', 'administrator']),
  undo: new Set<Role>(['manager', 'administrator']),
} as const;

/** True when this person may do this with the routing rules of the bureau. */
export function mayOnRules(what: keyof typeof ON_RULES, { role, unit }: Staff, bureau: string): boolean {
  return unit === bureau && ON_RULES[what].has(role);
}

/** What may be done with a mass incident, and by whom; what is joined is decided case by case. */
const ON_INCIDENTS = {
  see: new Set<Role>(['dispatcher', 'manager', 'head', 'auditor']),
  dismiss: new Set<Role>(['dispatcher', 'manager']),
  'join-all': new Set<Role>(['dispatcher', 'head']),
  'unjoin-all': new Set<Role>(['dispatcher', 'head']),
} as const;

/** True when this person may do this with mass incidents that have a case of his unit or below. */
export function mayOnIncidents(what: keyof typeof ON_INCIDENTS, { role }: Staff): boolean {
  return ON_INCIDENTS[what].has(role);
}

/** What may be done with the classes of businesses and the watch-list, and by whom. */
const ON_BUSINESSES = {
  see: new Set<Role>(['head', 'manager', 'auditor']),
  decide: new Set<Role>(['head', 'manager']),
  watch: new Set<Role>(['head', 'manager']),
} as const;

/** True when this person may do this with a business; `unitPath` are the units that look after it. */
export function mayOnBusinesses(
  what: keyof typeof ON_BUSINESSES,
  { role, unit }: Staff,
  unitPath: readonly string[],
): boolean {
  return ON_BUSINESSES[what].has(role) && unitPath.includes(unit);
}

/** What may be done with the alarms of the early warning, and by whom; a warning speaks in the bureau's name. */
const ON_ALARMS = {
  see: new Set<Role>(['dispatcher', 'officer', 'head', 'manager', 'auditor']),
  mark: new Set<Role>(['dispatcher', 'officer', 'head', 'manager']),
  draft: new Set<Role>(['head', 'manager']),
  publish: new Set<Role>(['manager']),
} as const;

/** True when this person may do this with alarms that have a case of his unit or below. */
export function mayOnAlarms(what: keyof typeof ON_ALARMS, { role }: Pick<Staff, 'role'>): boolean {
  return ON_ALARMS[what].has(role);
}

/** Who reads the figures of a unit and of all below it. */
const FIGURES_ROLES: ReadonlySet<Role> = new Set<Role>(['head', 'manager', 'dispatcher', 'auditor']);
/** Who sees what is sealed about reports (Art. 37), as sums: those who answer for how reports are handled. */
const SEALED_FIGURES_ROLES: ReadonlySet<Role> = new Set<Role>(['head', 'manager', 'auditor']);

/**
 * True when this person may read the figures of this unit; an officer reads those of his unit and his own.
 * @param path units from the city down to the one that is asked for
 * @param officer whose figures are asked for, if one person's
 */
export function mayReadFigures(
  { role, unit, id }: Staff,
  path: readonly string[],
  officer?: string,
): boolean {
  if (FIGURES_ROLES.has(role)) return path.includes(unit);
  return role === 'officer' && path.at(-1) === unit && (officer === undefined || officer === id);
}

/** True when this person may publish a report: it speaks in the bureau's name. */
export function mayPublishReports({ role }: Pick<Staff, 'role'>): boolean {
  return MANAGER.includes(role);
}

/** True when this person sees what is counted of reports. */
export function seesSealedFigures({ role }: Pick<Staff, 'role'>): boolean {
  return SEALED_FIGURES_ROLES.has(role);
}

/** What may be done with answers of businesses to their published results; what strangers read speaks for the bureau, too. */
const ON_ANSWERS = {
  enter: new Set<Role>(['dispatcher', 'officer', 'head', 'manager']),
  review: new Set<Role>(['head', 'manager']),
} as const;

/** True when this person may do this with the answer of a business. */
export function mayOnAnswers(what: keyof typeof ON_ANSWERS, { role }: Staff): boolean {
  return ON_ANSWERS[what].has(role);
}

/** Who sees how the system stands and what was set, and who sets it: for the whole bureau, so at the bureau only. */
const ON_SYSTEM = {
  see: new Set<Role>(['administrator', 'auditor']),
  change: new Set<Role>(['administrator']),
} as const;

/** True when this person may do this with the register, the settings, the queues of the bureau. */
export function mayAdminister(what: keyof typeof ON_SYSTEM, { role, unit }: Staff, bureau: string): boolean {
  return unit === bureau && ON_SYSTEM[what].has(role);
}
