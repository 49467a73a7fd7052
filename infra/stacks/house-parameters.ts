import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { House } from '../constructs/hotline-function.ts';

/**
 * The parameters that a stack beside the stateless one has, too; they bear the same values.
 * @param reserved what its functions may run at once, in all
 */
export function houseParameters(
  scope: Stack,
  topic: ITopic,
  reserved: number,
): { bureau: string; house: House } {
  const bureau = new CfnParameter(scope, 'Bureau', {
    description: 'Code of the city bureau; as in the stateless stack',
    default: '330200',
    allowedPattern: '\\d{6}',
  }).valueAsString;
  const logRetentionDays = new CfnParameter(scope, 'LogRetentionDays', {
    type: 'Number',
    description: 'Days that logs are kept; as in the stateless stack',
    default: '180',
    allowedValues: ['30', '60', '90', '180', '365', '731'],
  }).valueAsNumber;
  const reserve = new CfnParameter(scope, 'ReserveConcurrency', {
    description: `yes: reserve concurrency per function, ${reserved} in all beside those of the other stacks`,
    default: 'no',
    allowedValues: ['yes', 'no'],
  }).valueAsString;
  const reserveConcurrency = new CfnCondition(scope, 'ReservesConcurrency', {
    expression: Fn.conditionEquals(reserve, 'yes'),
  });
  return { bureau, house: { topic, logRetentionDays, reserveConcurrency } };
}
