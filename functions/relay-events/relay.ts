import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { CaseEvent } from '../../shared/case/case.ts';
import type { NoticeQueue } from '../../shared/queue/notice-queue.ts';
import type { PublicCaseQueue } from '../../shared/queue/public-case-queue.ts';
import { readStreamRecord, resumeAt } from '../../shared/queue/stream-records.ts';
import type { TriageQueue } from '../../shared/queue/triage-queue.ts';

/** Where events go from the stream. */
export interface RelayQueues {
  triage: TriageQueue;
  notices: NoticeQueue;
  /** Notices of reports have a queue and a function of their own: only that one can read an informer. */
  informerNotices: NoticeQueue;
  /** Every step of a case that strangers may see something of may change what they see. */
  publicCases: PublicCaseQueue;
}

/**
 * Puts each case that is newly registered or taken out again into the triage queue, and each step that somebody is to be told of into a queue
 * of notices; asks for every case but a report to be published anew. If a queue refuses one, the stream starts again at the first refused; what was taken is taken
 * again then, and changes nothing.
 */
export async function relay(
  records: readonly DynamoDBRecord[],
  queues: RelayQueues,
): Promise<DynamoDBBatchResponse> {
  const streamed = records.map(readStreamRecord);
  const events = streamed.map(({ event }) => event);
  const notices = events.filter((event) => event.notices !== undefined);
  const refusedNumbers = await queues.triage.send(events.filter(goesToTriage).map(({ number }) => number));
  const refusedEvents = [
    ...(await queues.notices.send(notices.filter(({ kind }) => kind !== 'report'))),
    ...(await queues.informerNotices.send(notices.filter(({ kind }) => kind === 'report'))),
  ];
  const shown = events.filter(({ kind }) => kind !== 'report').map(({ number }) => number);
  const notPublished = await queues.publicCases.send([...new Set(shown)]);
  const isRefused = (event: CaseEvent) =>
    refusedEvents.includes(event) ||
    (goesToTriage(event) && refusedNumbers.includes(event.number)) ||
    (event.kind !== 'report' && notPublished.includes(event.number));
  const first = streamed.find(({ event }) => isRefused(event));
  return first === undefined ? { batchItemFailures: [] } : resumeAt(first.sequenceNumber);
}

/** What came in, and what is taken out again of where it was joined on arrival; the triage knows which that is. */
const goesToTriage = ({ type }: CaseEvent) => type === 'registered' || type === 'unjoined';
