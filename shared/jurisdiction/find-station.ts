import type { LocalDate } from '../dates.ts';
import { settingsOf } from '../law/bureau-settings.ts';
import { type Decision, decide, type Explanation } from './explanation.ts';
import type { Registry } from './registry.ts';
import { explainRouting, type RoutingFacts } from './route.ts';

export type Finding = Decision & { explanation: Explanation };

/** The station in charge of a case, or the reason why a person must decide and between which; with all that was weighed. */
export function findStation(facts: RoutingFacts, registry: Registry, on: LocalDate): Finding {
  const { routingThreshold: threshold } = settingsOf(registry.settings);
  const explanation = explainRouting(facts, registry, { on, threshold });
  return { ...decide(explanation), explanation };
}
