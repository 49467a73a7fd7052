import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm test`: everything that needs Node and Java only. Two cores: what starts services runs one file at a time. */
export default defineConfig({
  test: {
    reporters: ['default', './test/last-line-reporter.ts'],
    projects: [
      {
        test: {
          name: 'domain',
          include: ['test/{unit,property}/**/*.test.ts'],
          // Pure, and nothing of one file is seen by another: modules are loaded once for all, half of the CPU.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'commands',
          include: ['test/{commands,house}/**/*.test.ts'],
          // Commands are started a hundred times: their compiled code is kept.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env: { NODE_COMPILE_CACHE: resolve(import.meta.dirname, '.build/compile-cache') },
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          globalSetup: 'test/synthesize.ts',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'services',
          include: ['test/{contract,local,integration}/**/*.test.ts'],
          globalSetup: 'test/synthesize.ts',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
