import fs from 'node:fs';
import path from 'node:path';
import { BadCommand, BadFile, readArgs, theFile } from './command.ts';
import { runDoctor } from './doctor.ts';
import { progress } from './edge/files/progress.ts';
import { modules } from './main.ts';
import { systemActor } from './platform/actor.ts';
import { BadBackup } from './platform/archive.ts';
import { audit } from './platform/audit.ts';
import { BadSetting, type Flags, REPO, readConfig, readSettings } from './platform/config.ts';
import { type Db, openDb } from './platform/db.ts';
import { interruptible } from './platform/interrupt.ts';
import { type Log, makeLog } from './platform/log.ts';
import { migrate, platformSchemas } from './platform/migrate.ts';
import type { House } from './platform/module.ts';
import { checkServer, startPostgres, whoUses } from './platform/postgres.ts';
import { beginRestore, type Checked, checkBackup, loadBackup, NotEmpty, undoRestore, unknownMigrations } from './platform/restore.ts';
import { checkVaultKey, openVault, proofOf } from './platform/vault.ts';

interface Wanted {
  readonly file: string;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly key?: { readonly text: string; readonly keep: boolean };
  /** Lists of erasures beside the one in the backup. */
  readonly erasures: readonly string[];
}

const ERASURES = 'erasures.ndjson';

/** Fills an empty store from a backup, carries out again what must not come back, and looks at the result as `doctor` does. */
export async function runRestore(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  const { values, positionals } = readArgs(argv, {
    data: { type: 'string' },
    key: { type: 'string' },
    erasures: { type: 'string', multiple: true },
    check: { type: 'boolean' },
  });
  const file = path.resolve(theFile(positionals, 'FILE, the backup,'));
  const settings = readSettings({}, env);
  const flags: Flags = values.data === undefined ? {} : { data: values.data };
  const dataDir = values.data === undefined ? path.resolve(REPO, settings.GLASSHOUSE_DATA) : path.resolve(values.data);
  const erasures = (values.erasures ?? []).map((f) => path.resolve(f));
  for (const list of erasures) if (!fs.existsSync(list)) throw new BadFile(`${list}: there is no such list of erasures.`);

  const rows = await interruptible(async (signal) => {
    const checked = await check(file, signal);
    const rows = checked.manifest.tables.reduce((n, t) => n + t.rows, 0);
    console.error(
      `${file}: whole. Made by Glasshouse ${checked.manifest.glasshouse} at ${checked.manifest.at}, ${rows.toLocaleString('en')} rows.`,
    );
    if (values.check) return rows;
    const key = keyFor(dataDir, values.key, env.GLASSHOUSE_KEY, checked.manifest.keyProof);
    await restore(
      { file, dataDir, erasures, ...(settings.DATABASE_URL && { databaseUrl: settings.DATABASE_URL }), ...(key && { key }) },
      checked,
      flags,
      env,
      signal,
    );
    return rows;
  });
  console.log(JSON.stringify({ file, rows, restored: !values.check, seconds: Math.round(performance.now() - begun) / 1000 }));
  if (values.check) return 0;
  await runDoctor(flags, env);
  return 0;
}

/** Reads the file to its end before anything is touched. */
async function check(file: string, signal: AbortSignal): Promise<Checked> {
  if (!fs.existsSync(file)) throw new BadFile(`${file}: there is no such file.`);
  const meter = { bytes: 0 };
  const bar = progress('checking', fs.statSync(file).size, meter);
  let checked: Checked;
  try {
    checked = await checkBackup(file, { signal, onBytes: (n) => (meter.bytes = n) });
  } catch (e) {
    throw e instanceof BadBackup ? new BadFile(e.message) : e;
  } finally {
    bar.stop();
  }
  const unknown = unknownMigrations(checked.manifest, modules);
  if (unknown.length > 0)
    throw new BadFile(
      `${file} was made by a newer Glasshouse (${checked.manifest.glasshouse}, with ${unknown[0]}${unknown.length > 1 ? ` and ${unknown.length - 1} more` : ''}), whose tables this one does not know. Restore it with that version or a later one.`,
    );
  return checked;
}

/** The key that the backup was made under: given, in the environment, or in the folder already. Another one is refused before anything is done. */
function keyFor(dataDir: string, given: string | undefined, env: string | undefined, proof: string | null): Wanted['key'] {
  const own = path.join(dataDir, 'key');
  const file = given === undefined ? (fs.existsSync(own) ? own : undefined) : path.resolve(given);
  if (given !== undefined && !fs.existsSync(path.resolve(given))) throw new BadFile(`${path.resolve(given)}: there is no such key file.`);
  const text = given === undefined && env ? env : file === undefined ? undefined : fs.readFileSync(file, 'utf8').trim();
  if (text === undefined) {
    if (proof === null) return undefined;
    throw new BadSetting(
      'The key of the backup is needed: name its file with --key (the file "key" of the old data folder), or set GLASSHOUSE_KEY. Without it the personal data cannot be read.',
    );
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new BadSetting(`${given ?? 'The key'} is not a key of 32 bytes in base64.`);
  if (proof !== null && !proofOf(key).equals(Buffer.from(proof, 'base64')))
    throw new BadSetting('This is not the key that the backup was made under. Name the right one with --key, or set GLASSHOUSE_KEY.');
  return { text, keep: given !== undefined };
}

async function restore(w: Wanted, checked: Checked, flags: Flags, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const log = makeLog('warn');
  const user = w.databaseUrl === undefined ? whoUses(w.dataDir) : undefined;
  if (user !== undefined)
    throw new BadCommand(`process ${user} works with ${w.dataDir}. A restore needs an empty store: name a new folder with --data.`);
  const before = new Set(fs.existsSync(w.dataDir) ? fs.readdirSync(w.dataDir) : []);
  const store = await openStore(w, log);
  const db = openDb(store.url, 3);
  const schemas = [...platformSchemas, ...modules].filter((m) => m.migrations.length > 0).map((m) => m.name);
  let undo = false;
  let done = false;
  try {
    await beginRestore(db, schemas);
    undo = true;
    if (w.key?.keep && w.databaseUrl === undefined) keepKey(w.dataDir, w.key.text);
    mergeJournals(w, checked);
    await fill(w, checked, db, log, signal);
    undo = false;
    done = true;
    const { at, glasshouse } = checked.manifest;
    await db.inTx(systemActor('restore'), (ctx) => audit(ctx, 'store.restored', 'store', { details: { at, glasshouse } }));
    await finish(w, db, log, flags, { ...env, ...(w.key && { GLASSHOUSE_KEY: w.key.text }) });
    warnOfErasures(w, checked);
  } catch (e) {
    if (undo) await undoRestore(db, schemas).catch(() => undefined); // the mark stays then, and tells the next one
    if (e instanceof NotEmpty) throw new BadCommand(notEmpty(w));
    throw e;
  } finally {
    await db.close();
    await store.stop();
    if (!done && w.databaseUrl === undefined) clearAway(w.dataDir, before);
  }
}

async function openStore(w: Wanted, log: Log): Promise<{ url: string; stop(): Promise<void> }> {
  if (w.databaseUrl === undefined) return startPostgres(w.dataDir, log);
  await checkServer(w.databaseUrl);
  return { url: w.databaseUrl, stop: async () => undefined };
}

const notEmpty = (w: Wanted): string =>
  w.databaseUrl === undefined
    ? `${w.dataDir} already holds a store, and a restore never writes over one. Name a new folder: --data ${w.dataDir}-restored. When all is well there, start with it, and remove the old one when you no longer need it.`
    : 'this database already holds tables of Glasshouse, and a restore never writes over them. Make a new database (createdb), and name it in DATABASE_URL.';

/** Tables as the backup knew them, its rows, then what came to the tables since. */
async function fill({ file }: Wanted, { manifest }: Checked, db: Db, log: Log, signal: AbortSignal): Promise<void> {
  await migrate(db, modules, log, new Set(manifest.migrations.map((m) => `${m.module}/${m.name}`)));
  const meter = { bytes: 0 };
  const bar = progress('restoring', fs.statSync(file).size, meter);
  try {
    const endings = modules.flatMap((m) => m.restored ?? []);
    await loadBackup({ url: db.url, file, manifest, endings, signal, onBytes: (n) => (meter.bytes = n) });
  } finally {
    bar.stop();
  }
}

async function finish(w: Wanted, db: Db, log: Log, flags: Flags, env: NodeJS.ProcessEnv): Promise<void> {
  const added = await migrate(db, modules, log);
  if (added > 0) console.error(`${added} newer migrations were applied.`);
  if (w.key === undefined) return;
  const config = readConfig(flags, env);
  await checkVaultKey(db, config.key);
  const live: House['live'] = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  for (const module of modules) {
    const said = await module.afterRestore?.({ config, db, log, vault: openVault(config.key), live });
    if (said) console.error(said);
  }
}

/** Beside the data, as a first start would have put it: where the key is to lie apart from them, it is given by GLASSHOUSE_KEY. */
function keepKey(dataDir: string, text: string): void {
  const file = path.join(dataDir, 'key');
  if (fs.existsSync(file)) return;
  fs.writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
  fs.renameSync(`${file}.new`, file);
}

/** Lines of the backup's lists and of those that were named, each once, added to the folder's own. */
function mergeJournals(w: Wanted, { journals }: Checked): void {
  for (const name of modules.flatMap((m) => m.journals ?? [])) {
    const at = path.join(w.dataDir, name);
    const own = fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : '';
    const texts = [own, journals.get(name) ?? '', ...(name === ERASURES ? w.erasures.map((f) => fs.readFileSync(f, 'utf8')) : [])];
    const lines = [...new Set(texts.flatMap((t) => t.split('\n')).filter((l) => l.endsWith('}')))];
    if (lines.length === 0) continue;
    fs.mkdirSync(w.dataDir, { recursive: true, mode: 0o711 });
    fs.writeFileSync(`${at}.new`, lines.map((l) => `${l}\n`).join(''), { mode: 0o600, flush: true });
    fs.renameSync(`${at}.new`, at);
  }
}

function warnOfErasures(w: Wanted, { manifest }: Checked): void {
  if (w.erasures.length > 0) return;
  console.error(
    `No list of later erasures was given: whoever was erased after ${manifest.at} is in this store again. Put ${ERASURES} of the old data folder (of every copy of the program) into ${w.dataDir} and start: what is not erased yet is erased then.`,
  );
}

/** An embedded store that did not become one goes; what was in the folder before stays. */
function clearAway(dataDir: string, before: ReadonlySet<string>): void {
  for (const name of ['postgres', 'postgres.making', 'postgres.json', 'key', 'lock', ERASURES])
    if (!before.has(name)) fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
  if (before.size === 0 && fs.existsSync(dataDir) && fs.readdirSync(dataDir).length === 0) fs.rmdirSync(dataDir);
}
