import type * as z from 'zod';
import type { userChange } from '../../events/administration.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { byCode, type Officer, type Registry } from '../../shared/jurisdiction/registry.ts';
import { ROLES, type Staff } from '../../shared/people/roles.ts';
import { checkRegistry } from '../../shared/register-files/check-registry.ts';
import type { RegisterState } from '../../shared/store/rule-store.ts';
import {
  type AdministratorDependencies,
  moved,
  noteOf,
  refuseOthers,
  registerView,
  unlessMoved,
} from './administrator.ts';

/** Who works at the desk, by the register; that they can sign in is the issuer's. */
export async function showUsers(staff: Staff, deps: AdministratorDependencies): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const [registry, register] = await Promise.all([deps.registry.readNow(), deps.rules.register()]);
  return { status: 200, body: usersView(registry, register) };
}

function usersView(
  { units, officers, divisions }: Pick<Registry, 'units' | 'officers' | 'divisions'>,
  register: RegisterState,
) {
  const names = byCode(units);
  const areas = Map.groupBy(divisions, ({ area }) => area.officer);
  return {
    register: registerView(register),
    units: units.map(({ code, name }) => ({ code, name })),
    users: officers.map(({ id, name, role, unit, phone, email }) => ({
      id,
      name,
      role: { code: role, ...ROLES[role] },
      unit: { code: unit, name: names.get(unit)?.name ?? unit },
      phone: phone ?? null,
      email: email ?? null,
      areas: [...new Set((areas.get(id) ?? []).map(({ area }) => area.name || area.code))],
    })),
  };
}

/** Adds a person to the register, changes or removes him, as a new version of it. */
export async function changeUser(
  change: z.output<typeof userChange>,
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('change', staff, deps);
  const registry = await deps.registry.readNow();
  if (registry.version !== change.register) throw moved();
  const others = registry.officers.filter(({ id }) => id !== change.id);
  if (change.do === 'remove' && others.length === registry.officers.length) throw new Problem('not-found');
  const next = { ...registry, officers: change.do === 'remove' ? others : [...others, officerOf(change)] };
  const fatal = checkRegistry(next, shanghaiDate(deps.now())).find((one) => one.fatal);
  if (fatal !== undefined) {
    throw new Problem('bad-request', [{ field: '/unit', zh: fatal.zh, en: fatal.en }]);
  }
  const facts = { officer: change.id, register: change.register + 1 };
  const noted = noteOf(change.do === 'remove' ? 'officer-removed' : 'officer-kept', facts, staff, deps);
  await unlessMoved(async () => deps.registry.load(next, change.register, undefined, noted));
  return { status: 200, body: usersView(next, await deps.rules.register()) };
}

const officerOf = ({
  id,
  name,
  role,
  unit,
  phone,
  email,
}: Extract<z.output<typeof userChange>, { do: 'keep' }>): Officer => ({
  id,
  name,
  role,
  unit,
  ...(phone ? { phone } : {}),
  ...(email ? { email } : {}),
});
