import { Duration, type Stack, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { BUSINESS_KEYS } from '../../shared/store/business-store.ts';
import { HotlineFunction } from '../constructs/hotline-function.ts';
import { DeadLetterQueue, HotlineQueue } from '../constructs/hotline-queue.ts';
import { readQueue } from '../constructs/queue-reader.ts';
import { runOnSchedule } from '../constructs/run-on-schedule.ts';
import { readStream } from '../constructs/stream-reader.ts';
import type { FunctionsProps } from './http-functions.ts';
import { publishCases } from './open311-functions.ts';
import type { Senders } from './sender-parameters.ts';

const WORK_TIMEOUT = Duration.seconds(30);

const READ = ['dynamodb:GetItem'];
const QUERY = ['dynamodb:Query'];
const STEP = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'];

/** The functions that nobody waits for: behind queues, on the stream, by the clock. */
export function workFunctions(scope: Stack, props: FunctionsProps & { senders: Senders }): void {
  const { house, stateful, bureau } = props;
  const { cases, identities, informers, registry, statistics } = stateful;
  const { topic } = house;
  const common = {
    CASES_TABLE: cases.tableName,
    REGISTRY_TABLE: registry.tableName,
    BUREAU: bureau,
  };

  const triageQueue = new HotlineQueue(scope, 'Triage', {
    consumerTimeout: WORK_TIMEOUT,
    impact: 'Complaints are registered but reach no station',
    topic,
  });
  const notices = sendNotices(scope, props);
  const publicCases = publishCases(scope, props);

  const relayEvents = new HotlineFunction(scope, 'RelayEvents', {
    name: 'relay-events',
    environment: {
      TRIAGE_QUEUE_URL: triageQueue.queue.queueUrl,
      NOTICES_QUEUE_URL: notices.complaintSide.queue.queueUrl,
      INFORMER_NOTICES_QUEUE_URL: notices.reportSide.queue.queueUrl,
      PUBLIC_CASES_QUEUE_URL: publicCases.queue.queueUrl,
    },
    timeout: WORK_TIMEOUT,
    concurrency: 5,
    impact:
      'New complaints wait for the sweep of the next minute; nobody is told of decisions by SMS or e-mail',
    house,
  });
  const triageCase = new HotlineFunction(scope, 'TriageCase', {
    name: 'triage-case',
    environment: { ...common, IDENTITIES_TABLE: identities.table.tableName },
    timeout: WORK_TIMEOUT,
    memoryMb: 1024,
    concurrency: 20,
    impact: 'Complaints are registered but reach no station',
    house,
  })
    .allow([...STEP, 'dynamodb:BatchGetItem'], cases.tableArn)
    .allowItems(QUERY, cases.tableArn, 'INCIDENT#')
    // Hashes of phones and the cases behind them; not who it is.
    .allowPeopleItems(QUERY, identities, 'PERSON#')
    .allow(QUERY, registry.tableArn)
    // The business that is named: by its code, and the candidates of a name at once.
    .allowItems([...READ, 'dynamodb:BatchGetItem'], registry.tableArn, BUSINESS_KEYS.business);
  const tallyStatistics = new HotlineFunction(scope, 'TallyStatistics', {
    name: 'tally-statistics',
    environment: { CASES_TABLE: cases.tableName, STATISTICS_TABLE: statistics.tableName },
    timeout: WORK_TIMEOUT,
    concurrency: 5,
    impact: 'Figures stand still; nothing is lost, they catch up',
    house,
  })
    .allow(QUERY, cases.tableArn)
    .allow(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'], statistics.tableArn);
  const sweepDlq = new DeadLetterQueue(scope, 'SweepDlq', {
    impact: 'A sweep failed; the next minute tries again',
    topic,
  });
  const sweepUntriaged = new HotlineFunction(scope, 'SweepUntriaged', {
    name: 'sweep-untriaged',
    environment: { CASES_TABLE: cases.tableName, TRIAGE_QUEUE_URL: triageQueue.queue.queueUrl },
    timeout: WORK_TIMEOUT,
    concurrency: 1,
    impact: 'A complaint whose message was lost is not found again',
    // The scheduler invokes asynchronously.
    deadLetterQueue: sweepDlq,
    house,
  }).allow(QUERY, `${cases.tableArn}/index/untriaged`);

  const watchDlq = new DeadLetterQueue(scope, 'WatchDlq', {
    impact: 'A look at the deadlines failed; the one five minutes later tries again',
    topic,
  });
  const watchDeadlines = new HotlineFunction(scope, 'WatchDeadlines', {
    name: 'watch-deadlines',
    environment: { ...common, IDENTITIES_TABLE: identities.table.tableName },
    timeout: WORK_TIMEOUT,
    memoryMb: 1024,
    // The daily recount may meet the look of every five minutes.
    concurrency: 2,
    impact: 'Officers are not reminded, late cases are not escalated, no classes of businesses are proposed',
    deadLetterQueue: watchDlq,
    house,
  })
    .allow(STEP, cases.tableArn)
    .allow(QUERY, `${cases.tableArn}/index/watch`, `${cases.tableArn}/index/bureau`)
    .allow(QUERY, registry.tableArn)
    // Classes of businesses: their cases, how many people sent them (hashes of phones), what was proposed before.
    .allow(['dynamodb:BatchGetItem'], cases.tableArn)
    .allowItems(QUERY, cases.tableArn, 'BUSINESSCODE#', 'BUSINESSDAY#')
    .allowPeopleItems(QUERY, identities, 'PERSON#')
    .allowItems(READ, registry.tableArn, BUSINESS_KEYS.business, BUSINESS_KEYS.proposals)
    .allowItems(['dynamodb:PutItem'], registry.tableArn, BUSINESS_KEYS.proposals);
  const eraseDlq = new DeadLetterQueue(scope, 'EraseDlq', {
    impact: 'An erasure of data that are no longer needed failed; the next night tries again',
    topic,
  });
  const eraseExpired = new HotlineFunction(scope, 'EraseExpired', {
    name: 'erase-expired',
    environment: {
      ...common,
      IDENTITIES_TABLE: identities.table.tableName,
      INFORMERS_TABLE: informers.table.tableName,
      EVIDENCE_BUCKET: stateful.evidence.bucketName,
    },
    timeout: WORK_TIMEOUT,
    memoryMb: 1024,
    concurrency: 1,
    impact: 'Personal data are kept longer than their purpose allows',
    deadLetterQueue: eraseDlq,
    house,
  })
    .allow([...STEP, 'dynamodb:Query'], cases.tableArn)
    .allow(QUERY, `${cases.tableArn}/index/retention`)
    .allowPeople(['dynamodb:GetItem', 'dynamodb:DeleteItem'], identities)
    .allowPeople(['dynamodb:DeleteItem'], informers)
    .allowObjects(['s3:DeleteObject'], stateful.evidence, 'incoming/')
    .allowObjects(['s3:DeleteObject'], stateful.evidence, 'checked/')
    .allow(QUERY, registry.tableArn);

  for (const { role } of [relayEvents, sweepUntriaged]) triageQueue.queue.grantSendMessages(role);
  for (const { queue } of [notices.complaintSide, notices.reportSide, publicCases]) {
    queue.grantSendMessages(relayEvents.role);
  }
  // Two is the least; more than the reserved 20 would only be throttled.
  readQueue(scope, 'Triage', triageQueue, triageCase, { batchSize: 10, maxConcurrency: 10 });
  readStream(scope, relayEvents, {
    table: cases,
    only: [
      { type: { S: ['registered', 'unjoined'] } },
      { tells: { S: ['YES'] } },
      // Every step may change what strangers may read of a case; of a report they read nothing.
      { kind: { S: ['complaint', 'inquiry', 'other'] } },
    ],
    givenUp:
      'New complaints wait for the sweep of the next minute; notices of some decisions were not sent; what Open311 shows may be old',
    topic,
  });
  readStream(scope, tallyStatistics, {
    table: cases,
    only: [],
    // Events of one unit and day are counted in one write.
    maxBatchingWindow: Duration.seconds(1),
    givenUp: 'Events were not counted; `npm run recount -- --repair` counts them',
    topic,
  });
  runOnSchedule(scope, 'SweepSchedule', sweepUntriaged, {
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    deadLetterQueue: sweepDlq,
  });
  runOnSchedule(scope, 'WatchSchedule', watchDeadlines, {
    schedule: ScheduleExpression.rate(Duration.minutes(5)),
    deadLetterQueue: watchDlq,
  });
  runOnSchedule(scope, 'RecountDatesSchedule', watchDeadlines, {
    schedule: ScheduleExpression.cron({ minute: '0', hour: '1', timeZone: TimeZone.ASIA_SHANGHAI }),
    input: { task: 'recount-dates' },
    deadLetterQueue: watchDlq,
  });
  runOnSchedule(scope, 'ProposeClassesSchedule', watchDeadlines, {
    schedule: ScheduleExpression.cron({ minute: '30', hour: '1', timeZone: TimeZone.ASIA_SHANGHAI }),
    input: { task: 'propose-classes' },
    deadLetterQueue: watchDlq,
  });
  runOnSchedule(scope, 'EraseSchedule', eraseExpired, {
    schedule: ScheduleExpression.cron({ minute: '0', hour: '2', timeZone: TimeZone.ASIA_SHANGHAI }),
    deadLetterQueue: eraseDlq,
  });
}

/** Two functions with one verb: the one that may read complainants has no right to informers, and vice versa. */
function sendNotices(
  scope: Stack,
  { house, stateful, bureau, partnerLinkKeys, senders }: FunctionsProps & { senders: Senders },
): Record<'complaintSide' | 'reportSide', HotlineQueue> {
  const { cases, identities, informers, registry } = stateful;
  const environment = {
    CASES_TABLE: cases.tableName,
    REGISTRY_TABLE: registry.tableName,
    BUREAU: bureau,
    ...senders.environment,
    PAGES_URL: senders.pages,
  };
  const common = {
    // Less than a claim on a notice lasts (shared/notices/send-once.ts), and that less than the queue waits.
    timeout: WORK_TIMEOUT,
    memoryMb: 1024,
    house,
  };
  const complaintImpact = 'Consumers and businesses are not told of decisions by SMS or e-mail';
  const reportImpact = 'Informers are not told of results by SMS or e-mail';
  const queue = (id: string, impact: string) =>
    new HotlineQueue(scope, id, { consumerTimeout: WORK_TIMEOUT, impact, topic: house.topic });
  const complaintSide = queue('Notices', complaintImpact);
  const reportSide = queue('InformerNotices', reportImpact);

  const sendComplaintSide = new HotlineFunction(scope, 'SendNotices', {
    name: 'send-notices',
    environment: {
      ...environment,
      IDENTITIES_TABLE: identities.table.tableName,
      PARTNER_LINK_KEYS: partnerLinkKeys,
    },
    concurrency: 5,
    impact: complaintImpact,
    ...common,
  }).allowPeople(READ, identities);
  const sendReportSide = new HotlineFunction(scope, 'SendInformerNotices', {
    name: 'send-informer-notices',
    environment: { ...environment, INFORMERS_TABLE: informers.table.tableName },
    concurrency: 2,
    impact: reportImpact,
    ...common,
  }).allowPeople(READ, informers);
  for (const fn of [sendComplaintSide, sendReportSide]) {
    fn.allow([...STEP, 'dynamodb:Query', 'dynamodb:BatchGetItem'], cases.tableArn);
    fn.allow(QUERY, registry.tableArn);
    fn.allow(['sms-voice:SendTextMessage'], ...senders.smsResources);
    fn.allow(['ses:SendEmail'], ...senders.emailResources);
  }
  readQueue(scope, 'Notices', complaintSide, sendComplaintSide, { batchSize: 5, maxConcurrency: 5 });
  readQueue(scope, 'InformerNotices', reportSide, sendReportSide, { batchSize: 5, maxConcurrency: 2 });
  return { complaintSide, reportSide };
}
