import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { comparisons, type QueueAlarm, visibleMessages, watchAlarms } from './alarms.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { invokeAsynchronously } from './asynchronous.ts';
import { type AwsJson, awsJsonClient } from './aws-json.ts';
import { type RecordedCall, startRecorder } from './call-recorder.ts';
import { checkSupported } from './check.ts';
import { Checkpoints } from './checkpoints.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { type HttpHandler, type LocalServer, listen } from './http-messages.ts';
import { apiHost, identities } from './identities.ts';
import { type LocalUser, startIssuer } from './issuer.ts';
import { type Misfortunes, type SentMessage, startMessaging } from './messaging.ts';
import { wireObjectEvents } from './object-events.ts';
import { answerObjects, type CorsRule, latestObjects } from './objects.ts';
import { createQueue, type ObjectStorage, type QueueProperties, startQueueServer } from './queues.ts';
import { accountId, type IdentityOf, type ParameterValues, Resolver } from './resolver.ts';
import { takeLock } from './runtime-lock.ts';
import type { InvokeResult } from './sandbox.ts';
import { occurrences, runSchedule, type Schedule } from './schedules.ts';
import { ensureTable, type TableProperties } from './tables.ts';
import { Template } from './template.ts';
import { createTopics } from './topics.ts';
import { accessKeyId, isDeploymentHelper, type ServiceEndpoints, wireFunctions } from './wire-functions.ts';
import { wireApi, wireEdge } from './wire-http.ts';
import { wireMappings } from './wire-mappings.ts';
import { WriteSignal } from './write-signal.ts';

/** API Gateway's limit for an answer. */
const longestIntegrationMs = 30_000;
/** How long invocations under way may still take when the runtime stops. */
const stopTimeoutMs = 5000;
/** Five deliveries of a message, each after three minutes, take this long: what is older has been done or given up. */
const messagesLastMs = 900_000;

/** What the runtime keeps in the data directory; whatever else lies there is not its own. */
const ownData = ['dynamodb', 'objects', 'checkpoints.json', 'logs', 'issuer-key.json', 'outbox.jsonl'];

/** How to run an assembly. */
export interface RuntimeOptions {
  assemblyDir: string;
  dataDir: string;
  /** Port of the edge, the one public address; 0 takes any free one. */
  port: number;
  /** The next port if not given. */
  issuerPort?: number;
  /** Parameter values for all stacks, or per stack. `OidcIssuer`, `PagesUrl` and `FilesOrigin` are the local ones if not given. */
  parameters?: ParameterValues;
  skipStacks?: string[];
  users?: LocalUser[];
  /** Deletes what an earlier start left in the data directory: tables, objects, checkpoints, logs, outbox, the issuer's key. */
  fresh?: boolean;
  /** Keeps tables and objects in memory only. */
  inMemory?: boolean;
  /** SMS and e-mails that go wrong, for tests. */
  misfortunes?: Misfortunes;
  recordCalls?: (call: RecordedCall) => void;
  onLog?: (functionName: string, line: string) => void;
  onNotice?: (line: string) => void;
  /** Instead of API Gateway's 30 seconds, for tests. */
  integrationTimeoutMs?: number;
}

/** The state of what the runtime watches. */
interface RuntimeStatus {
  /** Alarms on the depth of a queue, which are evaluated here. */
  alarms: Record<string, 'OK' | 'ALARM'>;
  /** Alarms that nothing evaluates on one machine. */
  otherAlarms: string[];
  /** Messages waiting in each queue. */
  queues: Record<string, number>;
}

/** A running assembly. */
export interface Runtime {
  /** `api` and `pages` are undefined if the template has none. */
  endpoints: {
    api?: string;
    pages?: string;
    issuer: string;
    dynamodb: string;
    /** And SNS. */
    sqs: string;
    s3: string;
    messaging: string;
  };
  /** SMS and e-mails sent since the start; all of them are in `outboxFile`. */
  sent: readonly SentMessage[];
  outboxFile: string;
  /** Logical id → table name. */
  tables: Record<string, string>;
  /** Logical id → queue URL. */
  queues: Record<string, string>;
  /** `<stack>.<output>` → value. */
  outputs: Record<string, unknown>;
  /** What `Ref` gives for a resource, named by logical id or by the end of its construct path. */
  physicalId(logicalIdOrPath: string): string;
  /** Invokes a function, named likewise, and waits for its answer. */
  invoke(
    logicalIdOrPath: string,
    event: unknown,
  ): Promise<{ payload?: unknown } & Pick<InvokeResult, 'functionError'>>;
  /** Answers a path, and all below it, beside the distribution: of this machine only, with the headers of the pages. */
  serveBeside(path: string, handler: HttpHandler): void;
  status(): Promise<RuntimeStatus>;
  stop(): Promise<void>;
}

interface AlarmProperties {
  AlarmName?: string;
  ComparisonOperator: string;
  Dimensions?: { Name: string; Value: string }[];
  MetricName?: string;
  Namespace?: string;
  Threshold?: number;
}

interface BucketProperties {
  CorsConfiguration?: { CorsRules: CorsRule[] };
}

interface ScheduleProperties {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  State?: string;
  Target: { Arn: string; Input?: string };
}

/** Runs a synthesized cloud assembly on this machine. Rejects, with everything ended again, if it cannot. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  await using cleanup = new AsyncDisposableStack();
  const notice = options.onNotice ?? (() => {});
  const dataDir = resolve(options.dataDir);
  const dbPath = options.inMemory ? undefined : join(dataDir, 'dynamodb');
  // Lambda's clock is UTC; a thread takes its time zone from the process.
  process.env.TZ = 'UTC';

  // Everything that can be refused is refused before anything starts.
  const assembly = readAssembly(options.assemblyDir, options.skipStacks);
  const resolverWith = (OidcIssuer: string, PagesUrl: string, FilesOrigin: string, identityOf: IdentityOf) =>
    new Resolver(assembly, { OidcIssuer, PagesUrl, FilesOrigin, ...options.parameters }, identityOf);
  const unstarted = new Template(
    assembly,
    resolverWith('http://127.0.0.1', 'http://127.0.0.1', '', () => ''),
  );
  checkSupported(withoutDeploymentHelpers(unstarted), unstarted.resolver);
  const apiResources = unstarted.resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');

  mkdirSync(dataDir, { recursive: true });
  const lock = await takeLock(dataDir);
  cleanup.defer(() => lock.release());
  if (options.fresh)
    for (const name of ownData) rmSync(join(dataDir, name), { recursive: true, force: true });
  mkdirSync(join(dataDir, 'logs'), { recursive: true });

  const outboxFile = join(dataDir, 'outbox.jsonl');

  // Servers first: what the template's references resolve to depends on their addresses.
  const servers = await startServers(
    {
      dynamoDb: () => startDynamoDbLocal(dbPath, notice),
      queues: () => startQueueServer(options.inMemory ? undefined : join(dataDir, 'objects')),
      objects: () => listen(0, notice),
      messaging: () => startMessaging(outboxFile, notice, options.misfortunes),
      issuer: () =>
        startIssuer({
          port: options.issuerPort ?? (options.port === 0 ? 0 : options.port + 1),
          keyFile: join(dataDir, 'issuer-key.json'),
          audience: unstarted.resolver.parameterValue('OidcAudience') ?? 'local',
          users: options.users ?? [],
        }),
      edge: () => listen(options.port, notice),
    },
    cleanup,
  );
  lock.noteJava(servers.dynamoDb.pid);
  const apiServers = new Map<string, LocalServer>();
  for (const { stack, logicalId } of apiResources) {
    apiServers.set(
      `${stack}/${logicalId}`,
      cleanup.adopt(await listen(0, notice), (server) => server.stop()),
    );
  }

  const functionOfAccessKey = functionsByAccessKey(assembly);
  const seenByFunctions = await recorded(options, servers, functionOfAccessKey, cleanup, notice);
  const identityOf = identities({
    sqs: seenByFunctions.sqs,
    pages: servers.edge.origin,
    apis: new Map([...apiServers].map(([id, { origin }]) => [id, origin])),
  });
  const template = new Template(
    assembly,
    resolverWith(servers.issuer.url, servers.edge.origin, servers.objects.origin, identityOf),
  );
  const { resolver } = template;

  const dynamoDb = awsJsonClient(servers.dynamoDb.endpoint, 'DynamoDB_20120810');
  const { sqs } = servers.queues;
  const queueUrl = (arnOrName: string) =>
    `${seenByFunctions.sqs}/${accountId}/${arnOrName.split(':').at(-1)}`;
  const { tables, queues } = await createStores(template, dynamoDb, sqs);
  createTopics(template, servers.queues.topics);
  const storage = servers.queues.objects;
  const onCreated = wireObjectEvents(template, sqs, queueUrl);
  const lastObjects = latestObjects(storage, messagesLastMs);
  const cors = createBuckets(template, storage);
  const { recordCalls: record } = options;
  servers.objects.handle(answerObjects({ storage, cors, onCreated, functionOfAccessKey, record }));

  const logsDir = join(dataDir, 'logs');
  const writes = cleanup.adopt(new WriteSignal(dbPath), (signal) => signal.close());
  const functions = wireFunctions(
    template,
    seenByFunctions,
    logsDir,
    options.onLog ?? (() => {}),
    // With a file to watch, that tells of writes, and of nothing else.
    options.inMemory ? () => writes.noteWrite() : () => {},
  );
  cleanup.defer(() => functions.stop());

  const accessLog = cleanup.adopt(
    createWriteStream(join(logsDir, 'access.log'), { flags: 'a' }),
    (file) => void file.end(),
  );
  const writeAccessLog = (line: string) => void accessLog.write(`${line}\n`);
  const integrationLimit = options.integrationTimeoutMs ?? longestIntegrationMs;
  const apis = template.ofType<object>('AWS::ApiGatewayV2::Api').map((api) => {
    const server = apiServers.get(`${api.resource.stack}/${api.resource.logicalId}`) as LocalServer;
    const wired = wireApi(template, api, functions, writeAccessLog, integrationLimit);
    server.handle((request) => wired.api.handle(request));
    return {
      ...wired,
      origin: server.origin,
      hosts: [new URL(server.origin).host, apiHost(api.resource.logicalId)],
    };
  });
  const edge = wireEdge(
    template,
    new Map(apis.flatMap(({ hosts, api }) => hosts.map((host) => [host, api] as const))),
  );
  const beside = new Map<string, HttpHandler>();
  if (edge) {
    servers.edge.handle(async (request) => {
      const own = [...beside].find(([path]) => request.path === path || request.path.startsWith(`${path}/`));
      return own === undefined ? edge.handle(request) : edge.asPage(await own[1](request));
    });
  }

  const mappings = await wireMappings(template, {
    functions,
    dynamoDb,
    streams: awsJsonClient(servers.dynamoDb.endpoint, 'DynamoDBStreams_20120810'),
    sqs,
    queueUrl,
    checkpoints: cleanup.use(new Checkpoints(join(dataDir, 'checkpoints.json'))),
    writes,
    notice,
  });
  const stopping = new AbortController();
  const background = new Background(notice);
  const schedules = template
    .ofType<ScheduleProperties>('AWS::Scheduler::Schedule')
    .filter(({ properties }) => properties.State !== 'DISABLED')
    .map(({ name, properties }) => {
      const { sandboxes, retryAttempts, onFailureArn } = functions.find(properties.Target.Arn);
      const policy = {
        maximumRetryAttempts: retryAttempts,
        onFailureQueueUrl: onFailureArn && queueUrl(onFailureArn),
      };
      const fire = (event: unknown) =>
        background.add(invokeAsynchronously(sandboxes, event, policy, sqs, stopping.signal, notice));
      return scheduleOf(name, properties, fire);
    });
  const { watched, others } = alarmsOf(template, queueUrl);
  const alarms: RuntimeStatus['alarms'] = Object.fromEntries(watched.map(({ name }) => [name, 'OK']));

  for (const run of [...mappings, ...schedules]) background.add(run(stopping.signal));
  // The last run may have ended between an object and its message: queues do not persist.
  for (const object of lastObjects) await onCreated(object);
  background.add(watchAlarms(watched, alarms, sqs, stopping.signal, notice));

  const everything = cleanup.move();
  const stop = async () => {
    stopping.abort();
    const requests = [servers.edge, ...apiServers.values()].map((server) => server.stop());
    const settled = Promise.all([background.settled(), ...requests]);
    await Promise.race([settled, delay(stopTimeoutMs, undefined, { ref: false })]);
    await everything.disposeAsync();
  };
  let stopped: Promise<void> | undefined;
  const [firstApi] = apis;
  return {
    endpoints: {
      api: firstApi && `${edge ? servers.edge.origin : firstApi.origin}${firstApi.stagePath}`,
      pages: edge && servers.edge.origin,
      issuer: servers.issuer.url,
      dynamodb: servers.dynamoDb.endpoint,
      sqs: servers.queues.endpoint,
      s3: servers.objects.origin,
      messaging: servers.messaging.endpoint,
    },
    sent: servers.messaging.sent,
    outboxFile,
    tables,
    queues,
    outputs: resolver.outputs(),
    physicalId: (logicalIdOrPath) => String(resolver.identity(template.find(logicalIdOrPath), 'Ref')),
    invoke: async (logicalIdOrPath, event) => {
      const name = String(resolver.identity(template.find(logicalIdOrPath), 'Ref'));
      const { payload, functionError } = await functions.find(name).sandboxes.invoke(event);
      return { payload: payload === undefined ? undefined : JSON.parse(payload), functionError };
    },
    serveBeside: (path, handler) => void beside.set(path, handler),
    status: async () => {
      const depths = Object.entries(queues).map(
        async ([id, url]) => [id, await visibleMessages(sqs, url)] as const,
      );
      return {
        alarms: { ...alarms },
        otherAlarms: others,
        queues: Object.fromEntries(await Promise.all(depths)),
      };
    },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Starts all at once. If one fails, the others are waited for all the same, so that they can be ended. */
async function startServers<T extends Record<string, { stop(): Promise<void> }>>(
  starts: { [Name in keyof T]: () => Promise<T[Name]> },
  cleanup: AsyncDisposableStack,
): Promise<T> {
  const results = await Promise.allSettled(
    Object.entries(starts).map(async ([name, start]) => {
      const server = await start();
      cleanup.defer(() => server.stop());
      return [name, server];
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(
    results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
  ) as T;
}

/** The addresses functions call: the services themselves, or the recorders before them. */
async function recorded(
  { recordCalls }: RuntimeOptions,
  servers: Record<'dynamoDb' | 'queues' | 'messaging', { endpoint: string }> & { objects: LocalServer },
  functionOfAccessKey: (accessKeyId: string) => string | undefined,
  cleanup: AsyncDisposableStack,
  notice: (line: string) => void,
): Promise<ServiceEndpoints> {
  const direct = {
    dynamodb: servers.dynamoDb.endpoint,
    sqs: servers.queues.endpoint,
    s3: servers.objects.origin,
    messaging: servers.messaging.endpoint,
  };
  if (!recordCalls) return direct;
  const before = async (endpoint: string) => {
    const recorder = await startRecorder(endpoint, functionOfAccessKey, recordCalls, notice);
    return cleanup.adopt(recorder, (server) => server.stop()).origin;
  };
  return {
    // S3 records by itself: what it is asked is signed for its own address.
    ...direct,
    dynamodb: await before(direct.dynamodb),
    sqs: await before(direct.sqs),
    messaging: await before(direct.messaging),
  };
}

/** Access key → logical id of the function that signs with it. */
function functionsByAccessKey(assembly: Assembly): (accessKeyId: string) => string | undefined {
  const functions = new Map<string, string>();
  for (const { name, resources } of assembly.stacks.values()) {
    for (const logicalId of resources.keys()) functions.set(accessKeyId(name, logicalId), logicalId);
  }
  return (key) => functions.get(key);
}

/** Creates the buckets that are not there yet; the CORS rules of each. */
function createBuckets(template: Template, { store }: ObjectStorage): Map<string, CorsRule[]> {
  const cors = new Map<string, CorsRule[]>();
  for (const { name, properties } of template.ofType<BucketProperties>('AWS::S3::Bucket')) {
    store.createBucket(name);
    cors.set(name, properties.CorsConfiguration?.CorsRules ?? []);
  }
  return cors;
}

async function createStores(template: Template, dynamoDb: AwsJson, sqs: AwsJson) {
  const tables: Record<string, string> = {};
  const queues: Record<string, string> = {};
  const tableTypes = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
  for (const { resource, name, properties } of template.ofType<TableProperties>(...tableTypes)) {
    await ensureTable(dynamoDb, name, properties);
    tables[resource.logicalId] = name;
  }
  for (const { resource, name, properties } of template.ofType<QueueProperties>('AWS::SQS::Queue')) {
    await createQueue(sqs, name, properties);
    queues[resource.logicalId] = String(template.resolver.identity(resource, 'Ref'));
  }
  return { tables, queues };
}

function scheduleOf(name: string, properties: ScheduleProperties, fire: (event: unknown) => void) {
  const schedule: Schedule = {
    name,
    expression: properties.ScheduleExpression,
    timezone: properties.ScheduleExpressionTimezone ?? 'UTC',
    input: properties.Target.Input,
  };
  const next = occurrences(schedule);
  return (signal: AbortSignal) => runSchedule(schedule, next, fire, signal);
}

/** Work nobody waits for until the runtime stops. */
class Background {
  private readonly running = new Set<Promise<void>>();
  private readonly notice: (line: string) => void;

  constructor(notice: (line: string) => void) {
    this.notice = notice;
  }

  add(work: Promise<void>): void {
    const tracked = work
      .catch((error: Error) => this.notice(error.stack ?? error.message))
      .finally(() => this.running.delete(tracked));
    this.running.add(tracked);
  }

  async settled(): Promise<void> {
    await Promise.all(this.running);
  }
}

/** Functions CDK adds for deployments, in whatever runtime, need no check. */
function withoutDeploymentHelpers(template: Template) {
  const isHelper = isDeploymentHelper(template);
  return template.resources.filter(({ logicalId, stack }) => !isHelper(logicalId, stack));
}

function alarmsOf(
  template: Template,
  queueUrl: (name: string) => string,
): { watched: QueueAlarm[]; others: string[] } {
  const watched: QueueAlarm[] = [];
  const others: string[] = [];
  for (const { resource, properties } of template.ofType<AlarmProperties>('AWS::CloudWatch::Alarm')) {
    const { AlarmName, ComparisonOperator, Dimensions = [], MetricName, Namespace, Threshold } = properties;
    const name = AlarmName ?? resource.constructPath;
    const queue = Dimensions.find((dimension) => dimension.Name === 'QueueName')?.Value;
    const isDepth = Namespace === 'AWS/SQS' && MetricName === 'ApproximateNumberOfMessagesVisible';
    if (isDepth && queue && Threshold !== undefined && ComparisonOperator in comparisons) {
      watched.push({ name, queueUrl: queueUrl(queue), comparison: ComparisonOperator, threshold: Threshold });
    } else {
      others.push(name);
    }
  }
  return { watched, others };
}
