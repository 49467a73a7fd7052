import { defineConfig } from 'vitest/config';

/** `npm test`: everything that needs Node and Java only. Two cores: what starts services runs one file at a time. */
export default defineConfig({
  test: {
    reporters: ['default', './test/last-line-reporter.ts'],
    projects: [
      {
        test: {
          name: 'domain',
          include: ['test/{unit,property,commands,house}/**/*.test.ts'],
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
