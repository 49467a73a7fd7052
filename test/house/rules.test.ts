import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const written: string[] = [];

/** Lints a file as if it stood at `path`. */
function lint(path: string, content: string): string {
  const file = resolve(root, path);
  written.push(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return spawnSync(resolve(root, 'node_modules/.bin/oxlint'), ['--type-aware', file], {
    cwd: root,
    encoding: 'utf8',
  }).stdout;
}

afterEach(() => {
  for (const file of written.splice(0)) rmSync(file);
});

describe('arrows run one way', () => {
  test.each([
    [
      'shared/store/zz-probe.ts',
      "import { x } from '../../functions/desk-api/desk.ts';\nexport const y = x;\n",
    ],
    ['shared/http/zz-probe.ts', "import { x } from '../../infra/app.ts';\nexport const y = x;\n"],
    ['shared/law/zz-probe.ts', "import { x } from '@aws-sdk/client-dynamodb';\nexport const y = x;\n"],
    ['shared/case/zz-probe.ts', "import { x } from '../store/case-store.ts';\nexport const y = x;\n"],
    ['functions/desk-api/zz-probe.ts', "import { x } from '../../infra/app.ts';\nexport const y = x;\n"],
    ['events/zz-probe.ts', "import { x } from '../functions/desk-api/desk.ts';\nexport const y = x;\n"],
  ])('%s may not import upwards', (path, content) => {
    expect(lint(path, content)).toContain('no-restricted-imports');
  });

  test('an import downwards is fine', () => {
    const content = "import { formatYuan } from '../../shared/money.ts';\nexport const y = formatYuan(1);\n";
    expect(lint('functions/desk-api/zz-probe.ts', content)).not.toContain('no-restricted-imports');
  });
});

test('a promise that nobody waits for fails the lint: Lambda freezes it', () => {
  expect(lint('shared/zz-probe.ts', 'export function f() {\n  Promise.resolve(1);\n}\n')).toContain(
    'no-floating-promises',
  );
});

describe('source files', () => {
  const files = ['shared', 'functions', 'events'].flatMap((room) =>
    readdirSync(resolve(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${room}/${file}`),
  );
  const read = (file: string) => readFileSync(resolve(root, file), 'utf8');

  test('zod is imported whole: `import { z }` adds 360 KB to a bundle', () => {
    expect(
      files.filter((file) => /import (?:type )?\{[^}]*\bz\b[^}]*\} from 'zod'/.test(read(file))),
    ).toEqual([]);
  });

  test('process.env is read in the config module only', () => {
    expect(files.filter((file) => read(file).includes('process.env'))).toEqual(['shared/config.ts']);
  });

  test('handlers wire: under 40 lines and no branch', () => {
    for (const file of files.filter((name) => name.endsWith('/handler.ts'))) {
      const text = read(file);
      expect(text.split('\n').length, file).toBeLessThanOrEqual(41);
      expect(text, file).not.toMatch(/\b(?:if|switch|for|while)\s*\(| \? /);
    }
  });
});

test('generated documentation is up to date', () => {
  const check = spawnSync(process.execPath, [resolve(root, 'infra/commands/generate-docs.ts'), '--check'], {
    encoding: 'utf8',
  });
  expect(check.stderr).toBe('');
  expect(check.status).toBe(0);
});
