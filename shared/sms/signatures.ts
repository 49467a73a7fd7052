import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../dates.ts';
import type { Body } from './payload.ts';
import { type Refusal, type RefusalCode, refusal } from './refusals.ts';
import { instantOf } from './times.ts';

export type Check = { ok: true } | { ok: false; refusal: Refusal };

const PASSED: Check = { ok: true };
const failed = (code: RefusalCode, field: string): Check => ({ ok: false, refusal: refusal(code, field) });

const sha256 = (of: Body) => createHash('sha256').update(of).digest();

/** In a time that says nothing about where they differ, nor how long the expected one is. */
function same(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

/** Compares with each, found or not: time tells nothing. */
function isOneOf(given: string, expected: readonly string[]): boolean {
  return expected.filter((one) => same(given, one)).length > 0;
}

/**
 * The token in the path or header of a push that bears no signature. Several are taken while one replaces another.
 * @param field where it is looked for, for the refusal: a header's name or `path`
 */
export function checkToken(given: string | undefined, tokens: readonly string[], field: string): Check {
  if (given === undefined || given === '') return failed('no-token', field);
  return isOneOf(given, tokens) ? PASSED : failed('wrong-token', field);
}

/**
 * X-Twilio-Signature: base64 of HMAC-SHA1, keyed with the auth token, over the address as Twilio called it and each
 * form field's name and value, sorted by name. Tried with and without the port, as Twilio does not say which it signs.
 * A JSON body is covered by `bodySHA256` in the address instead.
 *
 * Source: Twilio Docs, "Secure webhooks"; twilio-node, webhooks.ts.
 */
export function checkTwilio(
  request: {
    /** `https://…` with the query as it came, as the caller of the API saw it; a fragment is left out. */
    url: string;
    signature: string | undefined;
    /** Decoded fields (`formPairs`); empty for a GET and for JSON. */
    params: readonly (readonly [string, string])[];
    /** Of a request in JSON, as it came. */
    body?: Body;
  },
  authTokens: readonly string[],
): Check {
  const field = 'x-twilio-signature';
  const { url, signature, params, body } = request;
  if (signature === undefined || signature === '') return failed('no-signature', field);
  const bodyHash = /[?&]bodySHA256=([0-9a-f]{64})(?:&|$)/i.exec(url.replace(/#.*$/s, ''))?.[1];
  if (body !== undefined && !same(bodyHash?.toLowerCase() ?? '', sha256(body).toString('hex')))
    return failed('wrong-signature', 'bodySHA256');
  // A field that comes several times: each of its values once, sorted.
  const fields = [...new Set(params.map(([name]) => name))].sort(byCodeUnit).map((name) =>
    [...new Set(params.filter(([other]) => other === name).map(([, value]) => value))]
      .sort(byCodeUnit)
      .map((value) => name + value)
      .join(''),
  );
  const expected = authTokens
    // A token that was never set would be known to everybody.
    .filter((token) => token !== '')
    .flatMap((token) =>
      addressesOf(url).map((address) =>
        createHmac('sha1', token)
          .update(address + fields.join(''))
          .digest('base64'),
      ),
    );
  return isOneOf(signature, expected) ? PASSED : failed('wrong-signature', field);
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const USUAL_PORTS: Readonly<Record<string, string>> = { https: '443', http: '80' };

function addressesOf(url: string): string[] {
  const match = /^(https?):\/\/([^/?#:]+)(?::(\d+))?([^#]*)/i.exec(url);
  if (match === null) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  return [
    ...new Set([
      url.replace(/#.*$/s, ''),
      `${scheme}://${host}${rest}`,
      `${scheme}://${host}:${port ?? USUAL_PORTS[scheme.toLowerCase()]}${rest}`,
    ]),
  ];
}

const HUAWEI =
  /^SDK-HMAC-SHA256\s+Access=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-fA-F]{64})\s*$/;

/**
 * The push signature of Huawei Message & SMS (推送 AK/SK): HMAC-SHA256 over the request in its canonical form, and
 * X-Sdk-Date not older than the window. A header it covers that a proxy changed or took away (`connection`, `host`)
 * cannot be checked: `signed-header-lost` says so.
 *
 * Sources: 消息&短信 API 参考, "推送AKSK验证" (sms_05_0064); API 签名指南, "AK/SK签名认证算法详解".
 */
export function checkHuawei(
  request: {
    method: string;
    /** As it came, percent-encoded, without the query. */
    path: string;
    /** As it came, without the question mark. */
    query?: string;
    /** Names in any case. */
    headers: Readonly<Record<string, string | undefined>>;
    body: Body;
  },
  /** Secret by access key; several while one replaces another. */
  secrets: Readonly<Record<string, string>>,
  now: Instant,
  windowMs: number,
): Check {
  const headers = new Map(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value?.trim()]),
  );
  const authorization = headers.get('authorization');
  if (authorization === undefined || authorization === '') return failed('no-signature', 'authorization');
  const [, access = '', signedNames = '', signature = ''] = HUAWEI.exec(authorization) ?? [];
  const secret = Object.hasOwn(secrets, access) ? (secrets[access] ?? '') : '';
  const signed = signedNames.toLowerCase().split(';');
  const lost = signed.find((name) => name !== '' && headers.get(name) === undefined);
  if (lost !== undefined) return failed('signed-header-lost', lost);
  // Without the date in the signature, an old push could be sent again under a new date.
  if (secret === '' || !signed.includes('x-sdk-date')) return failed('wrong-signature', 'authorization');

  const date = headers.get('x-sdk-date') ?? '';
  const canonical = [
    request.method.toUpperCase(),
    request.path.endsWith('/') ? request.path : `${request.path}/`,
    (request.query ?? '').split('&').sort(byCodeUnit).join('&'),
    ...signed.map((name) => `${name}:${headers.get(name)}`),
    '',
    signed.join(';'),
    sha256(request.body).toString('hex'),
  ].join('\n');
  const toSign = ['SDK-HMAC-SHA256', date, sha256(canonical).toString('hex')].join('\n');
  const expected = createHmac('sha256', secret).update(toSign).digest('hex');
  if (!isOneOf(signature.toLowerCase(), [expected])) return failed('wrong-signature', 'authorization');
  return checkTime(date, now, windowMs, 'x-sdk-date');
}

/** Clocks of machines differ by this much. */
const AHEAD_MS = 5 * 60_000;

/** That a time as the provider writes it lies within the window before now. */
export function checkTime(given: unknown, now: Instant, windowMs: number, field: string): Check {
  const at = instantOf(given);
  if (at === undefined) return failed('no-time', field);
  const age = Date.parse(now) - Date.parse(at);
  if (age > windowMs) return failed('too-old', field);
  return age < -AHEAD_MS ? failed('from-the-future', field) : PASSED;
}
