import { CfnOutput, CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { addAlarm } from '../constructs/alarm.ts';
import type { Route } from '../constructs/hotline-api.ts';
import { type AnyFunction, HotlineFunction, type House } from '../constructs/hotline-function.ts';
import { DeadLetterQueue, HotlineQueue } from '../constructs/hotline-queue.ts';
import { InboundTopic } from '../constructs/inbound-topic.ts';
import { readQueue } from '../constructs/queue-reader.ts';
import { runOnSchedule } from '../constructs/run-on-schedule.ts';
import type { FunctionsProps } from './http-functions.ts';
import type { Senders } from './sender-parameters.ts';

/** Twilio waits 15 seconds for an answer. */
const PUSH_TIMEOUT = Duration.seconds(10);
const WORK_TIMEOUT = Duration.seconds(30);

const KEYS = { text: 'TEXT#', talk: 'TALK#', parts: 'PARTS#', person: 'PERSON#', reply: 'REPLY#' };

/** SMS as a conversation: in by webhook or topic → kept → queue → answered → queue → sent. Called after `workFunctions`. */
export function smsFunctions(
  scope: Stack,
  { house, stateful, bureau, senders }: FunctionsProps & { senders: Senders },
): { routes: Route[]; replies: IQueue } {
  const { cases, identities, informers, registry } = stateful;
  const { topic } = house;
  const identitiesTable = { IDENTITIES_TABLE: identities.table.tableName };
  const queue = (id: string, impact: string) =>
    new HotlineQueue(scope, id, { consumerTimeout: WORK_TIMEOUT, impact, topic });
  const answers = 'Texts are kept, and nobody answers them';
  const texts = queue('Texts', answers);
  const replies = queue(
    'Replies',
    'Replies that keep their distance, or did not go out at once, are not sent',
  );
  const fromAws = queue('AwsSms', 'Texts that came by AWS are not kept; they wait in the queue');
  const textsQueue = { TEXTS_QUEUE_URL: texts.queue.queueUrl };

  const receiveSms = new HotlineFunction(scope, 'ReceiveSms', {
    name: 'receive-sms',
    environment: { ...identitiesTable, ...textsQueue, ...secretParameters(scope) },
    timeout: PUSH_TIMEOUT,
    memoryMb: 1024,
    concurrency: 10,
    impact: 'Texts that Aliyun, Huawei or Twilio push are refused; most are pushed again',
    house,
  }).allowPeopleWriteOnly(identities);
  const receiveAwsSms = new HotlineFunction(scope, 'ReceiveAwsSms', {
    name: 'receive-aws-sms',
    environment: { ...identitiesTable, ...textsQueue },
    timeout: WORK_TIMEOUT,
    concurrency: 5,
    impact: 'Texts that came by AWS are not kept; they wait in the queue',
    house,
  }).allowPeopleWriteOnly(identities);
  const answerText = new HotlineFunction(scope, 'AnswerText', {
    name: 'answer-text',
    environment: {
      CASES_TABLE: cases.tableName,
      ...identitiesTable,
      INFORMERS_TABLE: informers.table.tableName,
      REGISTRY_TABLE: registry.tableName,
      REPLIES_QUEUE_URL: replies.queue.queueUrl,
      BUREAU: bureau,
      ...senders.environment,
    },
    // Less than a claim lasts, as with notices.
    timeout: WORK_TIMEOUT,
    memoryMb: 1769,
    concurrency: 10,
    impact: answers,
    house,
  })
    .allow(
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      cases.tableArn,
    )
    .allowPeopleItems(['dynamodb:GetItem'], identities, KEYS.text, KEYS.talk, KEYS.parts)
    .allowPeopleItems(['dynamodb:UpdateItem'], identities, KEYS.text, KEYS.reply)
    .allowPeopleItems(['dynamodb:Query'], identities, KEYS.person)
    .allowPeopleWriteOnly(identities)
    .allowPeopleWriteOnly(informers)
    .allow(['dynamodb:Query'], registry.tableArn)
    .allow(['sms-voice:SendTextMessage'], ...senders.smsResources);
  const sendReplies = new HotlineFunction(scope, 'SendTextReplies', {
    name: 'send-text-replies',
    environment: { ...identitiesTable, ...senders.environment },
    timeout: WORK_TIMEOUT,
    concurrency: 5,
    impact: 'Replies that keep their distance, or did not go out at once, are not sent',
    house,
  })
    .allowPeopleItems(['dynamodb:GetItem'], identities, KEYS.text)
    .allowPeopleItems(['dynamodb:UpdateItem'], identities, KEYS.text, KEYS.reply)
    .allow(['sms-voice:SendTextMessage'], ...senders.smsResources);
  const sweepDlq = new DeadLetterQueue(scope, 'SweepTextsDlq', {
    impact: 'A sweep of texts failed; the next minute tries again',
    topic,
  });
  const sweepTexts = new HotlineFunction(scope, 'SweepTexts', {
    name: 'sweep-texts',
    environment: { ...identitiesTable, ...textsQueue },
    timeout: WORK_TIMEOUT,
    concurrency: 1,
    impact: 'A text whose message was lost is not found again; long texts with a part missing wait',
    deadLetterQueue: sweepDlq,
    house,
  }).allowPeopleIndex(['dynamodb:Query'], identities, 'due');

  for (const { role } of [receiveSms, receiveAwsSms, sweepTexts]) texts.queue.grantSendMessages(role);
  replies.queue.grantSendMessages(answerText.role);
  // No batching window: the number must be with the sender within a second.
  readQueue(scope, 'Texts', texts, answerText, { batchSize: 5, maxConcurrency: 10 });
  readQueue(scope, 'Replies', replies, sendReplies, { batchSize: 5, maxConcurrency: 5 });
  readQueue(scope, 'AwsSms', fromAws, receiveAwsSms, { batchSize: 10, maxConcurrency: 5 });
  runOnSchedule(scope, 'SweepTextsSchedule', sweepTexts, {
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    deadLetterQueue: sweepDlq,
  });
  const inbound = new InboundTopic(scope, 'SmsTopic', {
    publisher: 'sms-voice.amazonaws.com',
    queue: fromAws,
    description: 'texts to the bureau, and reports of those it sent',
  });
  new CfnOutput(scope, 'SmsTopicArn', {
    value: inbound.topic.topicArn,
    description: 'Topic for two-way SMS and for the events of the configuration set (AWS End User Messaging)',
  });

  countRefusals(scope, house, [receiveSms, receiveAwsSms]);
  countCosts(scope, ['SendNotices', 'SendInformerNotices', 'SendTextReplies', 'AnswerText']);
  const routes: Route[] = [
    ['POST', '/channels/sms/{provider}', receiveSms, 'anyone'],
    ['POST', '/channels/sms/{provider}/reports', receiveSms, 'anyone'],
  ];
  return { routes, replies: replies.queue };
}

/** What providers prove themselves with. A provider without any is not opened. */
function secretParameters(scope: Stack) {
  const secret = (id: string, description: string) =>
    new CfnParameter(scope, id, { description, default: '', noEcho: true }).valueAsString;
  const two = 'two, with a blank between, while one replaces another; empty: not opened';
  return {
    ALIYUN_SMS_TOKENS: secret(
      'AliyunSmsTokens',
      `Token in the address that Aliyun pushes to (?token=…); ${two}`,
    ),
    HUAWEI_SMS_TOKENS: secret(
      'HuaweiSmsTokens',
      `Token in the address that Huawei pushes to, unsigned; ${two}`,
    ),
    HUAWEI_SMS_KEYS: secret('HuaweiSmsKeys', `access-key:secret that Huawei signs pushes with; ${two}`),
    TWILIO_AUTH_TOKENS: secret('TwilioAuthTokens', `Auth token that Twilio signs with; ${two}`),
  };
}

/** A wrong signature, an old or an unreadable push: one is nothing, many are an attack or a changed format. */
const REFUSED_IN_FIVE_MINUTES = 20;

function countRefusals(scope: Stack, house: House, functions: readonly AnyFunction[]): void {
  const filters = functions.map(
    ({ node, lambda }) =>
      new MetricFilter(scope, `${node.id}Refused`, {
        logGroup: lambda.logGroup,
        filterPattern: FilterPattern.stringValue('$.message', '=', 'sms-refused'),
        metricNamespace: 'Hotline',
        metricName: 'SmsRefused',
        metricValue: '1',
      }),
  );
  const [first] = filters;
  if (first === undefined) return;
  addAlarm(scope, 'SmsRefused', {
    metric: first.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: REFUSED_IN_FIVE_MINUTES,
    impact: 'Many pushes of texts are refused: an attack, a changed key, or a format we do not know',
    topic: house.topic,
  });
}

/** Segments and costs of what the functions of these ids have sent, as figures in CloudWatch. */
function countCosts(scope: Stack, ids: readonly string[]): void {
  for (const id of ids) {
    const { lambda } = scope.node.findChild(id) as AnyFunction;
    for (const [metricName, field] of Object.entries({ SmsSegments: 'segments', SmsMilliFen: 'milliFen' })) {
      new MetricFilter(scope, `${id}${metricName}`, {
        logGroup: lambda.logGroup,
        filterPattern: FilterPattern.all(
          FilterPattern.stringValue('$.message', '=', 'notice-taken'),
          FilterPattern.stringValue('$.channel', '=', 'sms'),
        ),
        metricNamespace: 'Hotline',
        metricName,
        metricValue: `$.${field}`,
      });
    }
  }
}
