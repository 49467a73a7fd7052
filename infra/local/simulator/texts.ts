import { randomUUID } from 'node:crypto';

/** A text as a provider pushes it: which example of `npm run send` it is like, and what is in it. */
export interface Push {
  play: 'sms-aliyun' | 'sms-huawei' | 'sms-twilio' | 'sms-aws';
  /** The ending says the content type. */
  path: 'text.json' | 'text.form';
  content: Buffer;
}

interface Text {
  /** E.164. */
  phone: string;
  text: string;
  at: Date;
}

/** The number people text to, as each provider writes it. */
const SHORT = '12315';
const LONG = '10690000012315';

/** What each provider sends for a text; the names stand in events/examples/sms-…. */
export const PUSHES = {
  aliyun: ({ phone, text }: Text): Push => ({
    play: 'sms-aliyun',
    path: 'text.json',
    content: json([
      {
        phone_number: phone.replace('+86', ''),
        content: text,
        sequence_id: randomUUID(),
        dest_code: SHORT,
      },
    ]),
  }),
  huawei: ({ phone, text, at }: Text): Push => ({
    play: 'sms-huawei',
    path: 'text.form',
    content: form({
      smsMsgId: randomUUID(),
      from: phone,
      to: LONG,
      body: text,
      createTime: at.toISOString().replace(/\.\d+/, ''),
    }),
  }),
  twilio: ({ phone, text }: Text): Push => ({
    play: 'sms-twilio',
    path: 'text.form',
    content: form({
      MessageSid: `SM${randomUUID()}`,
      From: phone,
      To: `+86${LONG}`,
      NumMedia: '0',
      Body: text,
    }),
  }),
  aws: ({ phone, text }: Text): Push => ({
    play: 'sms-aws',
    path: 'text.json',
    content: json({
      originationNumber: phone,
      destinationNumber: `+86${LONG}`,
      messageKeyword: 'KEYWORD_1',
      messageBody: text,
      inboundMessageId: randomUUID(),
    }),
  }),
} as const satisfies Record<string, (text: Text) => Push>;

export type ProviderName = keyof typeof PUSHES;

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const form = (fields: Record<string, string>) => Buffer.from(new URLSearchParams(fields).toString());
