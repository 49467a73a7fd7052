import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '../../shared/sha256.ts';
import { createDynamoDbCallStore } from '../../shared/store/call-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbTextStore } from '../../shared/store/dynamodb-text-store.ts';
import { recount } from '../../shared/store/recount.ts';
import { sampleRegistry } from '../local/sample-registry.ts';
import { CommandFailure, runCommand, WrongUsage, wholeNumber } from './command-line.ts';
import {
  bucketOf,
  ENDPOINTS_OPTION,
  findLocalSystem,
  type LocalSystem,
  tableOf,
  tokenFor,
  unitsOf,
  useLocalServices,
} from './connection.ts';
import { startProgress } from './progress.ts';
import { announceWaiting } from './recount/describe.ts';
import { openJournal } from './replay/journal.ts';
import { readMessages } from './replay/messages.ts';
import { seededAddresses } from './replay/seeded.ts';
import { sendMessages } from './replay/send-messages.ts';
import { type SettleOptions, settleCases } from './replay/settle-cases.ts';
import { describeReplay, isAllWell, summarize } from './replay/summary.ts';
import { type HistoryOf, waitForTriage } from './replay/wait-for-triage.ts';
import { phoneWay, smsWay, WAY_NAMES, type WayName, type Ways, wayOf, webWay } from './replay/ways.ts';

/** Enough to keep the intake busy; more would only wait in its queue. */
const IN_FLIGHT = 16;
/** At a rate senders do not wait for each other, as people do not: a slow system must not slow down its own measure. */
const IN_FLIGHT_AT_A_RATE = 500;

await runCommand(
  {
    usage:
      'npm run replay -- FILE.jsonl [--channel web|sms|phone|mix] [--rate N] [--limit N] [--settle] [--with-addresses] [--json]',
    zh: '把文件中的消息作为投诉发入本机系统，等全部离开分派，再核对统计。中断后重新运行不会重复提交。退出码：1 有丢失或统计不一致。',
    en: 'Sends the messages of a file into the system on this machine as complaints, waits until all have left triage, and checks the statistics. Started again it sends nothing twice. Exit code 1: something was lost, or the statistics differ.',
    positionals: 1,
    options: {
      channel: {
        type: 'string',
        value: 'CHANNEL',
        default: 'web',
        zh: '从哪个渠道发入：web 网站、sms 短信、phone 电话转写、mix 轮流',
        en: 'the channel they come by: web, sms, phone (transcripts), mix (in turn)',
      },
      rate: { type: 'string', value: 'N', zh: '每秒至多几条', en: 'at most N messages a second' },
      limit: { type: 'string', value: 'N', zh: '只发前几条', en: 'the first N messages only' },
      settle: {
        type: 'boolean',
        zh: '再以各所承办人身份受理、告知、办结',
        en: 'then take what reached a station through the desk, to its end',
      },
      'with-addresses': {
        type: 'boolean',
        zh: '给没有地址的消息配一个固定的示例地址',
        en: 'give lines without an address a sample one, always the same for the same id',
      },
      wait: {
        type: 'string',
        value: 'SECONDS',
        default: '300',
        zh: '等待全部离开分派、每件通知发出的时间',
        en: 'how long all may take to leave triage, and the notices of a case to go out',
      },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [path = '']) => {
    const channel = channelOf(options.channel);
    const rate = wholeNumber(options.rate, '--rate', 1);
    const limit = wholeNumber(options.limit, '--limit', 1);
    const waitMs = wholeNumber(options.wait, '--wait', 0) * 1000;
    const withAddresses = options['with-addresses'];
    const content = readFile(path);
    const addressFor = withAddresses ? seededAddresses(sampleRegistry()) : undefined;
    const file = readMessages(content, { ...(addressFor && { addressFor }), ...(limit && { limit }) });

    const { system, cases, statistics, units, age, ways } = await connect(options.endpoints);
    // Beside the addresses of the system; one journal for this file and this system.
    const journalName = `${sha256(content).slice(0, 16)}-${channel}-${age}.jsonl`;
    const journal = openJournal(join(dirname(options.endpoints), 'replay', journalName));

    const start = Date.now();
    const sending = startProgress('发送 / sending', file.messages.length);
    const sent = await sendMessages(file.messages, {
      wayOf: wayOf(ways, channel),
      journal,
      inFlight: rate === undefined ? IN_FLIGHT : IN_FLIGHT_AT_A_RATE,
      rate,
      onAnswer: sending.advance,
    }).finally(sending.stop);
    const sentAt = Date.now();

    const keyOf = new Map(
      sent.answers.flatMap((answer) => ('number' in answer ? [[answer.number, answer.key]] : [])),
    );
    const historyOf: HistoryOf = (number) => cases.history(number);
    const waiting = startProgress('分派 / triage', keyOf.size);
    const triaged = await waitForTriage([...keyOf.keys()], historyOf, {
      waitMs,
      onTriaged: waiting.advance,
    }).finally(waiting.stop);

    const settled = options.settle
      ? await settle(system, triaged.histories.keys(), keyOf, {
          caseOf: (number) => cases.case(number),
          patience: sent.patience,
          waitMs,
        })
      : undefined;
    const recounted = await recount(cases, statistics, { onWaiting: announceWaiting });
    const seconds = { sending: (sentAt - start) / 1000, all: (Date.now() - start) / 1000 };
    const summary = summarize({ file, sent, triaged, settled, recounted, units, withAddresses, seconds });
    process.stdout.write(
      options.json ? `${JSON.stringify(summary)}\n` : `${describeReplay(summary).join('\n')}\n`,
    );
    return isAllWell(summary) ? 0 : 1;
  },
);

/** Takes every case that reached a station through the desk, with a token of that station's first officer. */
async function settle(
  system: LocalSystem,
  numbers: Iterable<string>,
  keyOf: ReadonlyMap<string, string>,
  options: Pick<SettleOptions, 'caseOf' | 'patience' | 'waitMs'>,
) {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (station: string) => {
    const known = tokens.get(station);
    if (known !== undefined) return known;
    const token = tokenFor(system, { role: 'officer', unit: station, sub: `officer-${station}-1` });
    tokens.set(station, token);
    return token;
  };
  const open = [...numbers].map((number) => ({ number, key: keyOf.get(number) ?? number }));
  const progress = startProgress('办理 / settling', open.length);
  return await settleCases(open, {
    api: system.api,
    tokenOf,
    inFlight: IN_FLIGHT,
    ...options,
    onEnded: progress.advance,
  }).finally(progress.stop);
}

async function connect(endpoints: string) {
  const system = findLocalSystem(endpoints);
  useLocalServices(system);
  const client = createDocumentClient();
  const casesTable = tableOf(system, 'Cases');
  const cases = createDynamoDbCaseStore(client, { cases: casesTable });
  const identities = tableOf(system, 'Identities');
  const look = {
    cases,
    texts: createDynamoDbTextStore(client, identities),
    calls: createDynamoDbCallStore(client, identities),
  };
  const calls = { client: new S3Client({}), name: bucketOf(system, 'Calls') };
  const ways: Ways = {
    web: webWay(system),
    sms: smsWay(system, look),
    phone: phoneWay(system, calls, look),
  };
  const { Table } = await client.send(new DescribeTableCommand({ TableName: casesTable }));
  return {
    system,
    cases,
    ways,
    statistics: createDynamoDbStatisticsStore(client, tableOf(system, 'Statistics')),
    units: await unitsOf(system),
    /** When the cases table was made: a system that began afresh has answered none of the lines. */
    age: Table?.CreationDateTime?.getTime() ?? 0,
  };
}

function channelOf(name: string): WayName | 'mix' {
  const known = ([...WAY_NAMES, 'mix'] as const).find((one) => one === name);
  if (known === undefined) throw new WrongUsage('--channel: web, sms, phone, mix');
  return known;
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure(`${path} 读不了 / cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
