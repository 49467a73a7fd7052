/** Who works at the desk. */
export const ROLES = ['officer', 'dispatcher', 'manager'] as const;

export type Role = (typeof ROLES)[number];

/** A signed-in member of staff. */
export interface Staff {
  /** Subject of the token. */
  id: string;
  role: Role;
  /** Code of the unit the person works for; it opens that unit and all below it. */
  unit: string;
}

/** True when the case (or any thing with a unit path) lies in the unit of this person, or below it. */
export function belongsTo(unitPath: readonly string[], staff: Staff): boolean {
  return unitPath.includes(staff.unit);
}
