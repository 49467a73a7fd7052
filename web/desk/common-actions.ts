import type { CaseSummary } from '../api/answers.ts';

const AT_HUB: readonly string[] = ['received', 'at-hub'];

/** What can be done to all of these at once; the service decides case by case. */
export function commonActions(cases: readonly CaseSummary[]): ('distribute' | 'assign')[] {
  const all = (action: string) => cases.every(({ actions }) => actions.includes(action));
  return [
    ...(all('distribute') && cases.every(({ state }) => AT_HUB.includes(state.code))
      ? (['distribute'] as const)
      : []),
    ...(all('assign') ? (['assign'] as const) : []),
  ];
}
