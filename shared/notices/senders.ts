import { randomUUID } from 'node:crypto';
import type { SenderConfig } from '../config.ts';
import { createAliyunSms } from './aliyun-sms.ts';
import { createAwsEmail } from './aws-email.ts';
import { createAwsSms } from './aws-sms.ts';
import { byChannel, type Channel, type Messenger } from './messenger.ts';
import { priced } from './priced.ts';

const given = (text: string) => (text === '' ? undefined : text);

/** The channels that this bureau has opened, and who sends by them. A channel without a sender is closed. */
export function sendersOf(config: SenderConfig): { messenger: Messenger; open: Channel[] } {
  const sms = SMS[config.SMS_PROVIDER];
  const isOpen = { sms: sms.isOpen(config), email: config.EMAIL_FROM !== '' };
  return {
    messenger: byChannel({
      sms: priced(sms.create(config), config.SMS_PROVIDER, config.SMS_PRICE_MILLI_FEN),
      email: createAwsEmail({
        address: config.EMAIL_FROM,
        configurationSet: given(config.EMAIL_CONFIGURATION_SET),
      }),
    }),
    open: (['sms', 'email'] as const).filter((channel) => isOpen[channel]),
  };
}

const SMS: Readonly<
  Record<
    SenderConfig['SMS_PROVIDER'],
    { isOpen: (config: SenderConfig) => boolean; create: (config: SenderConfig) => Messenger }
  >
> = {
  aws: {
    isOpen: (config) => config.SMS_ORIGINATION_IDENTITY !== '',
    create: (config) =>
      createAwsSms({
        originationIdentity: config.SMS_ORIGINATION_IDENTITY,
        configurationSet: given(config.SMS_CONFIGURATION_SET),
      }),
  },
  aliyun: {
    isOpen: (config) => config.ALIYUN_ACCESS_KEY_ID !== '' && config.ALIYUN_SIGN_NAME !== '',
    create: (config) =>
      createAliyunSms({
        key: { id: config.ALIYUN_ACCESS_KEY_ID, secret: config.ALIYUN_ACCESS_KEY_SECRET },
        signName: config.ALIYUN_SIGN_NAME,
        templates: config.ALIYUN_TEMPLATES,
        now: () => new Date(),
        nonce: randomUUID,
        fetch,
      }),
  },
};
