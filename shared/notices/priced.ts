import { costOf } from '../sms/segments.ts';
import type { Provider } from '../sms/sms.ts';
import type { Messenger } from './messenger.ts';

/**
 * A sender of SMS that tells what each one costs, by the contract's price of a segment.
 * @param milliFen 1/1000 fen for a segment: 4500 is 0.045 yuan
 */
export function priced(messenger: Messenger, provider: Provider, milliFen: number): Messenger {
  return {
    async send(message) {
      const outcome = await messenger.send(message);
      if (outcome.kind !== 'sent' || outcome.segments === undefined) return outcome;
      const cost = costOf([{ provider, segments: outcome.segments }], { [provider]: milliFen });
      return { ...outcome, milliFen: cost.milliFen };
    },
  };
}
