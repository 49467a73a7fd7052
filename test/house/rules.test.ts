import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** What must not pass the lint, and what must, each as if it stood at its path. */
const PROBES: readonly { path: string; content: string; rule: string; passes?: true }[] = [
  {
    path: 'shared/store/zz-probe.ts',
    content: "import { x } from '../../functions/desk-api/desk.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'shared/http/zz-probe.ts',
    content: "import { x } from '../../infra/app.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'shared/law/zz-probe.ts',
    content: "import { x } from '@aws-sdk/client-dynamodb';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'shared/case/zz-probe.ts',
    content: "import { x } from '../store/case-store.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'shared/businesses/zz-probe.ts',
    content: "import { x } from '../store/business-store.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'functions/desk-api/zz-probe.ts',
    content: "import { x } from '../../infra/app.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'events/zz-probe.ts',
    content: "import { x } from '../functions/desk-api/desk.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    path: 'functions/desk-api/zz-probe-down.ts',
    content: "import { formatYuan } from '../../shared/money.ts';\nexport const y = formatYuan(1);\n",
    rule: 'no-restricted-imports',
    passes: true,
  },
  // Lambda freezes a promise that nobody waits for.
  {
    path: 'shared/zz-probe.ts',
    content: 'export function f() {\n  Promise.resolve(1);\n}\n',
    rule: 'no-floating-promises',
  },
];

describe('the lint', () => {
  let found: Map<string, string[]>;

  // All in one run: most of its time goes into starting and reading the types.
  beforeAll(() => {
    const files = PROBES.map(({ path }) => resolve(root, path));
    try {
      for (const [at, { content }] of PROBES.entries()) writeFileSync(files[at] as string, content);
      const { stdout } = spawnSync(
        resolve(root, 'node_modules/.bin/oxlint'),
        ['--type-aware', '--format=json', ...files],
        { cwd: root, encoding: 'utf8' },
      );
      const { diagnostics, number_of_files } = JSON.parse(stdout) as {
        diagnostics: { code: string; filename: string }[];
        number_of_files: number;
      };
      expect(number_of_files).toBe(PROBES.length);
      found = new Map(
        PROBES.map(({ path }) => [
          path,
          diagnostics.filter(({ filename }) => filename.endsWith(path)).map(({ code }) => code),
        ]),
      );
    } finally {
      for (const file of files) rmSync(file, { force: true });
    }
  });

  test.each(PROBES.filter(({ passes }) => passes !== true))('refuses $path: $rule', ({ path, rule }) => {
    expect(found.get(path)).toContainEqual(expect.stringContaining(rule));
  });

  test.each(PROBES.filter(({ passes }) => passes === true))('lets $path pass: $rule', ({ path }) => {
    expect(found.get(path)).toEqual([]);
  });
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
