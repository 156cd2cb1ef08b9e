import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aFeedHouse, until } from '../../modules/feed/fixtures.ts';
import type { Runner } from '../../modules/feed/runner.ts';

let world: Awaited<ReturnType<typeof aFeedHouse>>;
let runner: Runner | undefined;
let count = 0;

beforeAll(async () => {
  world = await aFeedHouse();
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
});
afterAll(() => world?.db.close());

const MAP = { zone: 'Asia/Shanghai', columns: { 'key.trade': '受理流水', type: '环节', time: '时间', handler: '工号' } };

/** A watched folder of a source of its own, at work. */
async function aFolder(settings: object = {}, map: object = MAP) {
  const id = `f${++count}`;
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-feed-'));
  const wanted = { id, kind: 'folder', source: `bss${count}`, map, settings: { folder, pollSeconds: 1, restSeconds: 1, ...settings } };
  await world.add(wanted);
  runner ??= world.runner();
  runner.wake();
  const put = (name: string, text: string) => writeFileSync(join(folder, name), iconv.encode(text, 'gbk'));
  return {
    id,
    source: `bss${count}`,
    folder,
    put,
    wanted,
    there: (sub = '') =>
      readdirSync(join(folder, sub))
        .filter((n) => n.includes('.'))
        .sort(),
  };
}

const rows = (...numbers: number[]) =>
  `受理流水|环节|时间|工号\r\n${numbers.map((n) => `30${n}|受理完成|2026-11-21 09:${String(n).padStart(2, '0')}:00|甲${n}\r\n`).join('')}`;
const done = (id: string, n: number) =>
  until(
    () => world.files(id),
    (files) => files.filter((f) => f.state === 'done' || f.state === 'same').length >= n,
  );

test('a GBK file with its .chk is taken at once, once, and moved to done with its mark', async () => {
  const f = await aFolder({ restSeconds: 3600 });
  f.put('B_0001.txt', rows(1, 2, 3));
  f.put('B_0001.chk', 'B_0001.txt|3\r\n');
  await done(f.id, 1);
  expect(f.there()).toEqual([]);
  expect(f.there('done')).toEqual(['B_0001.chk', 'B_0001.txt']);
  expect(await world.events(f.source)).toEqual(['受理完成 301', '受理完成 302', '受理完成 303']);
  const [event] = await world.db.query<{ at: number; handler: string }>(
    '',
    `select at, handler from tracking.event where source = $1 order by at`,
    [f.source],
  );
  expect([new Date((event?.at ?? 0) / 1000).toISOString(), event?.handler]).toEqual(['2026-11-21T01:01:00.000Z', '甲1']);
  await expect.poll(() => world.feed(f.id)).toMatchObject({ accepted: 3, duplicates: 0, rejected: 0, error: null });
});

test('files without rows are alike and no copies: each is taken, and its number counts', async () => {
  const f = await aFolder({ sequence: String.raw`(\d+)` });
  for (const n of [1, 2, 3]) {
    f.put(`B_000${n}.txt`, rows());
    f.put(`B_000${n}.chk`, '0');
  }
  const files = await done(f.id, 3);
  expect(files.map((x) => [x.name, x.state, x.rows, x.why])).toEqual([1, 2, 3].map((n) => [`B_000${n}.txt`, 'done', 0, null]));
});

test('yesterday’s rows again in the nightly full file add nothing, and the same content under another name is not even read', async () => {
  const f = await aFolder();
  f.put('B_0001.txt', rows(1, 2));
  f.put('B_0002.txt', rows(3));
  await done(f.id, 2);
  f.put('B_full.txt', rows(1, 2, 3, 4));
  f.put('B_again.txt', rows(3));
  const files = await done(f.id, 4);
  expect(files.find((x) => x.name === 'B_full.txt')).toMatchObject({ state: 'done', rows: 4, accepted: 1, duplicates: 3 });
  expect(files.find((x) => x.name === 'B_again.txt')).toMatchObject({ state: 'same', why: 'feed.file-same', rows: null });
  expect(await world.events(f.source)).toHaveLength(4);
});

test('a file that grows is not taken before it rests, and then whole', async () => {
  const f = await aFolder({ restSeconds: 3600 });
  f.put('grows.txt', rows(1));
  await until(
    () => world.files(f.id),
    (files) => files[0]?.why === 'feed.file-growing',
  );
  appendFileSync(join(f.folder, 'grows.txt'), iconv.encode(rows(2, 3).split('\r\n').slice(1).join('\r\n'), 'gbk'));
  await world.looks(f.id, 3);
  expect(await world.events(f.source)).toEqual([]);
  await world.change(f.id, { settings: { ...f.wanted.settings, restSeconds: 1 } });
  const [file] = await done(f.id, 1);
  expect(file).toMatchObject({ rows: 3, accepted: 3 });
});

test('a .chk that names another number waits, and the file is rejected with its reason when it rests so', async () => {
  const f = await aFolder();
  f.put('short.txt', rows(1, 2));
  f.put('short.txt.chk', '5');
  await until(
    () => world.files(f.id),
    ([file]) => file?.state === 'rejected',
  );
  expect(await world.files(f.id)).toMatchObject([{ why: 'feed.file-count', state: 'rejected' }]);
  await until(
    async () => f.there('rejected'),
    (there) => there.length === 2, // the ledger says it first, then the files are moved
  );
  expect(f.there('rejected')).toEqual(['short.txt', 'short.txt.chk']);
  expect(await world.events(f.source)).toEqual([]);
});

test('with whole: mark nothing is taken without one', async () => {
  const f = await aFolder({ whole: 'mark' });
  f.put('a.txt', rows(7));
  await until(
    () => world.files(f.id),
    ([file]) => file?.why === 'feed.file-unmarked',
  );
  await world.looks(f.id, 3);
  expect(await world.events(f.source)).toEqual([]);
  f.put('a.txt.ok', '');
  await done(f.id, 1);
  expect(await world.events(f.source)).toEqual(['受理完成 307']);
});

test('refused rows stand with their reasons in FILE.rejected.ndjson, the others are taken; what is no table is rejected', async () => {
  const f = await aFolder();
  f.put('some.txt', `${rows(1)}302|受理完成|no time|乙\r\n`);
  f.put('picture.txt', 'PK\u0003\u0004 no table');
  const files = await until(
    () => world.files(f.id),
    (all) => all.filter((x) => ['done', 'rejected'].includes(x.state)).length === 2,
  );
  expect(files.find((x) => x.name === 'some.txt')).toMatchObject({ accepted: 1, rejected: 1, rows: 2 });
  expect(files.find((x) => x.name === 'picture.txt')).toMatchObject({ state: 'rejected', why: 'feed.file-unreadable' });
  const refused = JSON.parse(readFileSync(join(f.folder, 'rejected', 'some.txt.rejected.ndjson'), 'utf8')) as object;
  expect(refused).toMatchObject({ line: 3, code: 'event.bad-time', raw: '302|受理完成|no time|乙' });
});

test('a replay reads again what was taken since then, and adds nothing', async () => {
  const f = await aFolder();
  const from = Date.now();
  f.put('one.txt', rows(1, 2));
  await done(f.id, 1);
  await world.db.query('', 'delete from tracking.ledger where event in (select id from tracking.event where source = $1)', [f.source]);
  await world.db.query('', 'delete from tracking.event where source = $1', [f.source]);
  await world.replay(f.id, from);
  await until(
    () => world.feed(f.id),
    (row) => row.replay_from === null && row.accepted + row.duplicates === 4,
  );
  expect(await world.events(f.source)).toHaveLength(2);
  await world.replay(f.id, Date.now());
  await until(
    () => world.feed(f.id),
    (row) => row.replay_from === null,
  );
  expect((await world.feed(f.id)).accepted).toBe(4);
});

test('a folder that is not there is trouble in plain words, and the feed goes on when it is back', async () => {
  const f = await aFolder({ folder: '/nowhere/at/nothing' });
  expect(
    await until(
      () => world.feed(f.id),
      (row) => row.error !== null,
    ),
  ).toMatchObject({ error: 'feed.folder-away' });
  await world.change(f.id, { settings: { folder: f.folder } });
  f.put('a.txt', rows(1));
  await done(f.id, 1);
  expect((await world.feed(f.id)).error).toBeNull();
});

test('a paused feed rests; a dry look changes nothing', async () => {
  const f = await aFolder();
  await world.change(f.id, { paused: true });
  const other = await aFolder(); // when it is worked on, the pause was seen
  await world.looks(other.id, 1);
  f.put('a.txt', rows(1));
  const look = await world.look(f.wanted);
  expect(look).toMatchObject({
    found: 'a.txt',
    rows: [{ line: 2, event: { keys: { trade: '301' }, time: '2026-11-21T09:01:00.000+08:00' } }],
  });
  await world.looks(other.id, 5);
  expect(f.there()).toEqual(['a.txt']);
  await world.change(f.id, { paused: false });
  await done(f.id, 1);
  expect(existsSync(join(f.folder, 'done', 'a.txt'))).toBe(true);
  rmSync(f.folder, { recursive: true, force: true });
});

test('killed between the move of a file and of its mark, the mark follows', async () => {
  const f = await aFolder();
  f.put('B_0009.txt', rows(1));
  f.put('B_0009.chk', '1');
  await done(f.id, 1);
  f.put('B_0009.chk', '1'); // as if the mark had not been moved, and the move not been noted
  await world.db.query('', `update feed.file set state = 'taken' where feed = $1`, [f.id]);
  await until(
    () => f.there(),
    (left) => left.length === 0,
  );
  expect(f.there('done')).toEqual(['B_0009.chk', 'B_0009.txt']);
  expect((await world.files(f.id)).map((x) => x.state)).toEqual(['done']);
});
