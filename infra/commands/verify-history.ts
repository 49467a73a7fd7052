import type { Case } from '../../shared/case/case.ts';
import { type CaseNumber, parseCaseNumber } from '../../shared/case/case-number.ts';
import type { Counting } from '../../shared/case/turn-clocks.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createDynamoDbCalendarStore } from '../../shared/store/calendar-store.ts';
import type { CaseStore } from '../../shared/store/case-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { countEvents, startProgress } from './progress.ts';
import { describeVerification } from './verify-history/describe.ts';
import { type Verification, verifyCases } from './verify-history/verify.ts';

await runCommand(
  {
    usage: 'npm run verify-history -- NUMBER | --all [--json] [--cases-table X --registry-table Y]',
    zh: '核验案件历史的哈希链，并由历史重建现状进行比对，指出第一处断链。退出码：0 完好，1 有断链。整段末尾被删去的，另由 npm run recount 发现。',
    en: 'Verifies the hash chain of one case or of the whole table, rebuilds each case from its history, and names the first broken link. Exit code: 0 whole, 1 broken. That the end of a history was cut off together with its case is found by npm run recount.',
    positionals: 0,
    optional: 1,
    options: {
      all: { type: 'boolean', zh: '整张案件表', en: 'the whole table: reads all of it' },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      'cases-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的案件表',
        en: 'a deployed system’s cases table',
      },
      'registry-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的登记表',
        en: 'its table of registers; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [typed]) => {
    if ((typed === undefined) === !options.all) {
      throw new WrongUsage('请给出一个案件编号，或者 --all / Give one case number, or --all');
    }
    const number = typed === undefined ? undefined : parseCaseNumber(typed);
    if (typed !== undefined && number === undefined) {
      throw new WrongUsage(`不是案件编号 / Not a case number: ${typed}`);
    }
    const tables = tablesOf(
      ['cases', 'registry'],
      { cases: options['cases-table'], registry: options['registry-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const cases = createDynamoDbCaseStore(client, { cases: tables.cases });
    const numbers = number === undefined ? await allNumbers(cases) : [number];
    const progress = startProgress('核验 / verifying', numbers.length);
    const verification = await verifyCases(numbers, cases, countingIn(client, tables.registry), () =>
      progress.advance(),
    );
    progress.stop();
    if (number !== undefined && isNowhere(verification)) {
      throw new CommandFailure(`没有这个案件 / There is no case ${number}`);
    }
    process.stdout.write(
      options.json
        ? `${JSON.stringify(verification)}\n`
        : `${describeVerification(verification).join('\n')}\n`,
    );
    return verification.broken.length === 0 ? 0 : 1;
  },
);

function isNowhere({ broken }: Verification): boolean {
  return broken.some(({ fault, version }) => fault === 'no-case' && version === 0);
}

async function allNumbers(cases: CaseStore): Promise<CaseNumber[]> {
  const counting = countEvents('查找案件 / finding cases');
  const numbers: CaseNumber[] = [];
  for await (const number of cases.allNumbers()) {
    numbers.push(number);
    counting.advance();
  }
  counting.stop();
  return numbers;
}

/** By what the dates of a case are counted: the calendar, and the settings of its bureau. */
function countingIn(client: ReturnType<typeof createDocumentClient>, registryTable: string) {
  const now = () => new Date();
  const calendar = createDynamoDbCalendarStore(client, registryTable, now);
  const known = new Map<string, Promise<Counting>>();
  return async ({ unitPath: [bureau = ''] }: Case): Promise<Counting> => {
    const read = async () => {
      const { settings } = await createDynamoDbRegistryStore(client, registryTable, bureau, now).read();
      return { calendar: await calendar.read(), settings: settingsOf(settings) };
    };
    const counting = known.get(bureau) ?? read();
    known.set(bureau, counting);
    return counting;
  };
}
