import { publishCase } from '../../functions/publish-cases/publish.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbOpenDataStore } from '../../shared/store/open-data-store.ts';
import { createDynamoDbPublicCaseStore } from '../../shared/store/public-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { runCommand } from './command-line.ts';
import { concurrently } from './concurrently.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { startProgress } from './progress.ts';

const AT_ONCE = 10;
const table = (zh: string, en: string) => ({ type: 'string', value: 'NAME', zh, en }) as const;

await runCommand(
  {
    usage:
      'npm run publish-cases [-- --bureau 330200] [--cases-table X --registry-table Y --publicCases-table Z]',
    zh: '按案件现状重做开放接口（Open311）可见的内容，并为开放数据准备公示结果。新装开放接口后、事件丢失后运行；重复运行没有影响。',
    en: 'Makes what Open311 shows, and what waits to become open data, anew from the cases: after the endpoint was added, or events were lost. May be run again at any time. Reads the whole cases table.',
    positionals: 0,
    options: {
      bureau: { type: 'string', value: 'CODE', default: '330200', zh: '市局代码', en: 'code of the bureau' },
      'cases-table': table('已部署系统的案件表', 'a deployed system’s cases table'),
      'registry-table': table('登记表', 'its table of registers'),
      'publicCases-table': table(
        '公开案件表',
        'its table of public cases; credentials and region come from the environment',
      ),
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options) => {
    const tables = tablesOf(
      ['cases', 'registry', 'publicCases'],
      {
        cases: options['cases-table'],
        registry: options['registry-table'],
        publicCases: options['publicCases-table'],
      },
      options.endpoints,
    );
    const client = createDocumentClient();
    const now = () => new Date();
    const cases = createDynamoDbCaseStore(client, { cases: tables.cases });
    const registry = createDynamoDbRegistryStore(client, tables.registry, options.bureau, now);
    const publicCases = createDynamoDbPublicCaseStore(client, tables.publicCases);
    const openData = createDynamoDbOpenDataStore(client, tables.publicCases);
    const numbers = await Array.fromAsync(cases.allNumbers());
    const progress = startProgress('公开 / publishing', numbers.length);
    let shown = 0;
    const publish = async (number: string) => {
      if (await publishCase(number, { cases, registry, publicCases, openData, now })) shown += 1;
      progress.advance();
    };
    await concurrently(numbers, AT_ONCE, publish);
    progress.stop();
    process.stdout.write(`${shown} / ${numbers.length} 件可见 / cases shown\n`);
    return 0;
  },
);
