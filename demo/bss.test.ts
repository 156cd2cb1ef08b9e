import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import { openMap } from '../server/edge/files/reading.ts';
import { countIn, listFolder, marksOf, readChk } from '../server/edge/sources/whole.ts';
import { isBad, readEvent } from '../server/modules/tracking/event.ts';
import { fingerprints } from '../server/modules/tracking/fingerprint.ts';
import { batchName, fullName, lastBatch, PATTERN, SEQUENCE } from './bss.ts';
import { makeCity } from './city.ts';
import { columnsOf, type MappedId, mapText, placesOf } from './columns.ts';
import { birthsOn, type Calendar, HISTORY_DAYS } from './days.ts';
import { filesRoad } from './files.ts';
import { journey } from './life.ts';
import { arrivals, BATCH, codeOf, type Delivery, lineOf, saidOf, tableOf } from './systems.ts';
import { startOfDay } from './trade.ts';

const zone = 'Asia/Shanghai';
const calendar: Calendar = { seed: 9, zone, origin: startOfDay(Date.UTC(2026, 4, 22, 4), zone, -HISTORY_DAYS) };
const city = makeCity(9, zone);
const deliveries: Delivery[] = [20, 21].flatMap((day) => birthsOn(calendar, day).flatMap((birth) => arrivals(journey(city, birth), zone)));
const of = (source: string) => deliveries.filter((d) => d.source === source).sort((a, b) => a.at - b.at);
const say = (d: Delivery) => saidOf(d, [], zone);
const at = (text: string) => Date.parse(`${text}+08:00`);

/** Identity and content of an event as the intake sees them. */
function printed(event: unknown, source: string) {
  const read = readEvent(event, { only: source, zoneOf: () => () => 480, nowUs: Date.UTC(2027, 0) * 1000 });
  if (isBad(read)) throw new Error(JSON.stringify([read, event]));
  return fingerprints(read);
}
const overHttp = (d: Delivery) => printed(JSON.parse(lineOf(d, [], zone)), d.source);
const mapOf = (id: MappedId) => openMap(`${mapText(id)}zone: ${zone}\n`, id);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-bss-'));
const road = filesRoad({ folder, zone, say });
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the business hall’s files', () => {
  test('are numbered anew each day, and the one of midnight belongs to the day before', () => {
    expect(batchName(at('2026-11-22T00:05:20'), zone)).toBe('BSS_20261122_0001.txt');
    expect(batchName(at('2026-11-22T10:35:20'), zone)).toBe('BSS_20261122_0127.txt');
    expect(batchName(at('2026-11-23T00:00:20'), zone)).toBe('BSS_20261122_0288.txt');
    expect(fullName(at('2026-11-22T23:59:59'), zone)).toBe('BSS_FULL_20261122.txt');
    expect(lastBatch(at('2026-11-22T10:35:19'))).toBe(at('2026-11-22T10:30:20'));
    expect(new RegExp(SEQUENCE).exec('BSS_20261122_0127.txt')?.groups).toEqual({ series: '20261122', number: '0127' });
    expect(new RegExp(SEQUENCE).test('BSS_FULL_20261122.txt')).toBe(false);
  });

  test('come every five minutes, without a happening too, each with a count beside it that agrees', async () => {
    const from = at('2026-11-22T03:00:20');
    await road.take([], { from, to: from + 3 * BATCH });
    const { files, marks } = await listFolder(folder, PATTERN);
    expect(files).toEqual(['BSS_20261122_0037.txt', 'BSS_20261122_0038.txt', 'BSS_20261122_0039.txt']);
    for (const name of files) {
      const [chk] = marksOf(name, marks);
      const { size } = fs.statSync(path.join(folder, name));
      expect(countIn(await readChk(path.join(folder, chk as string)), size)).toBe(0);
      expect(await mapOf('business').countRows(path.join(folder, name))).toBe(0);
    }
  });

  test('say by the map word for word what HTTP says; yesterday’s full file says it once more', async () => {
    const first = of('business').filter((d) => !d.again);
    const again = of('business').filter((d) => d.again);
    const since = first[0]!.at - BATCH;
    await road.take([...first, ...again], { from: since, to: since });
    const { files, marks } = await listFolder(folder, PATTERN);
    const read = { batch: [] as object[], full: [] as object[] };
    for (const name of files) {
      const rows = await Array.fromAsync(mapOf('business').file(path.join(folder, name)));
      const chk = await readChk(path.join(folder, marksOf(name, marks)[0] as string));
      expect(countIn(chk, fs.statSync(path.join(folder, name)).size)).toBe(rows.length);
      for (const row of rows) read[name.startsWith('BSS_FULL') ? 'full' : 'batch'].push('event' in row ? row.event : row);
    }
    const told = new Set(first.map(overHttp).map((p) => `${p.identity} ${p.content}`));
    for (const list of [read.batch, read.full]) {
      expect(list).toHaveLength(first.length);
      expect(new Set(list.map((e) => printed(e, 'business')).map((p) => `${p.identity} ${p.content}`))).toEqual(told);
    }
  });

  test('are GBK with bars, and their times whole seconds without a zone', () => {
    const names = fs.readdirSync(folder).filter((name) => name.endsWith('.txt'));
    const name = names.find((one) => fs.readFileSync(path.join(folder, one)).length > 3_000) as string;
    const [header, ...rows] = iconv
      .decode(fs.readFileSync(path.join(folder, name)), 'gbk')
      .trimEnd()
      .split('\r\n');
    expect(header).toBe(
      columnsOf('business')
        .map(([, column]) => column)
        .join('|'),
    );
    for (const row of rows) expect(row.split('|')[2]).toMatch(/^20\d{12}$/);
    expect(rows.join('')).not.toContain('?');
  });
});

describe('the maps of the feeds', () => {
  test.each(['business', 'workorder'] as const)('have a column for everything that %s says', (id) => {
    const known = new Set(columnsOf(id).map(([what]) => what));
    expect(of(id).flatMap((d) => [...placesOf(say(d)).keys()].filter((what) => !known.has(what)))).toEqual([]);
  });

  test('make of a row of the state table what HTTP says', () => {
    const map = mapOf('workorder');
    for (const d of of('workorder')) {
      const places = placesOf(say(d));
      const row = Object.fromEntries(columnsOf('workorder').map(([what, column]) => [column, places.get(what) ?? null]));
      const written = {
        ...row,
        state_at: new Date(Date.parse(row.state_at as string)).toISOString().replace('T', ' ').replace('Z', '+00'),
      };
      const read = map.row(1, { ...written, board: tableOf(d.event.type), wo_no: 'x' });
      expect('event' in read && printed(read.event, 'workorder')).toEqual(overHttp(d));
    }
  });

  test('make of a phone’s message what HTTP says', () => {
    const map = mapOf('field');
    for (const d of of('field')) {
      const read = map.row(1, JSON.parse(JSON.stringify(say(d))));
      expect('event' in read && printed(read.event, 'field')).toEqual(overHttp(d));
    }
  });
});

test('a code of the work order system means one state in its table', () => {
  const types = new Set(of('workorder').map((d) => d.event.type));
  const codes = new Set([...types].map((type) => `${tableOf(type)} ${codeOf(type)}`));
  expect(codes.size).toBe(types.size);
});
