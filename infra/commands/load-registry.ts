import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import {
  createDynamoDbRegistryStore,
  RegistryMoved,
  type RegistryVersions,
} from '../../shared/store/registry-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import type { Checked } from './load-registry/check.ts';
import { checkRegistry } from './load-registry/check-registry.ts';
import { decideRules } from './load-registry/decide-rules.ts';
import { describeFinding, sizesOf, staleness } from './load-registry/describe.ts';
import { readRegistry, readRules } from './registry-files/files.ts';

await runCommand(
  {
    usage:
      'npm run load-registry -- FILE.json | FILE.xlsx | FOLDER [--check] [--force]  |  RULES --rules [--check]  |  --back',
    zh: '检查并载入一个市局的登记资料（单位、辖区、经营者、人员、规则），一次生效，一分钟内全部换过。--rules 只载入审过的规则；--back 退回上一版。退出码：0 完成，1 有错误，没有载入。',
    en: 'Checks and loads a bureau’s register (units, townships, businesses, officers, rules), all at once, in effect within a minute. --rules loads reviewed rules only; --back puts the version before into force again. Exit code: 0 done, 1 an error, nothing was loaded.',
    positionals: 0,
    optional: 1,
    options: {
      check: { type: 'boolean', zh: '只检查，不载入', en: 'check only' },
      force: {
        type: 'boolean',
        zh: '由别的版本导出的文件也载入：其间的修改会丢失',
        en: 'also what was exported from another version: changes made meanwhile are lost',
      },
      rules: {
        type: 'boolean',
        zh: '文件里只有规则（npm run learn-rules）',
        en: 'the file holds rules only (npm run learn-rules)',
      },
      back: { type: 'boolean', zh: '退回上一版的内容', en: 'back to what the version before held' },
      bureau: {
        ...BUREAU_OPTION,
        zh: '市局代码（--rules、--back）',
        en: 'code of the bureau, for --rules and --back',
      },
      'registry-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的登记表',
        en: 'a deployed system’s table; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [file]) => {
    const { back, check, rules, force } = options;
    if ((file === undefined) !== back || (back && (check || rules || force))) {
      throw new WrongUsage(
        '请给出一个文件，或者单独用 --back / Give one file, or --back without anything else',
      );
    }
    const table = () =>
      tablesOf(['registry'], { registry: options['registry-table'] }, options.endpoints).registry;
    const open = (bureau: string) =>
      createDynamoDbRegistryStore(createDocumentClient(), table(), bureau, () => new Date());

    if (file === undefined) {
      const store = open(options.bureau);
      const seen = await store.version();
      const before = await store.before();
      if (before === undefined) {
        throw new CommandFailure('没有上一版可退 / There is no version before to go back to');
      }
      const version = await loadOver(store, before, seen);
      tell(
        `第 ${before.version} 版的内容 / content of version ${before.version}: ${sizesOf(before)}`,
        version,
      );
      return 0;
    }
    if (rules) {
      const decided = readRules(file);
      const store = open(options.bureau);
      const inForce = await store.read();
      const changed = { ...inForce, rules: decideRules(inForce.rules, decided) };
      refuseBroken(changed);
      if (check) return mayBeLoaded(changed);
      tell(sizesOf(changed), await loadOver(store, changed, inForce.version));
      return 0;
    }
    const registry = readRegistry(file, (line) => process.stdout.write(`${line}\n`));
    refuseBroken(registry);
    if (check) return mayBeLoaded(registry);
    const store = open(registry.bureau);
    const inForce = await store.version();
    const stale = staleness(registry.version, inForce);
    if (stale !== undefined && !force) throw new CommandFailure(stale);
    const version = await loadOver(store, registry, inForce);
    if (registry.partners !== undefined) {
      const { bureau, partners } = registry;
      const client = createDocumentClient();
      await createDynamoDbPartnerStore(client, table(), bureau, () => new Date()).load(partners);
    }
    tell(sizesOf(registry), version);
    return 0;
  },
);

function refuseBroken(registry: Checked): void {
  const findings = checkRegistry(registry);
  process.stdout.write(findings.map(describeFinding).join(''));
  if (findings.some(({ fatal }) => fatal)) {
    throw new CommandFailure('登记资料结构有误，没有载入 / The register is broken; nothing was loaded');
  }
}

function mayBeLoaded(registry: Checked): number {
  process.stdout.write(`${sizesOf(registry)}，可以载入 / may be loaded\n`);
  return 0;
}

async function loadOver(store: RegistryVersions, registry: Checked, seen: number): Promise<number> {
  try {
    return await store.load(registry, seen);
  } catch (error) {
    if (!(error instanceof RegistryMoved)) throw error;
    throw new CommandFailure(
      '另有人刚载入了一版，没有载入，请重新导出 / Somebody else has just loaded a version; nothing was loaded: export anew',
    );
  }
}

function tell(what: string, version: number): void {
  process.stdout.write(`${what}，已载入，现行第 ${version} 版 / loaded, in force is version ${version}\n`);
}
