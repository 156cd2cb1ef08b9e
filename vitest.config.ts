import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const all = ['server', 'web', 'demo', 'scripts', 'bench'].map((folder) => `${folder}/**/*.test.ts`);
const sql = ['server/**/*store.test.ts', 'server/platform/migrate.test.ts', 'server/platform/vault.test.ts'];

/**
 * All tests run on the embedded PostgreSQL, release 18. `TEST_PG=15` runs the tests of SQL alone, on Debian's PostgreSQL 15, and `TEST_PG=15,18` runs
 * both at once; each release is a project with a server of its own (test/postgres.setup.ts).
 */
const releases = (process.env.TEST_PG ?? '18').split(',');

export default defineConfig({
  test: {
    projects: releases.map((release) => ({
      extends: true as const,
      test: {
        name: `PostgreSQL ${release}`,
        include: release === '18' ? all : sql,
        env: { TEST_PG: release },
        setupFiles: ['test/seed.setup.ts'],
        globalSetup: ['test/postgres.setup.ts'],
      },
    })),
    // Much of a run is waiting (for a file to rest, a message to come again, a program to end), so a third file works beside two processors.
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
