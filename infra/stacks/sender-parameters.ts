import { Aws, CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import type { SenderEnvironment } from '../../shared/config.ts';

/** From whom SMS and e-mails come, what the functions read of it, and what they must be allowed to use. */
export interface Senders {
  environment: SenderEnvironment;
  /** Address of the pages, for links in messages; empty: no links. */
  pages: string;
  smsResources: string[];
  emailResources: string[];
}

/** The parameters of the senders. A channel without a sender is closed: its notices are left to be told by hand. */
export function senderParameters(scope: Stack): Senders {
  const text = (id: string, description: string, allowedPattern: string) =>
    new CfnParameter(scope, id, { description, default: '', allowedPattern }).valueAsString;
  const provider = new CfnParameter(scope, 'SmsProvider', {
    description: 'Who sends SMS: AWS End User Messaging, or Aliyun (in China)',
    default: 'aws',
    allowedValues: ['aws', 'aliyun'],
  }).valueAsString;
  const price = new CfnParameter(scope, 'SmsPriceMilliFen', {
    description: 'Price of one segment by your contract in 1/1000 fen: 4500 is 0.045 yuan; 0: not counted',
    default: '0',
    allowedPattern: '\\d{1,9}',
  }).valueAsString;
  const aliyunKey = text(
    'AliyunAccessKeyId',
    'Access key of Aliyun that may send SMS and nothing else',
    '\\w*',
  );
  const aliyunSecret = new CfnParameter(scope, 'AliyunAccessKeySecret', {
    description: 'Its secret',
    default: '',
    noEcho: true,
  }).valueAsString;
  const aliyunSign = text(
    'AliyunSignName',
    'Signature (签名) that Aliyun approved, without brackets',
    '[^【】]*',
  );
  const aliyunTemplates = text(
    'AliyunTemplates',
    'Codes of the approved templates by our texts: registered=SMS_1 status=SMS_2 … (docs/channels.md)',
    '([\\w-]+=\\w+\\s*)*',
  );
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

  const pages = text(
    'PagesUrl',
    'Address of the pages (Url of the pages stack), for links in messages; empty: no links',
    '(https?://[^/]+)?',
  );
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
      SMS_PROVIDER: provider as SenderEnvironment['SMS_PROVIDER'],
      SMS_PRICE_MILLI_FEN: price,
      ALIYUN_ACCESS_KEY_ID: aliyunKey,
      ALIYUN_ACCESS_KEY_SECRET: aliyunSecret,
      ALIYUN_SIGN_NAME: aliyunSign,
      ALIYUN_TEMPLATES: aliyunTemplates,
      SMS_ORIGINATION_IDENTITY: smsIdentity,
      SMS_CONFIGURATION_SET: smsSet,
      EMAIL_FROM: emailFrom,
      EMAIL_CONFIGURATION_SET: emailSet,
    },
    pages,
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
