import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { CaseEvent } from '../case/case.ts';
import { parseEvent } from '../store/case-items.ts';

/** A history event as the stream of the cases table delivers it, with its place in the stream. */
export interface StreamedEvent {
  sequenceNumber: string;
  event: CaseEvent;
}

/** Reads the event out of a stream record; throws when the item is not an event we can read. */
export function readStreamRecord(record: DynamoDBRecord): StreamedEvent {
  const image = record.dynamodb?.NewImage;
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  if (image === undefined || sequenceNumber === undefined) throw new TypeError('stream record without image');
  return { sequenceNumber, event: parseEvent(unmarshall(image as Parameters<typeof unmarshall>[0])) };
}

/**
 * Tells Lambda where in the batch to start again: this record and all after it come again, those before are
 * done. A stream cannot leave one record out and go on.
 */
export function resumeAt(sequenceNumber: string): { batchItemFailures: { itemIdentifier: string }[] } {
  return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
}
