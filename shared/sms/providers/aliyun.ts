import { type IncomingNames, type Reading, type ReadingContext, readIncoming } from '../incoming.ts';
import type { Body } from '../payload.ts';

const NAMES: IncomingNames = {
  id: ['sequenceid', 'messageid'],
  from: ['phonenumber', 'mobile', 'from'],
  to: ['destcode', 'to'],
  text: ['content', 'text'],
  sentAt: ['sendtime', 'senddate'],
  media: [],
  international: false,
};

/**
 * SmsUp of Aliyun, pushed by HTTP as an array or taken from its queue as one object: `sequence_id` as text, number or
 * double (of any length), `send_time` as `2017-09-01 00:00:00` or `20170901000000` in Chinese time, `sign_name` there
 * or not.
 *
 * Source: 短信服务开发参考, "SmsUp" (HTTP 批量推送; 轻量消息队列), help.aliyun.com documents 101847, 101646, 414223.
 */
export function readAliyunSms(body: Body, context: ReadingContext): Reading {
  return readIncoming('aliyun', body, NAMES, context);
}
