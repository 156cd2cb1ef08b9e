import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDb } from '../server/platform/db.ts';
import { migrate, platformSchemas, type SchemaOwner } from '../server/platform/migrate.ts';

/**
 * A database of its own for a test file, migrated for the platform and these modules (with the modules they call, in order), ready in some 30 ms:
 * cloned from a template that the first asker makes. `close()` drops it.
 *
 *     const db = await freshDb([scenario, source]);
 *     afterAll(() => db.close());
 */
export async function freshDb(owners: readonly SchemaOwner[] = [], connections = 6): Promise<Db> {
  const server = inject('postgres');
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const text = JSON.stringify([...platformSchemas, ...owners].map((o) => [o.name, o.migrations]));
  const template = `template_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
  await admin.query('select pg_advisory_lock(7163004)');
  try {
    const there = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (there.rowCount === 0) await makeTemplate(admin, server, template, owners);
  } finally {
    await admin.query('select pg_advisory_unlock(7163004)');
  }
  return openTest(admin, server, template, connections);
}

/** A database of its own with nothing in it. */
export async function emptyDb(connections = 6): Promise<Db> {
  const server = inject('postgres');
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  return openTest(admin, server, 'template0', connections);
}

async function openTest(admin: pg.Client, server: string, template: string, connections: number): Promise<Db> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name} template ${template}`);
  const db = openDb(urlOf(server, name), connections);
  return {
    ...db,
    close: async () => {
      await db.close();
      await drop(admin, name);
      await admin.end();
    },
  };
}

/**
 * Connections that are just closing get a moment: cutting them off would be an error in whoever holds them. Without force PostgreSQL also sends its own
 * cleaning away, which nobody but a superuser may cut off.
 */
async function drop(admin: pg.Client, name: string): Promise<void> {
  for (const until = Date.now() + 3_000; Date.now() < until; await sleep(10)) {
    const open = await admin.query("select 1 from pg_stat_activity where datname = $1 and backend_type = 'client backend'", [name]);
    if (open.rowCount === 0) break;
  }
  await admin.query(`drop database ${name}`).catch(() => admin.query(`drop database ${name} with (force)`));
}

async function makeTemplate(admin: pg.Client, server: string, template: string, owners: readonly SchemaOwner[]): Promise<void> {
  const making = `making_${template}`;
  await admin.query(`drop database if exists ${making} with (force)`);
  await admin.query(`create database ${making} template template0`);
  const db = openDb(urlOf(server, making), 2);
  try {
    await migrate(db, owners);
  } finally {
    await db.close();
  }
  await admin.query(`alter database ${making} rename to ${template}`);
}

const urlOf = (server: string, database: string): string => Object.assign(new URL(server), { pathname: `/${database}` }).href;
