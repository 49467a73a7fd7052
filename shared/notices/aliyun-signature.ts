import { createHash, createHmac } from 'node:crypto';

/** What a request to an OpenAPI of Aliyun is signed with. */
export interface AliyunKey {
  id: string;
  secret: string;
}

/** A request of the RPC style: everything in the query, nothing in the body. */
export interface AliyunRequest {
  /** `dysmsapi.aliyuncs.com`. */
  host: string;
  /** `SendSms`. */
  action: string;
  /** `2017-05-25`. */
  version: string;
  query: Readonly<Record<string, string>>;
  /** `2026-11-22T02:00:00Z`, UTC, not over 15 minutes from Aliyun's clock. */
  date: string;
  /** Never the same twice. */
  nonce: string;
}

const sha256 = (of: string) => createHash('sha256').update(of, 'utf8').digest('hex');
/** RFC 3986: what `encodeURIComponent` leaves and Aliyun does not. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const byCodeUnit = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1);

/**
 * The query and headers of a signed request, ACS3-HMAC-SHA256.
 *
 * Source: 阿里云 SDK, "V3版本请求体&签名机制" (help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature).
 */
export function signAliyun(
  { host, action, version, query, date, nonce }: AliyunRequest,
  key: AliyunKey,
): { query: string; headers: Record<string, string> } {
  const pairs = Object.entries(query)
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .toSorted(byCodeUnit);
  const canonicalQuery = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const signed = Object.keys(headers).join(';');
  const canonical = [
    'POST',
    '/',
    canonicalQuery,
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    '',
    signed,
    sha256(''),
  ].join('\n');
  const signature = createHmac('sha256', key.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  return {
    query: canonicalQuery,
    headers: {
      ...headers,
      authorization: `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${signed},Signature=${signature}`,
    },
  };
}
