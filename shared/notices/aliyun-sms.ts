import * as z from 'zod';
import type { Clock } from '../dates.ts';
import { type AliyunKey, signAliyun } from './aliyun-signature.ts';
import { type Messenger, OutcomeUnknown, type OutgoingMessage, type SendOutcome } from './messenger.ts';
import { smsSegments } from './segments.ts';

export interface AliyunSms {
  key: AliyunKey;
  /** 签名 as it was approved, without brackets. */
  signName: string;
  /** Code of the approved template by the id of our text. A text without one cannot be sent. */
  templates: Readonly<Record<string, string>>;
  now: Clock;
  nonce: () => string;
  fetch: typeof fetch;
}

const HOST = 'dysmsapi.aliyuncs.com';
const TIMEOUT_MS = 10_000;
/** A value in a template may not be longer (短信服务 "短信模板规范": 变量长度). */
const LONGEST_VALUE = 35;

/** This number takes no messages from us, or not this text. Everything else somebody mends, then it goes. */
const REFUSALS = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
  'isv.TEMPLATE_MISSING_PARAMETERS',
  'isv.PARAM_LENGTH_LIMIT',
  'MOBILE_IN_BLACK',
  'MOBILE_NOT_ON_SERVICE',
]);

const answered = z.object({ Code: z.string(), BizId: z.string().optional() });
/** Codes are short and plain; whatever else stands there might quote a number. */
const codeOf = (given: string) => (/^[\w.-]{1,60}$/.test(given) ? given : 'unknown');

/**
 * Sends SMS with Aliyun (SendSms), which takes no text but a template that was approved and the values in it.
 *
 * Sources: 短信服务 API "SendSms" (help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms), "API 错误码".
 */
export function createAliyunSms({ key, signName, templates, now, nonce, fetch }: AliyunSms): Messenger {
  return {
    async send({ to, body, template, reference }: OutgoingMessage): Promise<SendOutcome> {
      const code = template === undefined ? undefined : templates[template.id];
      if (template === undefined || code === undefined) return { kind: 'rejected', reason: 'no-template' };
      const values = Object.fromEntries(
        Object.entries(template.values).filter(([, value]) => value !== '' && value.length <= LONGEST_VALUE),
      );
      const { query, headers } = signAliyun(
        {
          host: HOST,
          action: 'SendSms',
          version: '2017-05-25',
          query: {
            PhoneNumbers: to.replace(/^\+86/, '').replace(/^\+/, ''),
            SignName: signName,
            TemplateCode: code,
            TemplateParam: JSON.stringify(values),
            OutId: reference,
          },
          date: now()
            .toISOString()
            .replace(/\.\d+Z$/, 'Z'),
          nonce: nonce(),
        },
        key,
      );
      const answer = await fetch(`https://${HOST}/?${query}`, {
        method: 'POST',
        headers,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((error: unknown) => {
        throw new OutcomeUnknown(error instanceof Error ? error.name : 'failed');
      });
      const read = answered.safeParse(await answer.json().catch(() => undefined));
      // A service that failed may have failed after it took the message.
      if (!read.success || answer.status >= 500) throw new OutcomeUnknown(`http-${answer.status}`);
      const { Code, BizId } = read.data;
      if (Code !== 'OK') {
        return { kind: REFUSALS.has(Code) ? 'rejected' : 'try-again', reason: codeOf(Code) };
      }
      if (BizId === undefined) throw new OutcomeUnknown('no-biz-id');
      return { kind: 'sent', providerId: BizId, segments: smsSegments(body).segments };
    },
  };
}
