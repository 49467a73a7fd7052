import { CfnCondition, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { hotlineApi } from '../constructs/hotline-api.ts';
import type { House } from '../constructs/hotline-function.ts';
import { evidenceFunctions } from './evidence-functions.ts';
import { httpFunctions } from './http-functions.ts';
import { open311Routes } from './open311-functions.ts';
import { deskCallsRoutes, phoneFunctions } from './phone-functions.ts';
import { senderParameters } from './sender-parameters.ts';
import { smsFunctions } from './sms-functions.ts';
import type { StatefulStack } from './stateful-stack.ts';
import { workFunctions } from './work-functions.ts';

export interface StatelessStackProps extends StackProps {
  stateful: StatefulStack;
}

/** What can be thrown away and deployed again: functions, queues, the API, alarms. */
export class StatelessStack extends Stack {
  readonly api: HttpApi;
  /** Who lets staff in, for routes of other stacks. */
  readonly staff: HttpJwtAuthorizer;
  /** Where alarms go. */
  readonly topic: ITopic;
  /** SMS that wait to be sent, by their keys. */
  readonly replies: IQueue;

  constructor(scope: Construct, id: string, { stateful, ...props }: StatelessStackProps) {
    super(scope, id, props);
    const issuer = new CfnParameter(this, 'OidcIssuer', {
      description: 'Issuer of the tokens of staff, e.g. the Issuer output of the sign-in stack. HTTPS.',
      allowedPattern: 'https?://.+',
    }).valueAsString;
    const audience = new CfnParameter(this, 'OidcAudience', {
      description: 'Audience (client id) that tokens of staff must bear',
      minLength: 1,
    }).valueAsString;
    const logRetentionDays = new CfnParameter(this, 'LogRetentionDays', {
      type: 'Number',
      description: 'Days that logs are kept. China: the Cybersecurity Law Art. 21 wants six months at least.',
      default: '180',
      allowedValues: ['30', '60', '90', '180', '365', '731'],
    }).valueAsNumber;
    const alarmEmail = new CfnParameter(this, 'AlarmEmail', {
      description: 'Address that alarms are sent to; it gets a mail to confirm',
      allowedPattern: '.+@.+',
    }).valueAsString;
    const bureau = new CfnParameter(this, 'Bureau', {
      description: 'Code of the city bureau whose register this is (six digits)',
      default: '330200',
      allowedPattern: '\\d{6}',
    }).valueAsString;
    const reserve = new CfnParameter(this, 'ReserveConcurrency', {
      description:
        'yes: reserve concurrency per function. 367 in all here; docs/deploy.md says what the quota must be.',
      default: 'no',
      allowedValues: ['yes', 'no'],
    }).valueAsString;

    const partnerLinkKeys = new CfnParameter(this, 'PartnerLinkKeys', {
      description:
        'Key of the links to rights stations and businesses, 32 letters at least (openssl rand -base64 32); while it is changed the new one, a comma, the old one. Empty: no links',
      default: '',
      allowedPattern: '([\\w+/=-]{32,})?(,[\\w+/=-]{32,})?',
      noEcho: true,
    }).valueAsString;

    const house: House = {
      topic: this.alarmTopic(alarmEmail),
      logRetentionDays,
      reserveConcurrency: new CfnCondition(this, 'ReservesConcurrency', {
        expression: Fn.conditionEquals(reserve, 'yes'),
      }),
    };
    const given = {
      house,
      stateful,
      bureau,
      senders: senderParameters(this),
      partnerLinkKeys,
    };
    const routes = [
      ...httpFunctions(this, given),
      ...open311Routes(this, given),
      ...deskCallsRoutes(this, given),
    ];
    workFunctions(this, given);
    phoneFunctions(this, given);
    const sms = smsFunctions(this, given);
    const evidenceRoutes = evidenceFunctions(this, given);
    const { api, staff } = hotlineApi(this, house, { issuer, audience }, [
      ...routes,
      ...sms.routes,
      ...evidenceRoutes,
    ]);
    this.api = api;
    this.staff = staff;
    this.topic = house.topic;
    this.replies = sms.replies;
  }

  private alarmTopic(email: string): Topic {
    const key = new Key(this, 'AlarmKey', {
      description: '12315 hotline: alarms',
      enableKeyRotation: true,
    });
    // The key that AWS manages for SNS does not let CloudWatch publish.
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    const topic = new Topic(this, 'Alarms', { enforceSSL: true, masterKey: key });
    topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    topic.addSubscription(new EmailSubscription(email));
    acknowledge(topic, {
      'Serverless-SNSRedrivePolicy':
        'Mail only: SNS retries, the alarm itself stays in CloudWatch, and an alarm on lost mails would be a mail.',
    });
    return topic;
  }
}
