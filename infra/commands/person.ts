import { randomUUID } from 'node:crypto';
import type { Case } from '../../shared/case/case.ts';
import { parseCaseNumber } from '../../shared/case/case-number.ts';
import type { StepContext } from '../../shared/case/take-step.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbEraser } from '../../shared/store/dynamodb-eraser.ts';
import { createDynamoDbIdentityStore } from '../../shared/store/dynamodb-identity-store.ts';
import { createEvidenceEraser, eraseWithAll } from '../../shared/store/eraser.ts';
import { createS3Evidence } from '../../shared/store/evidence-objects.ts';
import { createDynamoDbEvidenceStore } from '../../shared/store/evidence-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import { bucketOf, ENDPOINTS_OPTION, findLocalSystem, tablesOf } from './connection.ts';
import { readCorrections } from './person/corrections.ts';
import { describeEndings, describeHeld } from './person/describe.ts';
import { casesOf, correct, erase, heldInReport, heldOf, type PersonStores } from './person/person-data.ts';

const TABLES = ['cases', 'identities', 'informers', 'registry'] as const;
type Tables = Record<(typeof TABLES)[number], string>;
const table = (zh: string, en: string) => ({ type: 'string', value: 'NAME', zh, en }) as const;

await runCommand(
  {
    usage:
      'npm run -s person -- --phone 138… [--name NAME] [--correct name=…,address=…] [--erase] [--json]   |   npm run -s person -- --report NUMBER --secret SECRET',
    zh: '答复本人查阅、更正、删除个人信息的请求：列出本系统保存的全部信息，或者更正未结案件中的信息，或者清除到期的信息。请先核验请求人身份。举报不能按电话查找（保护举报人），请用举报编号和查询码。退出码：0 完成，1 没有找到或者未能完成。',
    en: 'Answers a person’s request to see, correct or erase his data: prints all that is held, corrects it in open cases, erases what is due. Check first that it is the person. Reports cannot be found by a phone number, on purpose (nobody shall find an informer): give the number and the secret. Exit code: 0 done, 1 nothing found or not all done.',
    positionals: 0,
    options: {
      phone: { type: 'string', value: 'PHONE', zh: '本人电话', en: 'the person’s phone' },
      name: {
        type: 'string',
        value: 'NAME',
        zh: '本人姓名',
        en: 'the name, if several people used this phone',
      },
      correct: {
        type: 'string',
        value: 'FIELDS',
        zh: '更正 name、phone、address、email',
        en: 'correct name, phone, address, email in all open cases',
      },
      erase: { type: 'boolean', zh: '清除到期的信息', en: 'erase what need not be kept any more' },
      report: {
        type: 'string',
        value: 'NUMBER',
        zh: '举报编号',
        en: 'show the informer’s own data of this report',
      },
      secret: { type: 'string', value: 'SECRET', zh: '举报查询码', en: 'its tracking secret' },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      'cases-table': table('已部署系统的案件表', 'a deployed system’s cases table; give all four'),
      'identities-table': table('投诉人表', 'its complainants'),
      'informers-table': table('举报人表', 'its informers'),
      'registry-table': table('登记表', 'its register; credentials and region come from the environment'),
      'evidence-bucket': table('证据存储桶，与 --erase 同用', 'its bucket of evidence; goes with --erase'),
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options) => {
    const { phone, report, secret } = options;
    if (
      (phone === undefined) === (report === undefined) ||
      (report === undefined) !== (secret === undefined)
    ) {
      throw new WrongUsage(
        '请给出 --phone，或者 --report 和 --secret / Give --phone, or --report together with --secret',
      );
    }
    if (report !== undefined && (options.correct !== undefined || options.erase)) {
      throw new WrongUsage(
        '--correct 和 --erase 只能与 --phone 同用 / --correct and --erase go with --phone only',
      );
    }
    if (options.correct !== undefined && options.erase) {
      throw new WrongUsage('--correct 不能与 --erase 同用 / --correct goes not with --erase');
    }
    const corrections = options.correct === undefined ? undefined : readCorrections(options.correct);
    const number = report === undefined ? undefined : parseCaseNumber(report);
    if (report !== undefined && number === undefined) {
      throw new WrongUsage('--report 不是案件编号 / --report takes a case number');
    }
    const given = {
      cases: options['cases-table'],
      identities: options['identities-table'],
      informers: options['informers-table'],
      registry: options['registry-table'],
    };
    const tables = tablesOf(TABLES, given, options.endpoints);
    const bucket = options['evidence-bucket'] ?? localBucket(given.cases, options.endpoints);
    if (options.erase && bucket === undefined) {
      throw new WrongUsage(
        '--erase 需要 --evidence-bucket / --erase needs --evidence-bucket with the tables',
      );
    }
    const { stores, contextFor } = open(tables, bucket ?? '');
    const print = (value: unknown, lines: readonly string[]) =>
      process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);

    if (number !== undefined) {
      const held = await heldInReport(number, secret ?? '', stores, now);
      print([held], describeHeld([held]));
      return 0;
    }
    const numbers = await casesOf(phone ?? '', options.name, stores);
    if (numbers.length === 0) {
      throw new CommandFailure(
        '没有找到。举报不能按电话查找，请用 --report / Nothing is held. Reports are not found by phone: use --report',
      );
    }
    if (corrections === undefined && !options.erase) {
      const held = await heldOf(phone ?? '', numbers, stores, now);
      print(held, describeHeld(held));
      return 0;
    }
    const endings =
      corrections === undefined
        ? await erase(numbers, stores, contextFor)
        : await correct(phone ?? '', numbers, corrections, stores, contextFor);
    print(endings, describeEndings(endings));
    return endings.some(({ ending }) => ending === 'try-again') ? 1 : 0;
  },
);

function now(): Date {
  return new Date();
}

/** The bucket of the local system, if that is where the tables are. */
function localBucket(named: string | undefined, endpoints: string): string | undefined {
  return named === undefined ? bucketOf(findLocalSystem(endpoints), 'Evidence') : undefined;
}

function open(tables: Tables, evidenceBucket: string) {
  const client = createDocumentClient();
  const stores: PersonStores = {
    cases: createDynamoDbCaseStore(client, tables),
    complainants: createDynamoDbIdentityStore(client, tables.identities),
    informers: createDynamoDbIdentityStore(client, tables.informers),
    eraser: eraseWithAll(
      createEvidenceEraser(
        createDynamoDbEvidenceStore(client, tables.cases),
        createS3Evidence(evidenceBucket),
      ),
      createDynamoDbEraser(client, tables),
    ),
  };
  const calendar = createDynamoDbCalendarStore(client, tables.registry, now);
  const contextFor = async ({ unitPath: [bureau = ''] }: Case): Promise<StepContext> => {
    const registry = await createDynamoDbRegistryStore(client, tables.registry, bureau, now).read();
    return {
      actor: { role: 'system', id: 'person' },
      now,
      salt: randomUUID,
      calendar: await calendar.read(),
      settings: settingsOf(registry.settings),
    };
  };
  return { stores, contextFor };
}
