import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logging.ts';
import { createSqsNoticeQueue } from '../../shared/queue/notice-queue.ts';
import { createSqsPublicCaseQueue } from '../../shared/queue/public-case-queue.ts';
import { streamFunction } from '../../shared/queue/stream-function.ts';
import { createSqsTriageQueue } from '../../shared/queue/triage-queue.ts';
import { type RelayQueues, relay } from './relay.ts';

const config = readConfig('relay-events');
const queues: RelayQueues = {
  triage: createSqsTriageQueue(config.TRIAGE_QUEUE_URL),
  notices: createSqsNoticeQueue(config.NOTICES_QUEUE_URL),
  informerNotices: createSqsNoticeQueue(config.INFORMER_NOTICES_QUEUE_URL),
  publicCases: createSqsPublicCaseQueue(config.PUBLIC_CASES_QUEUE_URL),
};

/** Stream of the cases table → the queues for triage, for notices and for public cases. */
export const handler = streamFunction(createLogger('relay-events'), (records) => relay(records, queues));
