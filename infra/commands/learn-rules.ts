import { extname } from 'node:path';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import {
  proveLearning,
  type RuleReview,
  reviewRules,
  STANDINGS,
} from '../../shared/jurisdiction/review-rules.ts';
import type { Trial } from '../../shared/jurisdiction/trial.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { runCommand, WrongUsage, wholeNumber } from './command-line.ts';
import { CASES_AND_REGISTER_OPTIONS, tablesOf } from './connection.ts';
import { readPastCases } from './past-cases.ts';
import { writeReview } from './registry-files/files.ts';

await runCommand(
  {
    usage:
      'npm run learn-rules -- --out FILE.csv | FILE.json [--days N] [--cases-table X --registry-table Y]',
    zh: '从已由单位接手的案件中学习分派规则，与现行规则比较，写出待审文件，每条附试算。不生效；审过以后用 npm run load-registry -- FILE --rules 载入。会读取整张案件表。',
    en: 'Learns routing rules from cases that a unit has taken on, compares them with those in force, and writes a file for review, each rule with its trial. Nothing takes effect: a person loads it by npm run load-registry -- FILE --rules. Scans the cases table.',
    positionals: 0,
    options: {
      out: {
        type: 'string',
        value: 'FILE',
        zh: '待审文件，.csv 或 .json',
        en: 'file for review, .csv or .json',
      },
      days: {
        type: 'string',
        value: 'N',
        default: '365',
        zh: '最近多少天收到的案件',
        en: 'cases received in the last N days',
      },
      bureau: BUREAU_OPTION,
      ...CASES_AND_REGISTER_OPTIONS,
    },
  },
  async ({ out, bureau, endpoints, ...options }) => {
    const days = wholeNumber(options.days, '--days', 1);
    if (out === undefined || !['.csv', '.json'].includes(extname(out).toLowerCase())) {
      throw new WrongUsage('请用 --out 给出 .csv 或 .json 文件 / Name a .csv or .json file by --out');
    }
    const tables = tablesOf(
      ['cases', 'registry'],
      { cases: options['cases-table'], registry: options['registry-table'] },
      endpoints,
    );
    const client = createDocumentClient();
    const now = new Date();
    const on = shanghaiDate(now);
    const registry = await createDynamoDbRegistryStore(client, tables.registry, bureau, () => now).read();
    const cases = await readPastCases(
      createDynamoDbCaseStore(client, { cases: tables.cases }),
      bureau,
      addDays(on, -days),
      now,
    );
    const reviews = reviewRules(cases, registry, on);
    if (reviews.length === 0) {
      process.stdout.write(`没有学到新的规则 / Nothing new was learned (${cases.length} 件 / cases)\n`);
      return 0;
    }
    writeReview(out, reviews, { version: registry.version, bureau });
    const lines = summary(reviews, proveLearning(cases, registry, on));
    process.stdout.write(`${lines.join('\n')}\n${out}\n`);
    return 0;
  },
);

function summary(reviews: readonly RuleReview[], proof: Trial): string[] {
  const counts = Object.entries(STANDINGS).map(([standing, { zh, en }]) => {
    const { length } = reviews.filter((one) => one.standing === standing);
    return `${zh} / ${en}: ${length}`;
  });
  const { cases, known, before, after } = proof;
  return [
    ...counts,
    `检验：由较早的案件学习，用最近 ${cases} 件试算 / learnt from the older ones, tried on the latest ${cases} (${known} 件已知 / known):`,
    `  没有学到的规则 / without: 正确 / right ${before.right}，错误 / wrong ${before.wrong}，转人工 / dispatcher ${before.dispatcher}`,
    `  加上学到的规则 / with: 正确 / right ${after.right}，错误 / wrong ${after.wrong}，转人工 / dispatcher ${after.dispatcher}`,
  ];
}
