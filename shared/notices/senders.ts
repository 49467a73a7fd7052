import type { FunctionEnvironment } from '../config.ts';
import { createAwsEmail } from './aws-email.ts';
import { createAwsSms } from './aws-sms.ts';
import { byChannel, type Channel, type Messenger } from './messenger.ts';

type SenderConfig = Pick<
  FunctionEnvironment<'send-notices'>,
  'SMS_ORIGINATION_IDENTITY' | 'SMS_CONFIGURATION_SET' | 'EMAIL_FROM' | 'EMAIL_CONFIGURATION_SET'
>;

const given = (text: string) => (text === '' ? undefined : text);

/** The channels that this bureau has opened, and who sends by them. A channel without a sender is closed. */
export function sendersOf(config: SenderConfig): { messenger: Messenger; open: Channel[] } {
  const senders = { sms: config.SMS_ORIGINATION_IDENTITY, email: config.EMAIL_FROM };
  return {
    messenger: byChannel({
      sms: createAwsSms({
        originationIdentity: senders.sms,
        configurationSet: given(config.SMS_CONFIGURATION_SET),
      }),
      email: createAwsEmail({
        address: senders.email,
        configurationSet: given(config.EMAIL_CONFIGURATION_SET),
      }),
    }),
    open: (['sms', 'email'] as const).filter((channel) => senders[channel] !== ''),
  };
}
