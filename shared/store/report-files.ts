import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The files of reports. */
export interface ReportFiles {
  /** Puts a file; one of the same key is replaced. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** Undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
}

/** Files in an S3 bucket. Endpoint, region and credentials come from the environment. */
export function createS3ReportFiles(bucket: string): ReportFiles {
  const client = new S3Client({});
  return {
    async put(Key, Body, ContentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }));
    },
    async get(Key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}

/** The double of the bucket for unit tests. */
export function createMemoryReportFiles(): ReportFiles & { keys(): string[]; puts(): number } {
  const files = new Map<string, Uint8Array>();
  let puts = 0;
  return {
    async put(key, bytes) {
      puts += 1;
      files.set(key, bytes.slice());
    },
    get: async (key) => files.get(key),
    keys: () => [...files.keys()].sort(),
    puts: () => puts,
  };
}
