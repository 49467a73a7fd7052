import type { AwsJson } from './aws-json.ts';
import type { Checkpoints } from './checkpoints.ts';
import { StartFailure } from './errors.ts';
import { eventFilter } from './event-filter.ts';
import { runSqsMapping } from './sqs-mapping.ts';
import { runStreamMapping } from './stream-mapping.ts';
import { streamArnOf } from './tables.ts';
import type { Resolved, Template } from './template.ts';
import type { LocalFunctions } from './wire-functions.ts';
import type { WriteSignal } from './write-signal.ts';

interface MappingProperties {
  BatchSize?: number;
  BisectBatchOnFunctionError?: boolean;
  DestinationConfig?: { OnFailure?: { Destination: string } };
  Enabled?: boolean;
  EventSourceArn: string;
  FilterCriteria?: { Filters?: { Pattern: string }[] };
  FunctionName: string;
  FunctionResponseTypes?: string[];
  MaximumBatchingWindowInSeconds?: number;
  MaximumRecordAgeInSeconds?: number;
  MaximumRetryAttempts?: number;
  ParallelizationFactor?: number;
  ScalingConfig?: { MaximumConcurrency?: number };
  StartingPosition?: string;
}

/** What the mappings work with. */
export interface MappingDependencies {
  functions: LocalFunctions;
  dynamoDb: AwsJson;
  streams: AwsJson;
  sqs: AwsJson;
  /** ARN of a queue → its URL. */
  queueUrl: (arn: string) => string;
  checkpoints: Checkpoints;
  writes: WriteSignal;
  notice: (line: string) => void;
}

type RunMapping = (signal: AbortSignal) => Promise<void>;

/** Prepares every enabled event source mapping of the template; each starts when it is called. */
export async function wireMappings(template: Template, on: MappingDependencies): Promise<RunMapping[]> {
  const runs: RunMapping[] = [];
  for (const mapping of template.ofType<MappingProperties>('AWS::Lambda::EventSourceMapping')) {
    if (mapping.properties.Enabled === false) continue;
    const service = mapping.properties.EventSourceArn.split(':')[2] ?? '';
    const wire = wirings[service];
    if (!wire) throw new StartFailure(`${mapping.name}: an event source of ${service} does not run locally.`);
    runs.push(await wire(mapping, on));
  }
  return runs;
}

/** AWS writes "no limit" as -1. */
const orUnlimited = (value: number | undefined) =>
  value === undefined || value < 0 ? Number.POSITIVE_INFINITY : value;

const wirings: Record<
  string,
  (mapping: Resolved<MappingProperties>, on: MappingDependencies) => Promise<RunMapping>
> = {
  sqs: async ({ name, properties }, on) => {
    if (properties.FilterCriteria)
      throw new StartFailure(`${name}: FilterCriteria of a queue are not supported locally.`);
    const mapping = {
      queueArn: properties.EventSourceArn,
      queueUrl: on.queueUrl(properties.EventSourceArn),
      batchSize: properties.BatchSize ?? 10,
      batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds ?? 0,
      maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY,
      reportsFailures: reportsFailures(properties),
    };
    const { sandboxes } = on.functions.find(properties.FunctionName);
    return (signal) => runSqsMapping(mapping, sandboxes, on.sqs, signal, on.notice);
  },
  dynamodb: async ({ name, properties }, on) => {
    const tableName = /:table\/([^/]+)\//.exec(properties.EventSourceArn)?.[1] ?? '';
    const streamArn = await streamArnOf(on.dynamoDb, tableName);
    if (!streamArn) throw new StartFailure(`${name}: table ${tableName} has no stream.`);
    const startingPosition = properties.StartingPosition;
    if (startingPosition !== 'TRIM_HORIZON' && startingPosition !== 'LATEST') {
      throw new StartFailure(`${name}: starting position ${startingPosition} is not supported locally.`);
    }
    const onFailure = properties.DestinationConfig?.OnFailure?.Destination;
    const mapping = {
      id: name,
      streamArn,
      startingPosition,
      batchSize: properties.BatchSize ?? 100,
      batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds ?? 0,
      bisects: properties.BisectBatchOnFunctionError ?? false,
      reportsFailures: reportsFailures(properties),
      maximumRetryAttempts: orUnlimited(properties.MaximumRetryAttempts),
      maximumRecordAgeSeconds: orUnlimited(properties.MaximumRecordAgeInSeconds),
      parallelizationFactor: properties.ParallelizationFactor ?? 1,
      passes: eventFilter((properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern)),
    } as const;
    const giveUp = async (message: object) => {
      if (!onFailure) return;
      await on.sqs('SendMessage', { QueueUrl: on.queueUrl(onFailure), MessageBody: JSON.stringify(message) });
    };
    const { sandboxes } = on.functions.find(properties.FunctionName);
    return (signal) => runStreamMapping(mapping, { ...on, sandboxes, giveUp }, signal);
  },
};

const reportsFailures = ({ FunctionResponseTypes }: MappingProperties) =>
  FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
