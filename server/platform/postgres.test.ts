import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { makeLog } from './log.ts';
import { clusterVersion, type Postgres, startPostgres } from './postgres.ts';
import { birthOf, commandOf, isAlive, takeLock } from './process.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-postgres-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const log = makeLog('silent');
const settings = { fsync: 'off', shared_buffers: '16MB' };

async function ask<R>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as R[];
}

describe('the embedded store', () => {
  const data = path.join(folder, 'data');
  let store: Postgres;

  test('is made on the first start, in UTF8 with plain ordering, and the program is no superuser in it', async () => {
    store = await startPostgres(data, log, { settings });
    const [row] = await ask(
      store.url,
      `select current_setting('server_encoding') as encoding, (select datcollate from pg_database where datname = current_database()) as "order",
              (select rolsuper from pg_roles where rolname = current_user) as super, current_setting('listen_addresses') as listens`,
    );
    expect(row).toEqual({ encoding: 'UTF8', order: 'C', super: false, listens: '127.0.0.1' });
    expect(fs.statSync(path.join(data, 'postgres.json')).mode & 0o777).toBe(0o600);
  });

  test('lets nobody in without the password', async () => {
    const url = new URL(store.url);
    url.password = 'guess';
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    url.username = 'postgres';
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28000' });
  });

  test('is refused to a second program while the first one lives', async () => {
    await expect(startPostgres(data, log, { settings })).rejects.toThrow(`is in use by process ${process.pid}`);
  });

  test('keeps its data and its address over a restart', async () => {
    await ask(store.url, 'create table kept as select 7 as n');
    await store.stop();
    const again = await startPostgres(data, log, { settings });
    expect(again.url).toBe(store.url);
    expect(await ask(again.url, 'select n from kept')).toEqual([{ n: 7 }]);
    store = again;
  });

  test('comes back by itself when its server is killed', async () => {
    process.kill(Number(fs.readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    await expect.poll(() => ask(store.url, 'select n from kept').catch(() => []), { timeout: 60_000 }).toEqual([{ n: 7 }]);
  });

  test('takes another port when its own is taken, and a new password when the file with it was lost', async () => {
    await store.stop();
    const { port } = JSON.parse(fs.readFileSync(path.join(data, 'postgres.json'), 'utf8'));
    const { createServer } = await import('node:net');
    const squatter = createServer().listen(port, '127.0.0.1');
    const moved = await startPostgres(data, log, { settings });
    expect(new URL(moved.url).port).not.toBe(String(port));
    await moved.stop();
    squatter.close();
    fs.rmSync(path.join(data, 'postgres.json'));
    const renewed = await startPostgres(data, log, { settings });
    expect(new URL(renewed.url).password).not.toBe(new URL(store.url).password);
    expect(await ask(renewed.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await renewed.stop();
  });

  test('a folder of another major version is refused with the way out, and left as it was', async () => {
    const file = path.join(data, 'postgres', 'PG_VERSION');
    const version = clusterVersion(path.join(data, 'postgres'));
    fs.writeFileSync(file, '13\n');
    await expect(startPostgres(data, log, { settings })).rejects.toThrow(/made by PostgreSQL 13.*--data/);
    fs.writeFileSync(file, `${version}\n`);
    await (await startPostgres(data, log, { settings })).stop();
  });

  test('a pid file whose number now belongs to a stranger keeps nobody out', async () => {
    const stranger = spawn('sleep', ['60']);
    fs.writeFileSync(path.join(data, 'postgres', 'postmaster.pid'), `${stranger.pid}\n${data}/postgres\n`);
    await (await startPostgres(data, log, { settings })).stop();
    expect(isAlive(stranger.pid as number)).toBe(true);
    stranger.kill();
  });
});

describe('processes', () => {
  test('a process is known by its birth, not by its number', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid as number;
    expect([isAlive(pid), birthOf(pid) === birthOf(process.pid)]).toEqual([true, false]);
    expect(commandOf(pid)).toContain('sleep');
    const gone = new Promise((done) => child.on('exit', done));
    child.kill('SIGKILL');
    await gone;
    expect([isAlive(pid), birthOf(pid)]).toEqual([false, undefined]);
  });

  test('a lock is held by the living, and taken over from the dead and from half-written files', () => {
    const file = path.join(folder, 'lock');
    const release = takeLock(file, (pid) => new Error(`held by ${pid}`));
    expect(() => takeLock(file, (pid) => new Error(`held by ${pid}`))).toThrow(`held by ${process.pid}`);
    release();
    for (const left of ['', '{"pid":1,"birth":"long ago"}', '{"pid":4194303,"birth":"x"}']) {
      fs.writeFileSync(file, left);
      takeLock(file, () => new Error('held'))();
    }
    expect(fs.existsSync(file)).toBe(false);
  });
});
