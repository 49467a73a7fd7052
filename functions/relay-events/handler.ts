import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { streamFunction } from '../../shared/queue/stream-function.ts';
import { createSqsTriageQueue } from '../../shared/queue/triage-queue.ts';
import { relay } from './relay.ts';

const queue = createSqsTriageQueue(readConfig('relay-events').TRIAGE_QUEUE_URL);

/** Stream of the cases table → SQS triage. */
export const handler = streamFunction(createLogger('relay-events'), (records) => relay(records, queue));
