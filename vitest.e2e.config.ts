import { defineConfig } from 'vitest/config';

/** Whole stories: the real program, the real store, a real browser. Two files at a time: each has programs of its own, and none keeps two cores busy. */
export default defineConfig({
  test: {
    include: ['test/**/*.e2e.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    globalSetup: ['test/web.setup.ts', 'test/postgres.setup.ts'],
  },
});
