import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from './http-messages.ts';

/** The secret every function signs with here. */
export const localSecret = 'local';

/** A request that S3 answers with an error of this code. */
export class S3Refusal extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

const formsOwnFields = ['x-amz-signature', 'policy', 'file'];

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const forbidden = (code: string, message: string) => new S3Refusal(403, code, message);

/** Signature version 4 of a text under a scope such as `20260101/us-east-1/s3/aws4_request`. */
function signatureOf(text: string, scope: string): string {
  const key = scope
    .split('/')
    .reduce<string | Buffer>((soFar, part) => hmac(soFar, part), `AWS4${localSecret}`);
  return hmac(key, text).toString('hex');
}

/** The access key of a credential, and its scope; refuses a signature that is not the one expected for `text`. */
function verify(credential: string, signature: string, textFor: (scope: string) => string): string {
  const [accessKeyId = '', ...parts] = credential.split('/');
  const scope = parts.join('/');
  const expected = Buffer.from(signatureOf(textFor(scope), scope));
  const given = Buffer.from(signature);
  if (given.length === expected.length && timingSafeEqual(given, expected)) return accessKeyId;
  throw forbidden('SignatureDoesNotMatch', 'The request is not the one that was signed.');
}

/**
 * Checks a presigned request as S3 does: nothing that was signed may differ, and its time must not be over.
 * Returns the access key it was signed with.
 */
export function verifyPresigned(request: HttpRequest, now: number): string {
  const query = new URLSearchParams(request.query);
  const field = (name: string) => query.get(name) ?? '';
  const date = field('X-Amz-Date');
  const endsAt = timeOf(date) + Number(field('X-Amz-Expires')) * 1000;
  if (!(now <= endsAt)) throw forbidden('AccessDenied', 'Request has expired');
  const signedHeaders = field('X-Amz-SignedHeaders').split(';');
  const canonicalRequest = [
    request.method,
    request.path,
    [...query]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .toSorted()
      .join('&'),
    ...signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    query.get('X-Amz-Content-Sha256') ?? request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  return verify(field('X-Amz-Credential'), field('X-Amz-Signature'), (scope) =>
    ['AWS4-HMAC-SHA256', date, scope, hash].join('\n'),
  );
}

/**
 * Checks a form upload (POST Object) against the policy signed for it: time, fields, size of the file.
 * Returns the access key it was signed with.
 */
export function verifyForm({ fields: given, fileBytes }: UploadForm, bucket: string, now: number): string {
  const fields: Record<string, string> = { ...given, bucket };
  const encoded = fields.policy ?? '';
  const signer = verify(fields['x-amz-credential'] ?? '', fields['x-amz-signature'] ?? '', () => encoded);
  const policy: Policy = JSON.parse(Buffer.from(encoded, 'base64').toString());
  if (!(now <= Date.parse(policy.expiration))) throw forbidden('AccessDenied', 'Policy expired.');
  const covered = new Set([...formsOwnFields, 'bucket']);
  for (const condition of policy.conditions) {
    const [operator, subject, operand] = Array.isArray(condition)
      ? condition
      : ['eq', ...(Object.entries(condition)[0] ?? ['', ''])];
    if (operator === 'content-length-range') {
      if (fileBytes < Number(subject)) throw new S3Refusal(400, 'EntityTooSmall', 'The file is too small.');
      if (fileBytes > Number(operand)) throw new S3Refusal(400, 'EntityTooLarge', 'The file is too large.');
      continue;
    }
    const name = String(subject).replace(/^\$/, '').toLowerCase();
    const value = fields[name] ?? '';
    covered.add(name);
    const holds = operator === 'starts-with' ? value.startsWith(String(operand)) : value === operand;
    if (!holds)
      throw forbidden('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${name}`);
  }
  const extra = Object.keys(fields).find((name) => !covered.has(name) && !name.startsWith('x-ignore-'));
  if (extra) throw forbidden('AccessDenied', `Invalid according to Policy: Extra input fields: ${extra}`);
  return signer;
}

/** The fields of a form upload, names in lower case, and the size of its file. */
export interface UploadForm {
  fields: Record<string, string>;
  fileBytes: number;
}

interface Policy {
  expiration: string;
  conditions: (Record<string, string> | [string, string | number, string | number])[];
}

/** `20260101T000000Z` in milliseconds. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
