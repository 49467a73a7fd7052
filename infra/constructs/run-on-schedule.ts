import { type CfnElement, Duration, type Stack } from 'aws-cdk-lib';
import { Schedule, type ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from './acknowledge.ts';
import type { AnyFunction } from './hotline-function.ts';

/** Runs a function at the times the expression names. What the scheduler cannot deliver goes to the queue. */
export function runOnSchedule(
  scope: Stack,
  id: string,
  { lambda }: AnyFunction,
  {
    schedule,
    input,
    deadLetterQueue,
  }: { schedule: ScheduleExpression; input?: object; deadLetterQueue: IQueue },
): void {
  new Schedule(scope, id, {
    schedule,
    target: new LambdaInvoke(lambda, {
      retryAttempts: 2,
      maxEventAge: Duration.minutes(5),
      deadLetterQueue,
      ...(input === undefined ? {} : { input: ScheduleTargetInput.fromObject(input) }),
    }),
  });
  const fn = scope.getLogicalId(lambda.node.defaultChild as CfnElement);
  for (const role of scope.node.children.filter(({ node }) => node.id.startsWith('SchedulerRoleForTarget'))) {
    acknowledge(role, {
      [`AwsSolutions-IAM5[Resource::<${fn}.Arn>:*]`]:
        'The versions of this one function; the schedule names none.',
    });
  }
}
