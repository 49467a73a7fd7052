import { type IncomingNames, type Reading, type ReadingContext, readIncoming } from '../incoming.ts';
import type { Body } from '../payload.ts';

const NAMES: IncomingNames = {
  id: ['smsmsgid', 'msgid'],
  from: ['from', 'mobile'],
  to: ['to', 'extcode'],
  text: ['body', 'content'],
  sentAt: ['createtime', 'sendtime'],
  media: [],
  international: false,
};

/**
 * Texts from Huawei Cloud in both its shapes: Message & SMS (a form: `smsMsgId`, `from`, `to`, `body`, `createTime` in
 * UTC if asked for) and the older IoT platform (JSON: `mobile`, `content`, `sendTime` in Chinese time, `extCode`,
 * no id).
 *
 * Sources: 消息&短信 API 参考, "接收上行短信" (sms_05_0004); IoT 云通信 API 参考, "推送上行短信" (iotcom_05_0401).
 */
export function readHuaweiSms(body: Body, context: ReadingContext): Reading {
  return readIncoming('huawei', body, NAMES, context);
}
