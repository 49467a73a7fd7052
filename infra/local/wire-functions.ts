import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './errors.ts';
import { region } from './resolver.ts';
import { localSecret } from './s3-signatures.ts';
import { FunctionSandboxes } from './sandbox.ts';
import type { Resolved, Template } from './template.ts';

const runtimeHere = 'nodejs24.x';

interface FunctionProperties {
  Code: { S3Key?: string };
  DeadLetterConfig?: { TargetArn: string };
  Environment?: { Variables?: Record<string, unknown> };
  Handler: string;
  MemorySize?: number;
  ReservedConcurrentExecutions?: number;
  Runtime: string;
  Timeout?: number;
}

interface InvokeConfigProperties {
  FunctionName: string;
  MaximumRetryAttempts?: number;
  DestinationConfig?: { OnFailure?: { Destination: string } };
}

/** A function of the template, ready to be invoked. */
export interface LocalFunction {
  logicalId: string;
  stack: string;
  sandboxes: FunctionSandboxes;
  /** For asynchronous invocations: how often to try again, and the ARN of the queue for what still fails. */
  retryAttempts: number;
  onFailureArn: string | undefined;
}

/** Addresses the functions call instead of AWS's. */
export interface ServiceEndpoints {
  dynamodb: string;
  /** And SNS. */
  sqs: string;
  s3: string;
  /** SMS and e-mail. */
  messaging: string;
}

/** The functions of the template, found by name or ARN. */
export class LocalFunctions {
  readonly all: LocalFunction[];

  constructor(all: LocalFunction[]) {
    this.all = all;
  }

  /** By name, ARN, or the invocation path of an API's integration. */
  find(reference: string): LocalFunction {
    const name = /:function:([^:/]+)/.exec(reference)?.[1] ?? reference;
    const found = this.all.find(({ sandboxes }) => sandboxes.spec.name === name);
    if (!found) throw new StartFailure(`No function of the template runs as ${reference}.`);
    return found;
  }

  /** Ends all sandboxes. */
  async stop(): Promise<void> {
    await Promise.all(this.all.map(({ sandboxes }) => sandboxes.stop()));
  }
}

/** Whether the runtime leaves the resource alone: code of CDK's own that only serves deployments. */
export function isDeploymentHelper(template: Template): (logicalId: string, stack: string) => boolean {
  const helpers = new Set<string>();
  for (const { type, stack, properties } of template.resources) {
    const token = properties.ServiceToken as { 'Fn::GetAtt'?: [string, string] } | undefined;
    if (type.startsWith('Custom::') && token?.['Fn::GetAtt'])
      helpers.add(`${stack}/${token['Fn::GetAtt'][0]}`);
  }
  return (logicalId, stack) => helpers.has(`${stack}/${logicalId}`);
}

/** Makes the sandboxes of every function; each appends what it prints to its own file below `logsDir`. */
export function wireFunctions(
  template: Template,
  endpoints: ServiceEndpoints,
  logsDir: string,
  onLog: (functionName: string, line: string) => void,
  onEnd: () => void,
): LocalFunctions {
  mkdirSync(logsDir, { recursive: true });
  const isHelper = isDeploymentHelper(template);
  const invokeConfigs = template.ofType<InvokeConfigProperties>('AWS::Lambda::EventInvokeConfig');
  const functions = template
    .ofType<FunctionProperties>('AWS::Lambda::Function')
    .filter(({ resource }) => !isHelper(resource.logicalId, resource.stack))
    .map(({ resource, name, properties }) => {
      const file = createWriteStream(join(logsDir, `${name}.log`), { flags: 'a' });
      const log = (line: string) => {
        file.write(`${line}\n`);
        onLog(name, line);
      };
      const config = invokeConfigs.find(
        (candidate) => candidate.properties.FunctionName === name,
      )?.properties;
      return {
        logicalId: resource.logicalId,
        stack: resource.stack,
        sandboxes: new FunctionSandboxes(
          specOf({ resource, name, properties }, template, endpoints),
          log,
          onEnd,
        ),
        retryAttempts: config?.MaximumRetryAttempts ?? 2,
        onFailureArn:
          config?.DestinationConfig?.OnFailure?.Destination ?? properties.DeadLetterConfig?.TargetArn,
      };
    });
  return new LocalFunctions(functions);
}

function specOf(
  { resource, name, properties }: Resolved<FunctionProperties>,
  template: Template,
  endpoints: ServiceEndpoints,
) {
  if (properties.Runtime !== runtimeHere) {
    throw new StartFailure(
      `${resource.stack}/${resource.logicalId}: runtime ${properties.Runtime} does not run locally.`,
    );
  }
  const codeDir = template.assembly.assets.get(properties.Code.S3Key ?? '');
  if (!codeDir)
    throw new StartFailure(`${resource.stack}/${resource.logicalId}: its code is not in the assembly.`);
  const given = Object.entries(properties.Environment?.Variables ?? {}).map(([key, value]) => [
    key,
    String(value),
  ]);
  const memoryMb = properties.MemorySize ?? 128;
  return {
    name,
    codeDir,
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout ?? 3,
    memoryMb,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    // Exactly what Lambda would give it, so that a forgotten variable is missed here too.
    environment: {
      PATH: process.env.PATH ?? '',
      NODE_OPTIONS: '',
      TZ: ':UTC',
      LAMBDA_TASK_ROOT: codeDir,
      _HANDLER: properties.Handler,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtimeHere}`,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId(resource.stack, resource.logicalId),
      AWS_SECRET_ACCESS_KEY: localSecret,
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      AWS_ENDPOINT_URL_SNS: endpoints.sqs,
      // An address, not a name: with it the SDK puts the bucket into the path by itself.
      AWS_ENDPOINT_URL_S3: endpoints.s3,
      AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: endpoints.messaging,
      AWS_ENDPOINT_URL_SESV2: endpoints.messaging,
      // Refuses what it does not know: nobody measures on one machine.
      AWS_ENDPOINT_URL_CLOUDWATCH: endpoints.messaging,
      ...Object.fromEntries(given),
    },
  };
}

/** The access key a function signs with, so that the recorder can tell whose call it sees. */
export function accessKeyId(stack: string, logicalId: string): string {
  return `${stack}${logicalId}`.replace(/[^A-Za-z0-9]/g, '');
}
