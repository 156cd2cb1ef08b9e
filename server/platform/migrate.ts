import { createHash } from 'node:crypto';
import { systemActor } from './actor.ts';
import * as audit from './audit.ts';
import type { Db } from './db.ts';
import * as limits from './limits.ts';
import type { Log } from './log.ts';
import type { Migration } from './module.ts';
import * as outbox from './outbox.ts';
import * as vault from './vault.ts';

/** What owns a schema: a module, or a part of the platform. */
export interface SchemaOwner {
  readonly name: string;
  readonly migrations: readonly Migration[];
}

/** The platform's own tables; always migrated before any module's. */
export const platformSchemas: readonly SchemaOwner[] = [
  { name: 'platform', migrations: [...audit.migrations, ...limits.migrations, ...outbox.migrations] },
  { name: 'vault', migrations: vault.migrations },
];

const LOCK = 'select pg_advisory_xact_lock(7163003)';
const LEDGER = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    module     text not null,
    name       text not null,
    digest     text not null,
    applied_at timestamptz not null default now(),
    primary key (module, name)
  )`;

const digestOf = (m: Migration): string => createHash('sha256').update(m.sql).digest('hex').slice(0, 16);

/**
 * Brings the database to the state this program needs: first the platform, then for each owner its schema and its migrations in their order, each once, in a transaction
 * of its own. Several copies of the program may do it at the same time. Answers how many were applied; a migration whose text changed after it was
 * applied is named in the log and not run again. Throws, naming the migration, when one fails; those before it stay.
 * `only`: "module/name" of those that are wanted, to come to an older state (a backup's).
 */
export async function migrate(db: Db, owners: readonly SchemaOwner[], log?: Log, only?: ReadonlySet<string>): Promise<number> {
  const migrator = systemActor('migrate');
  await db.inTx(migrator, async ({ tx }) => {
    await tx.query('', LOCK);
    await tx.query('', LEDGER);
  });
  const ledger = await db.query<{ module: string; name: string; digest: string }>(
    '',
    'select module, name, digest from platform.migration',
  );
  const applied = new Map(ledger.map((row) => [`${row.module}/${row.name}`, row.digest]));
  let count = 0;
  for (const owner of [...platformSchemas, ...owners]) {
    for (const migration of owner.migrations) {
      if (only !== undefined && !only.has(`${owner.name}/${migration.name}`)) continue;
      const digest = digestOf(migration);
      const before = applied.get(`${owner.name}/${migration.name}`);
      if (before !== undefined && before !== digest)
        log?.warn({ module: owner.name, migration: migration.name }, 'a migration was changed after it was applied');
      if (before === undefined && (await apply(db, owner.name, migration, digest))) count++;
    }
  }
  return count;
}

async function apply(db: Db, module: string, migration: Migration, digest: string): Promise<boolean> {
  try {
    return await db.inTx(systemActor('migrate'), async ({ tx }) => {
      await tx.query('', LOCK);
      const there = await tx.query('', 'select 1 from platform.migration where module = $1 and name = $2', [module, migration.name]);
      if (there.length > 0) return false; // another copy was quicker
      await tx.query('', `create schema if not exists ${module}`);
      await tx.query('', migration.sql);
      await tx.query('', 'insert into platform.migration (module, name, digest) values ($1, $2, $3)', [module, migration.name, digest]);
      return true;
    });
  } catch (e) {
    throw new Error(`Migration ${module}/${migration.name} failed: ${(e as Error).message}`, { cause: e });
  }
}
