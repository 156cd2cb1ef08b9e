import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BadCommand, readArgs, size, theFile, version } from './command.ts';
import { progress } from './edge/files/progress.ts';
import { modules } from './main.ts';
import { systemActor } from './platform/actor.ts';
import { audit } from './platform/audit.ts';
import { type Manifest, writeBackup } from './platform/backup.ts';
import { REPO, readSettings } from './platform/config.ts';
import { openDb } from './platform/db.ts';
import { interruptible } from './platform/interrupt.ts';
import { makeLog } from './platform/log.ts';
import { checkServer, startPostgres, visitPostgres, whoUses } from './platform/postgres.ts';
import { writeWhole } from './platform/wholefile.ts';

/** Writes a backup while the server works, or of a store at rest, and says what is in it and where the key lies. */
export async function runBackup(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  const { values, positionals } = readArgs(argv, { data: { type: 'string' } });
  const to = theFile(positionals, 'FILE or DIR, where the backup goes,');
  const settings = readSettings({}, env);
  const dataDir = values.data === undefined ? path.resolve(REPO, settings.GLASSHOUSE_DATA) : path.resolve(values.data);
  const file = fileFor(path.resolve(to));

  const manifest = await interruptible(async (signal) => {
    const store = await openStore(dataDir, settings.DATABASE_URL);
    const meter = { bytes: 0 };
    let bar: ReturnType<typeof progress> | undefined;
    const onProgress = (done: number, all: number) => {
      bar ??= progress('backup', all, meter);
      meter.bytes = done;
    };
    try {
      let out: Awaited<ReturnType<typeof writeBackup>> | undefined;
      await writeWhole(file, async (put) => {
        out = await writeBackup(put, { url: store.url, version, journals: journalsIn(dataDir), signal, onProgress });
      });
      await note(store.url, out as NonNullable<typeof out>);
      return out as NonNullable<typeof out>;
    } finally {
      bar?.stop();
      await store.stop();
    }
  });

  const { size: bytes } = fs.statSync(file);
  const rows = manifest.tables.reduce((n, t) => n + t.rows, 0);
  const key = settings.GLASSHOUSE_KEY === undefined ? path.join(dataDir, 'key') : 'the value of GLASSHOUSE_KEY';
  console.error(`${file}: ${size(bytes)}, ${rows.toLocaleString('en')} rows as they were at ${manifest.at}.`);
  console.error(
    `The key is not in it (${key}). Keep a copy of it apart from the backups: without it nobody can read the personal data again.`,
  );
  console.log(
    JSON.stringify({
      file,
      at: manifest.at,
      tables: manifest.tables.length,
      rows,
      bytes,
      seconds: Math.round(performance.now() - begun) / 1000,
    }),
  );
  return 0;
}

/** A folder gets a file named by the time. What is there is never written over. */
function fileFor(to: string): string {
  const isFolder = fs.existsSync(to) && fs.statSync(to).isDirectory();
  const file = isFolder ? path.join(to, `glasshouse-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.backup`) : to;
  if (fs.existsSync(file))
    throw new BadCommand(`${file} is there already, and backups are not written over. Name another file, or a folder.`);
  return file;
}

/** The store wherever it is: a database of one's own, the running server's, or started for the occasion. */
async function openStore(dataDir: string, databaseUrl: string | undefined): Promise<{ url: string; stop(): Promise<void> }> {
  const stop = async () => undefined;
  if (databaseUrl !== undefined) {
    await checkServer(databaseUrl);
    return { url: databaseUrl, stop };
  }
  if (!fs.existsSync(path.join(dataDir, 'postgres')))
    throw new BadCommand(`there is no store in ${dataDir}. Name its folder with --data, or its database with DATABASE_URL.`);
  if (whoUses(dataDir) !== undefined) return { ...(await visitPostgres(dataDir)), stop };
  return startPostgres(dataDir, makeLog('warn'));
}

/** In the trail, for a copy of everything has left; not into a standby, which takes no writing. */
async function note(url: string, { at, tables }: Manifest): Promise<void> {
  const db = openDb(url, 1);
  try {
    const [{ standby } = { standby: true }] = await db.query<{ standby: boolean }>('', 'select pg_is_in_recovery() standby');
    if (standby) return;
    const details = { at, rows: tables.reduce((n, t) => n + t.rows, 0), by: os.userInfo().username };
    await db.inTx(systemActor('backup'), (ctx) => audit(ctx, 'store.backed-up', 'store', { details }));
  } catch (e) {
    console.error(`The backup is whole, but could not be written into the audit trail: ${(e as Error).message}`);
  } finally {
    await db.close();
  }
}

const journalsIn = (dataDir: string) =>
  modules
    .flatMap((m) => m.journals ?? [])
    .map((name) => ({ name, at: path.join(dataDir, name) }))
    .filter(({ at }) => fs.existsSync(at))
    .map(({ name, at }) => ({ name, text: fs.readFileSync(at) }));
