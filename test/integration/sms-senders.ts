import { signHuawei, signTwilio } from '../../infra/commands/send/sign-push.ts';
import { LOCAL_PARAMETERS } from '../../infra/local/parameters.ts';

/*
 * Pushes as each provider makes them, signed with what the local system knows them by.
 */

/** A request of a provider. */
export interface Push {
  path: string;
  body: string;
  headers: Record<string, string>;
}

export interface Sms {
  from: string;
  text: string;
  id: string;
}

const FORM = 'application/x-www-form-urlencoded';
const inChina = (at: Date) =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** SmsUp: several texts in one push. */
export function aliyunPush(
  texts: readonly Sms[],
  at: Date,
  token: string = LOCAL_PARAMETERS.AliyunSmsTokens,
): Push {
  return {
    path: `/channels/sms/aliyun?token=${token}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      texts.map(({ from, text, id }) => ({
        phone_number: from,
        content: text,
        send_time: inChina(at),
        dest_code: '12315',
        sequence_id: id,
      })),
    ),
  };
}

/** A message that Twilio forwards; signed over the address as it is called. */
export function twilioPush(
  host: string,
  { from, text, id }: Sms,
  token: string = LOCAL_PARAMETERS.TwilioAuthTokens,
): Push {
  const path = '/channels/sms/twilio';
  const fields = { Body: text, From: from, MessageSid: id, NumMedia: '0', To: '+8610690000012315' };
  const body = new URLSearchParams(fields).toString();
  const signature = signTwilio(`https://${host}/api${path}`, body, token);
  return { path, headers: { 'content-type': FORM, 'x-twilio-signature': signature }, body };
}

/** 上行短信 of Message & SMS, signed with AK/SK. */
export function huaweiPush(
  { from, text, id }: Sms,
  at: Date,
  pair: string = LOCAL_PARAMETERS.HuaweiSmsKeys,
): Push {
  const path = '/channels/sms/huawei';
  const fields = { smsMsgId: id, from, to: '10690000012315', body: text, createTime: at.toISOString() };
  const body = new URLSearchParams(fields).toString();
  return { path, headers: signHuawei({ path: `/api${path}`, body, type: FORM }, at, pair), body };
}

/** SmsReport: one of our messages was delivered. */
export function aliyunReport(bizId: string, at: Date): Push {
  const { headers } = aliyunPush([], at);
  const report = {
    phone_number: '13800000041',
    send_time: inChina(at),
    report_time: inChina(at),
    success: true,
    err_code: 'DELIVERED',
    err_msg: '用户接收成功',
    sms_size: '1',
    biz_id: bizId,
    out_id: 'x',
  };
  return {
    path: `/channels/sms/aliyun/reports?token=${LOCAL_PARAMETERS.AliyunSmsTokens}`,
    headers,
    body: JSON.stringify([report]),
  };
}
