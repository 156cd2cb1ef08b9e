import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { aFile } from './fixtures.ts';
import { readTable, type TableOptions, type TableRow } from './table-rows.ts';

const auto = { encoding: 'auto', delimiter: 'auto' } as const;

async function read(name: string, content: string | Uint8Array, options: TableOptions = {}, form: Parameters<typeof readTable>[1] = auto) {
  const table = readTable(aFile(name, content), form, options);
  const rows: TableRow[] = [];
  for await (const piece of table.rows) rows.push(...piece);
  const cells = rows.flatMap((row) => ('cells' in row ? [row.cells] : []));
  const rejected = rows.flatMap((row) => ('rejected' in row ? [{ line: row.line, code: row.rejected.code }] : []));
  return { columns: table.columns, rows, cells, rejected };
}

const wanted = (...names: string[]) => new Map(names.map((name) => [name, `tags.${name}.column`]));

test('a CSV gives its columns and the cells of each row as they stand', async () => {
  const { columns, rows } = await read('a.csv', ' id ,age,note\r\n1, 30 ,"slow, ""he"" says\nsecond line"\r\n\r\n2,,\r\n');
  expect(columns).toEqual(['id', 'age', 'note']);
  expect(rows).toEqual([
    { line: 2, cells: ['1', ' 30 ', 'slow, "he" says\nsecond line'] },
    { line: 5, cells: ['2', '', ''] },
  ]);
});

test('a business hall’s file: GB18030, bars, gzip; names that come twice or not at all', async () => {
  const file = gzipSync(iconv.encode('客户编号|在网时长|在网时长||\n1|24|2|x|\n', 'gb18030'));
  const { columns, cells } = await read('hall.txt', file, { wanted: wanted('客户编号') });
  expect(columns).toEqual(['客户编号', '在网时长', '在网时长.2', 'column 4', 'column 5']);
  expect(cells).toEqual([['1', '24', '2', 'x', '']]);
});

test('a bad row costs itself only', async () => {
  const bad = Buffer.concat([
    Buffer.from('id,a\n1,x\n2,x,y\n3\n4,"x\n5,x\0\n'),
    iconv.encode('6,装机\n', 'gb18030'),
    Buffer.from('7,é,\n8,装机\n'),
  ]);
  const { cells, rejected } = await read('bad.csv', bad, {}, { encoding: 'utf-8', delimiter: 'auto' });
  expect(cells).toEqual([
    ['1', 'x'],
    ['7', 'é'],
    ['8', '装机'],
  ]);
  expect(rejected).toEqual([
    { line: 3, code: 'row.bad-cells' },
    { line: 4, code: 'row.bad-cells' },
    { line: 5, code: 'row.bad-cells' },
    { line: 6, code: 'row.bad-encoding' },
    { line: 7, code: 'row.bad-encoding' },
  ]);
});

test('NDJSON: columns are the members, as rows bring them; null and absent are blank', async () => {
  const { columns, cells } = await read('a.ndjson', '{"id":"1","age":30}\n\n{"vip":true,"age":1.5}\n{"id":null}\n');
  expect(columns).toEqual(['id', 'age', 'vip']);
  expect(cells).toEqual([['1', '30'], ['', '1.5', 'true'], ['']]);
});

test('NDJSON: only wanted members are looked at, one that nobody has is no column', async () => {
  const text = '{"deep":{"x":1},"b":2}\n{"a":{"x":1}}\n{"a":12345678901234567890}\n{"a":"1","__proto__":"2"}\n[1]\n{"a":\nnull\n';
  const { columns, cells, rejected } = await read('w.ndjson', text, { wanted: wanted('a', 'b', 'c', '__proto__') });
  expect(columns).toEqual(['b', 'a', '__proto__']);
  expect(cells).toEqual([['2'], ['', '1', '2']]);
  expect(rejected).toEqual([
    { line: 2, code: 'row.bad-cells' },
    { line: 3, code: 'row.bad-cells' },
    { line: 5, code: 'row.not-json' },
    { line: 6, code: 'row.not-json' },
    { line: 7, code: 'row.not-json' },
  ]);
});

test('NDJSON is told by its first row too, whatever the file is called', async () => {
  expect((await read('customers.json', '\uFEFF{"id":"1"}\n{"id":"2"}')).cells).toEqual([['1'], ['2']]);
});

test('a column that is not there is told with the path that names it and with those that are', async () => {
  await expect(read('a.csv', 'id,age\n1,2\n', { wanted: wanted('age', 'sex') })).rejects.toThrow(
    'has no column “sex” (tags.sex.column); it has: id, age.',
  );
});

test('more columns than a table has end in a sentence', async () => {
  const names = Array.from({ length: 10_001 }, (_, at) => `c${at}`);
  await expect(read('wide.csv', `${names.join(',')}\n`)).rejects.toThrow('it has more than 10000 columns');
  const { rejected } = await read('wide.ndjson', `${JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])))}\n{"c1":1}\n`);
  expect(rejected).toEqual([{ line: 1, code: 'row.bad-cells' }]);
});

test.each([
  ['empty.csv', '', 'it is empty'],
  ['book.xlsx', 'PK\u0003\u0004', 'save it as CSV'],
  ['a.parquet', 'PAR1', 'it is Parquet: save it as CSV (UTF-8) or NDJSON'],
  ['list.json', '[{"id":1}]', 'it is a JSON list: save it as NDJSON'],
  ['open.csv', '"\nD&', 'no line of column names'],
])('%s cannot be read: one sentence', async (name, content, part) => {
  await expect(read(name, content)).rejects.toThrow(part);
});

test('a giant row is left out, and the next is read', async () => {
  const { cells, rejected } = await read('giant.csv', `id,a\n1,${'x'.repeat(2_000_000)}\n2,y\n`);
  expect(cells).toEqual([['2', 'y']]);
  expect(rejected).toEqual([{ line: 2, code: 'row.too-large' }]);
});
