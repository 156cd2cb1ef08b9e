import { defineConfig } from 'vitest/config';

/** `TEST_PG=15` runs the tests of SQL alone, on Debian's PostgreSQL 15 (test/postgres.setup.ts). */
const sql = ['server/**/*store.test.ts', 'server/platform/migrate.test.ts', 'server/platform/vault.test.ts'];

export default defineConfig({
  test: {
    include:
      process.env.TEST_PG === undefined
        ? ['server/**/*.test.ts', 'web/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts']
        : sql,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['test/seed.setup.ts'],
    globalSetup: ['test/postgres.setup.ts'],
  },
});
