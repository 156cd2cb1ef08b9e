import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import type { House } from '#platform/module';
import { normal } from '#platform/personal';
import { emptyDb } from '../test/database.ts';
import { aTrackingHouse, MODULES, type Sending, takeIn } from './modules/tracking/fixtures.ts';
import { makePartitions } from './modules/tracking/partitions.ts';
import { rollUp } from './modules/tracking/tally.ts';
import { type Manifest, writeBackup } from './platform/backup.ts';
import { migrate } from './platform/migrate.ts';
import { beginRestore, checkBackup, loadBackup, NotEmpty, refuseHalf, undoRestore, unknownMigrations } from './platform/restore.ts';
import { checkVaultKey } from './platform/vault.ts';
import { writeWhole } from './platform/wholefile.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-backup-'));
const fresh = (name: string) => path.join(folder, `${name}-${randomBytes(4).toString('hex')}.backup`);
const signal = new AbortController().signal;
const quiet = { signal, onBytes: () => undefined };
const SCHEMAS = ['platform', 'vault', ...MODULES.map((m) => m.name)];
const LINE = '{"id":"7","at":1}\n';

const save = async (db: Db, file: string, stop: AbortSignal = signal): Promise<Manifest> => {
  let out: Manifest | undefined;
  const journals = [{ name: 'erasures.ndjson', text: Buffer.from(LINE) }];
  await writeWhole(file, async (put) => {
    out = await writeBackup(put, { url: db.url, version: '0.1.0', journals, signal: stop, onProgress: () => undefined });
  });
  return out as unknown as Manifest;
};

const restoreInto = async (db: Db, file: string, endings: readonly string[] = MODULES.flatMap((m) => m.restored ?? [])) => {
  const { manifest } = await checkBackup(file, quiet);
  await beginRestore(db, SCHEMAS);
  await migrate(db, MODULES, undefined, new Set(manifest.migrations.map((m) => `${m.module}/${m.name}`)));
  await loadBackup({ url: db.url, file, manifest, endings, ...quiet });
  await migrate(db, MODULES);
};

const at = (n: number) => new Date(Date.UTC(2026, 2, 1) + n * 1_000).toISOString();
const some = (n: number): Sending => ({
  id: `e${n}`,
  type: ['order.submitted', 'order.checked', 'work.taken', '奇怪\t的\\事件\n"'][n % 4] as string,
  time: at(n),
  keys: { order: `SO-${Math.floor(n / 7)}`, serviceNumber: `1390000${String(1000 + (n % 50))}` },
  scenario: 'broadband-new',
  person: { name: `李${n}`, phone: `1380000${String(1000 + n)}` },
  data: { note: `line\nend ${n} \\N \t` },
});

let house: House;
beforeAll(async () => {
  house = await aTrackingHouse();
  await checkVaultKey(house.db, Buffer.alloc(32, 7));
  await makePartitions(house.db, Date.now());
  for (let i = 0; i < 20; i++)
    await takeIn(
      house,
      Array.from({ length: 50 }, (_, n) => some(i * 50 + n)),
    );
  await rollUp(house.db, Date.now());
});
afterAll(async () => {
  await house.db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const sums = (m: Manifest, without: readonly string[] = []) =>
  Object.fromEntries(m.tables.filter((t) => !without.includes(t.name)).map((t) => [t.name, [t.rows, t.sha256]]));
const count = async (db: Db, table: string) => (await db.query<{ n: number }>('', `select count(*) n from ${table}`))[0]?.n;

describe('a backup', () => {
  test('taken while events arrive is one moment of the store, and comes back as it was, table by table', async () => {
    let n = 1_000;
    let going = true;
    const arriving = (async () => {
      while (going) {
        await takeIn(
          house,
          Array.from({ length: 20 }, () => some(n++)),
        );
        await rollUp(house.db, Date.now());
      }
    })();
    const file = fresh('while');
    const first = await save(house.db, file);
    going = false;
    await arriving;
    expect(await count(house.db, 'tracking.event')).toBe(n);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.existsSync(`${file}.part`)).toBe(false);

    const db = await emptyDb();
    await restoreInto(db, file);
    const again = await save(db, fresh('again'));
    const others = ['tracking.batch', 'tracking.rolled'];
    expect(sums(again, others)).toEqual(sums(first, others));
    expect(again.sequences).toEqual(first.sequences);
    const events = await count(db, 'tracking.event');
    expect(events).toBeGreaterThanOrEqual(1_000);
    expect(await count(db, 'tracking.ledger')).toBe(events);
    const [links] = await db.query<{ n: number }>('', 'select sum(events) n from tracking.journey');
    expect(links?.n).toBe(events);

    const there = { ...house, db };
    const phone = house.vault.hash('phone', normal('phone', '13800001007'));
    const [row] = await db.query<{ person: Record<string, [string, string]> }>('', `select person from tracking.event where sid = 'e7'`);
    const [subject, id] = (row as NonNullable<typeof row>).person.phone as [string, string];
    expect(id).toBe(phone);
    expect((await house.vault.reveal(db, [{ subject, id }])).get(`${subject}/${id}`)?.value).toBe('13800001007');
    await checkVaultKey(db, Buffer.alloc(32, 7));

    expect(
      (
        await takeIn(
          there,
          Array.from({ length: 50 }, (_, i) => some(i)),
        )
      ).map((o) => o.result),
    ).toEqual(Array(50).fill('duplicate'));
    expect((await takeIn(there, [some(1_000_000)])).map((o) => o.result)).toEqual(['accepted']);
    await makePartitions(db, Date.now()); // the months are there; none lies in the rest
    expect(await count(db, 'tracking.event_rest')).toBe(0);
    await db.close();
  });

  test('counts of sources go on in a store whose transactions count from the beginning', async () => {
    const db = await emptyDb();
    const rolled = `select sum(accepted) n from tracking.tally`;
    const source = { ...house, db: house.db };
    await takeIn(source, [some(50_000)]);
    const file = fresh('counts');
    await house.db.inTx(systemActor('test'), ({ tx }) => tx.query('', `update tracking.rolled set xid = xid`));
    await save(house.db, file);
    // as in a new cluster: what was saved has ids far above those given there
    await restoreInto(db, file, [
      `update tracking.batch set xid = (xid::text::bigint + 1000000000)::text::xid8; update tracking.rolled set xid = (xid::text::bigint + 1000000000)::text::xid8;`,
      ...MODULES.flatMap((m) => m.restored ?? []),
    ]);
    const there = { ...house, db };
    await takeIn(there, [some(60_000)]);
    const events = await count(db, 'tracking.event');
    // a batch is counted when no transaction of the whole cluster is older: other tests have some, which end soon
    await expect
      .poll(
        async () => {
          await rollUp(db, Date.now());
          return (await db.query<{ n: number }>('', rolled))[0]?.n;
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBe(events);
    await db.close();
  });

  test('is refused when a byte is wrong, when it is cut off, when it is something else', async () => {
    const file = fresh('whole');
    await save(house.db, file);
    const bytes = fs.readFileSync(file);
    const spoilt = fresh('spoilt');
    for (let place = 700; place < bytes.length - 2_048; place += Math.floor(bytes.length / 40)) {
      const wrong = Buffer.from(bytes);
      wrong[place] = (wrong[place] as number) ^ 0x10;
      fs.writeFileSync(spoilt, wrong);
      const padding = await checkBackup(spoilt, quiet).then(
        () => true,
        (e: Error) => {
          expect(e.message).toMatch(/is (damaged|cut off|no backup)/);
          return false;
        },
      );
      if (padding) expect(bytes[place]).toBe(0); // between members nothing is said
    }
    for (const size of [0, 100, 10_000, bytes.length - 2_000]) {
      fs.writeFileSync(spoilt, bytes.subarray(0, size));
      await expect(checkBackup(spoilt, quiet), String(size)).rejects.toThrow(/is cut off|no backup of Glasshouse/);
    }
    fs.writeFileSync(spoilt, 'order,time\n1,2\n');
    await expect(checkBackup(spoilt, quiet)).rejects.toThrow('is no backup of Glasshouse');
    expect((await checkBackup(file, quiet)).journals).toEqual(new Map([['erasures.ndjson', LINE]]));
  });

  test('is not restored over anything, and what an unfinished restore left is no hindrance', async () => {
    const file = fresh('over');
    const manifest = await save(house.db, file);
    await expect(beginRestore(house.db, SCHEMAS)).rejects.toThrow(NotEmpty);
    const db = await emptyDb();
    await refuseHalf(db);
    await beginRestore(db, SCHEMAS);
    await migrate(db, MODULES);
    await expect(refuseHalf(db)).rejects.toThrow('A restore into this store was not finished');
    const broken = { ...manifest, tables: manifest.tables.map((t) => ({ ...t, rows: t.rows + 1 })) };
    await expect(loadBackup({ url: db.url, file, manifest: broken, endings: [], ...quiet })).rejects.toThrow('rows instead of');
    await expect(refuseHalf(db)).rejects.toThrow();
    await restoreInto(db, file);
    await refuseHalf(db);
    await undoRestore(db, SCHEMAS);
    expect(await db.query('', `select 1 from pg_namespace where nspname = any($1)`, [SCHEMAS])).toEqual([]);
    await db.close();
  });

  test('of a newer program is named; of an older one is brought up to date', async () => {
    const file = fresh('older');
    const manifest = await save(house.db, file);
    const newer = { ...manifest, migrations: [...manifest.migrations, { module: 'tracking', name: '9999-later', digest: '' }] };
    expect(unknownMigrations(newer, MODULES)).toEqual(['tracking/9999-later']);
    expect(unknownMigrations(manifest, MODULES)).toEqual([]);
    const later = [...MODULES.slice(0, -1), { ...(MODULES.at(-1) as (typeof MODULES)[number]) }].map((m) =>
      m.name === 'tracking'
        ? { ...m, migrations: [...m.migrations, { name: '9999-later', sql: 'alter table tracking.tally add note text' }] }
        : m,
    );
    const db = await emptyDb();
    await beginRestore(db, SCHEMAS);
    await migrate(db, later, undefined, new Set(manifest.migrations.map((m) => `${m.module}/${m.name}`)));
    await loadBackup({ url: db.url, file, manifest, endings: [], ...quiet });
    expect(await migrate(db, later)).toBe(1);
    expect(await count(db, 'tracking.tally where note is null')).toBe(1);
    await db.close();
  });

  test('that is interrupted leaves nothing behind, and one that is there is not touched', async () => {
    const file = fresh('stopped');
    const stop = new AbortController();
    const saving = save(house.db, file, stop.signal);
    await expect.poll(() => fs.existsSync(`${file}.part`), { interval: 1 }).toBe(true);
    stop.abort(new Error('stopped'));
    await expect(saving).rejects.toThrow();
    expect(fs.readdirSync(folder).filter((f) => f.startsWith(path.basename(file)))).toEqual([]);
    fs.writeFileSync(`${file}.part`, '');
    await expect(save(house.db, file)).rejects.toThrow('.part is there');
    const db = await emptyDb();
    await expect(save(db, fresh('nothing'))).rejects.toThrow('nothing to back up');
    await db.close();
  });
});
