import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { runCommand } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { sizesOf } from './load-registry/describe.ts';
import { writeRegistry } from './registry-files/files.ts';

await runCommand(
  {
    usage: 'npm run export-registry -- OUT.json | OUT.xlsx | FOLDER [--registry-table NAME]',
    zh: '导出现行登记资料：JSON、一个工作簿，或者每张表一个 CSV 的文件夹。带版本号，改好以后用 npm run load-registry 载回。经营者、维权服务站和企业名单不在其中。',
    en: 'Exports the register in force as JSON, as one workbook, or as a folder with a CSV file for each table. It carries its version; changed, it goes back by npm run load-registry. The businesses (经济户口), and the rights stations and businesses that settle first are not part of it.',
    positionals: 1,
    options: {
      bureau: BUREAU_OPTION,
      'registry-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的登记表',
        en: 'a deployed system’s table; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [out = '']) => {
    const { registry: table } = tablesOf(
      ['registry'],
      { registry: options['registry-table'] },
      options.endpoints,
    );
    const store = createDynamoDbRegistryStore(
      createDocumentClient(),
      table,
      options.bureau,
      () => new Date(),
    );
    const registry = await store.read();
    writeRegistry(out, registry);
    process.stdout.write(
      `${sizesOf(registry)}，第 ${registry.version} 版，已导出 / version ${registry.version}, exported to ${out}\n`,
    );
    return 0;
  },
);
