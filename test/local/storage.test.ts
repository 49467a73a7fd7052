import { createHash, createHmac } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedCall } from '../../infra/local/call-recorder.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { localSecret } from '../../infra/local/s3-signatures.ts';
import { buildFixture } from './fixture/build.ts';
import { eventually, services, startFixture, temporaryDir } from './fixture/start.ts';

const temporary = temporaryDir();
const calls: RecordedCall[] = [];
let runtime: Runtime;
let on: ReturnType<typeof services>;
let s3: S3Client;
let Bucket: string;

beforeAll(async () => {
  const assemblyDir = await buildFixture(temporary.dir);
  const recordCalls = (call: RecordedCall) => calls.push(call);
  runtime = await startFixture(assemblyDir, `${temporary.dir}/data`, { inMemory: true, recordCalls });
  on = services(runtime);
  Bucket = runtime.physicalId('Files');
  s3 = clientOf(runtime.endpoints.s3);
});

afterAll(async () => {
  s3?.destroy();
  await runtime?.stop();
  temporary.remove();
});

/** The access key of a function. */
const signer = () => runtime.physicalId('Echo').replace('-', '');

/** As a function would have it: the address alone makes the SDK put the bucket into the path. */
function clientOf(endpoint: string) {
  const credentials = { accessKeyId: signer(), secretAccessKey: localSecret };
  return new S3Client({ endpoint, region: 'us-east-1', credentials });
}

async function textOf(Key: string): Promise<string | undefined> {
  return (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}

const arrived: { key: string; size: number; etag: string; sequencer: string }[] = [];

/** The message that tells of this file. */
const arrivalOf = (key: string) =>
  eventually(async () => {
    arrived.push(...(await on.receive('Arrivals')).map(({ Body }) => JSON.parse(Body)));
    return arrived.find((message) => message.key === key);
  });

describe('a bucket', () => {
  it('keeps what is put, with its type and its notes, and tells the queue of what lies below the prefix', async () => {
    const Key = 'in/一号 (1).txt';
    const Metadata = { note: 'x' };
    await s3.send(new PutObjectCommand({ Bucket, Key: 'out/2.txt', Body: 'no news' }));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: '你好', ContentType: 'text/plain', Metadata }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'in/3.txt', CopySource: `${Bucket}/out/2.txt` }));

    expect(await textOf(Key)).toBe('你好');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentType: 'text/plain', ContentLength: 6, Metadata });
    const etag = head.ETag?.replaceAll('"', '');
    expect(await arrivalOf(Key)).toEqual({ key: Key, size: 6, etag, sequencer: expect.any(String) });
    expect(await arrivalOf('in/3.txt')).toMatchObject({ size: 7 });
    expect(arrived.map(({ key }) => key)).not.toContain('out/2.txt');

    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'out/2.txt' }));
    const list = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'out/' }));
    expect(list.Contents ?? []).toEqual([]);
    expect(calls.filter(({ key }) => key === 'out/2.txt').map(({ action }) => action)).toEqual([
      'PutObject',
      'GetObject',
      'DeleteObject',
    ]);
  });

  it('puts an object where there is none yet only once, if asked so, and refuses a body that is not the one summed', async () => {
    const once = { Bucket, Key: 'out/once', Body: 'a', IfNoneMatch: '*' };
    await s3.send(new PutObjectCommand(once));
    await expect(s3.send(new PutObjectCommand(once))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const ChecksumSHA256 = createHash('sha256').update('other').digest('base64');
    const wrong = s3.send(new PutObjectCommand({ Bucket, Key: 'out/sum', Body: 'a', ChecksumSHA256 }));
    await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('takes a large file in parts, tells which it has, and is told of once it is whole', async () => {
    const Key = 'in/film.mp4';
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = async (PartNumber: number, Body: Buffer) => {
      const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber });
      const url = await getSignedUrl(s3, command, { expiresIn: 60 });
      expect((await fetch(url, { method: 'PUT', body: new Uint8Array(Body) })).status).toBe(200);
    };
    await part(2, Buffer.from('end'));
    // More than fauxqs takes by itself, and more than the least size of a part that is not the last.
    await part(1, Buffer.alloc(12 * 1024 * 1024));
    const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 12 * 1024 * 1024],
      [2, 3],
    ]);
    const MultipartUpload = { Parts: Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })) };
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    expect(await arrivalOf(Key)).toMatchObject({ size: 12 * 1024 * 1024 + 3 });
    const ranged = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=-3' }));
    expect(await ranged.Body?.transformToString()).toBe('end');
  });

  it.each([
    ['a request nobody signed', async (url: string) => fetch(url.split('?')[0] ?? '')],
    ['a link that was changed', async (url: string) => fetch(url.replace('kept', 'other'))],
    ['a link used in another way', async (url: string) => fetch(url, { method: 'DELETE' })],
  ])('refuses %s', async (_, ask) => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'out/kept', Body: 'a' }));
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'out/kept' }));
    expect((await ask(url)).status).toBe(403);
    expect(await (await fetch(url)).text()).toBe('a');
  });

  it('shows an object by a link as its signer wants it, until the link ends', async () => {
    const ResponseContentDisposition = 'attachment; filename="a b.txt"';
    const command = new GetObjectCommand({ Bucket, Key: 'out/kept', ResponseContentDisposition });
    const live = await fetch(await getSignedUrl(s3, command));
    expect(live.headers.get('content-disposition')).toBe(ResponseContentDisposition);
    const signingDate = new Date(Date.now() - 120_000);
    const late = await fetch(await getSignedUrl(s3, command, { signingDate, expiresIn: 60 }));
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  it('takes by a link only as many bytes, and of the type, that were signed', async () => {
    const command = new PutObjectCommand({
      Bucket,
      Key: 'out/jpg',
      ContentType: 'image/jpeg',
      ContentLength: 3,
    });
    const signableHeaders = new Set(['content-type', 'content-length']);
    const url = await getSignedUrl(s3, command, { signableHeaders });
    const put = async (body: string, type: string) =>
      (await fetch(url, { method: 'PUT', body, headers: { 'content-type': type } })).status;
    expect(await put('abcd', 'image/jpeg')).toBe(403);
    expect(await put('abc', 'text/html')).toBe(403);
    expect(await put('abc', 'image/jpeg')).toBe(200);
  });

  it('lets the pages put, and no other page', async () => {
    const preflight = async (origin: string, method: string) => {
      const asked = {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type',
      };
      const answer = await fetch(`${runtime.endpoints.s3}/${Bucket}/in/1`, {
        method: 'OPTIONS',
        headers: asked,
      });
      return [answer.status, answer.headers.get('access-control-allow-origin')];
    };
    const pages = runtime.endpoints.pages ?? '';
    expect(await preflight(pages, 'PUT')).toEqual([200, pages]);
    expect(await preflight('https://other.example', 'PUT')).toEqual([403, null]);
    expect(await preflight(pages, 'DELETE')).toEqual([403, null]);
  });

  it('does not mistake an operation it has not for one it has', async () => {
    const url = `${runtime.endpoints.s3}/${Bucket}/out/kept?tagging`;
    expect((await fetch(url, { method: 'PUT', body: '<Tagging/>' })).status).toBe(501);
    expect(await textOf('out/kept')).toBe('a');
  });
});

describe('a form upload', () => {
  /** A POST policy as a function signs it. */
  function formOf(fields: Record<string, string>, limit: number, endsInMs = 60_000): FormData {
    const credential = `${signer()}/20261122/us-east-1/s3/aws4_request`;
    const signed = { 'x-amz-credential': credential, 'x-amz-date': '20261122T000000Z', key: 'in/form.jpg' };
    const conditions = [
      { bucket: Bucket },
      ['content-length-range', 1, limit],
      ['starts-with', '$Content-Type', 'image/'],
    ];
    const expiration = new Date(Date.now() + endsInMs).toISOString();
    const all = [...conditions, ...Object.entries(signed).map(([name, value]) => ({ [name]: value }))];
    const policy = Buffer.from(JSON.stringify({ expiration, conditions: all })).toString('base64');
    const key = ['20261122', 'us-east-1', 's3', 'aws4_request'].reduce<string | Buffer>(
      (soFar, part) => createHmac('sha256', soFar).update(part).digest(),
      `AWS4${localSecret}`,
    );
    const signature = createHmac('sha256', key).update(policy).digest('hex');
    const form = new FormData();
    const sent = { ...signed, policy, 'x-amz-signature': signature, 'Content-Type': 'image/jpeg', ...fields };
    for (const [name, value] of Object.entries(sent)) form.append(name, value);
    form.append('file', new Blob(['12345']), 'photo.jpg');
    return form;
  }
  const post = async (body: FormData) => {
    const headers = { origin: runtime.endpoints.pages ?? '' };
    const answer = await fetch(`${runtime.endpoints.s3}/${Bucket}`, { method: 'POST', body, headers });
    return [answer.status, /<Code>(\w+)/.exec(await answer.text())?.[1]];
  };

  it('is taken as its policy says', async () => {
    expect(await post(formOf({}, 5))).toEqual([204, undefined]);
    expect(await textOf('in/form.jpg')).toBe('12345');
    expect(await arrivalOf('in/form.jpg')).toMatchObject({ size: 5 });
  });

  it.each([
    ['is too large', () => formOf({}, 4), [400, 'EntityTooLarge']],
    ['has another key', () => formOf({ key: 'in/other' }, 5), [403, 'AccessDenied']],
    ['has another type', () => formOf({ 'Content-Type': 'text/html' }, 5), [403, 'AccessDenied']],
    ['has a field nobody signed', () => formOf({ acl: 'public-read' }, 5), [403, 'AccessDenied']],
    ['has a policy nobody signed', () => formOf({ policy: 'e30=' }, 5), [403, 'SignatureDoesNotMatch']],
    ['comes too late', () => formOf({}, 5, -1), [403, 'AccessDenied']],
  ])('is refused if it %s', async (_, form, expected) => {
    expect(await post(form())).toEqual(expected);
  });
});

it('a topic hands over what is published, in its envelope or without it', async () => {
  const TopicArn = String(runtime.outputs['stateless.NewsArn']);
  const body = new URLSearchParams({ Action: 'Publish', TopicArn, Message: '{"text":"投诉"}' });
  expect((await fetch(runtime.endpoints.sqs, { method: 'POST', body })).status).toBe(200);
  expect((await on.receive('Raw')).map(({ Body }) => Body)).toEqual(['{"text":"投诉"}']);
  const [wrapped] = await on.receive('Wrapped');
  expect(JSON.parse(wrapped?.Body ?? '')).toMatchObject({
    Type: 'Notification',
    TopicArn,
    Message: '{"text":"投诉"}',
  });
});
