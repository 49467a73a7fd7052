/** Why a payload, or one message in it, cannot be taken. Never quotes what was sent. */
export interface Refusal {
  code: RefusalCode;
  zh: string;
  en: string;
  /** JSON pointer into the payload, the name of a header, or `body` for the payload as a whole. */
  field: string;
}

/** Each reason in words. */
export const REFUSALS = {
  'not-readable': {
    zh: '报文无法读取：不是 JSON，也不是表单，或内容不完整',
    en: 'The payload cannot be read: neither JSON nor a form, or cut short',
  },
  'nothing-inside': { zh: '报文中没有短信', en: 'There is no message in the payload' },
  'not-a-message': { zh: '此项不是短信', en: 'This item is not a message' },
  'missing-sender': { zh: '缺少发送号码', en: 'The number of the sender is missing' },
  'bad-sender': { zh: '发送号码不是电话号码', en: 'The sender is not a phone number' },
  'missing-text': { zh: '缺少短信内容', en: 'The text is missing' },
  'empty-text': { zh: '短信内容为空', en: 'The text is empty' },
  'only-media': {
    zh: '只有图片或文件，没有文字；请另发文字说明',
    en: 'Pictures or files only, no text; please send words too',
  },
  'garbled-text': {
    zh: '短信编码错误，内容无法辨认',
    en: 'The text is in a wrong encoding and cannot be read',
  },
  'text-too-long': { zh: '短信内容过长', en: 'The text is too long' },
  'missing-id': { zh: '缺少短信编号', en: 'The id of the message is missing' },
  'missing-status': { zh: '缺少发送状态', en: 'The status is missing' },
  'no-signature': { zh: '缺少签名', en: 'There is no signature' },
  'wrong-signature': { zh: '签名不正确', en: 'The signature is wrong' },
  'signed-header-lost': {
    zh: '参与签名的请求头未能传到，无法验证',
    en: 'A header the signature covers did not arrive, so it cannot be checked',
  },
  'no-token': { zh: '缺少令牌', en: 'There is no token' },
  'wrong-token': { zh: '令牌不正确', en: 'The token is wrong' },
  'no-time': { zh: '缺少时间，或时间无法读取', en: 'The time is missing or cannot be read' },
  'too-old': { zh: '请求已过期', en: 'The request is too old' },
  'from-the-future': { zh: '请求时间晚于当前时间', en: 'The time of the request lies in the future' },
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** The refusal with its words. */
export function refusal(code: RefusalCode, field = 'body'): Refusal {
  return { code, ...REFUSALS[code], field };
}
