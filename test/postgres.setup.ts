import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeLog } from '../server/platform/log.ts';
import { startPostgres } from '../server/platform/postgres.ts';
import { binariesAt } from '../server/platform/postmaster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database in which the tests may make and drop databases. Not durable. */
    postgres: string;
  }
}

const EMBEDDED = '18';

/** One PostgreSQL for a whole test run, in a temporary folder: the embedded one, or Debian's of the release that the project's `TEST_PG` names. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-test-'));
  const release: string = project.config.env?.TEST_PG ?? EMBEDDED;
  const postgres = await startPostgres(folder, makeLog('warn'), {
    ...(release === EMBEDDED ? {} : { binaries: binariesAt(`/usr/lib/postgresql/${release}/bin`) }),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      shared_buffers: '256MB',
      max_connections: '200',
      max_wal_size: '1GB',
    },
  });
  project.provide('postgres', postgres.url);
  return async () => {
    await postgres.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}
