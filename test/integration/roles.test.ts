import { runSimulation } from '@cloud-copilot/iam-simulate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../../infra/local/assembly.ts';
import { identities } from '../../infra/local/identities.ts';
import { LOCAL_PARAMETERS } from '../../infra/local/parameters.ts';
import { accountId, Resolver, region } from '../../infra/local/resolver.ts';
import { ASSEMBLY } from '../synthesize.ts';
import { everythingHappens } from './everything.ts';
import { COMPLAINT, fileComplaint, PERSONAL } from './scenario.ts';
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
  informers: arnOf('AWS::DynamoDB::Table', 'Informers'),
  registry: arnOf('AWS::DynamoDB::Table', 'Registry'),
  statistics: arnOf('AWS::DynamoDB::Table', 'Statistics'),
  publicCases: arnOf('AWS::DynamoDB::Table', 'PublicCases'),
};
const QUEUES = {
  triage: arnOf('AWS::SQS::Queue', 'TriageQueue'),
  notices: arnOf('AWS::SQS::Queue', 'NoticesQueue'),
  informerNotices: arnOf('AWS::SQS::Queue', 'InformerNoticesQueue'),
  texts: arnOf('AWS::SQS::Queue', 'TextsQueue'),
  replies: arnOf('AWS::SQS::Queue', 'RepliesQueue'),
};
const CALLS = arnOf('AWS::S3::Bucket', 'Calls');
const EVIDENCE = arnOf('AWS::S3::Bucket', 'Evidence');
const SMS = LOCAL_PARAMETERS.SmsOriginationIdentity;
const EMAIL = `arn:aws:ses:${region}:${accountId}:identity/${LOCAL_PARAMETERS.EmailFrom}`;

const EVERYONE = [
  'SubmitComplaint',
  'PreviewComplaint',
  'ProvePhone',
  'TrackCase',
  'TakeConsumerStep',
  'PartnerApi',
  'DeskApi',
  'EnterCases',
  'InformerApi',
  'DraftForms',
  'DraftInformerForms',
  'StatisticsApi',
  'RelayEvents',
  'TriageCase',
  'SendNotices',
  'SendInformerNotices',
  'TallyStatistics',
  'SweepUntriaged',
  'WatchDeadlines',
  'EraseExpired',
  'Open311',
  'PublishCases',
  'ReceiveSms',
  'ReceiveAwsSms',
  'AnswerText',
  'SendTextReplies',
  'SweepTexts',
  'ReadTranscript',
  'DeskCalls',
  'Evidence',
  'CheckEvidence',
  'RollUpStatistics',
  'RecountStatistics',
  'FiguresApi',
  'DetectWarnings',
  'SpreadWarnings',
  'SubscribeWarnings',
  'ComposeReport',
  'ReleaseOpenData',
  'OpenData',
  'BusinessAnswers',
  'HealthApi',
  'AdministratorApi',
];
const everyoneBut = (...names: string[]) => EVERYONE.filter((name) => !names.includes(name));

test('this test knows every function', () => {
  const helpers = functions.filter(({ logicalId }) => !/Function[0-9A-F]{8}$/.test(logicalId));
  const names = functions
    .filter((fn) => !helpers.includes(fn))
    .map(({ logicalId }) => logicalId.replace(/Function[0-9A-F]{8}$/, ''));
  expect(names.sort()).toEqual([...EVERYONE].sort());
});

const ofFunctions = (calls: System['calls']) =>
  calls.filter(({ functionLogicalId }) => functionLogicalId !== undefined);

async function decision(
  functionId: string,
  action: string,
  resource: string,
  contextVariables: Record<string, string | string[]> = {},
): Promise<string> {
  const fn = functions.find(({ logicalId }) => logicalId.startsWith(`${functionId}Function`))!;
  const role = String(resolver.property(fn, 'Role')).split(/[:/]/).at(-1);
  const policies = resources
    // What is too long for one policy goes on in a managed one.
    .filter(({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
    .map((policy) => resolver.properties(policy) as Policy)
    .filter(({ Roles }) => Roles.some((name) => name === role));
  expect(policies, `${functionId} has a policy`).not.toHaveLength(0);
  const outcome = await runSimulation(
    {
      request: {
        action,
        principal: `arn:aws:iam::${accountId}:role/${role}`,
        resource: { accountId, resource },
        contextVariables,
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

describe('in a scenario in which everything happens', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await everythingHappens(system);
  });
  afterAll(() => system.stop());

  test('every call of every function is allowed', async () => {
    const queueName = (url: string) => url.split('/').at(-1);
    const calls = new Map(
      // The telephone system puts its files by itself.
      ofFunctions(system.calls).map((call) => {
        const index = call.index === undefined ? '' : `/index/${call.index}`;
        const resource =
          {
            'sms-voice': call.from,
            ses: EMAIL,
            sqs: `arn:aws:sqs:${region}:${accountId}:${queueName(call.queueUrl ?? '')}`,
            s3: `arn:aws:s3:::${call.bucket}${call.key ? `/${call.key}` : ''}`,
            // Metrics are no resources.
            monitoring: '*',
          }[call.service] ?? `arn:aws:dynamodb:${region}:${accountId}:table/${call.table}${index}`;
        // IAM knows the batch only as what it consists of, and CloudWatch not by the name of its endpoint.
        const action = `${call.service.replace('monitoring', 'cloudwatch')}:${call.action.replace('SendMessageBatch', 'SendMessage')}`;
        const functionId = (call.functionLogicalId ?? '').replace(/Function[0-9A-F]{8}$/, '');
        const { leadingKey } = call;
        const name = [functionId, action, resource, leadingKey].filter(Boolean).join(' ');
        return [name, { functionId, action, resource, leadingKey }];
      }),
    );
    expect(new Set([...calls.values()].map(({ functionId }) => functionId))).toEqual(new Set(EVERYONE));
    const services = new Set([...calls.values()].map(({ action }) => action.split(':')[0]));
    expect(services).toEqual(new Set(['dynamodb', 'sqs', 'sms-voice', 'ses', 's3', 'cloudwatch']));
    // What the simulation is about has really happened.
    const touched = [...calls.values()].map((call) => `${call.functionId} ${call.action} ${call.resource}`);
    expect(touched).toEqual(
      expect.arrayContaining([
        `EraseExpired dynamodb:DeleteItem ${TABLES.informers}`,
        `EraseExpired dynamodb:DeleteItem ${TABLES.identities}`,
        `InformerApi dynamodb:PutItem ${TABLES.identities}`,
        `DeskApi dynamodb:PutItem ${TABLES.informers}`,
        `ReadTranscript s3:GetObject ${CALLS}/calls/everything.json`,
        expect.stringContaining(`Evidence s3:PutObject ${EVIDENCE}/incoming/`),
        expect.stringContaining(`CheckEvidence s3:PutObject ${EVIDENCE}/checked/`),
        `DeskApi dynamodb:DeleteItem ${TABLES.identities}`,
        `DeskApi dynamodb:ConditionCheckItem ${TABLES.cases}`,
        `DeskApi dynamodb:PutItem ${TABLES.registry}`,
        `DeskApi dynamodb:UpdateItem ${TABLES.registry}`,
        `TriageCase dynamodb:BatchGetItem ${TABLES.registry}`,
        `WatchDeadlines dynamodb:PutItem ${TABLES.registry}`,
        `WatchDeadlines dynamodb:Query ${TABLES.identities}`,
        `SendInformerNotices sms-voice:SendTextMessage ${SMS}`,
      ]),
    );
    const denied: string[] = [];
    for (const [name, { functionId, action, resource, leadingKey }] of calls) {
      const keys: Record<string, string[]> =
        leadingKey === undefined ? {} : { 'dynamodb:LeadingKeys': [leadingKey.replace(/#$/, '#330200')] };
      if ((await decision(functionId, action, resource, keys)) !== 'Allowed') denied.push(name);
    }
    expect(denied).toEqual([]);
  });

  // Here, because a scenario in which everything happens takes most of a minute.
  test('no log line of the whole scenario holds a name, a phone, an address or words of a complaint', async () => {
    const { registered } = await fileComplaint(system);
    // Failures are where words leak: bad bodies, wrong secrets, messages and records that cannot be read.
    const json = { 'content-type': 'application/json' };
    await system.api('POST', '/complaints', { raw: `{"text":"${PERSONAL.words}",`, headers: json });
    await system.api('POST', '/complaints', { body: { ...COMPLAINT, [PERSONAL.name]: PERSONAL.phone } });
    await system.api('GET', `/complaints/${registered.number}`, {
      headers: { 'tracking-secret': PERSONAL.phone },
    });
    await system.runtime.invoke('TriageCase/Function', {
      Records: [{ messageId: '1', body: `{"number":"${PERSONAL.name}${PERSONAL.words}"` }],
    });
    for (const sender of ['SendNotices', 'SendInformerNotices']) {
      await system.runtime.invoke(`${sender}/Function`, {
        Records: [{ messageId: '1', body: `{"number":"${PERSONAL.name}","version":"${PERSONAL.words}"}` }],
      });
    }
    await system.runtime.invoke('TallyStatistics/Function', {
      Records: [{ dynamodb: { SequenceNumber: '1', NewImage: { text: { S: PERSONAL.words } } } }],
    });

    expect(system.logs.length).toBeGreaterThan(10);
    for (const code of ['identity-read', 'notice-taken', 'notice-by-hand', 'form-drafted', 'erased']) {
      expect(system.logs.join('\n')).toContain(code);
    }
    // The words did leave the house, by the ways they are meant for.
    expect(system.runtime.sent.map(({ to }) => to)).toContain(`+86${PERSONAL.phone}`);
    const leaks = system.logs.filter((line) =>
      [...Object.values(PERSONAL), registered.secret].some((word) => line.includes(word)),
    );
    expect(leaks).toEqual([]);
  });
});

describe('what the watch does on a working day is allowed', () => {
  test.each([
    ['dynamodb:Query', `${TABLES.cases}/index/watch`],
    ['dynamodb:GetItem', TABLES.cases],
    ['dynamodb:UpdateItem', TABLES.cases],
    ['dynamodb:PutItem', TABLES.cases],
  ])('%s on %s', async (action, resource) => {
    expect(await decision('WatchDeadlines', action, resource)).toBe('Allowed');
  });
});

describe('what functions must not do is denied', () => {
  /** HealthApi sends to a queue what that queue gave up. */
  const FORBIDDEN: readonly (readonly [
    who: readonly string[],
    action: string,
    resource: string,
    why: string,
  ])[] = [
    [EVERYONE, 'dynamodb:DeleteTable', TABLES.cases, 'nobody deletes a table'],
    [EVERYONE, 'dynamodb:DeleteItem', TABLES.cases, 'the history is append-only'],
    [
      everyoneBut('RecountStatistics'),
      'dynamodb:Scan',
      TABLES.cases,
      'no function reads everything but the nightly proof',
    ],
    [EVERYONE, 'dynamodb:Scan', TABLES.identities, 'no function lists people'],
    [EVERYONE, 'dynamodb:Scan', TABLES.informers, 'no function lists people'],
    [EVERYONE, 'dynamodb:PutItem', TABLES.registry, 'nobody writes everything of the register'],
    [
      everyoneBut('DeskApi', 'InformerApi'),
      'dynamodb:ConditionCheckItem',
      TABLES.cases,
      'leases keep people apart, not functions',
    ],
    ...(['GetItem', 'Query', 'BatchGetItem', 'Scan', 'UpdateItem', 'PartiQLSelect'] as const).map(
      (action) =>
        [
          everyoneBut('InformerApi', 'SendInformerNotices', 'DraftInformerForms'),
          `dynamodb:${action}`,
          TABLES.informers,
          'the complaint side cannot read who informed',
        ] as const,
    ),
    ...(['GetItem', 'Query', 'BatchGetItem', 'Scan', 'UpdateItem', 'PartiQLSelect'] as const).map(
      (action) =>
        [
          everyoneBut('DeskApi', 'SendNotices', 'DraftForms', 'EraseExpired', 'PartnerApi'),
          `dynamodb:${action}`,
          TABLES.identities,
          'few read who complained, and none of the report side',
        ] as const,
    ),
    [everyoneBut('DeskApi'), 'dynamodb:Query', TABLES.identities, 'only the desk looks for neighbours'],
    [everyoneBut('InformerApi'), 'dynamodb:Query', TABLES.informers, 'only there readings are listed'],
    [
      everyoneBut(
        'SubmitComplaint',
        'EnterCases',
        'Open311',
        'DeskApi',
        'InformerApi',
        'DraftForms',
        'PartnerApi',
        'ReceiveSms',
        'ReceiveAwsSms',
        'AnswerText',
        'ReadTranscript',
        'Evidence',
      ),
      'dynamodb:PutItem',
      TABLES.identities,
      'who complained is written where cases begin, and where readings are kept',
    ],
    [
      everyoneBut(
        'SubmitComplaint',
        'EnterCases',
        'Open311',
        'DeskApi',
        'InformerApi',
        'DraftInformerForms',
        'AnswerText',
        'ReadTranscript',
        'Evidence',
      ),
      'dynamodb:PutItem',
      TABLES.informers,
      'who informed is written where cases begin, and where readings are kept',
    ],
    [
      everyoneBut('DeskApi', 'EraseExpired'),
      'dynamodb:DeleteItem',
      TABLES.identities,
      'complainants are deleted when they are informers or their data are no longer needed',
    ],
    [
      everyoneBut('InformerApi', 'EraseExpired'),
      'dynamodb:DeleteItem',
      TABLES.informers,
      'informers are deleted when they are complainants or their data are no longer needed',
    ],
    [
      everyoneBut('PublishCases'),
      'dynamodb:PutItem',
      TABLES.publicCases,
      'one place decides what strangers may see',
    ],
    [everyoneBut('TallyStatistics'), 'dynamodb:UpdateItem', TABLES.statistics, 'only the tally counts'],
    [
      [
        'TrackCase',
        'StatisticsApi',
        'RelayEvents',
        'SweepUntriaged',
        'TallyStatistics',
        'PublishCases',
        'DraftForms',
        'DraftInformerForms',
      ],
      'dynamodb:UpdateItem',
      TABLES.cases,
      'readers do not write',
    ],
    [['SubmitComplaint', 'EnterCases'], 'dynamodb:UpdateItem', TABLES.cases, 'the intake changes no case'],
    [everyoneBut('TriageCase'), 'sqs:ReceiveMessage', QUEUES.triage, 'only the triage reads its queue'],
    [everyoneBut('SendNotices'), 'sqs:ReceiveMessage', QUEUES.notices, 'only the sender reads its queue'],
    [
      everyoneBut('SendInformerNotices'),
      'sqs:ReceiveMessage',
      QUEUES.informerNotices,
      'only the sender reads its queue',
    ],
    [
      everyoneBut('RelayEvents', 'SweepUntriaged', 'HealthApi'),
      'sqs:SendMessage',
      QUEUES.triage,
      'only relay and sweep send',
    ],
    [everyoneBut('AnswerText'), 'sqs:ReceiveMessage', QUEUES.texts, 'one function answers texts'],
    [everyoneBut('SendTextReplies'), 'sqs:ReceiveMessage', QUEUES.replies, 'one function sends replies'],
    [
      everyoneBut('ReceiveSms', 'ReceiveAwsSms', 'SweepTexts', 'HealthApi'),
      'sqs:SendMessage',
      QUEUES.texts,
      'texts come in, or are found again',
    ],
    [
      everyoneBut('AnswerText', 'SpreadWarnings', 'HealthApi'),
      'sqs:SendMessage',
      QUEUES.replies,
      'only who answers replies, and who spreads warnings',
    ],
    [
      ['RollUpStatistics', 'RecountStatistics', 'FiguresApi', 'DetectWarnings'],
      'dynamodb:GetItem',
      TABLES.identities,
      'figures know nobody',
    ],
    [
      ['RecountStatistics', 'FiguresApi', 'DetectWarnings', 'StatisticsApi'],
      'dynamodb:PutItem',
      TABLES.statistics,
      'who reads figures writes none',
    ],
    [
      ['RollUpStatistics', 'RecountStatistics', 'FiguresApi', 'DetectWarnings', 'SpreadWarnings'],
      'dynamodb:UpdateItem',
      TABLES.cases,
      'figures change no case',
    ],
    [everyoneBut('RelayEvents', 'HealthApi'), 'sqs:SendMessage', QUEUES.notices, 'only the relay sends'],
    [
      everyoneBut('RelayEvents', 'HealthApi'),
      'sqs:SendMessage',
      QUEUES.informerNotices,
      'only the relay sends',
    ],
    [
      everyoneBut('SendNotices', 'SendInformerNotices', 'ProvePhone', 'AnswerText', 'SendTextReplies'),
      'sms-voice:SendTextMessage',
      SMS,
      'only the senders send SMS',
    ],
    [everyoneBut('SendNotices', 'SendInformerNotices'), 'ses:SendEmail', EMAIL, 'only the senders send mail'],
    [EVERYONE, 'sms-voice:SendTextMessage', SMS.replace('12315', 'OTHER'), 'nobody sends in another name'],
    [EVERYONE, 'ses:SendEmail', EMAIL.replace('example.org', 'example.com'), 'nobody sends in another name'],
    [everyoneBut('ReadTranscript'), 's3:GetObject', `${CALLS}/calls/1.json`, 'one function reads calls'],
    [EVERYONE, 's3:GetObject', `${CALLS}/other/1.json`, 'nobody reads what lies elsewhere in the bucket'],
    [EVERYONE, 's3:PutObject', `${CALLS}/calls/1.json`, 'only the telephone system writes'],
    [EVERYONE, 's3:DeleteObject', `${CALLS}/calls/1.json`, 'files of calls go by themselves'],
    [everyoneBut('Evidence'), 's3:GetObject', `${EVIDENCE}/checked/1`, 'one function hands files out'],
    [
      everyoneBut('Evidence', 'CheckEvidence'),
      's3:GetObject',
      `${EVIDENCE}/incoming/1`,
      'what is not checked is read by the check',
    ],
    [everyoneBut('Evidence'), 's3:PutObject', `${EVIDENCE}/incoming/1`, 'one function lets files in'],
    [everyoneBut('CheckEvidence'), 's3:PutObject', `${EVIDENCE}/checked/1`, 'only what was checked is kept'],
    [
      everyoneBut('CheckEvidence', 'EraseExpired'),
      's3:DeleteObject',
      `${EVIDENCE}/checked/1`,
      'evidence stays until its term is over',
    ],
    [EVERYONE, 'sqs:PurgeQueue', QUEUES.triage, 'nobody empties a queue'],
    [EVERYONE, 'iam:PassRole', `arn:aws:iam::${accountId}:role/any`, 'nobody passes roles'],
  ];

  test.each(FORBIDDEN)('%s: %s on %s (%s)', async (who, action, resource) => {
    for (const functionId of who) {
      expect(await decision(functionId, action, resource), functionId).not.toBe('Allowed');
    }
  });

  test('the triage reads hashes of phones, not people, and of the cases no history', async () => {
    const query = (table: string, key: string) =>
      decision('TriageCase', 'dynamodb:Query', table, { 'dynamodb:LeadingKeys': [key] });
    expect(await query(TABLES.identities, 'PERSON#1')).toBe('Allowed');
    expect(await query(TABLES.identities, 'CASE#1')).not.toBe('Allowed');
    expect(await query(TABLES.cases, 'INCIDENT#1')).toBe('Allowed');
    expect(await query(TABLES.cases, 'CASE#1')).not.toBe('Allowed');
  });

  test('the triage reads businesses and writes none; what is proposed of them it cannot see', async () => {
    const may = (action: string, key: string) =>
      decision('TriageCase', `dynamodb:${action}`, TABLES.registry, { 'dynamodb:LeadingKeys': [key] });
    for (const action of ['GetItem', 'BatchGetItem']) {
      expect(await may(action, 'BUSINESS#91330203000000019N')).toBe('Allowed');
      expect(await may(action, 'CLASSPROPOSALS#330200')).not.toBe('Allowed');
    }
    for (const action of ['PutItem', 'UpdateItem', 'DeleteItem']) {
      expect(await may(action, 'BUSINESS#91330203000000019N')).not.toBe('Allowed');
    }
  });

  test('the watch proposes classes from hashes of phones and the cases of a business, and sets none', async () => {
    const may = (action: string, table: string, key: string) =>
      decision('WatchDeadlines', `dynamodb:${action}`, table, { 'dynamodb:LeadingKeys': [key] });
    expect(await may('Query', TABLES.identities, 'PERSON#1')).toBe('Allowed');
    expect(await may('Query', TABLES.identities, 'CASE#1')).not.toBe('Allowed');
    expect(await may('Query', TABLES.cases, 'BUSINESSCODE#1')).toBe('Allowed');
    expect(await may('Query', TABLES.cases, 'CASE#1')).not.toBe('Allowed');
    expect(await may('PutItem', TABLES.registry, 'CLASSPROPOSALS#330200')).toBe('Allowed');
    for (const key of ['BUSINESS#1', 'WATCHLIST#330200', 'BUREAU#330200', 'BUSINESSKEY#330200#name:a']) {
      expect(await may('PutItem', TABLES.registry, key), key).not.toBe('Allowed');
      expect(await may('UpdateItem', TABLES.registry, key), key).not.toBe('Allowed');
    }
  });

  test('the desk decides classes and keeps the watch-list; names and keys of businesses it cannot write', async () => {
    const may = (action: string, key: string) =>
      decision('DeskApi', `dynamodb:${action}`, TABLES.registry, { 'dynamodb:LeadingKeys': [key] });
    expect(await may('UpdateItem', 'BUSINESS#1')).toBe('Allowed');
    expect(await may('DeleteItem', 'CLASSPROPOSALS#330200')).toBe('Allowed');
    expect(await may('PutItem', 'WATCHLIST#330200')).toBe('Allowed');
    for (const key of ['BUSINESS#1', 'BUSINESSKEY#330200#name:a']) {
      expect(await may('PutItem', key), key).not.toBe('Allowed');
      expect(await may('DeleteItem', key), key).not.toBe('Allowed');
    }
  });

  test('the desk keeps lists and accepted rules beside the register, and moves which version is in force, nothing else', async () => {
    const puts = (key: string) =>
      decision('DeskApi', 'dynamodb:PutItem', TABLES.registry, { 'dynamodb:LeadingKeys': [key] });
    expect(await puts('FILTERS#officer-1')).toBe('Allowed');
    expect(await puts('ABSENCES#33020301')).toBe('Allowed');
    expect(await puts('PROPOSALS#330200')).toBe('Allowed');
    expect(await puts('RULES#330200')).toBe('Allowed');
    expect(await puts('BUREAU#330200')).toBe('Allowed');
    for (const key of ['BUREAU#330200#set', 'BUREAU#330201', 'PARTNERS#330200', 'CALENDAR', 'MODEL#330200']) {
      expect(await puts(key), key).not.toBe('Allowed');
    }
  });

  test('who reads open data sees what was released, and neither what is staged nor any case', async () => {
    const may = (id: string, action: string, key: string) =>
      decision(id, `dynamodb:${action}`, TABLES.publicCases, { 'dynamodb:LeadingKeys': [key] });
    expect(await may('OpenData', 'Query', 'OPENDATA#DOCUMENTS')).toBe('Allowed');
    for (const key of ['CASE#1', 'OPENSTAGE#2026-11', 'OPENRELEASES#', 'OPENANSWERS#']) {
      expect(await may('OpenData', 'Query', key), key).not.toBe('Allowed');
    }
    for (const action of ['GetItem', 'PutItem', 'DeleteItem', 'Scan']) {
      expect(await may('OpenData', action, 'OPENDATA#DOCUMENTS'), action).not.toBe('Allowed');
    }
    for (const id of ['OpenData', 'ReleaseOpenData', 'BusinessAnswers']) {
      for (const table of [TABLES.cases, TABLES.identities, TABLES.informers]) {
        expect(await decision(id, 'dynamodb:GetItem', table), id).not.toBe('Allowed');
        expect(await decision(id, 'dynamodb:Query', table), id).not.toBe('Allowed');
      }
    }
  });

  test('what happens to files on rare days is allowed', async () => {
    const abort = ['s3:AbortMultipartUpload', `${EVIDENCE}/incoming/1`] as const;
    expect(await decision('Evidence', ...abort)).toBe('Allowed');
    for (const place of ['incoming', 'checked']) {
      const deleted = ['s3:DeleteObject', `${EVIDENCE}/${place}/1`] as const;
      expect(await decision('EraseExpired', ...deleted)).toBe('Allowed');
      expect(await decision('CheckEvidence', ...deleted)).toBe('Allowed');
    }
  });

  test.each(['AnswerText', 'SendTextReplies', 'SweepTexts'])(
    '%s reads texts, not who complained',
    async (id) => {
      const reads = (key: string) =>
        decision(id, 'dynamodb:GetItem', TABLES.identities, { 'dynamodb:LeadingKeys': [key] });
      expect(await reads('CASE#1')).not.toBe('Allowed');
      expect(await reads('CONTACTS#1')).not.toBe('Allowed');
      expect((await reads('TEXT#1')) === 'Allowed').toBe(id !== 'SweepTexts');
      expect((await reads('TALK#1')) === 'Allowed').toBe(id === 'AnswerText');
    },
  );

  test('the simulator does allow what is allowed, so a denial means something', async () => {
    expect(await decision('DeskApi', 'dynamodb:GetItem', TABLES.identities)).toBe('Allowed');
    expect(await decision('InformerApi', 'dynamodb:GetItem', TABLES.informers)).toBe('Allowed');
    expect(await decision('TriageCase', 'sqs:ReceiveMessage', QUEUES.triage)).toBe('Allowed');
    expect(await decision('SendNotices', 'sms-voice:SendTextMessage', SMS)).toBe('Allowed');
  });

  test.each([
    ['SubmitComplaint', 'UpdateItem', 'RATE#'],
    ['SubmitComplaint', 'GetItem', 'PHONECODE#'],
    ['Open311', 'UpdateItem', 'RATE#'],
    ['Open311', 'GetItem', 'PHONECODE#'],
    ['ProvePhone', 'UpdateItem', 'RATE#'],
    ['ProvePhone', 'PutItem', 'PHONECODE#'],
  ])('%s: %s on items %s of the identities, and on nobody’s data', async (functionId, action, prefix) => {
    const on = (key: string) =>
      decision(functionId, `dynamodb:${action}`, TABLES.identities, { 'dynamodb:LeadingKeys': [`${key}1`] });
    expect(await on(prefix)).toBe('Allowed');
    expect(await on('CASE#')).not.toBe('Allowed');
    expect(await on('PERSON#')).not.toBe('Allowed');
  });

  test.each([
    ['SubmitComplaint', TABLES.informers],
    ['SubmitComplaint', TABLES.identities],
    ['EnterCases', TABLES.informers],
    ['EnterCases', TABLES.identities],
    ['Open311', TABLES.informers],
    ['Open311', TABLES.identities],
    ['DeskApi', TABLES.informers],
    ['InformerApi', TABLES.identities],
  ])('%s writes to %s, and cannot ask a write for what was there', async (functionId, table) => {
    const write = (asks: string) =>
      decision(functionId, 'dynamodb:PutItem', table, { 'dynamodb:ReturnValues': asks });
    expect(await write('NONE')).toBe('Allowed');
    expect(await write('ALL_OLD')).not.toBe('Allowed');
  });
});
