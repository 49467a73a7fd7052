import { placesOf } from '../../shared/businesses/places.ts';
import { isLocalDate, shanghaiDate } from '../../shared/dates.ts';
import type { Checked } from '../../shared/register-files/check.ts';
import { checkRegistry } from '../../shared/register-files/check-registry.ts';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import {
  createDynamoDbRegistryStore,
  RegistryMoved,
  type RegistryVersions,
  RegistryWaits,
} from '../../shared/store/registry-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { decideRules } from './load-registry/decide-rules.ts';
import { describeFinding, describeLoaded, sizesOf, staleness } from './load-registry/describe.ts';
import { readRegistry, readRules } from './registry-files/files.ts';

await runCommand(
  {
    usage:
      'npm run load-registry -- FILE.json | FILE.xlsx | FOLDER [--check] [--force] [--from DATE]  |  RULES --rules [--check] [--from DATE]  |  --back',
    zh: '检查并载入一个市局的登记资料（单位、辖区、经营者、人员、规则），一次生效，一分钟内全部换过；--from 到那一天才生效。--rules 只载入审过的规则；--back 退回上一版，还没生效的则撤回。退出码：0 完成，1 有错误，没有载入。',
    en: 'Checks and loads a bureau’s register (units, townships, businesses, officers, rules), all at once, in effect within a minute, or from a day on (--from). --rules loads reviewed rules only; --back puts the version before into force again, or withdraws the one that still waits for its day. Exit code: 0 done, 1 an error, nothing was loaded.',
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
      from: {
        type: 'string',
        value: 'DATE',
        zh: '从哪一天起生效；默认立即',
        en: 'first day in force; otherwise at once',
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
    const { back, check, rules, force, from } = options;
    if ((file === undefined) !== back || (back && (check || rules || force || from !== undefined))) {
      throw new WrongUsage(
        '请给出一个文件，或者单独用 --back / Give one file, or --back without anything else',
      );
    }
    if (from !== undefined && !isLocalDate(from)) throw new WrongUsage(`--from: 2026-01-31, not ${from}`);
    const table = () =>
      tablesOf(['registry'], { registry: options['registry-table'] }, options.endpoints).registry;
    const open = (bureau: string) =>
      createDynamoDbRegistryStore(createDocumentClient(), table(), bureau, () => new Date());

    if (file === undefined) {
      const store = open(options.bureau);
      if (await store.withdraw()) {
        process.stdout.write('还没生效的一版已撤回 / the version that waited for its day is withdrawn\n');
        return 0;
      }
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
      tell(sizesOf(changed), await loadOver(store, changed, inForce.version, from), from);
      return 0;
    }
    const registry = readRegistry(file, (line) => process.stdout.write(`${line}\n`));
    refuseBroken(registry);
    if (check) return mayBeLoaded(registry);
    const store = open(registry.bureau);
    const inForce = await store.version();
    const stale = staleness(registry.version, inForce);
    if (stale !== undefined && !force) throw new CommandFailure(stale);
    const version = await loadOver(store, registry, inForce, from);
    const { bureau, businesses, partners } = registry;
    const client = createDocumentClient();
    if (partners !== undefined) {
      await createDynamoDbPartnerStore(client, table(), bureau, () => new Date()).load(partners);
    }
    tell(sizesOf(registry), version, from);
    if (businesses !== undefined) {
      const names = createDynamoDbBusinessStore(client, table(), bureau);
      process.stdout.write(describeLoaded(await names.load(businesses, placesOf(registry))));
    }
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

async function loadOver(
  store: RegistryVersions,
  registry: Checked,
  seen: number,
  from?: string,
): Promise<number> {
  try {
    return await store.load(registry, seen, from);
  } catch (error) {
    if (error instanceof RegistryWaits) {
      throw new CommandFailure(
        '已有一版等到某日生效，没有载入；请先用 --back 撤回，或者等它生效 / A version waits for its day, nothing was loaded: withdraw it by --back, or wait for it',
      );
    }
    if (!(error instanceof RegistryMoved)) throw error;
    throw new CommandFailure(
      '另有人刚载入了一版，没有载入，请重新导出 / Somebody else has just loaded a version; nothing was loaded: export anew',
    );
  }
}

function tell(what: string, version: number, from?: string): void {
  if (from !== undefined && from > shanghaiDate(new Date())) {
    process.stdout.write(
      `${what}，第 ${version} 版自 ${from} 起生效 / version ${version} is in force from ${from}\n`,
    );
    return;
  }
  process.stdout.write(`${what}，已载入，现行第 ${version} 版 / loaded, in force is version ${version}\n`);
}
