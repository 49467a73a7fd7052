import type { Provider } from './sms.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What we say to a provider's push. */
interface Answer {
  status: number;
  contentType?: string;
  body: string;
}

export interface Conduct {
  /** The push is kept: do not send it again. Also when it is a repeat, and when an item was refused and is kept. */
  accepted: Answer;
  /** It could not be kept, or not be read as a whole: send it again. */
  again: Answer;
  /** Its signature or token is wrong. */
  refused: Answer;
  /** Minutes from one failed push to the next; empty when it is pushed once. */
  retriesAfterMinutes: readonly number[];
  /** Undefined where the provider does not say. */
  answerWithinSeconds?: number;
  /** How a push proves where it comes from. */
  proof: 'signature' | 'signature-or-token' | 'token' | 'queue-policy';
  /**
   * How old a push may be by the time it bears. Keep the markers of ids at least as long. Undefined where it bears
   * no time: only the id tells a replay.
   */
  freshForMs?: number;
}

const text = (status: number, body = ''): Answer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});
const json = (status: number, body: object): Answer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/**
 * What each provider expects as the answer and how it tries again.
 *
 * - AWS: there is no answer; an SQS message that is not deleted comes again until its redrive limit. SNS tries a queue
 *   for 23 days (Amazon SNS Developer Guide, "Message delivery retries"). The queue's policy lets only the topic send.
 * - Aliyun: HTTP 200 with a number as `code`; anything else or silence is pushed again after 1, 5 and 10 minutes
 *   (短信服务 "SmsUp", 101847), by the newer interface ten times over six hours (414223). No signature is documented:
 *   the address bears a token of ours. `send_time` is when the carrier handed the text over; a carrier may take days.
 * - Huawei: any answer, none is read; 401 for a failed check; no repeat is documented (消息&短信 sms_05_0004). With
 *   推送 AK/SK switched on the push is signed (sms_05_0064), and AK/SK signatures hold for 15 minutes; else a token.
 * - Twilio: TwiML or 204, within 15 seconds; an error is logged and the fallback address tried once, if one is set
 *   (Twilio Docs, error 11205; "Webhook connection overrides" can ask for retries). The signature bears no time.
 */
export const CONDUCT: Readonly<Record<Provider, Conduct>> = {
  aws: {
    accepted: { status: 200, body: '' },
    again: { status: 500, body: '' },
    refused: { status: 403, body: '' },
    retriesAfterMinutes: [],
    proof: 'queue-policy',
  },
  aliyun: {
    accepted: json(200, { code: 0, msg: '接收成功' }),
    again: json(503, { code: 1, msg: '请稍后重推' }),
    refused: json(403, { code: 2, msg: '令牌不正确' }),
    retriesAfterMinutes: [1, 5, 10, 30, 60, 60, 60, 60, 60],
    proof: 'token',
    freshForMs: 72 * HOUR,
  },
  huawei: {
    accepted: text(200),
    again: text(503),
    refused: text(401),
    retriesAfterMinutes: [],
    proof: 'signature-or-token',
    freshForMs: 15 * MINUTE,
  },
  twilio: {
    accepted: { status: 204, body: '' },
    again: text(503),
    refused: text(403),
    retriesAfterMinutes: [],
    answerWithinSeconds: 15,
    proof: 'signature',
  },
};

/** Twilio's other way to answer: the text goes back to the sender as part of the answer, without a call of ours. */
export function twimlReply(message: string): Answer {
  const escaped = message
    .toWellFormed()
    // Not allowed in XML 1.0 at all.
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return {
    status: 200,
    contentType: 'text/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?><Response><Message>${escaped}</Message></Response>`,
  };
}
