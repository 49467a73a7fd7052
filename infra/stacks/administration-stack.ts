import { Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { WATCHED_FUNCTIONS } from '../../shared/health/watched.ts';
import { CALENDAR_KEYS } from '../../shared/store/calendar-store.ts';
import { NOTED_KEYS } from '../../shared/store/noted-store.ts';
import { bureauKey } from '../../shared/store/register-versions.ts';
import { DESK_RULES } from '../../shared/store/rule-store.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { addRoutes, type Route } from '../constructs/hotline-api.ts';
import { HotlineFunction, type House } from '../constructs/hotline-function.ts';
import { DeadLetterQueue, HotlineQueue } from '../constructs/hotline-queue.ts';
import { houseParameters } from './house-parameters.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface AdministrationStackProps extends StackProps {
  stateful: StatefulStack;
  /** Stacks whose queues and functions are watched. */
  watched: readonly Stack[];
  api: HttpApi;
  staff: IHttpRouteAuthorizer;
  topic: ITopic;
}

const QUERY = ['dynamodb:Query'];

/** What an administrator needs: how the system stands, what its queues gave up, the register and what the bureau sets. */
export class AdministrationStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stateful, watched, api, staff, topic, ...props }: AdministrationStackProps,
  ) {
    super(scope, id, props);
    const given: Given = { stateful, watched, ...houseParameters(this, topic, 4) };
    addRoutes(this, api, staff, [...this.health(given), ...this.administrator(given)]);
  }

  /** The one function that may look into queues; it has no right to any case. */
  private health({ stateful: { registry, statistics }, watched, bureau, house }: Given): Route[] {
    const queues = queuesOf(watched);
    const functions = watched
      .flatMap((stack) => stack.node.findAll())
      .filter((one) => one instanceof HotlineFunction)
      .filter(({ name }) => WATCHED_FUNCTIONS.some((wanted) => wanted === name));
    const health = new HotlineFunction(this, 'HealthApi', {
      name: 'health-api',
      environment: {
        STATISTICS_TABLE: statistics.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
        QUEUE_URLS: Fn.join(
          '/',
          [0, 1, 2, 3].map((part) => Fn.select(part, Fn.split('/', queues[0]?.dead.queueUrl ?? ''))),
        ),
        QUEUES: queues
          .map(({ name, dead, source }) =>
            [`${name}=${dead.queueName}`, ...(source === undefined ? [] : [source.queueName])].join(' '),
          )
          .join(';'),
        FUNCTIONS: functions.map(({ name, lambda }) => `${name}=${lambda.functionName}`).join(';'),
      },
      // A hundred messages are brought back one after the other.
      timeout: Duration.seconds(28),
      memoryMb: 1024,
      concurrency: 2,
      impact:
        'Administrators see neither queues nor costs, and bring nothing back by the page: npm run redrive does',
      house,
    })
      .allow(
        ['sqs:GetQueueAttributes'],
        ...queues.flatMap(({ dead, source }) => [
          dead.queueArn,
          ...(source === undefined ? [] : [source.queueArn]),
        ]),
      )
      .allow(['sqs:ReceiveMessage'], ...queues.map(({ dead }) => dead.queueArn))
      .allow(
        ['sqs:DeleteMessage'],
        ...queues.filter(({ source }) => source !== undefined).map(({ dead }) => dead.queueArn),
      )
      .allow(
        ['sqs:SendMessage'],
        ...queues.flatMap(({ source }) => (source === undefined ? [] : [source.queueArn])),
      )
      .allow(['cloudwatch:GetMetricData'], '*')
      .allow(['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem'], statistics.tableArn)
      .allowItems(['dynamodb:PutItem'], registry.tableArn, ...NOTED_KEYS);
    acknowledge(health.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'X-Ray and GetMetricData have no resources that a policy could name: they take * only.',
    });
    return [
      ['GET', '/administrator/health', health, 'staff'],
      ['GET', '/administrator/queues/{queue}', health, 'staff'],
      ['POST', '/administrator/queues/{queue}/redrive', health, 'staff'],
    ];
  }

  /** Register, settings, calendar, people. It may write what a command loads, and has no right to any case. */
  private administrator({ stateful: { registry, statistics }, bureau, house }: Given): Route[] {
    const administrator = new HotlineFunction(this, 'AdministratorApi', {
      name: 'administrator-api',
      environment: {
        STATISTICS_TABLE: statistics.tableName,
        REGISTRY_TABLE: registry.tableName,
        BUREAU: bureau,
      },
      // A city's register is checked against 41,000 townships, and written anew.
      timeout: Duration.seconds(28),
      memoryMb: 1769,
      concurrency: 2,
      impact: 'The register, settings and calendar are changed by commands only',
      house,
    })
      .allow(QUERY, registry.tableArn)
      .allowItems(
        ['dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
        registry.tableArn,
        // The bureau's item, and the sets of its versions.
        bureauKey(bureau).pk,
        ...DESK_RULES,
        ...NOTED_KEYS,
        ...CALENDAR_KEYS,
      )
      .allow(['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem'], statistics.tableArn);
    return [
      ['GET', '/administrator/register', administrator, 'staff'],
      ['GET', '/administrator/register/file', administrator, 'staff'],
      ['POST', '/administrator/register/check', administrator, 'staff'],
      ['POST', '/administrator/register/load', administrator, 'staff'],
      ['POST', '/administrator/register/back', administrator, 'staff'],
      ['GET', '/administrator/register/gaps', administrator, 'staff'],
      ['GET', '/administrator/settings', administrator, 'staff'],
      ['POST', '/administrator/settings', administrator, 'staff'],
      ['GET', '/administrator/calendar', administrator, 'staff'],
      ['POST', '/administrator/calendar', administrator, 'staff'],
      ['GET', '/administrator/users', administrator, 'staff'],
      ['POST', '/administrator/users', administrator, 'staff'],
      ['GET', '/administrator/taxonomies', administrator, 'staff'],
      ['GET', '/administrator/notes', administrator, 'staff'],
    ];
  }
}

interface Given {
  stateful: StatefulStack;
  watched: readonly Stack[];
  bureau: string;
  house: House;
}

/** Where our name of a queue is not that of its construct. */
const OUR_NAMES: Readonly<Record<string, string>> = { CallFiles: 'calls', EvidenceFiles: 'evidence' };

/** Every queue of these stacks that gives up on messages, by our name of it (shared/health/watched.ts). */
function queuesOf(stacks: readonly Stack[]) {
  const all = stacks.flatMap((stack) => stack.node.findAll());
  const work = all
    .filter((one) => one instanceof HotlineQueue)
    .map(({ node, queue, deadLetterQueue }) => ({
      name: nameOf(node.id),
      dead: deadLetterQueue,
      source: queue,
    }));
  const ends = all
    .filter((one) => one instanceof DeadLetterQueue)
    .filter((one) => !work.some(({ dead }) => dead === one))
    .map((dead) => ({ name: nameOf(dead.node.id.replace(/Dlq$/, '')), dead, source: undefined }));
  return [...work, ...ends];
}

const nameOf = (id: string) => OUR_NAMES[id] ?? id.replace(/\B[A-Z]/g, '-$&').toLowerCase();
