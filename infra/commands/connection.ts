import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { ROLES, type Role } from '../../shared/people/roles.ts';
import { isRunning } from '../local/is-running.ts';
import { CommandFailure, type OptionSpec, WrongUsage } from './command-line.ts';

/** Where the running local system is: `.local/endpoints.json`, written by `npm start` when it is ready. */
const endpointsFile = z.object({
  api: z.url(),
  issuer: z.url(),
  dynamodb: z.url(),
  /** And SNS. */
  sqs: z.url(),
  s3: z.url(),
  tables: z.record(z.string(), z.string()),
  queues: z.record(z.string(), z.string()),
  buckets: z.record(z.string(), z.string()),
  topics: z.record(z.string(), z.string()),
  pid: z.number(),
});

export type LocalSystem = z.output<typeof endpointsFile>;

/** The option by which a command finds a local system that keeps its data elsewhere. */
export const ENDPOINTS_OPTION = {
  type: 'string',
  value: 'FILE',
  default: '.local/endpoints.json',
  zh: '本地系统写出的地址文件',
  en: 'addresses that the local system wrote',
} as const satisfies OptionSpec;

/** Which system a command reads cases and the register of: the one here, or a deployed one by its two tables. */
export const CASES_AND_REGISTER_OPTIONS = {
  'cases-table': {
    type: 'string',
    value: 'NAME',
    zh: '已部署系统的案件表',
    en: 'a deployed system’s cases table; give both',
  },
  'registry-table': {
    type: 'string',
    value: 'NAME',
    zh: '登记表',
    en: 'its register; credentials and region come from the environment',
  },
  endpoints: ENDPOINTS_OPTION,
} as const satisfies Record<string, OptionSpec>;

/** Finds the running local system, or says how to start it. */
export function findLocalSystem(file: string): LocalSystem {
  if (!existsSync(file)) throw notRunning(file);
  let system: LocalSystem;
  try {
    system = endpointsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new CommandFailure(
      `${file} 读不懂，请重新 npm start / ${file} cannot be read; stop the system and run npm start again`,
    );
  }
  if (!isRunning(system.pid)) throw notRunning(file);
  const withoutSlash = (url: string) => url.replace(/\/$/, '');
  return { ...system, api: withoutSlash(system.api), issuer: withoutSlash(system.issuer) };
}

/**
 * Lets the SDK clients that are created after this speak to the local services. What functions get from
 * their runtime, a command gets here: endpoint, region and credentials in the environment.
 */
export function useLocalServices(system: LocalSystem): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: system.dynamodb,
    AWS_ENDPOINT_URL_SQS: system.sqs,
    AWS_ENDPOINT_URL_SNS: system.sqs,
    AWS_ENDPOINT_URL_S3: system.s3,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
}

/** The name of the table that the CDK app calls `Cases`, `Statistics` …; logical ids end with a hash. */
export function tableOf(system: LocalSystem, constructId: string): string {
  return physical(system.tables, constructId, 'table');
}

const HOW_MANY = ['', '', '两', '三', '四'];

/**
 * The tables that a command works on: all named by `--…-table` (a deployed system), else those of the local system,
 * whose services are then used.
 * @param given the values of these options by the name of the table, as far as they were given
 * @throws WrongUsage when some are named and some are not
 */
export function tablesOf<Name extends string>(
  names: readonly Name[],
  given: Readonly<Record<Name, string | undefined>>,
  endpoints: string,
): Record<Name, string> {
  const named = names.filter((name) => given[name] !== undefined);
  if (named.length === names.length) return given as Record<Name, string>;
  if (named.length > 0) {
    const options = names.map((name) => `--${name}-table`);
    const all =
      names.length === 2 ? `Give both ${options.join(' and ')}` : `Give all of: ${options.join(' ')}`;
    throw new WrongUsage(`${HOW_MANY[names.length] ?? ''}张表要一起给出 / ${all}`);
  }
  const system = findLocalSystem(endpoints);
  useLocalServices(system);
  return Object.fromEntries(names.map((name) => [name, tableOf(system, name)])) as Record<Name, string>;
}

/** The address of a queue by the beginning of its logical id. */
export function queueOf(system: LocalSystem, constructId: string): string {
  return physical(system.queues, constructId, 'queue');
}

/** The name of a bucket likewise. */
export function bucketOf(system: LocalSystem, constructId: string): string {
  return physical(system.buckets, constructId, 'bucket');
}

/** The ARN of a topic likewise. */
export function topicOf(system: LocalSystem, constructId: string): string {
  return physical(system.topics, constructId, 'topic');
}

function physical(names: Record<string, string>, constructId: string, what: string): string {
  const logicalId = new RegExp(`^(?:.*/)?${constructId}(?:[0-9A-F]{8})?$`, 'i');
  const found = Object.entries(names).find(([id]) => logicalId.test(id));
  if (found !== undefined) return found[1];
  const known = Object.keys(names).join(', ');
  throw new CommandFailure(
    `没有 ${constructId} / The local system has no ${what} ${constructId}; it has: ${known}`,
  );
}

/** Who a token is for. */
export interface TokenRequest {
  role: Role;
  unit: string;
  name?: string | undefined;
  sub?: string | undefined;
}

/** Gets a token from the local issuer, as a program does (client credentials). */
export async function tokenFor(system: LocalSystem, request: TokenRequest): Promise<string> {
  const discovery = await getJson(`${system.issuer}/.well-known/openid-configuration`);
  const { token_endpoint } = z.object({ token_endpoint: z.url() }).parse(discovery);
  const given = Object.entries(request).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(token_endpoint, {
    method: 'POST',
    body: new URLSearchParams([['grant_type', 'client_credentials'], ...given]),
  });
  if (!response.ok) {
    throw new CommandFailure(
      `登录服务没有签发令牌 / The issuer gave no token (${response.status}): ${await response.text()}`,
    );
  }
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

const unitList = z.object({
  units: z.array(z.object({ code: z.string(), kind: z.string(), name: z.string() })),
});

export type UnitName = z.output<typeof unitList>['units'][number];

/** The units that the running system knows. */
export async function unitsOf(system: LocalSystem): Promise<UnitName[]> {
  return unitList.parse(await getJson(`${system.api}/units`)).units;
}

/** Where each role works: officers and heads at a station, dispatchers at the hub, managers at a bureau. */
const KINDS_FOR_ROLE: Record<Role, readonly UnitName['kind'][]> = {
  officer: ['station'],
  head: ['station'],
  dispatcher: ['city'],
  manager: ['city', 'county'],
  auditor: ['city', 'county'],
  administrator: ['city'],
};

/** Says what is wrong with a role or a unit, before a token is made out that opens nothing. */
export function checkPosition(role: string, unit: string, units: readonly UnitName[]): Role {
  if (!isRole(role)) {
    throw new CommandFailure(
      `没有角色 ${role} / There is no role ${role}; choose one of: ${Object.keys(ROLES).join(', ')}`,
    );
  }
  const fitting = units.filter(({ kind }) => KINDS_FOR_ROLE[role].includes(kind));
  if (fitting.some(({ code }) => code === unit)) return role;
  const found = units.find(({ code }) => code === unit);
  const examples = fitting.slice(0, 3).map(({ code, name }) => `${code} ${name}`);
  const why =
    found === undefined ? '没有这个单位 / no such unit' : `${found.name} 没有此角色 / has no ${role}`;
  throw new CommandFailure(`${unit}: ${why}; e.g. ${examples.join(', ')} (GET /units)`);
}

const isRole = (role: string): role is Role => Object.hasOwn(ROLES, role);

async function getJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url);
    if (response.ok) return await response.json();
    throw new CommandFailure(`${url} 回答 / answered ${response.status}`);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(
      `${url} 没有回答，系统在启动吗？ / did not answer; is the system still starting?`,
    );
  }
}

function notRunning(file: string): CommandFailure {
  return new CommandFailure(
    `本地系统没有运行，请先 npm start / The local system is not running; run npm start (looked at ${resolve(file)})`,
  );
}
