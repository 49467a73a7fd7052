import type { LocalDate } from '../dates.ts';
import type { BureauSettings } from '../law/bureau-settings.ts';
import type { Role } from '../people/roles.ts';
import type { OtherAuthority, PlatformOperator } from './competence.ts';
import type { RoutingRule } from './routing-rule.ts';

/** Bureaus and what belongs to them. Rights stations are partners (shared/partners). */
export const UNIT_KINDS = {
  city: { zh: '市局', en: 'City bureau' },
  county: { zh: '区县局', en: 'County bureau' },
  station: { zh: '监管所', en: 'Station' },
  department: { zh: '内设机构', en: 'Department' },
  association: { zh: '消费者协会等组织', en: 'Consumer association' },
} as const satisfies Record<string, { zh: string; en: string }>;

/** A bureau (city, county), a station, a department of a bureau, an association that mediates. */
export interface Unit {
  /** City `330200`, county `330203`, station `33020301`. */
  code: string;
  kind: keyof typeof UNIT_KINDS;
  name: string;
  address: string;
  phone: string;
  /** Code of the unit above; absent for the city bureau. */
  parent?: string | undefined;
  /** Whom to ask for, and when somebody is there: `08:30-17:30`, Beijing time. */
  contact?: string | undefined;
  dutyHours?: string | undefined;
  /** First and last day on which it takes cases; a unit that is split or closed ends, its cases stay with it. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

/** A township and who is in charge there: the station, the area (片区) below it, its named officer. */
export interface Division {
  /** Nine-digit code of the township (乡镇、街道). */
  code: string;
  name: string;
  county: { code: string; name: string };
  station: string;
  area: { code: string; name: string; officer: string };
}

/** A person who works at the desk. */
export interface Officer {
  id: string;
  name: string;
  role: Role;
  unit: string;
  /** Where reminders and orders reach the person, if the bureau wants them outside the desk. */
  phone?: string | undefined;
  email?: string | undefined;
}

/** Everything a city bureau's register holds; its businesses are never read whole (shared/businesses). */
export interface Registry {
  /** Counts the changes of the register; each case keeps which one routed it. */
  version: number;
  bureau: string;
  city: string;
  units: readonly Unit[];
  divisions: readonly Division[];
  officers: readonly Officer[];
  /** What is competent for what beyond whole townships: roads, markets, villages, subjects; by hand or learned. */
  rules: readonly RoutingRule[];
  /** Platforms whose operators' places decide, and authorities elsewhere to whom people are sent. */
  platforms?: readonly PlatformOperator[] | undefined;
  authorities?: readonly OtherAuthority[] | undefined;
  /** What the bureau has set for itself; what is missing is the default. */
  settings?: Partial<BureauSettings> | undefined;
}

/** Codes from the city bureau down to this unit. Throws when a unit above is missing from the register. */
export function unitPathOf(code: string, units: readonly Unit[]): string[] {
  const unit = byCode(units).get(code);
  if (unit === undefined) throw new RangeError(`unit ${code} is not in the register`);
  return unit.parent === undefined ? [code] : [...unitPathOf(unit.parent, units), code];
}

const indexes = new WeakMap<readonly Unit[], ReadonlyMap<string, Unit>>();

/** A list of units by their codes; made once for each list, so that no step of a case walks thousands of stations. */
export function byCode(units: readonly Unit[]): ReadonlyMap<string, Unit> {
  const known = indexes.get(units) ?? new Map(units.map((unit) => [unit.code, unit]));
  indexes.set(units, known);
  return known;
}
