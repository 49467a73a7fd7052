import { runSimulation } from '@cloud-copilot/iam-simulate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../../infra/local/assembly.ts';
import { identities } from '../../infra/local/identities.ts';
import { LOCAL_PARAMETERS } from '../../infra/local/parameters.ts';
import { accountId, Resolver, region } from '../../infra/local/resolver.ts';
import { ASSEMBLY } from '../synthesize.ts';
import { COMPLAINT, fileComplaint, wholeJob } from './scenario.ts';
import { type System, startSystem } from './system.ts';

/*
 * Each function's role against an offline simulator of IAM: what the function really does in a whole scenario is
 * allowed, what it must never do is denied.
 */

interface Policy {
  PolicyDocument: { Version: string; Statement: unknown[] };
  Roles: string[];
}

const assembly = readAssembly(ASSEMBLY, ['hotline-local-sign-in', 'hotline-local-pages']);
const places = { sqs: 'http://127.0.0.1:1', pages: 'http://127.0.0.1:2', apis: new Map<string, string>() };
const resolver = new Resolver(
  assembly,
  { OidcIssuer: 'http://127.0.0.1', ...LOCAL_PARAMETERS },
  identities(places),
);
const resources = [...assembly.stacks.values()].flatMap((stack) => [...stack.resources.values()]);
const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
const arnOf = (type: string, idStart: string) =>
  String(
    resolver.identity(
      resources.find((resource) => resource.type === type && resource.logicalId.startsWith(idStart))!,
      'Arn',
    ),
  );

const TABLES = {
  cases: arnOf('AWS::DynamoDB::Table', 'Cases'),
  identities: arnOf('AWS::DynamoDB::Table', 'Identities'),
  registry: arnOf('AWS::DynamoDB::Table', 'Registry'),
  statistics: arnOf('AWS::DynamoDB::Table', 'Statistics'),
};
const QUEUE = arnOf('AWS::SQS::Queue', 'TriageQueue');

const EVERYONE = [
  'SubmitComplaint',
  'TrackCase',
  'DeskApi',
  'StatisticsApi',
  'RelayEvents',
  'TriageCase',
  'TallyStatistics',
  'SweepUntriaged',
];

async function decision(functionId: string, action: string, resource: string): Promise<string> {
  const fn = functions.find(({ logicalId }) => logicalId.startsWith(`${functionId}Function`))!;
  const role = String(resolver.property(fn, 'Role')).split(/[:/]/).at(-1);
  const policies = resources
    .filter(({ type }) => type === 'AWS::IAM::Policy')
    .map((policy) => resolver.properties(policy) as Policy)
    .filter(({ Roles }) => Roles.some((name) => name === role));
  expect(policies, `${functionId} has a policy`).not.toHaveLength(0);
  const outcome = await runSimulation(
    {
      request: {
        action,
        principal: `arn:aws:iam::${accountId}:role/${role}`,
        resource: { accountId, resource },
        contextVariables: {},
      },
      identityPolicies: policies.map(({ PolicyDocument }, index) => ({
        name: `policy${index}`,
        policy: PolicyDocument,
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult;
}

describe('what functions do is allowed', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await wholeJob(system);
    const { registered } = await fileComplaint(system, { ...COMPLAINT, business: {} });
    const token = await system.token('dispatcher', '330200');
    await system.api('POST', `/desk/cases/${registered.number}/distribute`, {
      token,
      body: { station: '33020301' },
    });
    await system.runtime.invoke('SweepUntriaged/Function', {});
    await system.api('GET', '/units');
  });
  afterAll(() => system.stop());

  test('every call of every function in the scenario', async () => {
    const queueName = (url: string) => url.split('/').at(-1);
    const calls = new Map(
      system.calls.map((call) => {
        const resource =
          call.queueUrl === undefined
            ? `arn:aws:dynamodb:${region}:${accountId}:table/${call.table}${call.index === undefined ? '' : `/index/${call.index}`}`
            : `arn:aws:sqs:${region}:${accountId}:${queueName(call.queueUrl)}`;
        // IAM knows the batch only as what it consists of.
        const action = `${call.service}:${call.action.replace('SendMessageBatch', 'SendMessage')}`;
        const functionId = (call.functionLogicalId ?? '').replace(/Function[0-9A-F]{8}$/, '');
        return [`${functionId} ${action} ${resource}`, { functionId, action, resource }];
      }),
    );
    expect(new Set([...calls.values()].map(({ functionId }) => functionId))).toEqual(new Set(EVERYONE));
    const denied: string[] = [];
    for (const [name, { functionId, action, resource }] of calls) {
      if ((await decision(functionId, action, resource)) !== 'Allowed') denied.push(name);
    }
    expect(denied).toEqual([]);
  });
});

describe('what functions must not do is denied', () => {
  const FORBIDDEN: readonly (readonly [
    who: readonly string[],
    action: string,
    resource: string,
    why: string,
  ])[] = [
    [EVERYONE, 'dynamodb:DeleteTable', TABLES.cases, 'nobody deletes a table'],
    [EVERYONE, 'dynamodb:DeleteItem', TABLES.cases, 'the history is append-only'],
    [EVERYONE, 'dynamodb:Scan', TABLES.cases, 'no function reads everything'],
    [EVERYONE, 'dynamodb:Scan', TABLES.identities, 'no function lists people'],
    [EVERYONE, 'dynamodb:Query', TABLES.identities, 'no function lists people'],
    [EVERYONE, 'dynamodb:PutItem', TABLES.registry, 'the register is loaded by a command'],
    [
      EVERYONE.filter((name) => name !== 'DeskApi'),
      'dynamodb:GetItem',
      TABLES.identities,
      'only the desk reads who complained',
    ],
    [
      EVERYONE.filter((name) => name !== 'SubmitComplaint'),
      'dynamodb:PutItem',
      TABLES.identities,
      'only the intake writes who complained',
    ],
    [
      EVERYONE.filter((name) => name !== 'TallyStatistics'),
      'dynamodb:UpdateItem',
      TABLES.statistics,
      'only the tally counts',
    ],
    [
      ['TrackCase', 'StatisticsApi', 'RelayEvents', 'SweepUntriaged', 'TallyStatistics'],
      'dynamodb:UpdateItem',
      TABLES.cases,
      'readers do not write',
    ],
    [['SubmitComplaint'], 'dynamodb:UpdateItem', TABLES.cases, 'the intake changes no case'],
    [
      EVERYONE.filter((name) => name !== 'TriageCase'),
      'sqs:ReceiveMessage',
      QUEUE,
      'only the triage reads its queue',
    ],
    [
      ['SubmitComplaint', 'TrackCase', 'DeskApi', 'StatisticsApi', 'TriageCase'],
      'sqs:SendMessage',
      QUEUE,
      'only relay and sweep send',
    ],
    [EVERYONE, 'sqs:PurgeQueue', QUEUE, 'nobody empties a queue'],
    [EVERYONE, 'iam:PassRole', `arn:aws:iam::${accountId}:role/any`, 'nobody passes roles'],
  ];

  test.each(FORBIDDEN)('%s: %s on %s (%s)', async (who, action, resource) => {
    for (const functionId of who) {
      expect(await decision(functionId, action, resource), functionId).not.toBe('Allowed');
    }
  });

  test('the simulator does allow what is allowed, so a denial means something', async () => {
    expect(await decision('DeskApi', 'dynamodb:GetItem', TABLES.identities)).toBe('Allowed');
    expect(await decision('TriageCase', 'sqs:ReceiveMessage', QUEUE)).toBe('Allowed');
  });
});
