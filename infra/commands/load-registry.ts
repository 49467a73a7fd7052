import { readFileSync } from 'node:fs';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import {
  createDynamoDbRegistryStore,
  type RegistryDocument,
  registryDocument,
} from '../../shared/store/registry-store.ts';
import { CommandFailure, runCommand } from './command-line.ts';
import { ENDPOINTS_OPTION, findLocalSystem, tableOf, useLocalServices } from './connection.ts';
import { checkRegistry, type Finding } from './load-registry/check-registry.ts';

await runCommand(
  {
    usage: 'npm run load-registry -- FILE.json [--check] [--registry-table NAME]',
    zh: '检查并载入一个市局的登记资料（单位、辖区、经营者、人员）。一分钟内生效。',
    en: 'Checks and loads a bureau’s register (units, townships, businesses, officers). Takes effect within a minute.',
    positionals: 1,
    options: {
      check: { type: 'boolean', zh: '只检查，不载入', en: 'check only' },
      'registry-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的登记表',
        en: 'a deployed system’s table; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [file = '']) => {
    const registry = readRegistry(file);
    const findings = checkRegistry(registry);
    process.stdout.write(findings.map(describe).join(''));
    if (findings.some(({ fatal }) => fatal)) {
      throw new CommandFailure('登记资料结构有误，没有载入 / The register is broken; nothing was loaded');
    }
    if (options.check) {
      process.stdout.write(`${sizes(registry)}，可以载入 / may be loaded\n`);
      return 0;
    }

    const table = options['registry-table'] ?? localTable(options.endpoints);
    const store = createDynamoDbRegistryStore(
      createDocumentClient(),
      table,
      registry.bureau,
      () => new Date(),
    );
    await store.load(registry);
    if (registry.partners !== undefined) {
      const partners = createDynamoDbPartnerStore(
        createDocumentClient(),
        table,
        registry.bureau,
        () => new Date(),
      );
      await partners.load(registry.partners);
    }
    process.stdout.write(`${sizes(registry)}，已载入 / loaded into ${table}\n`);
    return 0;
  },
);

function readRegistry(file: string): RegistryDocument {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(`${file} 读不懂 / ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = registryDocument.safeParse(document);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 5).map(({ path, message }) => `/${path.join('/')}: ${message}`);
  throw new CommandFailure(`${file} 格式不对 / is not a register: ${places.join('; ')}`);
}

function localTable(endpoints: string): string {
  const system = findLocalSystem(endpoints);
  useLocalServices(system);
  return tableOf(system, 'Registry');
}

function describe({ fatal, zh, en, which }: Finding): string {
  const shown = which.slice(0, 10).join(' ') + (which.length > 10 ? ` … +${which.length - 10}` : '');
  return `${fatal ? '错误 / error' : '提示 / note'}: ${zh} / ${en}: ${shown}\n`;
}

function sizes({ city, units, divisions, businesses, officers, partners }: RegistryDocument): string {
  const own = `${city}: ${units.length} units, ${divisions.length} townships, ${businesses.length} businesses, ${officers.length} officers`;
  return partners === undefined ? own : `${own}, ${partners.length} partners`;
}
