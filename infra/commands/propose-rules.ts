import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { mendRules } from '../../shared/jurisdiction/mend-rules.ts';
import { proposeLearnt } from '../../shared/jurisdiction/propose-learnt.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { createDynamoDbRuleStore, MOST_RULES } from '../../shared/store/rule-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { runCommand, wholeNumber } from './command-line.ts';
import { CASES_AND_REGISTER_OPTIONS, tablesOf } from './connection.ts';
import { readPastCases } from './past-cases.ts';
import { describeProposal } from './returns/describe-proposal.ts';

await runCommand(
  {
    usage:
      'npm run propose-rules -- [--days N] [--return-days N] [--json] [--cases-table X --registry-table Y]',
    zh: '拟出分派规则的改法：从办结案件学到的、为反复退回而改的，每条附依据和试算，存入登记表，由负责人在工作台审核。不生效；已经审过的不再提。会读取整张案件表，宜每晚运行一次。',
    en: 'Computes what is to be proposed for the routing rules: what ended cases teach and what would mend repeated returns, each with its evidence and its trial, and stores it for review at the desk. Nothing takes effect; what was decided is not proposed again. Scans the cases table: once a night is enough.',
    positionals: 0,
    options: {
      days: {
        type: 'string',
        value: 'N',
        default: '365',
        zh: '从最近多少天收到的案件学习',
        en: 'learns from cases received in the last N days',
      },
      'return-days': {
        type: 'string',
        value: 'N',
        default: '90',
        zh: '看最近多少天收到的案件的退回',
        en: 'looks at returns of cases received in the last N days',
      },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      bureau: BUREAU_OPTION,
      ...CASES_AND_REGISTER_OPTIONS,
    },
  },
  async ({ bureau, json, endpoints, ...options }) => {
    const days = wholeNumber(options.days, '--days', 1);
    const returnDays = wholeNumber(options['return-days'], '--return-days', 1);
    const tables = tablesOf(
      ['cases', 'registry'],
      { cases: options['cases-table'], registry: options['registry-table'] },
      endpoints,
    );
    const client = createDocumentClient();
    const now = new Date();
    const [on, at] = [shanghaiDate(now), now.toISOString()];
    const registry = await createDynamoDbRegistryStore(client, tables.registry, bureau, () => now).read();
    const cases = await readPastCases(
      createDynamoDbCaseStore(client, { cases: tables.cases }),
      bureau,
      addDays(on, -Math.max(days, returnDays)),
      now,
    );
    const since = (last: number) => cases.filter(({ receivedOn }) => receivedOn >= addDays(on, -last));
    const all = [
      ...mendRules(since(returnDays), registry, { on, days: returnDays, at }),
      ...proposeLearnt(since(days), registry, { on, days, at }),
    ];
    const proposals = all.filter(({ ends, rules }) => ends.length + rules.length <= MOST_RULES);
    const kept = await createDynamoDbRuleStore(client, tables.registry, bureau, () => now).propose(proposals);
    const lines = [
      ...proposals.flatMap((one) => [...describeProposal(one, registry), '']),
      `拟改 ${proposals.length} 条，存入待审 ${kept} 条，其余已经审过 / ${proposals.length} proposals, ${kept} stored for review, the others were decided`,
      ...(all.length > proposals.length
        ? [
            `${all.length - proposals.length} 条规则太多，请用 npm run learn-rules 审核 / too many rules for the desk: review them by npm run learn-rules`,
          ]
        : []),
    ];
    process.stdout.write(json ? `${JSON.stringify({ kept, proposals })}\n` : `${lines.join('\n')}\n`);
    return 0;
  },
);
