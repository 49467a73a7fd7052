import { createHash, createHmac } from 'node:crypto';

/*
 * What providers of SMS prove their pushes with. Written from their documents a second time, by themselves: the system's
 * own checks (shared/sms/signatures.ts) are tried with it.
 */

/**
 * The header `X-Twilio-Signature`: HMAC-SHA1 over the address and the fields of the form in the order of their names.
 * Source: Twilio Docs, "Security", Validating Signatures from Twilio.
 * @param url as Twilio calls it, with https
 */
export function signTwilio(url: string, form: string, token: string): string {
  const fields = [...new URLSearchParams(form)].toSorted(([a], [b]) => (a < b ? -1 : 1)).flat();
  return createHmac('sha1', token)
    .update(`${url}${fields.join('')}`)
    .digest('base64');
}

const sha256 = (of: string) => createHash('sha256').update(of).digest('hex');

/**
 * The headers of an API signature of Huawei Cloud (SDK-HMAC-SHA256) over a POST.
 * Source: Huawei Cloud, API 签名指南, "AK/SK 签名认证算法详解".
 * @param path as it is called, without a query
 * @param pair `access-key:secret`
 */
export function signHuawei(
  { path, body, type }: { path: string; body: string; type: string },
  at: Date,
  pair: string,
): Record<string, string> {
  const [access = '', secret = ''] = pair.split(':');
  const date = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const names = 'content-type;x-sdk-date';
  const headers = [`content-type:${type}`, `x-sdk-date:${date}`, ''];
  const canonical = ['POST', `${path}/`, '', ...headers, names, sha256(body)].join('\n');
  const signature = createHmac('sha256', secret)
    .update(['SDK-HMAC-SHA256', date, sha256(canonical)].join('\n'))
    .digest('hex');
  return {
    'content-type': type,
    'x-sdk-date': date,
    authorization: `SDK-HMAC-SHA256 Access=${access}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
