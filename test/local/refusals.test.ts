import { type App, CfnResource, type Stack } from 'aws-cdk-lib';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import { eventFilter } from '../../infra/local/event-filter.ts';
import { occurrences } from '../../infra/local/schedules.ts';
import { buildFixture } from './fixture/build.ts';
import { startFixture, temporaryDir } from './fixture/start.ts';

const temporary = temporaryDir();
afterAll(() => temporary.remove());

/** How a start ends on a template that was changed like this. */
async function startChanged(change: (stack: Stack) => void): Promise<unknown> {
  const { dir } = temporary;
  const assemblyDir = await buildFixture(`${dir}/${Math.random()}`, (app: App) =>
    change(app.node.findChild('stateless') as Stack),
  );
  return startFixture(assemblyDir, `${dir}/data`, { inMemory: true });
}

describe('a template is refused', () => {
  it('by the name of each type and property nobody knows', async () => {
    const start = startChanged((stack) => {
      new CfnResource(stack, 'Bus', { type: 'AWS::Events::EventBus', properties: { Name: 'bus' } });
      const queue = stack.node.findChild('Work').node.defaultChild as CfnQueue;
      queue.addPropertyOverride('RedrivePolicy.newProperty', 1);
      queue.addPropertyOverride('FifoQueue', true);
    });
    await expect(start).rejects.toThrow(
      /stateless\/WorkBF636A8B \(AWS::SQS::Queue\): unknown property FifoQueue[\s\S]*unknown property RedrivePolicy.newProperty[\s\S]*stateless\/Bus \(AWS::Events::EventBus\): unknown resource type/,
    );
  });

  it('by what a bucket, a rule or a topic would do that nothing here does', async () => {
    const start = startChanged((stack) => {
      const stateful = stack.node.root.node.findChild('stateful');
      const bucket = stateful.node.findChild('Files').node.defaultChild as CfnResource;
      bucket.addPropertyOverride('NotificationConfiguration.QueueConfigurations', []);
      bucket.addPropertyOverride('CorsConfiguration.CorsRules.0.Id', 'one');
      const rule = stack.node.findChild('NewFile').node.defaultChild as CfnResource;
      rule.addPropertyOverride('ScheduleExpression', 'rate(1 hour)');
      const topic = stack.node.findChild('News').node.defaultChild as CfnResource;
      topic.addPropertyOverride('FifoTopic', true);
    });
    await expect(start).rejects.toThrow(
      /unknown property CorsConfiguration.CorsRules.Id[\s\S]*unknown property NotificationConfiguration.QueueConfigurations[\s\S]*unknown property ScheduleExpression[\s\S]*unknown property FifoTopic/,
    );
  });

  it.each([
    ['AWS::Events::Rule', 'EventPattern.source', ['aws.ec2'], 'a rule can wait for new objects only'],
    ['AWS::SNS::Subscription', 'Protocol', 'lambda', 'protocol lambda does not run locally'],
  ])('if %s has another %s than runs here', async (type, property, value, message) => {
    const start = startChanged((stack) => {
      const resources = stack.node.findAll().filter(CfnResource.isCfnResource);
      resources.find(({ cfnResourceType }) => cfnResourceType === type)?.addPropertyOverride(property, value);
    });
    await expect(start).rejects.toThrow(message);
  });

  it('by the name of an intrinsic function nobody knows', async () => {
    const start = startChanged((stack) => {
      const queue = stack.node.findChild('Work').node.defaultChild as CfnQueue;
      queue.addPropertyOverride('QueueName', { 'Fn::Base64': 'x' });
    });
    await expect(start).rejects.toThrow('stateless: intrinsic function Fn::Base64 is not supported locally.');
  });

  it('if a reference leads into a stack that is left out', async () => {
    const assemblyDir = await buildFixture(`${temporary.dir}/skipped`);
    const start = startFixture(assemblyDir, `${temporary.dir}/data`, {
      inMemory: true,
      skipStacks: ['stateful'],
    });
    await expect(start).rejects.toThrow(/no stack exports stateful:ExportsOutput.*is its stack left out/);
  });
});

describe('a filter pattern', () => {
  const matches = (pattern: object, event: object) => eventFilter([JSON.stringify(pattern)])(event);

  it.each([
    ['a value of the list', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['another value', { a: ['x', 'y'] }, { a: 'z' }, false],
    ['a prefix', { a: [{ prefix: 'x-' }] }, { a: 'x-1' }, true],
    ['nested keys', { d: { NewImage: { k: { S: ['e'] } } } }, { d: { NewImage: { k: { S: 'e' } } } }, true],
    ['a missing parent', { d: { NewImage: { k: { S: ['e'] } } } }, { d: {} }, false],
    ['exists', { a: [{ exists: true }] }, { a: null }, true],
    ['exists false', { a: [{ exists: false }] }, {}, true],
  ])('with %s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('is refused if it compares in another way', () => {
    expect(() => eventFilter(['{"a":[{"numeric":[">",1]}]}'])).toThrow(
      'Filter pattern.a: comparison numeric',
    );
  });
});

describe('a schedule', () => {
  const next = (expression: string, timezone: string, now: string) => {
    const schedule = { name: 's', expression, timezone, input: undefined };
    return new Date(occurrences(schedule)(Date.parse(now), false)).toISOString();
  };

  it.each([
    ['rate(5 minutes)', 'UTC', '2026-11-22T00:05:00.000Z'],
    ['cron(30 8 * * ? *)', 'Asia/Shanghai', '2026-11-22T00:30:00.000Z'],
    ['cron(0/15 * * * ? *)', 'UTC', '2026-11-22T00:15:00.000Z'],
    ['cron(0 9 ? * MON-FRI *)', 'Asia/Shanghai', '2026-11-23T01:00:00.000Z'],
    ['cron(0 1 1 * ? *)', 'UTC', '2026-12-01T01:00:00.000Z'],
  ])('%s in %s runs next at %s', (expression, timezone, expected) => {
    expect(next(expression, timezone, '2026-11-22T00:00:00Z')).toBe(expected);
  });

  it.each(['cron(0 9 L * ? *)', 'at(2026-11-22T00:00:00)', 'rate(0 minutes)'])(
    '%s is refused by name',
    (expression) => {
      expect(() => next(expression, 'UTC', '2026-11-22T00:00:00Z')).toThrow(
        `Schedule s: ${expression} is not supported`,
      );
    },
  );
});
