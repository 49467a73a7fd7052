import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { Instant } from '../dates.ts';

/** A file of a call as it lies in the bucket; `gone` when it was deleted, `too-large` when it is over the limit. */
export type CallObject =
  | { state: 'read'; bytes: Uint8Array; contentType?: string | undefined; at: Instant }
  | { state: 'too-large'; at: Instant }
  | { state: 'gone' };

/** Where the telephone system puts its transcripts. */
export interface CallObjects {
  /** Reads a file of at most so many bytes; of a larger one nothing is read. */
  read(key: string, mostBytes: number): Promise<CallObject>;
}

/** Files in an S3 bucket. Endpoint, region and credentials come from the environment. */
export function createS3CallObjects(bucket: string): CallObjects {
  const client = new S3Client({});
  return {
    async read(key, mostBytes) {
      try {
        const { Body, ContentLength, ContentType, LastModified } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key }),
        );
        const at = (LastModified ?? new Date(0)).toISOString();
        if (Body === undefined) return { state: 'gone' };
        if ((ContentLength ?? 0) > mostBytes) {
          // Nobody reads the rest: the connection would stay open.
          (Body as { destroy?: () => void }).destroy?.();
          return { state: 'too-large', at };
        }
        return { state: 'read', bytes: await Body.transformToByteArray(), contentType: ContentType, at };
      } catch (error) {
        if (error instanceof NoSuchKey) return { state: 'gone' };
        throw error;
      }
    },
  };
}
