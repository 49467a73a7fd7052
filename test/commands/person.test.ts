import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const nowhere = ['--endpoints', join(tmpdir(), 'no-such-folder', 'endpoints.json')];

/** Runs the command as a person does: its exit code, and what it wrote. */
function run(...parameters: string[]) {
  const file = fileURLToPath(new URL('../../infra/commands/person.ts', import.meta.url));
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

test('says that reports are not found by a phone number, and what to give instead', () => {
  const { stdout } = run('--help');
  expect(stdout).toContain('Reports cannot be found by a phone number, on purpose');
  expect(stdout).toContain('--report NUMBER --secret SECRET');
});

test.each([
  [[], 'Give --phone'],
  [['--report', '261116-000001-2'], 'Give --phone'],
  [['--phone', '13800000000', '--report', '261116-000001-2', '--secret', 'x'], 'Give --phone'],
  [['--report', '261116-000001-8', '--secret', 'x'], '--report takes a case number'],
  [['--report', '261116-000001-2', '--secret', 'x', '--erase'], '--erase'],
  [['--phone', '13800000000', '--correct', 'age=5'], '--correct takes'],
  [['--phone', '13800000000', '--correct', 'name=某甲', '--erase'], 'not with --erase'],
  [['--phone', '13800000000', '--cases-table', 'only-one'], 'Give all of'],
  [
    [
      '--phone',
      '13800000000',
      '--erase',
      ...['cases', 'identities', 'informers', 'registry'].flatMap((name) => [`--${name}-table`, name]),
    ],
    '--erase needs --evidence-bucket',
  ],
])('%j is wrong usage', (parameters, said) => {
  const { status, stdout, stderr } = run(...parameters, ...nowhere);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(said);
});

test('says that the system is not running, and repeats nothing personal', () => {
  const { status, stderr } = run('--phone', '13800000000', ...nowhere);
  expect(status).toBe(1);
  expect(stderr).toContain('The local system is not running; run npm start');
  expect(stderr).not.toContain('138');
});
