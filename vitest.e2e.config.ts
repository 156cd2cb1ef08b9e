import { defineConfig } from 'vitest/config';

/** Whole stories: the real program, the real store, a real browser; one file after the other, for they share two cores. */
export default defineConfig({
  test: {
    include: ['test/**/*.e2e.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    passWithNoTests: true,
    globalSetup: ['test/postgres.setup.ts'],
  },
});
