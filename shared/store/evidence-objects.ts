import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NoSuchUpload,
  NotFound,
  paginateListParts,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Evidence, savedName } from '../evidence/evidence.ts';
import type { Arrived, Part } from '../evidence/parts.ts';
import type { EvidenceType } from '../evidence/types.ts';

/** A file that comes in parts, sent by people straight to the storage. */
export interface EvidenceUploads {
  /** Begins an upload and gives its id. */
  begin(key: string, type: EvidenceType): Promise<string>;
  /** What has arrived; undefined when there is no such upload (any more). */
  arrived(key: string, uploadId: string): Promise<Arrived[] | undefined>;
  /** Where to put a part: good for a quarter of an hour, for this part of this length only. */
  urlOfPart(key: string, uploadId: string, part: Part): Promise<string>;
  /** Makes one file of the parts; `changed` when one of them is not what it was, or the upload is gone. */
  complete(key: string, uploadId: string, parts: readonly Arrived[]): Promise<'done' | 'changed'>;
  /** Gives an upload up; nothing happens when it is gone. */
  abort(key: string, uploadId: string): Promise<void>;
  /** Bytes of a whole file; undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** Where a checked file can be taken from, for five minutes; as a file to be saved, never shown. */
  urlOfFile(key: string, evidence: Evidence): Promise<string>;
}

/** A whole file that waits to be checked. */
export interface EvidenceFiles {
  /** How it begins; undefined when there is none (any more). `etag` names this content. */
  beginning(
    key: string,
    bytes: number,
  ): Promise<{ bytes: Uint8Array; size: number; etag: string } | undefined>;
  /** SHA-256 of the whole file, hexadecimal. @throws when it is not this content any more */
  sha256(key: string, etag: string): Promise<string>;
  /** Copies this content to where checked files lie, under this type. */
  copy(from: { key: string; etag: string }, to: string, type: EvidenceType): Promise<void>;
  /** Deletes it; nothing happens when it is gone. */
  remove(key: string): Promise<void>;
}

const UPLOAD_SECONDS = 15 * 60;
const DOWNLOAD_SECONDS = 5 * 60;
/** What ListParts and Complete say when a part is not what was listed. */
const CHANGED: ReadonlySet<string> = new Set([
  'InvalidPart',
  'InvalidPartOrder',
  'EntityTooSmall',
  'NoSuchUpload',
]);

/** What a browser does with the file of an address: save it under this name (RFC 6266). */
function attachment(evidence: Evidence): string {
  const name = savedName(evidence);
  const plain = `evidence.${name.split('.').at(-1)}`;
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Evidence in an S3 bucket. Endpoint, region and credentials come from the environment. */
export function createS3Evidence(bucket: string): EvidenceUploads & EvidenceFiles {
  // A checksum in an address would be that of an empty body.
  const client = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const at = (Key: string) => ({ Bucket: bucket, Key });

  return {
    async begin(key, type) {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ ...at(key), ContentType: type }),
      );
      if (UploadId === undefined) throw new Error('S3 gave no upload id');
      return UploadId;
    },
    async arrived(key, uploadId) {
      const parts: Arrived[] = [];
      try {
        for await (const page of paginateListParts({ client }, { ...at(key), UploadId: uploadId })) {
          for (const { PartNumber = 0, Size = 0, ETag = '' } of page.Parts ?? []) {
            parts.push({ number: PartNumber, size: Size, etag: ETag });
          }
        }
        return parts;
      } catch (error) {
        if (error instanceof NoSuchUpload) return undefined;
        if (error instanceof S3ServiceException && error.name === 'NoSuchUpload') return undefined;
        throw error;
      }
    },
    urlOfPart(key, uploadId, { number, from, to }) {
      return getSignedUrl(
        client,
        new UploadPartCommand({
          ...at(key),
          UploadId: uploadId,
          PartNumber: number,
          ContentLength: to - from,
        }),
        { expiresIn: UPLOAD_SECONDS, signableHeaders: new Set(['host', 'content-length']) },
      );
    },
    async complete(key, uploadId, parts) {
      const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
      try {
        await client.send(
          new CompleteMultipartUploadCommand({ ...at(key), UploadId: uploadId, MultipartUpload: { Parts } }),
        );
        return 'done';
      } catch (error) {
        if (error instanceof S3ServiceException && CHANGED.has(error.name)) return 'changed';
        throw error;
      }
    },
    async abort(key, uploadId) {
      try {
        await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId: uploadId }));
      } catch (error) {
        if (!(error instanceof S3ServiceException && error.name === 'NoSuchUpload')) throw error;
      }
    },
    async size(key) {
      try {
        return (await client.send(new HeadObjectCommand(at(key)))).ContentLength;
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
    urlOfFile(key, evidence) {
      const command = new GetObjectCommand({
        ...at(key),
        ResponseContentType: evidence.type,
        ResponseContentDisposition: attachment(evidence),
        ResponseCacheControl: 'no-store',
      });
      return getSignedUrl(client, command, { expiresIn: DOWNLOAD_SECONDS });
    },

    async beginning(key, bytes) {
      try {
        const answer = await client.send(new GetObjectCommand({ ...at(key), Range: `bytes=0-${bytes - 1}` }));
        const { Body, ContentRange = '', ETag = '' } = answer;
        const size = Number(/\/(\d+)$/.exec(ContentRange)?.[1] ?? answer.ContentLength ?? 0);
        return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), size, etag: ETag };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async sha256(key, etag) {
      const { Body } = await client.send(new GetObjectCommand({ ...at(key), IfMatch: etag }));
      const hash = createHash('sha256');
      for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk);
      return hash.digest('hex');
    },
    async copy(from, to, type) {
      await client.send(
        new CopyObjectCommand({
          ...at(to),
          CopySource: `${bucket}/${from.key}`,
          CopySourceIfMatch: from.etag,
          ContentType: type,
          MetadataDirective: 'REPLACE',
        }),
      );
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
}
