import type { Registry } from '../jurisdiction/registry.ts';

/** The bureau as messages name it: by the hotline's number where the register does not know it. */
export function bureauName({ bureau, units }: Pick<Registry, 'bureau' | 'units'>): string {
  return units.find(({ code }) => code === bureau)?.name ?? '12315';
}
