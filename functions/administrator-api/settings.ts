import type * as z from 'zod';
import type { settingChange } from '../../events/administration.ts';
import { parseValue } from '../../shared/http/parse.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { type BureauSettings, DEFAULT_SETTINGS, settingsOf } from '../../shared/law/bureau-settings.ts';
import { FIXED, SETTING_GROUPS, SETTINGS } from '../../shared/law/settings-catalogue.ts';
import type { Staff } from '../../shared/people/roles.ts';
import { storedSettings } from '../../shared/store/registry-store.ts';
import type { RegisterState } from '../../shared/store/rule-store.ts';
import {
  type AdministratorDependencies,
  moved,
  noteOf,
  refuseOthers,
  registerView,
  unlessMoved,
} from './administrator.ts';

const NAMES = Object.keys(SETTINGS) as (keyof BureauSettings)[];

/** Every setting with its meaning, its default and what the bureau has set. */
export async function showSettings(staff: Staff, deps: AdministratorDependencies): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const [registry, register] = await Promise.all([deps.registry.readNow(), deps.rules.register()]);
  return { status: 200, body: settingsView(registry.settings, register) };
}

function settingsView(own: Registry['settings'], register: RegisterState) {
  const values = settingsOf(own);
  return {
    register: registerView(register),
    groups: Object.entries(SETTING_GROUPS).map(([code, words]) => ({ code, ...words })),
    settings: NAMES.map((name) => ({
      name,
      ...SETTINGS[name],
      unit: SETTINGS[name].unit ?? null,
      default: DEFAULT_SETTINGS[name],
      value: values[name],
      own: own?.[name] !== undefined,
    })),
    fixed: FIXED,
  };
}

/** Sets one setting, or gives it back to the default, as a new version of the register: going back undoes it. */
export async function changeSetting(
  { register, name, value }: z.output<typeof settingChange>,
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('change', staff, deps);
  const { settings, version } = await deps.registry.readNow();
  if (version !== register) throw moved();
  const { [name]: _, ...others } = settings ?? {};
  const next = value === null ? others : { ...others, ...parseValue({ [name]: value }, storedSettings) };
  const facts = { setting: name, register: register + 1, to: value === null ? 'default' : 'own' };
  const noted = noteOf('setting-changed', facts, staff, deps);
  await unlessMoved(async () => deps.registry.set(next, register, noted));
  return { status: 200, body: settingsView(next, await deps.rules.register()) };
}
