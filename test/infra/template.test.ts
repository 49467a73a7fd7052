import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { sizeOf } from '../../infra/constructs/bundle.ts';
import { eventFilter } from '../../infra/local/event-filter.ts';
import type { CaseEvent } from '../../shared/case/case.ts';
import { CONFIG } from '../../shared/config.ts';
import { CLAIM_LASTS_MS } from '../../shared/notices/send-once.ts';
import { eventItem } from '../../shared/store/case-items.ts';
import { ASSEMBLY } from '../synthesize.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

const EVENT: CaseEvent = {
  id: '261116-000001-9.2',
  number: '261116-000001-9',
  version: 2,
  kind: 'complaint',
  type: 'accepted',
  at: '2026-11-16T02:00:00.000Z',
  on: '2026-11-16',
  actor: { role: 'officer', id: 'officer-1' },
  unitPath: ['330200'],
  facts: {},
};
const byText = (a: unknown[], b: unknown[]) => (String(a) < String(b) ? -1 : 1);
const root = resolve(import.meta.dirname, '../..');
const templates = readdirSync(ASSEMBLY).filter((file) => file.endsWith('.template.json'));
const resources = templates.flatMap((file) => {
  const template = JSON.parse(readFileSync(resolve(ASSEMBLY, file), 'utf8'));
  return Object.entries(template.Resources as Record<string, Resource>).map(([id, resource]) => ({
    id,
    stack: file.replace('.template.json', ''),
    ...resource,
  }));
});
const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
/** The properties of the resource of this type whose id begins so. */
function propertiesOf(type: string, idStart: string): Resource['Properties'] {
  const found = ofType(type).find(({ id }) => id.startsWith(idStart));
  if (found === undefined) throw new Error(`no ${type} ${idStart}`);
  return found.Properties;
}
// The helper with which CDK copies the pages is not part of the running system.
const functions = ofType('AWS::Lambda::Function').filter(
  ({ id }) => !id.startsWith('CustomCDKBucketDeployment'),
);

describe('what must outlive every deployment', () => {
  test.each(ofType('AWS::DynamoDB::Table').map((table) => [table.id, table] as const))(
    '%s can be restored to any second, cannot be deleted by accident, is encrypted',
    (_, { Properties, DeletionPolicy }) => {
      expect(Properties).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
        SSESpecification: { SSEEnabled: true },
        BillingMode: 'PAY_PER_REQUEST',
      });
      expect(DeletionPolicy).toBe('Retain');
    },
  );

  test('complainants and informers lie under keys of their own that rotate', () => {
    const keys = ['Identities', 'Informers'].map((name) => {
      const { SSESpecification } = propertiesOf('AWS::DynamoDB::Table', name) as {
        SSESpecification: { SSEType: string; KMSMasterKeyId?: unknown };
      };
      expect(SSESpecification.SSEType).toBe('KMS');
      return SSESpecification.KMSMasterKeyId;
    });
    expect(keys).not.toContain(undefined);
    expect(keys[0]).not.toEqual(keys[1]);
    for (const key of ofType('AWS::KMS::Key'))
      expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
  });

  test('what is not found by its number is found by an index that holds only what is asked for', () => {
    const { GlobalSecondaryIndexes: indexes } = propertiesOf('AWS::DynamoDB::Table', 'Cases') as {
      GlobalSecondaryIndexes: {
        IndexName: string;
        KeySchema: { AttributeName: string }[];
        Projection: object;
      }[];
    };
    const keys = ({ KeySchema }: (typeof indexes)[number]) =>
      KeySchema.map(({ AttributeName }) => AttributeName);
    expect(
      indexes.map((index) => [index.IndexName, ...keys(index), index.Projection]).toSorted(byText),
    ).toEqual([
      [
        'bureau',
        'bureau',
        'deskOrder',
        { ProjectionType: 'INCLUDE', NonKeyAttributes: ['unitPath', 'watchAt', 'provisional'] },
      ],
      ['desk', 'deskUnit', 'deskOrder', { ProjectionType: 'ALL' }],
      ['partner', 'offeredTo', 'deskOrder', { ProjectionType: 'KEYS_ONLY' }],
      ['retention', 'eraseBureau', 'eraseOn', { ProjectionType: 'KEYS_ONLY' }],
      ['untriaged', 'untriaged', 'untriagedSince', { ProjectionType: 'KEYS_ONLY' }],
      ['watch', 'watchBureau', 'watchAt', { ProjectionType: 'KEYS_ONLY' }],
    ]);
  });

  test.each(['Calls', 'Evidence'])(
    'files of %s lie under a key of their own, open to nobody by default',
    (name) => {
      const { id, Properties, DeletionPolicy } = ofType('AWS::S3::Bucket').find(
        (bucket) => bucket.id.startsWith(name) && bucket.stack.endsWith('stateful'),
      ) as (typeof resources)[number];
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: {
          Rules: expect.arrayContaining([
            expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
          ]),
        },
      });
      expect(JSON.stringify(Properties.BucketEncryption)).toContain(`${name}Key`);
      const policy = ofType('AWS::S3::BucketPolicy').find(
        ({ Properties: { Bucket } }) => (Bucket as { Ref?: string }).Ref === id,
      );
      expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
    },
  );

  test('nothing stateful lies in the stack that is thrown away', () => {
    const stateful = resources.filter(({ Type }) =>
      ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'].includes(Type),
    );
    expect(stateful.map(({ stack }) => stack).filter((stack) => stack.endsWith('stateless'))).toEqual([]);
  });
});

describe('every asynchronous path', () => {
  const queues = ofType('AWS::SQS::Queue');
  const alarms = ofType('AWS::CloudWatch::Alarm');
  const isDlq = ({ id }: { id: string }) => id.includes('Dlq');

  test.each(queues.filter((queue) => !isDlq(queue)).map((queue) => [queue.id, queue] as const))(
    'queue %s has a DLQ after five deliveries and waits six times the function’s timeout',
    (_, { Properties }) => {
      expect(Properties).toMatchObject({ RedrivePolicy: { maxReceiveCount: 5 }, VisibilityTimeout: 180 });
    },
  );

  test.each(queues.filter(isDlq).map((queue) => [queue.id] as const))('DLQ %s has an alarm', (id) => {
    const watching = alarms.filter(({ Properties }) => JSON.stringify(Properties).includes(id));
    expect(watching.map(({ Properties }) => (Properties as { MetricName?: string }).MetricName)).toContain(
      'ApproximateNumberOfMessagesVisible',
    );
  });

  test('queues and topics take TLS only', () => {
    const policies = [...ofType('AWS::SQS::QueuePolicy'), ...ofType('AWS::SNS::TopicPolicy')].map(
      ({ Properties }) => JSON.stringify(Properties),
    );
    expect(policies).toHaveLength(queues.length + ofType('AWS::SNS::Topic').length);
    for (const policy of policies) expect(policy).toContain('"aws:SecureTransport":"false"');
  });

  const streams = ofType('AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => Properties.StartingPosition !== undefined,
  );
  test('stream mappings halve failing batches and set aside what they give up', () => {
    expect(streams).toHaveLength(2);
    for (const { Properties } of streams) {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(JSON.stringify(Properties)).toContain('OnFailure');
    }
  });
});

describe('notices', () => {
  test('the relay gets new cases, steps that somebody is told of or that strangers may see, and no more', () => {
    const { Properties } = ofType('AWS::Lambda::EventSourceMapping').find(({ id }) =>
      id.startsWith('RelayEvents'),
    ) as Resource;
    const { Filters } = Properties.FilterCriteria as { Filters: { Pattern: string }[] };
    const passes = eventFilter(Filters.map(({ Pattern }) => Pattern));
    const record = (event: object, eventName = 'INSERT') => {
      const NewImage = marshall(eventItem({ ...EVENT, ...event }), { removeUndefinedValues: true });
      return { eventName, dynamodb: { NewImage } };
    };
    const notices = [{ notice: 'accepted', party: 'complainant', form: 'form-5' }];
    expect(passes(record({ type: 'registered' }))).toBe(true);
    expect(passes(record({ type: 'accepted', notices }))).toBe(true);
    expect(passes(record({ kind: 'report', type: 'registered' }))).toBe(true);
    expect(passes(record({ kind: 'report', type: 'not-filed', notices }))).toBe(true);
    expect(passes(record({ kind: 'report', type: 'noted' }))).toBe(false);
    expect(passes(record({ type: 'noted' }))).toBe(true);
    // Words are erased from it after years: nobody is told again.
    expect(passes(record({ type: 'accepted', notices }, 'MODIFY'))).toBe(false);
    expect(passes({ eventName: 'INSERT', dynamodb: { NewImage: { entity: { S: 'case' } } } })).toBe(false);
  });

  test.each([
    ['SendNotices', 'Notices'],
    ['SendInformerNotices', 'InformerNotices'],
  ])('%s ends before its claim on a notice does, and that before the message comes again', (fn, queue) => {
    const { Timeout } = propertiesOf('AWS::Lambda::Function', `${fn}Function`) as { Timeout: number };
    const { VisibilityTimeout } = propertiesOf('AWS::SQS::Queue', `${queue}Queue`) as {
      VisibilityTimeout: number;
    };
    expect(Timeout * 1000).toBeLessThan(CLAIM_LASTS_MS);
    expect(CLAIM_LASTS_MS).toBeLessThan(VisibilityTimeout * 1000);
  });
});

describe('alarms', () => {
  const runbook = readFileSync(resolve(root, 'docs/runbook.md'), 'utf8');

  test.each(ofType('AWS::CloudWatch::Alarm').map((alarm) => [alarm.id, alarm] as const))(
    '%s tells its impact, reaches somebody, and has a section in the runbook',
    (_, { Properties }) => {
      const { AlarmDescription, AlarmActions } = Properties as {
        AlarmDescription: string;
        AlarmActions: unknown[];
      };
      expect(AlarmActions).toHaveLength(1);
      const [, anchor = ''] = /^.{15,} → docs\/runbook\.md#(\w+)$/.exec(AlarmDescription) ?? [];
      expect(runbook.toLowerCase()).toContain(`### ${anchor}`);
    },
  );
});

/** Functions that work through a table by schedule: nobody waits for them. In seconds. */
const LONG_RUNNING: Readonly<Record<string, number>> = {
  ReleaseOpenData: 600,
  RollUpStatistics: 300,
  RecountStatistics: 900,
  DetectWarnings: 120,
};
const nameOf = (id: string) => id.replace(/Function[0-9A-F]{8}$/, '');

describe('functions', () => {
  test.each(functions.map((fn) => [fn.id, fn] as const))(
    '%s has limits, a log with retention, tracing',
    (_, fn) => {
      expect(fn.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      expect((fn.Properties as { Timeout: number }).Timeout).toBeLessThanOrEqual(
        LONG_RUNNING[nameOf(fn.id)] ?? 30,
      );
      expect(JSON.stringify(fn.Properties)).toContain('LogGroup');
      // Reserved only where the account allows it: a fresh one may run ten functions and reserve none.
      expect(JSON.stringify(fn.Properties)).toMatch(
        /"ReservedConcurrentExecutions":\{"Fn::If":\["ReservesConcurrency",\d+,\{"Ref":"AWS::NoValue"\}\]\}/,
      );
    },
  );

  test('no two share a role', () => {
    const roles = functions.map(({ Properties }) => JSON.stringify((Properties as { Role: unknown }).Role));
    expect(new Set(roles).size).toBe(functions.length);
  });

  test.each(Object.keys(CONFIG))('the bundle of %s is no larger than it may be', (name) => {
    const { size } = statSync(resolve(root, '.build/functions', name, 'index.mjs'));
    expect(size).toBeLessThan(sizeOf(name).bytes);
  });

  test('what is reserved together is what the parameters and docs/deploy.md say', () => {
    const reservedIn = (stack: string) =>
      functions
        .filter((fn) => fn.stack.endsWith(stack))
        .map(({ Properties }) => {
          const { 'Fn::If': choice } = Properties.ReservedConcurrentExecutions as {
            'Fn::If': [string, number, unknown];
          };
          return choice[1];
        })
        .reduce((all, one) => all + one, 0);
    const sums = ['stateless', 'figures', 'administration'].map((stack) => {
      const file = templates.find((name) => name.includes(stack)) ?? '';
      const { Parameters } = JSON.parse(readFileSync(resolve(ASSEMBLY, file), 'utf8'));
      expect(Parameters.ReserveConcurrency.Description).toContain(`${reservedIn(stack)} in all`);
      return reservedIn(stack);
    });
    const sum = sums.reduce((all, one) => all + one, 0);
    expect(readFileSync(resolve(root, 'docs/deploy.md'), 'utf8')).toContain(
      `${sum + 100} functions at once (${sum} are reserved`,
    );
  });

  test('every log is kept for a time that is set', () => {
    for (const { Properties } of ofType('AWS::Logs::LogGroup')) {
      expect(Properties).toHaveProperty('RetentionInDays');
    }
  });
});

test('nothing names a partition: the same templates serve China', () => {
  for (const file of templates.filter((name) => !name.includes('sign-in'))) {
    const text = readFileSync(resolve(ASSEMBLY, file), 'utf8');
    expect(text).not.toMatch(/arn:aws:|amazonaws\.com\b(?!")/);
  }
});

describe('the edge and the sign-in', () => {
  test('an error that one person gets is not kept for others', () => {
    const errors = ofType('AWS::CloudFront::Distribution').flatMap(
      ({ Properties }) =>
        (
          Properties as {
            DistributionConfig: { CustomErrorResponses: { ErrorCode: number; ErrorCachingMinTTL: number }[] };
          }
        ).DistributionConfig.CustomErrorResponses,
    );
    expect(errors.map(({ ErrorCode }) => ErrorCode)).toEqual(
      expect.arrayContaining([400, 403, 404, 500, 503]),
    );
    expect(errors.every(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL === 0)).toBe(true);
  });

  test('staff cannot give themselves another role or unit', () => {
    const [client] = ofType('AWS::Cognito::UserPoolClient');
    expect(client?.Properties).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      ReadAttributes: expect.arrayContaining(['custom:role', 'custom:unit']),
      WriteAttributes: ['locale'],
      AllowedOAuthScopes: ['openid', 'profile'],
    });
  });
});
