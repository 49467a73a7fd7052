import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';

/** Sets every queue to one second: it has the machine for itself. */
const ALONE = ['test/integration/delivery.test.ts'];
const services = { globalSetup: 'test/synthesize.ts', testTimeout: 180_000, hookTimeout: 300_000 };

/** `npm test`: everything that needs Node and Java only. */
export default defineConfig({
  test: {
    reporters: ['default', './test/last-line-reporter.ts'],
    // On two cores the default is one.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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
          exclude: ALONE,
          // Each file has a system of its own; what it imports is loaded once for all.
          isolate: false,
          sequence: { groupOrder: 1 },
          ...services,
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          sequence: { groupOrder: 2 },
          ...services,
        },
      },
    ],
  },
});
