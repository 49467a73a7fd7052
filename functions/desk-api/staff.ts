import type * as z from 'zod';
import type { staffQuery } from '../../events/desk-work.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { byCode, unitPathOf } from '../../shared/jurisdiction/registry.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { DeskDependencies } from './desk.ts';
import { unitOf } from './work-list.ts';

/**
 * Who works at a unit, at those below it and at those above it, by name: whom a case can be given to, and who wrote what
 * stands in its history. No phones: those are for the notices.
 */
export async function listStaff(
  query: z.output<typeof staffQuery>,
  staff: Staff,
  { registry }: DeskDependencies,
): Promise<Answer> {
  const { units, officers } = await registry.read();
  const unit = unitOf(query.unit, staff, { units });
  const above = new Set(unitPathOf(unit, units));
  const isNear = (code: string) =>
    above.has(code) || (byCode(units).has(code) && unitPathOf(code, units).includes(unit));
  return {
    status: 200,
    body: {
      unit,
      staff: officers
        .filter((one) => isNear(one.unit))
        .map(({ id, name, role, unit: at }) => ({ id, name, role, unit: at })),
    },
  };
}
