import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { RecordedCall } from '../../infra/local/call-recorder.ts';
import type { Misfortunes } from '../../infra/local/messaging.ts';
import { LOCAL_PARAMETERS } from '../../infra/local/parameters.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { loadSampleRegistry, sampleUsers } from '../../infra/local/sample-registry.ts';
import { type AlarmStore, createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { type BusinessStore, createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbNoticeStore } from '../../shared/store/dynamodb-notice-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import type { NoticeStore } from '../../shared/store/notice-store.ts';
import { createDynamoDbPartnerStore, type PartnerStore } from '../../shared/store/partner-store.ts';
import { createDynamoDbRegistryStore, type RegistryStore } from '../../shared/store/registry-store.ts';
import { createDynamoDbRuleStore, type RuleStore } from '../../shared/store/rule-store.ts';
import type { StatisticsStore } from '../../shared/store/statistics-store.ts';
import { ASSEMBLY } from '../synthesize.ts';
import { holdAgainstDocument } from './openapi.ts';

/** The whole system on the synthesized template, with the sample register, for one test file. */
export interface System {
  runtime: Runtime;
  cases: CaseStore;
  register: RegistryStore;
  partners: PartnerStore;
  businesses: BusinessStore;
  rules: RuleStore;
  statistics: StatisticsStore;
  alarms: AlarmStore;
  notices: NoticeStore;
  calls: RecordedCall[];
  logs: string[];
  api(method: string, path: string, options?: CallOptions): Promise<ApiAnswer>;
  /** A token of somebody in this role at this unit; `sub` for a certain person. */
  token(role: string, unit: string, sub?: string): Promise<string>;
  stop(): Promise<void>;
}

interface CallOptions {
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string;
  headers?: Record<string, string>;
  token?: string;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  // What the API answered; tests parse it by its schema or match it.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

export interface SystemOptions {
  assemblyDir?: string;
  /** False leaves the register empty. */
  withRegister?: boolean;
  /** SMS and e-mails that go wrong. */
  misfortunes?: Misfortunes;
}

export async function startSystem({
  assemblyDir = ASSEMBLY,
  withRegister = true,
  misfortunes = {},
}: SystemOptions = {}): Promise<System> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hotline-'));
  const calls: RecordedCall[] = [];
  const logs: string[] = [];
  const runtime = await startRuntime({
    assemblyDir,
    dataDir,
    port: 0,
    parameters: LOCAL_PARAMETERS,
    skipStacks: ['hotline-local-sign-in'],
    users: sampleUsers(),
    inMemory: true,
    misfortunes,
    recordCalls: (call) => calls.push(call),
    onLog: (_, line) => logs.push(line),
  });
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: runtime.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const table = (id: string) => runtime.physicalId(id);
  const register = createDynamoDbRegistryStore(client, table('Registry'), '330200', () => new Date());
  const partners = createDynamoDbPartnerStore(client, table('Registry'), '330200', () => new Date());
  const businesses = createDynamoDbBusinessStore(client, table('Registry'), '330200');
  const rules = createDynamoDbRuleStore(client, table('Registry'), '330200', () => new Date());
  if (withRegister) await loadSampleRegistry(register, partners, businesses);

  const tokens = new Map<string, Promise<string>>();
  return {
    runtime,
    calls,
    logs,
    cases: createDynamoDbCaseStore(client, {
      cases: table('Cases'),
      identities: table('Identities'),
      informers: table('Informers'),
    }),
    statistics: createDynamoDbStatisticsStore(client, table('Statistics')),
    alarms: createDynamoDbAlarmStore(client, table('Registry'), '330200'),
    notices: createDynamoDbNoticeStore(client, table('Cases')),
    register,
    partners,
    businesses,
    rules,

    async api(method, path, { body, raw, headers = {}, token } = {}) {
      const answer = await fetch(`${runtime.endpoints.api}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: raw ?? (body === undefined ? null : JSON.stringify(body)),
      });
      const text = await answer.text();
      const parsedBody: unknown = text === '' ? undefined : JSON.parse(text);
      const type = answer.headers.get('content-type') ?? '';
      holdAgainstDocument(method, path, answer.status, type, parsedBody);
      return { status: answer.status, headers: answer.headers, body: parsedBody };
    },

    token(role, unit, sub) {
      const key = `${role} ${unit} ${sub}`;
      const token = tokens.get(key) ?? fetchToken(runtime.endpoints.issuer, { role, unit, sub });
      tokens.set(key, token);
      return token;
    },

    async stop() {
      await runtime.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function fetchToken(
  issuer: string,
  { sub, ...position }: { role: string; unit: string; sub?: string | undefined },
): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...position,
      ...(sub === undefined ? {} : { sub }),
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}

/** Waits until `look` gives something; however long the machine takes. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Parses an answer by the published schema, so that the contract is what the API really says. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  answer: ApiAnswer,
  status: number,
): z.output<Schema> {
  if (answer.status !== status)
    throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
  return schema.parse(answer.body);
}
