import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: the pages in Chromium against the running system. */
export default defineConfig({
  test: {
    reporters: ['default', './test/last-line-reporter.ts'],
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/synthesize.ts', 'test/browser/start-system.ts'],
    fileParallelism: false,
    // One after the other with the same system: what they import is loaded once.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
