import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoDbBusinessStore } from '../../shared/store/business-store.ts';
import { createDynamoDbPartnerStore } from '../../shared/store/partner-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { runCommand, WrongUsage, wholeNumber } from '../commands/command-line.ts';
import { addressesOf } from './addresses.ts';
import { writeWhole } from './atomic-file.ts';
import { StartFailure } from './errors.ts';
import { LOCAL_PARAMETERS } from './parameters.ts';
import { region } from './resolver.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { refuseIfRunning } from './runtime-lock.ts';
import { loadSampleRegistry, sampleRegistry, sampleUsers } from './sample-registry.ts';
import { serveSimulator } from './simulator/serve.ts';
import { stopAsked } from './stop-asked.ts';

const root = resolve(import.meta.dirname, '../..');
/** What the assembly is made from: while nothing of it changes, the last one is run again. */
const sources = ['infra', 'functions', 'shared', 'events', 'web', 'package-lock.json', 'cdk.json'];
/** The issuer takes the port after the pages'. */
const maxPort = 65_534;

await runCommand(
  {
    usage: 'npm start -- [--port N] [--fresh] [--data DIR]',
    zh: '在本机运行整个系统(运行的就是将要部署的模板)。数据保存在 .local/。按 Ctrl-C 停止。',
    en: 'Runs the whole system on this machine, on the template that would be deployed. Data stay in .local/.',
    positionals: 0,
    options: {
      port: { type: 'string', value: 'N', default: '8315', zh: '网页端口', en: 'port of the pages' },
      data: { type: 'string', value: 'DIR', default: '.local', zh: '数据目录', en: 'where data are kept' },
      fresh: { type: 'boolean', zh: '清空本机数据后启动', en: 'start with empty data' },
    },
  },
  async (options) => {
    const port = wholeNumber(options.port, '--port', 1);
    if (port > maxPort)
      throw new WrongUsage(`--port 不能大于 ${maxPort} / --port is at most ${maxPort}: ${port}`);
    const dataDir = resolve(root, options.data);
    const assemblyDir = join(dataDir, 'cdk.out');
    const endpointsFile = join(dataDir, 'endpoints.json');
    const stop = stopAsked();
    // Before the assembly is written anew below a running system.
    await refuseIfRunning(dataDir);
    synthesizeIfChanged(assemblyDir);
    print('正在启动… / Starting …');
    const runtime = await startRuntime({
      assemblyDir,
      dataDir,
      port,
      parameters: LOCAL_PARAMETERS,
      // Staff sign in at the local issuer.
      skipStacks: ['hotline-local-sign-in'],
      users: sampleUsers(),
      fresh: options.fresh,
      onNotice: (line) => process.stderr.write(`${line}\n`),
    });
    try {
      await afterStart(runtime);
      const addresses = addressesOf(runtime);
      serveSimulator(runtime, addresses);
      writeWhole(endpointsFile, JSON.stringify(addresses, null, 2));
      print(banner(runtime, dataDir));
      await stop;
      print('正在停止… / Stopping …');
    } finally {
      rmSync(endpointsFile, { force: true });
      await runtime.stop();
    }
    return 0;
  },
);

/** Loads what the system needs before anyone can use it: the sample register. */
async function afterStart(runtime: Runtime): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: runtime.endpoints.dynamodb, region, credentials });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const { bureau } = sampleRegistry();
  const table = runtime.physicalId('Registry');
  await loadSampleRegistry(
    createDynamoDbRegistryStore(documents, table, bureau, () => new Date()),
    createDynamoDbPartnerStore(documents, table, bureau, () => new Date()),
    createDynamoDbBusinessStore(documents, table, bureau),
  );
  client.destroy();
}

function synthesizeIfChanged(assemblyDir: string): void {
  mkdirSync(assemblyDir, { recursive: true });
  const hashFile = `${assemblyDir}.sha256`;
  const hash = hashOfSources();
  if (
    existsSync(join(assemblyDir, 'manifest.json')) &&
    existsSync(hashFile) &&
    readFileSync(hashFile, 'utf8') === hash
  ) {
    return;
  }
  print('正在生成部署模板，约 10 秒… / Synthesizing the template, about 10 seconds …');
  rmSync(hashFile, { force: true });
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '--no-notices', '-c', 'stage=local', '--output', assemblyDir],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        // cdk.json says `node`: it has to be the one that runs this, not an older one of the machine.
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      },
    },
  );
  if (status !== 0) throw new StartFailure(`模板生成失败 / cdk synth failed:\n${stdout}${stderr}`);
  writeFileSync(hashFile, hash);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = sources.flatMap((source) => [source, ...globSync(`${source}/**/*`, { cwd: root })]);
  for (const file of files.sort()) {
    const path = join(root, file);
    if (!existsSync(path) || !statSync(path).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function banner({ endpoints: { pages, api, issuer }, outboxFile }: Runtime, dataDir: string): string {
  return `
  12315 系统已启动 / The system is running

    投诉与查询 / Complain, track    ${pages}/
    工作台     / Desk               ${pages}/desk
    统计       / Figures            ${pages}/figures
    电话模拟   / Phone simulator    ${pages}/simulator
    接口       / API                ${api}
    登录       / Sign-in            ${issuer}

    短信与邮件 / SMS, e-mail        ${outboxFile}
    日志       / Logs               ${join(dataDir, 'logs')}
    停止       / Stop               Ctrl-C
`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
