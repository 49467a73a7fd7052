import {
  Aws,
  CfnCondition,
  type CfnElement,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { addAlarm } from '../constructs/alarm.ts';
import { HotlineFunction, type House } from '../constructs/hotline-function.ts';
import { DeadLetterQueue, HotlineQueue } from '../constructs/hotline-queue.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface StatelessStackProps extends StackProps {
  stateful: StatefulStack;
}

/** The first part of every address of the API: `https://…/api/complaints`. */
export const API_STAGE = 'api';

const HTTP_TIMEOUT = Duration.seconds(10);
const WORK_TIMEOUT = Duration.seconds(30);

const READ = ['dynamodb:GetItem'];
const QUERY = ['dynamodb:Query'];

/** What can be thrown away and deployed again: functions, queues, the API, alarms. */
export class StatelessStack extends Stack {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { stateful, ...props }: StatelessStackProps) {
    super(scope, id, props);
    const { cases, identities, identitiesKey, registry, statistics } = stateful;

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
        'yes: reserve concurrency per function. 171 in all, and Lambda keeps 100 unreserved: the quota must be 271 at least.',
      default: 'no',
      allowedValues: ['yes', 'no'],
    }).valueAsString;

    const topic = this.alarmTopic(alarmEmail);
    const house: House = {
      topic,
      logRetentionDays,
      reserveConcurrency: new CfnCondition(this, 'ReservesConcurrency', {
        expression: Fn.conditionEquals(reserve, 'yes'),
      }),
    };

    const triageQueue = new HotlineQueue(this, 'Triage', {
      consumerTimeout: WORK_TIMEOUT,
      impact: 'Complaints are registered but reach no station',
      topic,
    });

    const submitComplaint = new HotlineFunction(this, 'SubmitComplaint', {
      name: 'submit-complaint',
      environment: {
        CASES_TABLE: cases.tableName,
        IDENTITIES_TABLE: identities.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
      },
      timeout: HTTP_TIMEOUT,
      memoryMb: 1024,
      concurrency: 50,
      impact: 'Consumers cannot complain by web',
      house,
    })
      .allow(['dynamodb:GetItem', 'dynamodb:PutItem'], cases.tableArn)
      .allow(['dynamodb:PutItem'], identities.tableArn)
      .allow(QUERY, registry.tableArn);
    const trackCase = new HotlineFunction(this, 'TrackCase', {
      name: 'track-case',
      environment: { CASES_TABLE: cases.tableName, REGISTRY_TABLE: registry.tableName, BUREAU: bureau },
      timeout: HTTP_TIMEOUT,
      concurrency: 20,
      impact: 'Consumers cannot see how their case stands',
      house,
    })
      .allow([...READ, ...QUERY], cases.tableArn)
      .allow(QUERY, registry.tableArn);
    const deskApi = new HotlineFunction(this, 'DeskApi', {
      name: 'desk-api',
      environment: {
        CASES_TABLE: cases.tableName,
        IDENTITIES_TABLE: identities.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
      },
      timeout: HTTP_TIMEOUT,
      memoryMb: 1024,
      concurrency: 50,
      impact: 'Dispatchers and officers cannot work',
      house,
    })
      .allow(
        ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:PutItem'],
        cases.tableArn,
      )
      .allow(QUERY, `${cases.tableArn}/index/desk`)
      .allow(READ, identities.tableArn)
      .allow(QUERY, registry.tableArn);
    const statisticsApi = new HotlineFunction(this, 'StatisticsApi', {
      name: 'statistics-api',
      environment: {
        STATISTICS_TABLE: statistics.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
      },
      timeout: HTTP_TIMEOUT,
      concurrency: 20,
      impact: 'Managers see no figures',
      house,
    })
      .allow(QUERY, statistics.tableArn)
      .allow(QUERY, registry.tableArn);
    for (const fn of [submitComplaint, deskApi]) {
      allowKey(fn, identitiesKey);
    }

    const relayEvents = new HotlineFunction(this, 'RelayEvents', {
      name: 'relay-events',
      environment: { TRIAGE_QUEUE_URL: triageQueue.queue.queueUrl },
      timeout: WORK_TIMEOUT,
      concurrency: 5,
      impact: 'New complaints wait for the sweep of the next minute instead of being triaged at once',
      house,
    });
    const triageCase = new HotlineFunction(this, 'TriageCase', {
      name: 'triage-case',
      environment: { CASES_TABLE: cases.tableName, REGISTRY_TABLE: registry.tableName, BUREAU: bureau },
      timeout: WORK_TIMEOUT,
      memoryMb: 1024,
      concurrency: 20,
      impact: 'Complaints are registered but reach no station',
      house,
    })
      .allow(['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'], cases.tableArn)
      .allow(QUERY, registry.tableArn);
    const tallyStatistics = new HotlineFunction(this, 'TallyStatistics', {
      name: 'tally-statistics',
      environment: { STATISTICS_TABLE: statistics.tableName },
      timeout: WORK_TIMEOUT,
      concurrency: 5,
      impact: 'Figures stand still; nothing is lost, they catch up',
      house,
    }).allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], statistics.tableArn);
    const sweepDlq = new DeadLetterQueue(this, 'SweepDlq', {
      impact: 'A sweep failed; the next minute tries again',
      topic,
    });
    const sweepUntriaged = new HotlineFunction(this, 'SweepUntriaged', {
      name: 'sweep-untriaged',
      environment: { CASES_TABLE: cases.tableName, TRIAGE_QUEUE_URL: triageQueue.queue.queueUrl },
      timeout: WORK_TIMEOUT,
      concurrency: 1,
      impact: 'A complaint whose message was lost is not found again',
      // The scheduler invokes asynchronously.
      deadLetterQueue: sweepDlq,
      house,
    }).allow(QUERY, `${cases.tableArn}/index/untriaged`);

    for (const sender of [relayEvents, sweepUntriaged]) triageQueue.queue.grantSendMessages(sender.role);

    triageQueue.queue.grantConsumeMessages(triageCase.role);
    const triageMapping = new EventSourceMapping(this, 'TriageMapping', {
      target: triageCase.lambda,
      eventSourceArn: triageQueue.queue.queueArn,
      batchSize: 10,
      // Two is the least; more than the reserved 20 would only be throttled.
      maxConcurrency: 10,
      reportBatchItemFailures: true,
    });
    acknowledge(triageMapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'A mapping on SQS has none: the queue itself has the DLQ.',
    });
    this.readStream(relayEvents, cases, topic, {
      only: { type: ['registered'] },
      givenUp: 'New complaints were not relayed; the sweep of the next minute asks for them',
    });
    this.readStream(tallyStatistics, cases, topic, {
      only: {},
      givenUp: 'Events were not counted; `npm run recount -- --repair` counts them',
    });

    this.sweepEveryMinute(sweepUntriaged, sweepDlq);
    this.api = this.httpApi(
      house,
      { issuer, audience },
      { submitComplaint, trackCase, deskApi, statisticsApi },
    );
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

  /** Delivers history events from the stream of the cases table; `only` narrows them by attribute. */
  private readStream(
    fn: HotlineFunction<'relay-events' | 'tally-statistics'>,
    cases: Table,
    topic: Topic,
    { only, givenUp }: { only: Record<string, string[]>; givenUp: string },
  ): void {
    const id = fn.node.id;
    const stream = cases.tableStreamArn ?? '';
    fn.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      stream,
    );
    const deadLetterQueue = new DeadLetterQueue(this, `${id}Dlq`, {
      impact: givenUp,
      topic,
    });
    deadLetterQueue.grantSendMessages(fn.role);
    const image = Object.entries({ entity: ['event'], ...only }).map(([name, values]) => [
      name,
      { S: values },
    ]);
    new EventSourceMapping(this, `${id}Mapping`, {
      target: fn.lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: Object.fromEntries(image) } })],
      bisectBatchOnError: true,
      // Together with halving this gives a passing fault several minutes; a poison record is out in as many.
      retryAttempts: 10,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(deadLetterQueue),
    });
    addAlarm(fn, `${id}Late`, {
      metric: fn.lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: Duration.minutes(10).toMilliseconds(),
      impact: 'Events wait in the stream for more than ten minutes',
      topic,
    });
  }

  private sweepEveryMinute(
    sweep: HotlineFunction<'sweep-untriaged'>,
    deadLetterQueue: DeadLetterQueue,
  ): void {
    new Schedule(this, 'SweepSchedule', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: new LambdaInvoke(sweep.lambda, {
        retryAttempts: 2,
        maxEventAge: Duration.minutes(5),
        deadLetterQueue,
      }),
    });
    const target = this.node.children.find(({ node }) => node.id.startsWith('SchedulerRoleForTarget'));
    const fn = this.getLogicalId(sweep.lambda.node.defaultChild as CfnElement);
    if (target !== undefined) {
      acknowledge(target, {
        [`AwsSolutions-IAM5[Resource::<${fn}.Arn>:*]`]:
          'The versions of this one function; the schedule names none.',
      });
    }
  }

  private httpApi(
    house: House,
    { issuer, audience }: { issuer: string; audience: string },
    functions: Record<
      'submitComplaint' | 'trackCase' | 'deskApi' | 'statisticsApi',
      Pick<HotlineFunction<'desk-api'>, 'lambda'>
    >,
  ): HttpApi {
    const api = new HttpApi(this, 'Api', {
      description: '12315 hotline',
      createDefaultStage: false,
    });
    const accessLog = new LogGroup(this, 'AccessLog', { retention: house.logRetentionDays as RetentionDays });
    const stage = new HttpStage(this, 'ApiStage', {
      httpApi: api,
      stageName: API_STAGE,
      autoDeploy: true,
      // Twice the twenty-fold burst of the whole nation (28 a second, law/README): abuse ends here.
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        // No path (it holds a case number) and no address of the caller.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            routeKey: '$context.routeKey',
            status: '$context.status',
            latency: '$context.responseLatency',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });

    const staff = new HttpJwtAuthorizer('Staff', issuer, { jwtAudience: [audience] });
    const routes = [
      ['POST', '/complaints', functions.submitComplaint],
      ['GET', '/complaints/{number}', functions.trackCase],
      ['GET', '/statistics', functions.statisticsApi],
      ['GET', '/units', functions.statisticsApi],
      ['GET', '/desk/cases', functions.deskApi, staff],
      ['GET', '/desk/cases/{number}', functions.deskApi, staff],
      ['POST', '/desk/cases/{number}/{action}', functions.deskApi, staff],
    ] as const;
    const integrations = new Map<unknown, HttpLambdaIntegration>();
    for (const [method, path, fn, authorizer] of routes) {
      const integration =
        integrations.get(fn) ?? new HttpLambdaIntegration(`Integration${integrations.size}`, fn.lambda);
      integrations.set(fn, integration);
      const [route] = api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        ...(authorizer === undefined ? {} : { authorizer }),
      });
      if (route !== undefined && authorizer === undefined) {
        acknowledge(route, {
          'AwsSolutions-APIG4':
            'Open by law: anyone may complain (Order 121 Art. 3), a case opens by its secret, figures are published (Art. 38).',
        });
      }
    }
    addAlarm(this, 'ApiFaults', {
      metric: api.metricServerError({ period: Duration.minutes(5) }),
      threshold: 1,
      impact: 'Somebody was told that we are at fault',
      topic: house.topic,
    });
    new CfnOutput(this, 'ApiUrl', { value: stage.url, description: 'Address of the API, behind the pages' });
    return api;
  }
}

/** Reading and writing a table under a key of its own needs these; through DynamoDB only, never by itself. */
function allowKey({ role }: Pick<HotlineFunction<'desk-api'>, 'role'>, key: Key): void {
  role.addToPolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
    }),
  );
}
