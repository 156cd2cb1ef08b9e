import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IntakeAnswer, JourneyDetail } from '../server/modules/tracking/contract.ts';
import { emptyDb } from './database.ts';
import * as program from './program.ts';

/** The administrator's night: a backup while the server works, a restore elsewhere, and the journeys that were there. Below a folder that only its owner may enter. */

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-backup-'));
fs.chmodSync(folder, 0o700);
const at = (name: string): string => path.join(folder, name);
const [old, backups, other, inbox] = [at('old'), at('backups'), at('other'), at('inbox')];
const TOKEN = 'an-admin-token-for-backups';
const ENV = { GLASSHOUSE_ADMIN_TOKEN: TOKEN };
const LI = { name: '李木子', idNumber: '990101199001011234', phone: '13912340001' };
const WANG = { name: '王二月', idNumber: '990101199202024321', phone: '13912340002' };

let server: program.Program;
let file = '';
beforeAll(async () => {
  fs.mkdirSync(backups);
  fs.mkdirSync(inbox);
  server = await program.start(old, [], ENV);
});
afterAll(() => {
  program.endAll();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  const { ended, said } = program.begin(args, env);
  return { code: await ended, said: said() };
}

const call = async (url: string, at: string, body?: object): Promise<unknown> => {
  const headers = { authorization: `Bearer ${TOKEN}`, ...(body && { 'content-type': 'application/json' }) };
  return (await fetch(`${url}${at}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) })).json();
};
const send = (url: string, events: readonly object[]) => call(url, '/api/events', events) as Promise<IntakeAnswer>;
const ordersOf = async (url: string, { idNumber, phone }: typeof LI): Promise<number> =>
  ((await call(url, '/api/track', { idNumber, phone })) as { orders: unknown[] }).orders.length;

const TYPES = ['order.submitted', 'order.checked', 'trade.accepted', 'work.taken', 'visit.arrived', 'work.done', 'order.closed'];
const events = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({
    source: 'try',
    id: `e${from + i}`,
    type: TYPES[(from + i) % TYPES.length],
    time: new Date(Date.UTC(2026, 2, 1) + (((from + i) * 7_919) % 40_000) * 60_000).toISOString(),
    keys: { order: `SO-${Math.floor((from + i) / 9)}`, ...(i % 5 === 0 && { serviceNumber: `1399${String(1_000_000 + from + i)}` }) },
    scenario: 'broadband-new',
    data: { note: `said ${from + i}` },
  }));

/** What a journey shows, without what each store and each moment gives: refs, times of arrival, and whether an event came late (after a request that told of later things). */
async function shown(url: string, order: string): Promise<unknown> {
  const j = (await call(url, `/api/journeys/by-key/order/${order}`)) as JourneyDetail;
  const timeless = JSON.stringify(j).replace(/"(ref|receivedAt|lastHeardAt|netSeconds|dataAt)":("[^"]*"|[\d.]+)/g, '"$1":0');
  const shown = JSON.parse(timeless) as { events: { marks: string[] }[] };
  return { ...shown, events: shown.events.map((e) => ({ ...e, marks: e.marks.filter((m) => m !== 'late') })) };
}

/** Everything in the file, unpacked. */
async function contents(of: string): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  const extract = fs.createReadStream(of).pipe(tar.extract());
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    out.set(entry.header.name, (entry.header.name.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes).toString('latin1'));
  }
  return out;
}

describe('backup and restore', () => {
  const sent: object[] = [];
  let before = 0;

  test('a backup is written while events keep arriving, and holds no key', async () => {
    const people = [LI, WANG].map((person, i) => ({
      source: 'bss',
      id: `p${i}`,
      type: 'order.submitted',
      time: '2026-03-01T08:00:00+08:00',
      keys: { order: `SO-P${i}` },
      scenario: 'broadband-new',
      person,
    }));
    sent.push(...people, ...events(0, 5_000));
    for (let i = 0; i < sent.length; i += 1_000) await send(server.url, sent.slice(i, i + 1_000));
    before = sent.length;
    const map = 'zone: Asia/Shanghai\ncolumns: { key.trade: trade, type: step, time: at }';
    await call(server.url, '/api/feeds', { id: 'bss', kind: 'folder', source: 'bss', name: '营业', map, settings: { folder: inbox } });
    let going = true;
    const arriving = (async () => {
      for (let n = 5_000; going; n += 50) {
        const batch = events(n, 50);
        expect((await send(server.url, batch)).accepted).toBe(50);
        sent.push(...batch);
      }
    })();
    await sleep(200);
    const { code, said } = await run(['backup', backups, '--data', old]);
    going = false;
    await arriving;
    expect([code, said]).toEqual([0, expect.stringContaining('The key is not in it')]);
    expect(sent.length).toBeGreaterThan(before);
    const about = JSON.parse(said.trim().split('\n').at(-1) as string) as { file: string; rows: number };
    file = about.file;
    expect(path.dirname(file)).toBe(backups);
    expect(fs.readdirSync(backups)).toEqual([path.basename(file)]);
    const key = fs.readFileSync(path.join(old, 'key'), 'utf8').trim();
    const inside = await contents(file);
    expect(inside.size).toBeGreaterThan(20);
    for (const form of [key, Buffer.from(key, 'base64').toString('hex'), Buffer.from(key, 'base64').toString('latin1')])
      expect([...inside].filter(([, text]) => text.includes(form))).toEqual([]);
    for (const value of [LI.name, LI.idNumber, LI.phone]) expect([...inside].filter(([, text]) => text.includes(value))).toEqual([]);
  });

  test('what cannot be restored is refused in one sentence, and nothing is left of it', async () => {
    const damaged = path.join(folder, 'damaged.backup');
    const bytes = fs.readFileSync(file);
    bytes.fill(7, bytes.length >> 1, (bytes.length >> 1) + 600);
    fs.writeFileSync(damaged, bytes);
    const wrong = path.join(folder, 'wrong-key');
    fs.writeFileSync(wrong, Buffer.alloc(32, 9).toString('base64'));
    const right = path.join(old, 'key');
    for (const [args, sentence] of [
      [[damaged, '--key', right], 'damaged.backup is'],
      [[file], 'The key of the backup is needed'],
      [[file, '--key', wrong], 'not the key'],
      [[file, '--key', path.join(folder, 'none')], 'no such key file'],
      [[file, '--key', right, '--erasures', path.join(folder, 'none')], 'no such list'],
      [[path.join(folder, 'none.backup')], 'no such file'],
    ] as const) {
      const { code, said } = await run(['restore', ...args, '--data', other]);
      expect([code, said]).toEqual([2, expect.stringContaining(sentence)]);
      expect(fs.existsSync(other)).toBe(false);
    }
    const over = await run(['restore', file, '--key', right, '--data', old]);
    expect([over.code, over.said]).toEqual([2, expect.stringContaining('name a new folder with --data')]);
    expect((await run(['restore', file, '--check'])).code).toBe(0);
  });

  test('restored elsewhere the journeys are those of the backup, who was erased since is erased, and the rest comes once', async () => {
    const erased = (await call(server.url, '/api/erasures', { idNumber: LI.idNumber, reason: 'asked for it' })) as { state: string };
    expect([erased.state, await ordersOf(server.url, LI), await ordersOf(server.url, WANG)]).toEqual(['done', 0, 1]);

    const list = path.join(old, 'erasures.ndjson');
    const { code, said } = await run(['restore', file, '--data', other, '--key', path.join(old, 'key'), '--erasures', list]);
    expect([code, said]).toEqual([0, expect.stringContaining('which the backup did not know: 1 (journeys: 1, events: 1')]);
    expect(said).toContain('Feeds that worked are paused (营业)');
    expect(said).toContain('✓ data folder');

    const restored = await program.start(other, [], ENV);
    expect(restored.said()).not.toContain('First sign-in');
    expect([await ordersOf(restored.url, LI), await ordersOf(restored.url, WANG)]).toEqual([0, 1]);
    let [accepted, duplicates] = [0, 0];
    for (let i = 0; i < sent.length; i += 1_000) {
      const answer = await send(restored.url, sent.slice(i, i + 1_000));
      accepted += answer.accepted;
      duplicates += answer.duplicates;
      expect(answer.rejectedTotal + answer.conflicts).toBe(0);
    }
    expect(duplicates).toBeGreaterThanOrEqual(before); // all that was acknowledged before it began is in it
    expect(accepted + duplicates).toBe(sent.length);
    for (const n of [0, 3, 77, 310, 555, 556, Math.floor((sent.length - 10) / 9)])
      expect(await shown(restored.url, `SO-${n}`)).toEqual(await shown(server.url, `SO-${n}`));
    const tally = async (url: string) =>
      ((await call(url, '/api/sources')) as { items: { id: string; accepted: number }[] }).items.map((s) => [s.id, s.accepted]);
    await expect.poll(() => tally(restored.url)).toEqual(await tally(server.url));
    const { code: ending } = await restored.end('SIGTERM');
    expect([ending, restored.said()]).toEqual([0, expect.anything()]);
  });

  test('the doctor knows the running server, its key and its last backup', async () => {
    const { port } = new URL(server.url);
    const well = await run(['doctor', '--data', old, '--port', port]);
    expect(well.code, well.said).toBe(0);
    for (const line of [/✓ server: process \d+ works with this folder and is ready/, /✓ port: \d+ .* is taken by a Glasshouse/])
      expect(well.said).toMatch(line);
    for (const line of ['✓ key of the store: the right one', '✓ backup: made within the hour', '✓ list of erasures: 1 in'])
      expect(well.said).toContain(line);
    const wrong = await run(['doctor', '--data', old, '--port', port], { GLASSHOUSE_KEY: Buffer.alloc(32, 9).toString('base64') });
    expect([wrong.code, wrong.said]).toEqual([1, expect.stringContaining('✗ key of the store: this is not the key')]);
    const other = await run(['doctor', '--data', folder, '--port', port]);
    expect([other.code, other.said]).toEqual([1, expect.stringContaining('in use by another program')]);
  });

  test('a store at rest is backed up and restored too; over a store nothing is restored', async () => {
    const at = path.join(folder, 'rest.backup');
    expect((await run(['backup', at, '--data', other])).code).toBe(0);
    expect((await run(['backup', at, '--data', other])).said).toContain('is there already');
    const { code, said } = await run(['restore', at, '--data', other]);
    expect([code, said]).toEqual([2, expect.stringContaining('already holds a store')]);
    const third = path.join(folder, 'third');
    const key = fs.readFileSync(path.join(old, 'key'), 'utf8').trim();
    expect((await run(['restore', at, '--data', third], { GLASSHOUSE_KEY: key })).code).toBe(0);
    expect(fs.existsSync(path.join(third, 'key'))).toBe(false); // given by the environment, it stays apart
    expect(fs.readFileSync(path.join(third, 'erasures.ndjson'), 'utf8')).toBe(fs.readFileSync(path.join(old, 'erasures.ndjson'), 'utf8'));
  });

  test('a database of one’s own is filled and saved the same way', async () => {
    const db = await emptyDb();
    const env = { DATABASE_URL: db.url, GLASSHOUSE_KEY: fs.readFileSync(path.join(old, 'key'), 'utf8').trim() };
    const beside = ['--data', at('beside')];
    expect((await run(['restore', file, ...beside], env)).code).toBe(0);
    const again = await run(['restore', file, ...beside], env);
    expect([again.code, again.said]).toEqual([2, expect.stringContaining('Make a new database')]);
    const saved = await run(['backup', at('own.backup'), ...beside], env);
    expect([saved.code, saved.said]).toEqual([0, expect.stringContaining('(the value of GLASSHOUSE_KEY)')]);
    await db.close();
  });

  test.each(['backup', 'restore'])('Ctrl-C in a %s leaves nothing half', async (command) => {
    const target = path.join(folder, `stopped-${command}`);
    const args =
      command === 'backup' ? ['backup', target, '--data', old] : ['restore', file, '--data', target, '--key', path.join(old, 'key')];
    const { child, ended, said } = program.begin(args);
    const begun = () => (command === 'backup' ? fs.existsSync(`${target}.part`) : fs.existsSync(path.join(target, 'postgres.json')));
    while (!begun() && child.exitCode === null) await sleep(5);
    child.kill('SIGINT');
    expect([await ended, said()]).toEqual([130, expect.stringContaining('Interrupted')]);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith(`stopped-${command}`))).toEqual([]);
  });
});

describe('export', () => {
  const env = () => ({ GLASSHOUSE_URL: server.url, GLASSHOUSE_TOKEN: TOKEN });

  test('writes what the doors give, and counts it', async () => {
    const table = path.join(folder, 'journeys.csv');
    const asTable = await run(['export', table, '--lang', 'en', '--scenario', 'broadband-new'], env());
    expect(asTable.code).toBe(0);
    const rows = fs.readFileSync(table, 'utf8').trimEnd().split('\r\n').length - 1;
    expect(asTable.said).toContain(`${rows.toLocaleString('en')} journeys`);
    const log = path.join(folder, 'journeys.jsonocel');
    const asLog = await run(['export', log], env());
    const ocel = JSON.parse(fs.readFileSync(log, 'utf8')) as { events: unknown[]; objects: unknown[] };
    expect(ocel.events.length).toBeGreaterThan(5_000);
    expect(asLog.said).toContain(`${ocel.events.length.toLocaleString('en')} events, ${ocel.objects.length.toLocaleString('en')} objects`);
    const none = await run(['export', '-', '--form', 'csv', '--scenario', 'broadband-new', '--to', '2000-01-01'], env());
    expect(none.said.trimEnd().split('\n').at(-1)).toContain('Standard output: 0 journeys');
  });

  test('a refusal is one sentence, and no file is made', async () => {
    const at = path.join(folder, 'refused.csv');
    const { code, said } = await run(['export', at], { ...env(), GLASSHOUSE_TOKEN: 'another-token-that-nobody-has' });
    expect([code, said]).toEqual([1, expect.stringContaining('HTTP 401')]);
    expect(fs.readdirSync(folder).filter((f) => f.startsWith('refused'))).toEqual([]);
  });
});
