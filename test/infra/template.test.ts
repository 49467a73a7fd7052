import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ASSEMBLY } from '../synthesize.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

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

  test('people’s data lie under a key of their own that rotates', () => {
    const identities = ofType('AWS::DynamoDB::Table').find(({ id }) => id.startsWith('Identities'));
    expect(identities?.Properties).toMatchObject({ SSESpecification: { SSEType: 'KMS' } });
    expect(JSON.stringify(identities?.Properties)).toContain('KMSMasterKeyId');
    for (const key of ofType('AWS::KMS::Key'))
      expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
  });

  test('nothing stateful lies in the stack that is thrown away', () => {
    const stateful = resources.filter(({ Type }) =>
      ['AWS::DynamoDB::Table', 'AWS::Cognito::UserPool'].includes(Type),
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

  test('stream mappings halve failing batches and set aside what they give up', () => {
    const streams = ofType('AWS::Lambda::EventSourceMapping').filter(({ id }) => !id.startsWith('Triage'));
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

describe('functions', () => {
  test.each(functions.map((fn) => [fn.id, fn] as const))(
    '%s has limits, a log with retention, tracing',
    (_, fn) => {
      expect(fn.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      expect((fn.Properties as { Timeout: number }).Timeout).toBeLessThanOrEqual(30);
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

  test.each(readdirSync(resolve(root, '.build/functions')))('the bundle of %s is under 500 KB', (name) => {
    expect(statSync(resolve(root, '.build/functions', name, 'index.mjs')).size).toBeLessThan(500_000);
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
