import { Duration, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import type { HttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EARLY_WARNING_KEYS } from '../../shared/store/alarm-store.ts';
import { BUSINESS_KEYS } from '../../shared/store/business-store.ts';
import { GUARD_KEYS } from '../../shared/store/guard-store.ts';
import { OPEN_DATA_KEYS } from '../../shared/store/open-data-store.ts';
import { PROOF_KEYS } from '../../shared/store/proof-store.ts';
import { SUBSCRIBER_KEYS } from '../../shared/store/subscriber-store.ts';
import { addAlarm } from '../constructs/alarm.ts';
import { addRoutes, type Route } from '../constructs/hotline-api.ts';
import { HotlineFunction, type House } from '../constructs/hotline-function.ts';
import { DeadLetterQueue } from '../constructs/hotline-queue.ts';
import { runOnSchedule } from '../constructs/run-on-schedule.ts';
import { houseParameters } from './house-parameters.ts';
import { composeReports, reportRoutes } from './report-functions.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface FiguresStackProps extends StackProps {
  stateful: StatefulStack;
  api: HttpApi;
  staff: IHttpRouteAuthorizer;
  topic: ITopic;
  replies: IQueue;
}

const QUERY = ['dynamodb:Query'];
const HTTP_TIMEOUT = Duration.seconds(10);

/**
 * What managers read, and what is made of it: roll-ups, the daily proof, alarms, consumer warnings. A stack of its own:
 * one holds 500 resources.
 */
export class FiguresStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stateful, api, staff, topic, replies, ...props }: FiguresStackProps,
  ) {
    super(scope, id, props);
    const given: Given = { stateful, ...houseParameters(this, topic, 39), replies };
    this.figures(given);
    const routes = [...this.figuresApi(given), ...this.warnings(given), ...this.openData(given)];
    addRoutes(this, api, staff, routes);
  }

  /** Roll-ups every few minutes, and every night the proof that all figures are right. */
  private figures({ stateful: { cases, registry, statistics }, bureau, house }: Given): void {
    const deadLetterQueue = new DeadLetterQueue(this, 'FiguresDlq', {
      impact: 'Figures were not rolled up, or not proven; the next run does it',
      topic: house.topic,
    });
    const rollUp = new HotlineFunction(this, 'RollUpStatistics', {
      name: 'roll-up-statistics',
      environment: {
        STATISTICS_TABLE: statistics.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
      },
      timeout: Duration.minutes(5),
      memoryMb: 1024,
      concurrency: 1,
      impact: 'Cuts, medians and past months stand still; the counts of today go on',
      deadLetterQueue,
      house,
    })
      .allow(
        [
          'dynamodb:Query',
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:PutItem',
          'dynamodb:BatchWriteItem',
        ],
        statistics.tableArn,
      )
      .allow(QUERY, registry.tableArn);
    const recount = new HotlineFunction(this, 'RecountStatistics', {
      name: 'recount-statistics',
      environment: { CASES_TABLE: cases.tableName, STATISTICS_TABLE: statistics.tableName },
      timeout: Duration.minutes(15),
      memoryMb: 3008,
      concurrency: 1,
      impact: 'Nobody has proven today that the figures are what the history says',
      deadLetterQueue,
      house,
    })
      .allow(['dynamodb:Scan', 'dynamodb:Query'], cases.tableArn)
      .allow(['dynamodb:Scan', 'dynamodb:GetItem', 'dynamodb:Query'], statistics.tableArn)
      .allowKeys(['dynamodb:PutItem'], statistics.tableArn, ...PROOF_KEYS);

    runOnSchedule(this, 'RollUpSchedule', rollUp, {
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      deadLetterQueue,
    });
    runOnSchedule(this, 'RollUpEverythingSchedule', rollUp, {
      schedule: ScheduleExpression.cron({ minute: '30', hour: '3', timeZone: TimeZone.ASIA_SHANGHAI }),
      input: { everything: true },
      deadLetterQueue,
    });
    runOnSchedule(this, 'RecountSchedule', recount, {
      schedule: ScheduleExpression.cron({ minute: '0', hour: '4', timeZone: TimeZone.ASIA_SHANGHAI }),
      deadLetterQueue,
    });
    new MetricFilter(this, 'RecountDrift', {
      logGroup: recount.lambda.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', 'recounted'),
      metricNamespace: 'Hotline',
      metricName: 'StatisticsDrift',
      metricValue: '$.drift',
    });
    addAlarm(this, 'StatisticsDrift', {
      metric: new Metric({
        namespace: 'Hotline',
        metricName: 'StatisticsDrift',
        statistic: 'Maximum',
        period: Duration.hours(1),
      }),
      threshold: 1,
      impact: 'Figures are not what the history says',
      topic: house.topic,
    });
  }

  private figuresApi({ stateful, bureau, house }: Given): Route[] {
    const { cases, registry, statistics, reports } = stateful;
    const reportQueue = composeReports(this, { stateful, bureau, house });
    const figuresApi = new HotlineFunction(this, 'FiguresApi', {
      name: 'figures-api',
      environment: {
        CASES_TABLE: cases.tableName,
        STATISTICS_TABLE: statistics.tableName,
        REGISTRY_TABLE: registry.tableName,
        REPORTS_BUCKET: reports.bucketName,
        REPORTS_QUEUE_URL: reportQueue.queue.queueUrl,
        BUREAU: bureau,
      },
      timeout: HTTP_TIMEOUT,
      memoryMb: 1024,
      concurrency: 10,
      impact: 'Managers see no figures and no alarms behind the sign-in',
      house,
    })
      .allow(['dynamodb:Query', 'dynamodb:BatchGetItem'], cases.tableArn)
      .allow(['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem'], statistics.tableArn)
      .allow(QUERY, registry.tableArn)
      .allowItems(['dynamodb:GetItem', 'dynamodb:PutItem'], registry.tableArn, ...EARLY_WARNING_KEYS);
    return [
      ['GET', '/desk/figures', figuresApi, 'staff'],
      ['GET', '/desk/figures/catalogue', figuresApi, 'staff'],
      ['GET', '/desk/figures/cases', figuresApi, 'staff'],
      ['GET', '/desk/figures/units', figuresApi, 'staff'],
      ['GET', '/desk/cases/{number}/figures', figuresApi, 'staff'],
      ['GET', '/desk/alarms', figuresApi, 'staff'],
      ['GET', '/desk/alarms/{id}', figuresApi, 'staff'],
      ['POST', '/desk/alarms/{id}/mark', figuresApi, 'staff'],
      ['POST', '/desk/alarms/{id}/warning', figuresApi, 'staff'],
      ['POST', '/desk/alarms/{id}/warning/name', figuresApi, 'staff'],
      ['POST', '/desk/alarms/{id}/warning/publish', figuresApi, 'staff'],
      ['GET', '/desk/inspection-plan', figuresApi, 'staff'],
      ...reportRoutes(figuresApi, reportQueue, stateful),
    ];
  }

  /** Unusual rises become alarms; a warning that a person publishes goes to who subscribed. */
  private warnings({ stateful, bureau, house, replies }: Given): Route[] {
    const { cases, identities, registry, statistics } = stateful;
    const deadLetterQueue = new DeadLetterQueue(this, 'WarningsDlq', {
      impact: 'Rises were not looked for, or a warning was not sent on; the next run does it',
      topic: house.topic,
    });
    const registryOfBureau = { REGISTRY_TABLE: registry.tableName, BUREAU: bureau };
    const identitiesTable = { IDENTITIES_TABLE: identities.table.tableName };
    const detect = new HotlineFunction(this, 'DetectWarnings', {
      name: 'detect-warnings',
      environment: {
        CASES_TABLE: cases.tableName,
        STATISTICS_TABLE: statistics.tableName,
        ...registryOfBureau,
      },
      timeout: Duration.minutes(2),
      memoryMb: 1769,
      concurrency: 1,
      impact: 'Unusual rises are not seen',
      deadLetterQueue,
      house,
    })
      .allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], cases.tableArn)
      .allow(['dynamodb:Query', 'dynamodb:GetItem'], statistics.tableArn)
      .allow(QUERY, registry.tableArn)
      .allowItems(['dynamodb:PutItem'], registry.tableArn, ...EARLY_WARNING_KEYS);
    const spread = new HotlineFunction(this, 'SpreadWarnings', {
      name: 'spread-warnings',
      environment: { ...identitiesTable, ...registryOfBureau, REPLIES_QUEUE_URL: replies.queueUrl },
      timeout: Duration.seconds(30),
      concurrency: 1,
      impact: 'Published warnings do not reach those who asked for them',
      deadLetterQueue,
      house,
    })
      .allowItems(['dynamodb:Query', 'dynamodb:PutItem'], registry.tableArn, 'WARNINGS#')
      .allowPeopleItems(QUERY, identities, SUBSCRIBER_KEYS.list)
      .allowPeopleItems(['dynamodb:GetItem'], identities, 'TALK#')
      .allowPeopleItems(['dynamodb:PutItem'], identities, 'TEXT#')
      .allow(['sqs:SendMessage'], replies.queueArn);
    const subscribe = new HotlineFunction(this, 'SubscribeWarnings', {
      name: 'subscribe-warnings',
      environment: { ...identitiesTable, ...registryOfBureau },
      timeout: HTTP_TIMEOUT,
      concurrency: 10,
      impact: 'Nobody can read warnings, subscribe to them or end it',
      house,
    })
      .allowItems(QUERY, registry.tableArn, 'WARNINGS#')
      .allowPeopleItems(['dynamodb:UpdateItem'], identities, GUARD_KEYS.windows)
      .allowPeopleItems(['dynamodb:GetItem'], identities, GUARD_KEYS.codes, SUBSCRIBER_KEYS.byPhone)
      .allowPeopleItems(
        ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
        identities,
        SUBSCRIBER_KEYS.list,
        SUBSCRIBER_KEYS.byPhone,
      );
    runOnSchedule(this, 'DetectSchedule', detect, {
      schedule: ScheduleExpression.rate(Duration.hours(1)),
      deadLetterQueue,
    });
    runOnSchedule(this, 'SpreadSchedule', spread, {
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      deadLetterQueue,
    });
    return [
      ['GET', '/warnings', subscribe, 'anyone'],
      ['POST', '/warnings/subscribers', subscribe, 'anyone'],
      ['DELETE', '/warnings/subscribers', subscribe, 'anyone'],
    ];
  }

  /** Open data: made every night out of what publish-cases staged, read by everybody, answered by businesses. */
  private openData({ stateful: { publicCases, registry, statistics }, bureau, house }: Given): Route[] {
    const deadLetterQueue = new DeadLetterQueue(this, 'OpenDataDlq', {
      impact: 'Open data were not looked through; the next run does it',
      topic: house.topic,
    });
    const table = { PUBLIC_CASES_TABLE: publicCases.tableName };
    const { open, staged, releases, answers } = OPEN_DATA_KEYS;
    const release = new HotlineFunction(this, 'ReleaseOpenData', {
      name: 'release-open-data',
      environment: {
        ...table,
        STATISTICS_TABLE: statistics.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
      },
      timeout: Duration.minutes(10),
      memoryMb: 1769,
      concurrency: 1,
      impact: 'Open data stand still; what was withdrawn from publication may still be shown',
      deadLetterQueue,
      house,
    })
      .allowItems(QUERY, publicCases.tableArn, staged)
      .allowItems(
        ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
        publicCases.tableArn,
        releases,
        open,
      )
      .allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], statistics.tableArn)
      .allow(QUERY, registry.tableArn)
      .allowItems(['dynamodb:BatchGetItem'], registry.tableArn, BUSINESS_KEYS.business);
    runOnSchedule(this, 'ReleaseOpenDataSchedule', release, {
      schedule: ScheduleExpression.cron({ minute: '0', hour: '5', timeZone: TimeZone.ASIA_SHANGHAI }),
      deadLetterQueue,
    });
    const openData = new HotlineFunction(this, 'OpenData', {
      name: 'open-data',
      environment: { ...table, BUREAU: bureau },
      timeout: HTTP_TIMEOUT,
      memoryMb: 1024,
      concurrency: 10,
      impact: 'Nobody can read the open data',
      house,
    }).allowItems(QUERY, publicCases.tableArn, open);
    const businessAnswers = new HotlineFunction(this, 'BusinessAnswers', {
      name: 'business-answers',
      environment: table,
      timeout: HTTP_TIMEOUT,
      concurrency: 2,
      impact: 'Answers of businesses to their published results can be neither entered nor shown',
      house,
    })
      .allowItems(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], publicCases.tableArn, answers)
      .allowItems(['dynamodb:PutItem'], publicCases.tableArn, open);
    return [
      ['GET', '/open-data', openData, 'anyone'],
      ['GET', '/open-data/complaints', openData, 'anyone'],
      ['GET', '/open-data/figures', openData, 'anyone'],
      ['GET', '/open-data/businesses', openData, 'anyone'],
      ['GET', '/open-data/businesses/{creditCode}', openData, 'anyone'],
      ['GET', '/desk/business-answers', businessAnswers, 'staff'],
      ['POST', '/desk/businesses/{creditCode}/answer', businessAnswers, 'staff'],
      ['POST', '/desk/businesses/{creditCode}/answer/review', businessAnswers, 'staff'],
    ];
  }
}

interface Given {
  stateful: StatefulStack;
  bureau: string;
  house: House;
  replies: IQueue;
}
