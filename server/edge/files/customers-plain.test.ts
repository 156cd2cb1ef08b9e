import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BAD, type CellReader, plain, readerFor } from './customers-cells.ts';
import { columnFor } from './customers-columns.ts';
import { plainOf, plainRows } from './customers-plain.ts';
import { aFile } from './fixtures.ts';
import { readTable } from './table-rows.ts';

const FORM = { encoding: 'auto', delimiter: 'auto' } as const;

const cell = fc.oneof(
  fc.constantFrom('', ' ', '1', '0', 'yes', '否', '18.85', '-5', '007', '1.50', '.5', '5.', '-', '.', '+3', '1e3', '0.1234567', '9007199254740993', ' 7 ', '2026-01-02', '20260102', '装机', 'N/A', '-0'), // biome-ignore format: one line
  fc.string({ unit: fc.constantFrom('a', '1', '0', '.', '-', ' ', 'é', '中', '\t'), maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((n) => n.toFixed(2)),
);

test('a cell means the same by its bytes and by its text, time and again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('flag' as const, 'oneOf' as const, 'number' as const, 'date' as const),
      fc.array(cell, { minLength: 1, maxLength: 60 }),
      fc.constantFrom<string[]>([''], ['', 'N/A'], ['', '0', '-1', '-']),
      (kind, cells, unknown) => {
        const make = (): CellReader =>
          readerFor(
            columnFor('t', kind, 0, () => undefined),
            new Set(unknown),
          );
        const [byText, byBytes] = [make(), make()];
        for (const one of cells) {
          const bytes = Buffer.from(`,${one},`);
          expect(byBytes.bytes(bytes, 1, bytes.length - 1), JSON.stringify(one)).toBe(byText.text(plain(one)));
        }
      },
    ),
  );
});

test('what is remembered stays right when there is much of it', () => {
  const reader = readerFor(
    columnFor('t', 'oneOf', 0, () => undefined),
    new Set(['']),
  );
  const codes = (n: number) => Array.from({ length: n }, (_, i) => reader.bytes(Buffer.from(`v${i}`), 0, `v${i}`.length));
  const first = codes(40_000);
  expect(new Set(first).size).toBe(40_000);
  expect(codes(40_000)).toEqual(first);
  expect(reader.bytes(Buffer.from('v'.repeat(201)), 0, 201)).toBe(BAD);
});

async function bothWays(text: string) {
  const file = aFile('plain.csv', text);
  const table = readTable(file, FORM);
  const careful: unknown[] = [];
  for await (const piece of table.rows) for (const row of piece) careful.push('cells' in row ? [row.line, row.cells] : [row.line, row.rejected.message]); // biome-ignore format: one line
  const form = await plainOf(file, FORM, []);
  if (form === undefined) return { careful };
  const fast: unknown[] = [];
  const width = form.columns.length;
  for await (const some of plainRows(file, form, form.columns.map((_, i) => i), { bytes: 0 })) // biome-ignore format: one line
    for (const row of some) fast.push(row.found === width ? [row.line, form.columns.map((_, i) => row.cells.text(i))] : [row.line, `the row has ${row.found} cells, the header ${width}.`]); // biome-ignore format: one line
  return { careful, fast, columns: form.columns, known: table.columns };
}

test('a plain file has the same rows on both ways', async () => {
  const line = fc.array(fc.string({ unit: fc.constantFrom('a', '1', ' ', '中', ';', '.'), maxLength: 4 }), { minLength: 1, maxLength: 5 }).map((cells) => cells.join(',')); // biome-ignore format: one line
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.constantFrom('', '\uFEFF', '\n \n'),
      async (lines, end, last, first) => {
        const { careful, fast, columns, known } = await bothWays(`${first}id,b,名称${end}${lines.join(end)}${last ? end : ''}`);
        expect(fast).toEqual(careful);
        expect(columns).toEqual(known);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ['quotes', 'id,a\n1,"x,y"\n'],
  ['a carriage return within a line', 'id,a\n1,x\ry\n'],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from('id,a\n1,'), Buffer.from([0xd7, 0xb0, 0xbb, 0xfa]), Buffer.from('\n')])],
  ['NUL', 'id,a\n1,\0\n'],
  ['objects', '{"id":1}\n'],
  ['a line without end', `id,a\n1,${'x'.repeat(6 << 20)}\n`],
])('a file with %s is left to the careful reader', async (_, content) => {
  expect(await plainOf(aFile('other.csv', content), FORM, [])).toBeUndefined();
});
