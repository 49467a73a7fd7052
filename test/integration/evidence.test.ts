import { DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { evidenceAnswer, evidenceFile, evidenceList, evidenceUpload } from '../../events/evidence.ts';
import { fileComplaint } from './scenario.ts';
import { eventually, parsed, type System, startSystem } from './system.ts';

/*
 * Files go from a page straight to the storage, are checked there, and are handed out at the desk from an origin that is
 * not that of the pages.
 */

type Upload = z.output<typeof evidenceUpload>;

const JPEG_MAGIC = [0xff, 0xd8, 0xff, 0xe0];
const MIB = 1024 * 1024;
const NAME = '王小测的收据.jpg';

let system: System;
let s3: S3Client;
let number: string;
let secret: string;
let token: string;
beforeAll(async () => {
  system = await startSystem();
  s3 = new S3Client({
    endpoint: system.runtime.endpoints.s3,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { registered, tracked } = await fileComplaint(system);
  ({ number, secret } = registered);
  token = await system.token('officer', tracked.station?.code ?? '');
});
afterAll(async () => {
  s3?.destroy();
  await system?.stop();
});

function jpeg(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 997) bytes[at] = at % 251;
  bytes.set(JPEG_MAGIC);
  return bytes;
}
const mine = (path = '') => `/complaints/${number}/evidence${path}`;
const ask = (method: string, path: string, body?: object, by = secret) =>
  system.api(method, path, { headers: { 'tracking-secret': by }, body });
const begin = async (offer: object, status = 201) =>
  parsed(evidenceUpload, await ask('POST', mine(), { type: 'image/jpeg', ...offer }), status);
/** As a page puts it: from its own origin, with no header of its own. */
const put = (url: string, bytes: Uint8Array<ArrayBuffer>) =>
  fetch(url, { method: 'PUT', body: bytes, headers: { origin: system.runtime.endpoints.pages ?? '' } });
const putParts = async ({ parts }: Upload, bytes: Uint8Array<ArrayBuffer>) => {
  for (const { url, from, to } of parts) expect((await put(url, bytes.slice(from, to))).status).toBe(200);
};
const complete = async (id: string) =>
  parsed(evidenceAnswer, await ask('POST', mine(`/${id}/complete`)), 200).evidence;
const settled = (id: string) =>
  eventually(async () => {
    const { evidence } = parsed(evidenceList, await ask('GET', mine()), 200);
    return evidence.find((one) => one.id === id && ['kept', 'refused'].includes(one.state.code));
  });
const keys = async () => {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: system.runtime.physicalId('Evidence') }),
  );
  return Contents.map(({ Key }) => Key);
};

describe('evidence', () => {
  test('arrives in parts over a bad network, is checked, and is taken at the desk as a file from another origin', async () => {
    const bytes = jpeg(6 * MIB);
    const offer = { name: NAME, size: bytes.length };
    const first = await begin(offer);
    expect(first.parts.map(({ from, to }) => [from, to])).toEqual([
      [0, 5 * MIB],
      [5 * MIB, 6 * MIB],
    ]);
    const answer = await put(first.parts[0]?.url ?? '', bytes.slice(0, 5 * MIB));
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      200,
      system.runtime.endpoints.pages,
    ]);
    // Not more than was declared, and not to another key.
    const [, last] = first.parts;
    expect((await put(last?.url ?? '', bytes)).status).toBe(403);
    expect(
      (await put((last?.url ?? '').replace('partNumber=2', 'partNumber=3'), bytes.slice(5 * MIB))).status,
    ).toBe(403);
    expect((await ask('POST', mine(`/${first.evidence.id}/complete`))).status).toBe(409);

    // The page was closed: the same file is chosen again.
    const again = await begin(offer, 200);
    expect(again.parts.map((part) => part.number)).toEqual([2]);
    await putParts(again, bytes);
    expect((await complete(first.evidence.id)).state.code).not.toBe('uploading');
    expect(await settled(first.evidence.id)).toMatchObject({
      state: { code: 'kept' },
      name: NAME,
      by: 'consumer',
    });
    expect(await keys()).toEqual([`checked/${number}/${first.evidence.id}`]);

    const path = `/desk/cases/${number}/evidence`;
    expect(parsed(evidenceList, await system.api('GET', path, { token }), 200)).toMatchObject({
      evidence: [{ name: NAME }],
      mayAdd: true,
    });
    const file = `${path}/${first.evidence.id}/file`;
    const { url } = parsed(evidenceFile, await system.api('GET', file, { token }), 200);
    expect(new URL(url).origin).not.toBe(system.runtime.endpoints.pages);
    const taken = await fetch(url);
    // Compared as a whole: byte by byte takes so long that connections are given up meanwhile.
    expect(Buffer.from(await taken.arrayBuffer()).equals(bytes)).toBe(true);
    expect(taken.headers.get('content-type')).toBe('image/jpeg');
    expect(taken.headers.get('content-disposition')).toBe(
      `attachment; filename="evidence.jpg"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
    );
    const manager = await system.token('manager', '330200');
    const { body } = await system.api('GET', `/desk/cases/${number}/reads`, { token: manager });
    expect(body.reads).toMatchObject([{ reason: 'evidence' }]);
  });

  test('that is not what it claims is refused and nothing of it stays', async () => {
    const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>');
    const upload = await begin({ name: 'photo.jpg', size: page.length });
    await putParts(upload, page);
    await complete(upload.evidence.id);
    expect(await settled(upload.evidence.id)).toMatchObject({ reason: { code: 'not-what-it-claims' } });
    const left = await eventually(async () => {
      const all = (await keys()).filter((key) => key?.includes(upload.evidence.id));
      return all.length === 0 ? all : undefined;
    });
    expect(left).toEqual([]);
    const file = await system.api('GET', `/desk/cases/${number}/evidence/${upload.evidence.id}/file`, {
      token,
    });
    expect(file.status).toBe(409);
  });

  test('of a type or size that is not taken, with a wrong secret, of another case: refused with the reason', async () => {
    const refusal = async (body: object) => (await ask('POST', mine(), body)).body.errors[0];
    expect(await refusal({ name: 'a.svg', type: 'image/svg+xml', size: 9 })).toMatchObject({
      field: '/type',
    });
    expect(await refusal({ name: 'a.jpg', type: 'image/jpeg', size: 21 * MIB })).toMatchObject({
      field: '/size',
      zh: '照片不能超过 20 MB，请压缩或者截取一段',
    });
    const offer = { name: 'a.jpg', type: 'image/jpeg', size: 9 };
    expect((await ask('POST', mine(), offer, 'WRONG-00000')).status).toBe(403);
    const { evidence } = await begin(offer);
    const other = (await fileComplaint(system)).registered;
    const path = `/complaints/${other.number}/evidence/${evidence.id}`;
    expect((await ask('GET', path, undefined, other.secret)).status).toBe(404);
    expect((await ask('POST', `${path}/complete`, undefined, other.secret)).status).toBe(404);
    const stranger = await system.token('officer', '33028101');
    expect((await system.api('GET', `/desk/cases/${number}/evidence`, { token: stranger })).status).toBe(404);
    expect((await system.api('GET', `/desk/cases/${number}/evidence`)).status).toBe(401);
  });

  test('is attached by staff as well; what was lost on its way can be sent again', async () => {
    const bytes = new TextEncoder().encode('%PDF-1.7\nscan');
    const path = `/desk/cases/${number}/evidence`;
    const body = { name: '来信扫描.pdf', type: 'application/pdf', size: bytes.length };
    const upload = parsed(evidenceUpload, await system.api('POST', path, { token, body }), 201);
    await putParts(upload, bytes);
    const { id } = upload.evidence;
    parsed(evidenceAnswer, await system.api('POST', `${path}/${id}/complete`, { token }), 200);
    const scan = await eventually(async () => {
      const { evidence } = parsed(evidenceList, await system.api('GET', path, { token }), 200);
      return evidence.find((one) => one.id === id && one.state.code === 'kept');
    });
    expect(scan.by).toBe('staff');
    // Not for whoever has the secret.
    expect((await ask('GET', mine(`/${id}`))).status).toBe(404);
    await s3.send(
      new DeleteObjectCommand({
        Bucket: system.runtime.physicalId('Evidence'),
        Key: `incoming/${number}/${id}`,
      }),
    );
    const again = parsed(evidenceUpload, await system.api('POST', path, { token, body }), 200);
    expect(again).toMatchObject({ evidence: { state: { code: 'kept' } }, parts: [] });
  });

  test('leaves no name of a file in any log', () => {
    expect(system.logs.join('\n')).not.toMatch(/王小测|来信扫描|photo\.jpg/);
  });
});
