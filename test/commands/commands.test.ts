import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { checkPosition } from '../../infra/commands/connection.ts';
import { sampleRegistry } from '../../infra/local/sample-registry.ts';

const folder = mkdtempSync(join(tmpdir(), 'commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

const notThere = ['--endpoints', join(folder, 'endpoints.json')];

/** Runs a command as a person does: its exit code, and what it wrote. */
function run(command: string, ...parameters: string[]) {
  const file = fileURLToPath(new URL(`../../infra/commands/${command}.ts`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...parameters], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const COMMANDS = [
  ['token', ['--role', 'officer', '--unit', '33020301']],
  ['replay', [written('one.jsonl', '{"id":1,"text":"t"}\n')]],
  ['recount', []],
  ['publish-cases', []],
  ['report', ['--month', '2026-10']],
  ['redrive', ['triage']],
  ['redrive', ['informer-notices']],
  ['load-registry', [written('register.json', JSON.stringify(sampleRegistry()))]],
] as const;

describe.each(COMMANDS)('%s', (command, parameters) => {
  test('explains itself in Chinese and English', () => {
    const { status, stdout } = run(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^npm run /);
    expect(stdout).toMatch(/[一-鿿]/);
  });

  test('answers a wrong option with one line and exit code 2', () => {
    const { status, stdout, stderr } = run(command, '--nonsense');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain("Wrong option: Unknown option '--nonsense'");
  });

  test('says that the system is not running', () => {
    const { status, stderr } = run(command, ...parameters, ...notThere);
    expect(status).toBe(1);
    expect(stderr).toContain('The local system is not running; run npm start');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test.each([
  ['token', ['--role', 'officer']],
  ['replay', []],
  ['replay', ['a.jsonl', 'b.jsonl']],
  ['replay', ['a.jsonl', '--rate', '0']],
  ['recount', ['--cases-table', 'only-one']],
  ['recount', ['--wait', 'soon']],
  ['report', []],
  ['report', ['--month', '2026-10', '--year', '2026']],
  ['report', ['--day', '2026-10-31', '--public']],
  ['redrive', ['nonsense']],
  ['redrive', ['triage', '--queue-url', 'https://example.com/q']],
])('%s %j is wrong usage', (command, parameters) => {
  expect(run(command, ...parameters)).toMatchObject({ status: 2, stdout: '' });
});

test('load-registry refuses a broken register and names the entries', () => {
  const registry = sampleRegistry();
  const broken = { ...registry, units: registry.units.filter(({ code }) => code !== '330203') };
  const { status, stdout, stderr } = run(
    'load-registry',
    written('broken.json', JSON.stringify(broken)),
    ...notThere,
  );
  expect(status).toBe(1);
  expect(stdout).toContain('33020301 33020302');
  expect(stderr).toContain('nothing was loaded');
});

test('load-registry --check needs no system', () => {
  const file = written('sample.json', JSON.stringify(sampleRegistry()));
  expect(run('load-registry', file, '--check')).toMatchObject({ status: 0 });
  expect(run('load-registry', written('array.json', '[]'), '--check')).toMatchObject({ status: 1 });
});

test.each([
  ['an officer works at a station', 'officer', '330203', 'no officer'],
  ['a head works at a station', 'head', '330200', 'no head'],
  ['a manager works at a bureau', 'manager', '33020301', 'no manager'],
  ['a dispatcher works at the hub of the city', 'dispatcher', '330203', 'no dispatcher'],
  ['there is no such role', 'king', '330200', 'no role king'],
])('%s', (_, role, unit, why) => {
  expect(() => checkPosition(role, unit, sampleRegistry().units)).toThrow(why);
});

test.each([
  ['officer', '33020301'],
  ['head', '33020301'],
  ['manager', '330203'],
  ['auditor', '330200'],
  ['administrator', '330200'],
])('%s at %s is a position', (role, unit) => {
  expect(checkPosition(role, unit, sampleRegistry().units)).toBe(role);
});
