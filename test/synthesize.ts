import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The assembly that tests look at and run. */
export const ASSEMBLY = resolve(root, '.build/test-assembly');

let done = false;

/** What the templates and bundles are made from. */
const SOURCES = [
  'infra',
  'functions',
  'shared',
  'events',
  'web',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
];

/** True when nothing has changed since the assembly was written: the gate's tests come one after the other. */
function isFresh(): boolean {
  const manifest = resolve(ASSEMBLY, 'manifest.json');
  if (!existsSync(manifest)) return false;
  const written = statSync(manifest).mtimeMs;
  return SOURCES.every((source) => newest(resolve(root, source)) < written);
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(resolve(path, name))));
}

/** Synthesizes the CDK app as `npm run synth` does, once for all test projects; a nag finding fails it. */
export default function synthesize(): void {
  if (done || isFresh()) return;
  const cdk = resolve(root, 'node_modules/aws-cdk/bin/cdk');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '-c', 'stage=local', '--output', ASSEMBLY],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`cdk synth failed:\n${stdout}${stderr}`);
  done = true;
}
