import { featuresOf } from '../../../shared/understanding/classify/features.ts';
import { fitWeights } from '../../../shared/understanding/classify/fit.ts';
import type { Weights } from '../../../shared/understanding/classify/judge.ts';
import { PRIORS } from '../../../shared/understanding/classify/priors.ts';
import { JUDGED, type Judged } from '../../../shared/understanding/classify/tasks.ts';
import { findSums } from '../../../shared/understanding/numbers/sums.ts';
import { sourceOf } from '../../../shared/understanding/source.ts';
import { isConsumers, type Labelled } from './labelled.ts';

/** Fits all four judges to labelled messages. */
export function fitJudges(messages: readonly Labelled[]): Record<Judged, Weights> {
  const read = messages.flatMap(asWritten).map((message) => {
    const source = sourceOf(message);
    return { message, features: featuresOf(source, { sums: findSums(source).length }).features };
  });
  const fitOne = (judged: Judged) => {
    const examples = read
      .filter(({ message }) => judged === 'kind' || judged === 'scope' || isConsumers(message))
      .map(({ message, features }) => ({
        features,
        labels: (message[judged] as (string | null)[]).filter((label) => label !== null),
      }))
      .filter(({ labels }) => labels.length > 0);
    // That an everyday text is no complaint many small signs say together.
    const options = judged === 'kind' ? { leastSpreadInShort: 0.15 } : {};
    return fitWeights(JUDGED[judged], examples, PRIORS[judged], options);
  };
  return {
    kind: fitOne('kind'),
    problem: fitOne('problem'),
    subject: fitOne('subject'),
    scope: fitOne('scope'),
  };
}

/** Calls have no title, text messages little more than one: a message is read whole, without its title, and by it alone. */
function asWritten(message: Labelled): Labelled[] {
  const { title } = message;
  if (title === undefined) return [message];
  return [message, { ...message, title: undefined }, { ...message, title: undefined, text: title }];
}
