import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUnreadable } from './bytes.ts';
import type { FileEvent } from './event.ts';
import { aFile, dataset, readAll } from './fixtures.ts';
import { isBadMap } from './map.ts';
import { formOf } from './read.ts';

const sample = (name: string) => readFileSync(resolve(import.meta.dirname, '../../../docs/maps', name), 'utf8');

/** Types per case in the order of time, then place. */
function variants(events: FileEvent[], kind: string): Map<string, FileEvent[]> {
  const cases = Map.groupBy(events, (event) => String(event.keys[kind]));
  for (const trail of cases.values()) trail.sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.seq - b.seq);
  return Map.groupBy(cases.values(), (trail) => trail.map((event) => event.type).join('\n')) as unknown as Map<string, FileEvent[]>;
}

test('receipt.csv: 8,577 events, 1,434 cases, 27 activities, 116 variants', async ({ skip }) => {
  const file = dataset('receipt.csv');
  if (!file) return skip();
  const { events, rejected } = await readAll(file, sample('receipt.yaml'));
  expect(rejected).toEqual([]);
  expect(events).toHaveLength(8577);
  expect(new Set(events.map((event) => event.id)).size).toBe(8577);
  expect(new Set(events.map((event) => event.keys.case)).size).toBe(1434);
  expect(new Set(events.map((event) => event.type)).size).toBe(27);
  expect(variants(events, 'case').size).toBe(116);
});

test('helpdesk.xes.gz: 21,348 events, 4,580 cases, 226 variants; 127 that repeat another are events of their own', async ({ skip }) => {
  const file = dataset('helpdesk.xes.gz');
  if (!file) return skip();
  const { events, rejected } = await readAll(file, sample('helpdesk.yaml'));
  expect(rejected).toEqual([]);
  expect(events).toHaveLength(21_348);
  expect(new Set(events.map((event) => event.keys.ticket)).size).toBe(4580);
  expect(variants(events, 'ticket').size).toBe(226);
  expect(new Set(events.map((event) => event.id)).size).toBe(21_348);
  expect(new Set(events.map((event) => JSON.stringify({ ...event, id: '', seq: 0 }))).size).toBe(21_348 - 127);
  expect((await readAll(file, sample('helpdesk.yaml'))).events.map((event) => event.id)).toEqual(events.map((event) => event.id));
});

test('ocel_order_simulated.csv: 22,367 events of 2,000 orders, lists are several objects', async ({ skip }) => {
  const file = dataset('ocel_order_simulated.csv');
  if (!file) return skip();
  const { events, rejected } = await readAll(file, sample('ocel-orders.yaml'));
  expect(rejected).toEqual([]);
  expect(events).toHaveLength(22_367);
  expect(new Set(events.flatMap((event) => event.keys.order ?? [])).size).toBe(2000);
  expect(events[0]?.keys).toEqual({ item: ['880001', '880004', '880003', '880002'], order: '990001' });
});

test('ocel20_example.jsonocel: 13 events, two purchase orders', async ({ skip }) => {
  const file = dataset('ocel20_example.jsonocel');
  if (!file) return skip();
  const { events, rejected } = await readAll(file, sample('ocel20-example.yaml'));
  expect(rejected).toEqual([]);
  expect(events.map((event) => event.id)).toEqual(Array.from({ length: 13 }, (_, at) => `e${at + 1}`));
  expect(new Set(events.flatMap((event) => event.keys['Purchase Order'] ?? []))).toEqual(new Set(['PO1', 'PO2']));
});

test.each([
  ['a.csv', 'a,b\n', 'csv'],
  ['drop.20261121', 'a|b\n', 'csv'],
  ['a.xes', '<log/>', 'xes'],
  ['a.xes.gz', gzipSync('<log/>'), 'xes'],
  ['log', '<?xml version="1.0"?><log/>', 'xes'],
  ['a.jsonocel', '{}', 'ocel'],
  ['a.json', '{"objectTypes":[]}', 'ocel'],
  ['a.json', '{\n"events":[]}', 'ocel'],
  ['a.json', '{"type":"a"}\n{"type":"b"}', 'ndjson'],
  ['a.ndjson', '', 'ndjson'],
  ['a.jsonl', '', 'ndjson'],
])('%s with %s is %s', async (name, content, form) => expect(await formOf(aFile(name, content))).toBe(form));

const maps = {
  'a.csv': 'source: a\nzone: UTC\ncolumns: { key.order: a, type: b, time: c }',
  'a.xes': 'source: a',
  'a.jsonocel': 'source: a\nobjects: { root: order }',
  'a.ndjson': 'source: a',
};
const starts: Record<string, string> = {
  'a.csv': 'a,b,c\n1,x,2026-01-01\n',
  'a.xes': '<log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="x"/></event></trace></log>',
  'a.jsonocel':
    '{"objects":[{"id":"o","type":"order"}],' +
    '"events":[{"id":"e","type":"x","time":"2026-01-01T00:00:00Z","relationships":[{"objectId":"o"}]}]}',
  'a.ndjson': '{"type":"x","time":"2026-01-01T00:00:00Z","keys":{"order":"1"}}\n',
};

test('no bytes make a reader throw anything but "cannot be read" or "has no column"; every row is accounted for', async () => {
  const names = fc.constantFrom(...(Object.keys(maps) as (keyof typeof maps)[]));
  const junk = fc.uint8Array({ maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(names, junk, fc.nat(200), fc.boolean(), fc.nat(60), async (name, bytes, at, zipped, cut) => {
      const start = Buffer.from(starts[name] ?? '');
      const content = Buffer.concat([start.subarray(0, at), bytes, start.subarray(Math.min(at, start.length))]);
      const packed = zipped ? gzipSync(content) : content;
      try {
        const { all } = await readAll(aFile(name, zipped ? packed.subarray(0, Math.max(1, packed.length - cut)) : packed), maps[name]);
        for (const read of all) expect('event' in read ? read.event.keys : read.rejected.code).toBeTruthy();
      } catch (error) {
        expect(isUnreadable(error) || (name === 'a.csv' && isBadMap(error)), String(error)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test('a file cut anywhere is read to there or refused as a whole', async ({ skip }) => {
  const file = dataset('helpdesk.xes.gz');
  if (!file) return skip();
  const packed = readFileSync(file);
  for (const share of [0.1, 0.5, 0.999]) {
    await expect(readAll(aFile('cut.xes.gz', packed.subarray(0, packed.length * share)), 'source: a')).rejects.toThrow(
      'the compressed data end too early',
    );
    const open = gunzipSync(packed).subarray(0, 1_000_000 * share);
    await expect(readAll(aFile('cut.xes', open), 'source: a')).rejects.toThrow('it is no XML');
  }
});
