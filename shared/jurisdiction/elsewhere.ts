import type { CaseEvent } from '../case/case.ts';
import { explanationSchema } from './explanation.ts';

/** The division whose authority is competent instead of us, as routing found it last; undefined where none is known. */
export function elsewhereOf(events: readonly CaseEvent[]): string | undefined {
  const [latest] = events
    .filter(({ facts }) => facts.routing !== undefined)
    .toSorted((a, b) => b.version - a.version);
  const parsed = explanationSchema.safeParse(latest?.facts.routing);
  return parsed.success ? parsed.data.elsewhere : undefined;
}
