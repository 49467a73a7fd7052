import type { Weights } from './judge.ts';
import type { Judged } from './tasks.ts';
import kind from './weights/kind.json' with { type: 'json' };
import problem from './weights/problem.json' with { type: 'json' };
import scope from './weights/scope.json' with { type: 'json' };
import subject from './weights/subject.json' with { type: 'json' };

/** The weights that come with the system, fitted by `npm run fit-weights`. */
export const BUILT_IN: Readonly<Record<Judged, Weights>> = { kind, problem, subject, scope };
