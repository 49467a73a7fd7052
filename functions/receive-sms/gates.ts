import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Clock } from '../../shared/dates.ts';
import { CONDUCT } from '../../shared/sms/conduct.ts';
import { formPairs } from '../../shared/sms/payload.ts';
import { type Check, checkHuawei, checkToken, checkTwilio } from '../../shared/sms/signatures.ts';

/** Providers that push to an address of ours. */
export type WebhookProvider = 'aliyun' | 'huawei' | 'twilio';

/** A push as it came in: what signatures cover. */
export interface Push {
  /** As it stands in the address. */
  provider: string;
  method: string;
  host: string;
  /** Percent-encoded, without the query. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** The token in the address, decoded. */
  token?: string | undefined;
  headers: Readonly<Record<string, string | undefined>>;
  /** The very bytes. */
  body: Uint8Array;
}

/** The push in a request to the API. Its body comes in base64 unless API Gateway takes it for text. */
export function pushOf(event: APIGatewayProxyEventV2): Push {
  const { rawPath, rawQueryString, headers, requestContext, body = '', isBase64Encoded } = event;
  return {
    provider: event.pathParameters?.provider ?? '',
    method: requestContext.http.method,
    // Behind the edge API Gateway knows only its own name; the signature covers the one that was called.
    host: headers['x-viewer-host'] ?? requestContext.domainName,
    path: rawPath,
    query: rawQueryString,
    token: event.queryStringParameters?.token,
    headers,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** How a push of each opened provider is checked. */
export type Gates = Partial<Record<WebhookProvider, (push: Push) => Check>>;

/** What providers prove themselves with; several, separated by blanks, while one replaces another; empty: not opened. */
export interface Secrets {
  ALIYUN_SMS_TOKENS: string;
  HUAWEI_SMS_TOKENS: string;
  /** `access-key:secret`. */
  HUAWEI_SMS_KEYS: string;
  TWILIO_AUTH_TOKENS: string;
}

const listed = (text: string) => text.split(/\s+/).filter((one) => one !== '');
const isJson = (headers: Push['headers']) => (headers['content-type'] ?? '').includes('json');
/** Signatures cover the time; this is for providers whose proof must bear one. */
const HUAWEI_WINDOW_MS = CONDUCT.huawei.freshForMs ?? 0;

/** The checks of the providers that the bureau has opened. */
export function gatesOf(secrets: Secrets, now: Clock): Gates {
  const aliyun = listed(secrets.ALIYUN_SMS_TOKENS);
  const huaweiTokens = listed(secrets.HUAWEI_SMS_TOKENS);
  const huaweiKeys = Object.fromEntries(
    listed(secrets.HUAWEI_SMS_KEYS).map((pair) => {
      const colon = pair.indexOf(':');
      return [pair.slice(0, colon), pair.slice(colon + 1)];
    }),
  );
  const twilio = listed(secrets.TWILIO_AUTH_TOKENS);
  const signs = Object.keys(huaweiKeys).length > 0;
  return {
    ...(aliyun.length === 0 ? {} : { aliyun: ({ token }) => checkToken(token, aliyun, 'token') }),
    // Where signatures are switched on a token alone is not enough.
    ...(signs
      ? { huawei: (push) => checkHuawei(push, huaweiKeys, now().toISOString(), HUAWEI_WINDOW_MS) }
      : huaweiTokens.length === 0
        ? {}
        : { huawei: ({ token }) => checkToken(token, huaweiTokens, 'token') }),
    ...(twilio.length === 0
      ? {}
      : {
          twilio: ({ host, path, query, headers, body }) =>
            checkTwilio(
              {
                url: `https://${host}${path}${query === '' ? '' : `?${query}`}`,
                signature: headers['x-twilio-signature'],
                params: isJson(headers) ? [] : formPairs(body),
                ...(isJson(headers) ? { body } : {}),
              },
              twilio,
            ),
        }),
  };
}
