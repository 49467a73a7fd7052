import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const nowhere = ['--endpoints', join(tmpdir(), 'no-such-folder', 'endpoints.json')];

/** Runs the command as a person does: its exit code, and what it wrote. */
function run(...parameters: string[]) {
  const file = fileURLToPath(new URL('../../infra/commands/verify-history.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...parameters], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('explains itself in Chinese and English, with its exit codes', () => {
  const { status, stdout } = run('--help');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^npm run /);
  expect(stdout).toContain('退出码');
  expect(stdout).toContain('Exit code: 0');
});

test.each([
  [[], 'Give one case number, or --all'],
  [['261116-000001-2', '--all'], 'Give one case number, or --all'],
  [['261116-000001-8'], 'Not a case number'],
  [['--all', '--cases-table', 'only-one'], 'Give both'],
  [['--nonsense'], 'Wrong option'],
])('%j is wrong usage', (parameters, said) => {
  const { status, stdout, stderr } = run(...parameters, ...nowhere);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(said);
});

test.each([['--all'], ['261116-000001-2']])('%s says that the system is not running', (parameter) => {
  const { status, stderr } = run(parameter, ...nowhere);
  expect(status).toBe(1);
  expect(stderr).toContain('The local system is not running; run npm start');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
