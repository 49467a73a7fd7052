import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { tryRegister } from '../../shared/jurisdiction/trial.ts';
import { checkRegistry } from '../../shared/register-files/check-registry.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { CommandFailure, runCommand, WrongUsage, wholeNumber } from './command-line.ts';
import { CASES_AND_REGISTER_OPTIONS, tablesOf } from './connection.ts';
import { describeFinding } from './load-registry/describe.ts';
import { readPastCases } from './past-cases.ts';
import { startProgress } from './progress.ts';
import { readRegistry } from './registry-files/files.ts';
import { describeTrial } from './trial-registry/describe.ts';

await runCommand(
  {
    usage:
      'npm run trial-registry -- FILE.json | FILE.xlsx | FOLDER [--days N] [--threshold N] [--json] [--cases-table X --registry-table Y]',
    zh: '用过去的案件试算改过的登记资料：哪些案件会改派、从哪里到哪里，可免多少退回、会新增多少。什么都不改。会读取整张案件表。退出码：0 完成，1 登记资料有错误或者失败。',
    en: 'Tries a changed register on past cases: which would move, from where to where, how many returns it would have saved and caused. Changes nothing. Scans the cases table. Exit code: 0 done, 1 the register is broken, or failed.',
    positionals: 1,
    options: {
      days: {
        type: 'string',
        value: 'N',
        default: '90',
        zh: '最近多少天收到的案件',
        en: 'cases received in the last N days',
      },
      threshold: {
        type: 'string',
        value: 'N',
        zh: '拟改的直接分派把握阈值，0 到 1；默认用文件里的',
        en: 'confidence from which the proposed one sends without a dispatcher, 0 to 1; otherwise as in the file',
      },
      on: {
        type: 'string',
        value: 'DATE',
        zh: '按哪一天有效的规则试算；默认今天',
        en: 'the day whose rules count as in force; otherwise today',
      },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      ...CASES_AND_REGISTER_OPTIONS,
    },
  },
  async (options, [file = '']) => {
    const days = wholeNumber(options.days, '--days', 1);
    const threshold = share(options.threshold);
    const now = new Date();
    const today = shanghaiDate(now);
    const on = options.on ?? today;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) throw new WrongUsage(`--on: 2026-01-31, not ${on}`);
    const document = readRegistry(file, (line) => process.stderr.write(`${line}\n`));
    const fatal = checkRegistry(document, on).filter((finding) => finding.fatal);
    if (fatal.length > 0) {
      throw new CommandFailure(fatal.map(describeFinding).join('').trimEnd());
    }
    const proposed =
      threshold === undefined
        ? document
        : { ...document, settings: { ...document.settings, routingThreshold: threshold } };

    const tables = tablesOf(
      ['cases', 'registry'],
      { cases: options['cases-table'], registry: options['registry-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const store = createDynamoDbRegistryStore(client, tables.registry, document.bureau, () => now);
    const inForce = await store.read();
    const cases = await readPastCases(
      createDynamoDbCaseStore(client, { cases: tables.cases }),
      document.bureau,
      addDays(today, -days),
      now,
    );
    const progress = startProgress('试算 / trying', cases.length);
    const trial = tryRegister(cases, inForce, proposed, on, () => progress.advance());
    progress.stop();
    const units = new Map([...inForce.units, ...document.units].map((unit) => [unit.code, unit]));
    process.stdout.write(
      options.json
        ? `${JSON.stringify(trial)}\n`
        : `${describeTrial(trial, { units: [...units.values()] }).join('\n')}\n`,
    );
    return 0;
  },
);

function share(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() !== '' && number >= 0 && number <= 1) return number;
  throw new WrongUsage(`--threshold 应为 0 到 1 / takes a number from 0 to 1: ${value}`);
}
