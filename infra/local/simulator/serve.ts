import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { buildSync } from 'esbuild';
import { callIdOf, createDynamoDbCallStore } from '../../../shared/store/call-store.ts';
import type { LocalSystem } from '../../commands/connection.ts';
import { PLAYS } from '../../commands/send/plays.ts';
import { htmlOf } from '../../constructs/bundle-pages.ts';
import { region } from '../resolver.ts';
import type { Runtime } from '../runtime.ts';
import { createSimulator } from './simulator.ts';

const root = resolve(import.meta.dirname, '../../..');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Serves the telephone simulator beside the pages of a running system; it is in no template. */
export function serveSimulator(runtime: Runtime, system: LocalSystem): void {
  const dynamoDb = new DynamoDBClient({ endpoint: system.dynamodb, region, credentials });
  const documents = DynamoDBDocumentClient.from(dynamoDb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const calls = createDynamoDbCallStore(documents, runtime.physicalId('Identities'));
  const s3 = new S3Client({ endpoint: system.s3, region, credentials });
  const Bucket = runtime.physicalId('Calls');
  const simulator = createSimulator({
    push: async ({ play, path, content }) => {
      const played = await PLAYS[play]?.({ path, content }, system);
      return { status: played?.status ?? 500 };
    },
    putCall: async (Key, Body) => {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
    },
    outcomeOf: async (callId) => (await calls.call(callIdOf(callId)))?.outcome,
    sent: runtime.sent,
    files: bundled(),
    now: () => new Date(),
  });
  runtime.serveBeside('/simulator', simulator);
}

/** The page and what belongs to it: built here, so that nothing of it is among the files that are deployed. */
function bundled() {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: ['web/simulator/simulator.ts', 'web/simulator/simulator.css'],
    outdir: '/simulator',
    write: false,
    bundle: true,
    minify: true,
    target: 'es2020',
    format: 'esm',
    charset: 'utf8',
    logLevel: 'error',
  });
  const page = { path: 'simulator', folder: 'simulator/simulator', title: '电话模拟器 · 12315 消费投诉' };
  return new Map<string, { type: string; content: Buffer | string }>([
    ['/simulator', { type: 'text/html', content: htmlOf(page) }],
    ...outputFiles.map(({ path, contents }) => {
      const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
      return [path, { type, content: Buffer.from(contents) }] as const;
    }),
  ]);
}
