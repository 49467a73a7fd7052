import * as z from 'zod';

/*
 * A message in the queue of calls: a new object in their bucket, as EventBridge or the bucket itself tells it, or a call
 * whose silence has passed. What lies in the queue is the key of the object, or the id of the call, and nothing said.
 */

const object = z.object({
  key: z.string().min(1).max(1024),
  size: z.int().min(0).optional(),
});
type NewObject = z.output<typeof object>;

/** A key as a notification of S3 writes it: `+` for a blank, the rest in percent. */
function decoded({ key, ...rest }: NewObject): NewObject {
  try {
    return { ...rest, key: decodeURIComponent(key.replaceAll('+', ' ')) };
  } catch {
    return { ...rest, key };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const notification = z
  .object({
    Records: z.array(z.object({ eventName: z.string().default(''), s3: z.object({ object }) })),
  })
  .transform(({ Records }) =>
    // A bucket may be told to say of deletions, too.
    Records.filter(({ eventName }) => !/Removed|Delete/.test(eventName)).map(({ s3 }) => decoded(s3.object)),
  );
/** What S3 sends once to try the way: there is nothing to read. */
const trial = z.object({ Event: z.literal('s3:TestEvent') }).transform((): NewObject[] => []);
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html, whole or the part our rule passes on. */
const event = z.object({ detail: z.object({ object }) }).transform(({ detail }) => [detail.object]);
const part = object.transform((one) => [one]);

export const transcriptDelivered = z.union([
  z.object({ call: z.string().regex(/^[0-9a-f]{64}$/) }).transform(({ call }) => ({ call })),
  z.union([notification, trial, event, part]).transform((objects) => ({ objects })),
]);
export type TranscriptDelivered = z.output<typeof transcriptDelivered>;
