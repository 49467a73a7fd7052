import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { describeError } from '../logging.ts';

/**
 * The one wrapper that knows SQS. Each message is parsed by its schema and worked on; those that fail, or
 * cannot be read, are reported one by one, so that they come again (and at last go to the DLQ) while the
 * others are done. Work must be safe to do twice.
 */
export function sqsFunction<Schema extends z.ZodType>(
  logger: Logger,
  schema: Schema,
  work: (message: z.output<Schema>) => Promise<void>,
): SqsHandler {
  return inBatches(logger, () => {
    // Two steps of one case ask twice for the same thing: within a batch it is done once for both.
    const begun = new Map<string, Promise<void>>();
    return ({ body }) => {
      const same = begun.get(body) ?? workOn(body);
      begun.set(body, same);
      return same;
    };
  });

  async function workOn(body: string): Promise<void> {
    await work(schema.parse(JSON.parse(body)));
  }
}

type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Likewise, of messages that others write: the work reads the body itself, whatever it is. */
export function sqsRecords(logger: Logger, work: (record: SQSRecord) => Promise<void>): SqsHandler {
  return inBatches(logger, () => work);
}

function inBatches(logger: Logger, begin: () => (record: SQSRecord) => Promise<void>): SqsHandler {
  return async (event, context) => {
    logger.addContext(context);
    const work = begin();
    const handleRecord = async (record: SQSRecord) => {
      try {
        await work(record);
      } catch (error) {
        logger.error('message-failed', { messageId: record.messageId, fault: describeError(error) });
        throw error;
      }
    };
    return processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });
  };
}
