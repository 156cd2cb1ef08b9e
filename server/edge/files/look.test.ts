import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { lookAt } from './look.ts';
import { remapped } from './remap.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-look-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let files = 0;
const look = (content: string | Buffer, map = '', changes = {}, name = 'orders.csv') => {
  files += 1;
  const file = path.join(folder, `${files}-${name}`);
  fs.writeFileSync(file, content);
  return lookAt({ path: file, name, map, changes }, 'Asia/Shanghai');
};

const LOG = 'case,activity,time,note\nA-1,start,2026-11-01 09:00:00,x\nA-1,end,2026-11-01 10:00:00,y\nA-2,start,yesterday,\n';

test('a first look shows each column with different samples, what it is taken for, and the rows as events or refused', async () => {
  const { columns, shown, rows, problem } = await look(LOG);
  expect(columns).toEqual([
    { name: 'case', samples: ['A-1', 'A-2'] },
    { name: 'activity', samples: ['start', 'end'] },
    { name: 'time', samples: ['2026-11-01 09:00:00', '2026-11-01 10:00:00', 'yesterday'] },
    { name: 'note', samples: ['x', 'y'] },
  ]);
  expect(shown).toMatchObject({ source: 'orders', zone: 'Asia/Shanghai', columns: { 'key.case': 'case', type: 'activity', time: 'time' } });
  expect(rows.map((row) => row.problem?.code ?? 'event')).toEqual(['event', 'event', 'event.bad-time']);
  expect(problem).toBeNull();
});

test('columns of a GBK file are read in its own encoding', async () => {
  const { columns, shown } = await look(iconv.encode('受理流水,环节,时间\nA-1,装机完成,2026-11-01 09:00:00\n', 'gb18030'));
  expect(columns.map((c) => c.name)).toEqual(['受理流水', '环节', '时间']);
  expect(shown?.columns).toEqual({ 'key.trade': '受理流水', type: '环节', time: '时间' });
});

test('a change by the form is in the rows at once', async () => {
  const first = await look(LOG);
  const { rows, map } = await look(LOG, first.map, { columns: { note: 'handler' } });
  expect(rows[0]?.event).toMatchObject({ handler: 'x' });
  expect(map).toContain('handler: note');
});

test('a bad map says so by the file’s own name, and the columns are still there', async () => {
  const { columns, problem, shown } = await look(LOG, 'source: a\ncolumns: { type: nothing, time: time, key.case: case }\n');
  expect(columns).toHaveLength(4);
  expect(problem).toMatch(/^orders\.csv has no column “nothing”/);
  expect(shown?.columns.type).toBe('nothing');
});

const MAP = '# ours\nsource: a # the log\ncolumns:\n  type: step # what happened\n  time: at\n  key.order: no\ndrop: [secret]\n';

test('what the form changes leaves the rest of the text as written', () => {
  const text = remapped(MAP, { zone: 'Asia/Shanghai' });
  expect(text).toContain('# ours');
  expect(text).toContain('type: step # what happened');
  expect(text).toContain('zone: Asia/Shanghai');
});

test('a column becomes one thing, and a target has one column', () => {
  const text = remapped(MAP, { columns: { no: 'type' } });
  expect(text).toContain('type: no');
  expect(text).not.toContain('key.order');
  expect(text).not.toContain('step');
});

test('a column is left out and taken in again', () => {
  const without = remapped(MAP, { columns: { no: 'drop' } });
  expect(parse(without).drop).toEqual(['secret', 'no']);
  expect(remapped(without, { columns: { no: 'data', secret: 'data' } })).not.toContain('drop');
});

test('a setting is taken out by null', () => {
  expect(remapped('source: a\nzone: UTC\n', { zone: null })).toBe('source: a\n');
});

test.each(['- a', 'a: [', 'just text'])('a text that is no map (%s) is left for its fault to be told', (text) => {
  expect(remapped(text, { zone: 'UTC' })).toBe(text);
});
