import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describeError } from '../logging.ts';

/**
 * The wrapper around functions on the stream of the cases table. What they throw goes back to Lambda, which
 * delivers the batch again in halves until the record that cannot be done stands alone in the DLQ.
 */
export function streamFunction(
  logger: Logger,
  work: (records: readonly DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>,
): (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse> {
  return async (event, context) => {
    logger.addContext(context);
    try {
      return await work(event.Records);
    } catch (error) {
      logger.error('batch-failed', { records: event.Records.length, fault: describeError(error) });
      throw error;
    }
  };
}
