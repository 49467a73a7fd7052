import { Aws, CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import type { FunctionEnvironment } from '../../shared/config.ts';

/** From whom SMS and e-mails come, what the functions read of it, and what they must be allowed to use. */
export interface Senders {
  environment: Pick<
    FunctionEnvironment<'send-notices'>,
    'SMS_ORIGINATION_IDENTITY' | 'SMS_CONFIGURATION_SET' | 'EMAIL_FROM' | 'EMAIL_CONFIGURATION_SET'
  >;
  smsResources: string[];
  emailResources: string[];
}

/** The parameters of the senders. A channel without a sender is closed: its notices are left to be told by hand. */
export function senderParameters(scope: Stack): Senders {
  const text = (id: string, description: string, allowedPattern: string) =>
    new CfnParameter(scope, id, { description, default: '', allowedPattern }).valueAsString;
  const smsIdentity = text(
    'SmsOriginationIdentity',
    'ARN of the phone number, pool or sender id that SMS come from (AWS End User Messaging); empty: no SMS',
    '|arn:[a-z-]+:sms-voice:.+',
  );
  const smsSet = text('SmsConfigurationSet', 'Name of its configuration set, if any', '[\\w-]*');
  const emailFrom = text(
    'EmailFrom',
    'Address that e-mails come from, verified with Amazon SES itself or by its domain; empty: no e-mail',
    '|[^@<>\\s]+@[^@<>\\s]+',
  );
  const emailSet = text('EmailConfigurationSet', 'Name of its configuration set, if any', '[\\w-]*');

  const given = (id: string, value: string) =>
    new CfnCondition(scope, id, { expression: Fn.conditionNot(Fn.conditionEquals(value, '')) }).logicalId;
  // A policy must name something: without a sender, a name that nothing bears.
  const oneOf = (condition: string, arn: string, otherwise: string) =>
    Fn.conditionIf(condition, arn, otherwise).toString();
  const sms = (rest: string) => `arn:${Aws.PARTITION}:sms-voice:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;
  const ses = (rest: string) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;
  const sendsSms = given('SendsSms', smsIdentity);
  const sendsEmail = given('SendsEmail', emailFrom);
  // With an `@` at the end there is a second part even where no address is given.
  const domain = Fn.select(1, Fn.split('@', `${emailFrom}@`));
  return {
    environment: {
      SMS_ORIGINATION_IDENTITY: smsIdentity,
      SMS_CONFIGURATION_SET: smsSet,
      EMAIL_FROM: emailFrom,
      EMAIL_CONFIGURATION_SET: emailSet,
    },
    smsResources: [
      oneOf(sendsSms, smsIdentity, sms('phone-number/none')),
      sms(`configuration-set/${smsSet}`),
    ],
    emailResources: [
      oneOf(sendsEmail, ses(`identity/${emailFrom}`), ses('identity/none')),
      oneOf(sendsEmail, ses(`identity/${domain}`), ses('identity/none')),
      ses(`configuration-set/${emailSet}`),
    ],
  };
}
