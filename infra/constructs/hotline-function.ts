import { Aws, type CfnCondition, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionEnvironment, FunctionName } from '../../shared/config.ts';
import { acknowledge } from './acknowledge.ts';
import { addAlarm } from './alarm.ts';
import { bundleFunction } from './bundle.ts';
import { dependOnPolicyOnly } from './depend-on-policy.ts';
import type { PeopleTable } from './people-table.ts';

export interface HotlineFunctionProps<Name extends FunctionName> {
  name: Name;
  /** Exactly what shared/config.ts says this function reads. */
  environment: FunctionEnvironment<Name>;
  timeout: Duration;
  memoryMb?: number;
  /** Sandboxes that may run at once, where the account's quota allows to reserve them. */
  concurrency: number;
  /** What it means for people when this function fails. */
  impact: string;
  /** For a function that is invoked asynchronously: where events go that it failed on three times. */
  deadLetterQueue?: IQueue;
  /** Shared by all functions of a stack. */
  house: House;
}

/** Any function of the house, where its name does not matter. */
export type AnyFunction = HotlineFunction<FunctionName>;

/** What every function of a stack has in common. */
export interface House {
  topic: ITopic;
  logRetentionDays: number;
  reserveConcurrency: CfnCondition;
}

/**
 * House rule for a function: Node 24 on arm64, its own role that may write its own log and nothing else, a log
 * group with retention, tracing, reserved concurrency where the account allows it, alarms with an impact.
 */
export class HotlineFunction<Name extends FunctionName> extends Construct {
  readonly name: Name;
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: HotlineFunctionProps<Name>) {
    super(scope, id);
    const { house } = props;
    this.name = props.name;
    const logGroup = new LogGroup(this, 'Log', {
      retention: house.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);

    this.lambda = new LambdaFunction(this, 'Function', {
      description: `12315 hotline: ${props.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleFunction(props.name)),
      handler: 'index.handler',
      environment: props.environment,
      timeout: props.timeout,
      memorySize: props.memoryMb ?? 512,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      tracing: Tracing.ACTIVE,
      ...(props.deadLetterQueue === undefined ? {} : { deadLetterQueue: props.deadLetterQueue }),
    });
    if (props.deadLetterQueue === undefined) {
      acknowledge(this.lambda, {
        'Serverless-LambdaDLQ':
          'Never invoked asynchronously: API Gateway waits for it, or a queue or stream with its own DLQ delivers to it.',
      });
    }
    acknowledge(this.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'X-Ray has no resources that a policy could name: xray:PutTraceSegments takes * only.',
    });
    // A fresh account may run 10 functions at once, of which none can be reserved: then the condition is off.
    (this.lambda.node.defaultChild as CfnFunction).addPropertyOverride(
      'ReservedConcurrentExecutions',
      Fn.conditionIf(house.reserveConcurrency.logicalId, props.concurrency, Aws.NO_VALUE),
    );

    dependOnPolicyOnly(this.lambda, this.role);

    const period = Duration.minutes(5);
    addAlarm(this, `${id}Errors`, {
      metric: this.lambda.metricErrors({ period }),
      threshold: 1,
      impact: props.impact,
      topic: house.topic,
    });
    addAlarm(this, `${id}Throttles`, {
      metric: this.lambda.metricThrottles({ period }),
      threshold: 1,
      evaluationPeriods: 3,
      impact: props.impact,
      topic: house.topic,
    });
  }

  /** Gives the function these actions on these resources, and nothing more. */
  allow(actions: string[], ...resources: string[]): this {
    this.role.addToPolicy(new PolicyStatement({ actions, resources }));
    return this;
  }

  /** Likewise, on a table of people's data. */
  allowPeople(actions: string[], { table, key }: PeopleTable): this {
    return this.allowKey(key).allow(actions, table.tableArn);
  }

  /**
   * Gives the function these actions on those items only whose partition key begins so: `RATE#`.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_dynamodb_items.html
   */
  allowItems(actions: string[], tableArn: string, ...prefixes: string[]): this {
    return this.allowKeys(actions, tableArn, ...prefixes.map((prefix) => `${prefix}*`));
  }

  /** Likewise, on items of just these partition keys. */
  allowKeys(actions: string[], tableArn: string, ...keys: string[]): this {
    this.role.addToPolicy(
      new PolicyStatement({
        actions,
        resources: [tableArn],
        // `ForAllValues` alone is also true of a request without keys, such as a scan.
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
    return this;
  }

  /** Likewise, on a table of people's data. */
  allowPeopleItems(actions: string[], { table, key }: PeopleTable, ...prefixes: string[]): this {
    return this.allowKey(key).allowItems(actions, table.tableArn, ...prefixes);
  }

  /** Likewise, through one index of such a table. */
  allowPeopleIndex(actions: string[], { table, key }: PeopleTable, index: string): this {
    return this.allowKey(key).allow(actions, `${table.tableArn}/index/${index}`);
  }

  /**
   * Lets the function write to a table of people's data and never see what is there: a write could otherwise
   * ask for the item it replaces.
   */
  allowPeopleWriteOnly({ table, key }: PeopleTable): this {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [table.tableArn],
        conditions: { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } },
      }),
    );
    return this.allowKey(key);
  }

  /** Likewise, on the objects of a bucket of another stack, below a prefix such as `calls/`. */
  allowObjects(actions: string[], bucket: Bucket, prefix: string): this {
    const bucketArn = Stack.of(bucket).exportValue(bucket.bucketArn);
    const { 'Fn::ImportValue': exportName } = Stack.of(this).resolve(bucketArn);
    this.allow(actions, `${bucketArn}/${prefix}*`);
    acknowledge(this.role, {
      [`AwsSolutions-IAM5[Resource::${exportName}/${prefix}*]`]:
        'The objects below this prefix; their names are not known beforehand.',
    });
    return bucket.encryptionKey === undefined ? this : this.allowKey(bucket.encryptionKey, 's3');
  }

  /** What lies under a key of its own needs it; it opens through the service only, never by itself. */
  private allowKey(key: IKey, service: 'dynamodb' | 's3' = 'dynamodb'): this {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
      }),
    );
    return this;
  }
}
