import type { RoutingRule } from '../../../shared/jurisdiction/routing-rule.ts';
import type { DecidedRule } from '../registry-files/files.ts';

/** The rules in force after what a person has decided about some of them: loaded ones replace those of the same id. */
export function decideRules(inForce: readonly RoutingRule[], decided: readonly DecidedRule[]): RoutingRule[] {
  const done = new Map(decided.map((one) => [one.rule.id, one]));
  const isLeft = ({ id }: RoutingRule) => (done.get(id)?.do ?? 'keep') === 'keep';
  return [...inForce.filter(isLeft), ...decided.filter((one) => one.do === 'load').map(({ rule }) => rule)];
}
