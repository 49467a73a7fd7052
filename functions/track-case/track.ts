import type { CaseNumber } from '../../shared/case/case-number.ts';
import { handlingUnit, nextLegalDate, stateView } from '../../shared/case/case-view.ts';
import { REFUSAL_GROUNDS, TERMINATION_GROUNDS } from '../../shared/case/grounds.ts';
import { isTrackingSecret } from '../../shared/case/tracking-secret.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface TrackDependencies {
  cases: CaseStore;
  registry: RegistryStore;
}

const GROUNDS = { ...REFUSAL_GROUNDS, ...TERMINATION_GROUNDS };

/**
 * Tells the consumer how the case stands. A number that does not exist and a wrong secret get the same
 * answer, so that nobody can find out which numbers exist.
 */
export async function track(number: CaseNumber, secret: string, deps: TrackDependencies): Promise<Answer> {
  const found = await deps.cases.case(number);
  if (found === undefined || !isTrackingSecret(secret, found.secretHash)) {
    throw new Problem('wrong-secret', [
      {
        field: 'tracking-secret',
        zh: '编号或者查询码不正确，请核对',
        en: 'The number or the secret is not right; please check both',
      },
    ]);
  }
  const { units } = await deps.registry.read();
  const history = await deps.cases.history(number);
  return {
    status: 200,
    body: {
      number,
      state: stateView(found),
      receivedOn: found.receivedOn,
      station: handlingUnit(found, units),
      nextLegalDate: nextLegalDate(found),
      ground: found.ground === undefined ? null : GROUNDS[found.ground],
      recovered: found.recovered ?? null,
      steps: history.map(({ type, on }) => ({ type, on })),
    },
  };
}
