import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The assembly that tests look at and run. */
export const ASSEMBLY = resolve(root, '.build/test-assembly');

let done = false;

/** Synthesizes the CDK app as `npm run synth` does, once for all test projects; a nag finding fails it. */
export default function synthesize(): void {
  if (done) return;
  const cdk = resolve(root, 'node_modules/aws-cdk/bin/cdk');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '-c', 'stage=local', '--output', ASSEMBLY],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`cdk synth failed:\n${stdout}${stderr}`);
  done = true;
}
