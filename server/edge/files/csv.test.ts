import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { aFile, readAll, readText } from './fixtures.ts';
import { framer } from './frame.ts';
import { cellsOf, cellsOfRecord, delimiterOf } from './records.ts';

const map = 'source: business\nzone: Asia/Shanghai\ncolumns: { key.order: order, type: step, time: at }';
const row = (order: string, rest = '') => `${order},trade.accepted,2026-11-21 09:30:00${rest}`;

test('a row becomes the event that POST /api/events takes', async () => {
  const content = 'order,step,at,who,tel,note,weight,zip\nSO-1,trade.accepted,2026-11-21 09:30:00,0417,13900000000,"slow, says he",3.5,\n';
  const full = `${map.slice(0, -2)}, handler: who, person.phone: tel, data.kg: weight }\ndrop: [zip]`;
  const { events } = await readText('a.csv', content, full);
  expect(events).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      source: 'business',
      type: 'trade.accepted',
      time: '2026-11-21T09:30:00.000+08:00',
      seq: 1,
      keys: { order: 'SO-1' },
      handler: '0417',
      person: { phone: '13900000000' },
      data: { note: 'slow, says he', kg: '3.5' },
    },
  ]);
});

test('the drop file of a business hall: GBK, bars, CRLF, yesterday’s row again', async () => {
  const text =
    '受理流水|订单号|环节|时间|客户\r\n8626112100000001|SO-1|受理|20261121093000|王芳\r\n8626112100000002||受理|20261121093001|\r\n';
  const columns =
    'source: business\nzone: Asia/Shanghai\ncolumns: { key.order: 订单号, key.trade: 受理流水, type: 环节, time: 时间, person.name: 客户 }';
  const file = iconv.encode(text, 'gbk');
  const { events, rejected } = await readText('drop.txt', file, columns);
  expect(rejected).toEqual([]);
  expect(events[0]).toMatchObject({ keys: { order: 'SO-1', trade: '8626112100000001' }, person: { name: '王芳' }, type: '受理' });
  expect(events[1]?.keys).toEqual({ trade: '8626112100000002' });
  const nightly = await readText(
    'full.txt',
    Buffer.concat([file, iconv.encode('8626112100000003|SO-3|竣工|20261121093002|\r\n', 'gbk')]),
    columns,
  );
  expect(nightly.events.slice(0, 2).map((event) => event.id)).toEqual(events.map((event) => event.id));
});

test('equal rows of a file are different events, and the same ones at the next import', async () => {
  const file = aFile('twice.csv', `order,step,at\n${row('SO-1')}\n${row('SO-1')}\n${row('SO-2')}\n${row('SO-1')}\n`);
  const first = await readAll(file, map);
  expect(new Set(first.events.map((event) => event.id)).size).toBe(4);
  expect(first.events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
  expect((await readAll(file, map)).all).toEqual(first.all);
});

test('each bad row is refused with its line and reason, and stops no other', async () => {
  const lines: [string, string?][] = [
    ['order,step,at'],
    [row('SO-1')],
    [row('SO-2', ',too,many'), 'event.bad-field'],
    ['SO-3,trade.accepted', 'event.bad-field'],
    [''],
    ['SO-4,,2026-11-21 09:30:00', 'event.missing-field'],
    [',trade.accepted,2026-11-21 09:30:00', 'event.missing-field'],
    ['SO-5,trade.accepted,', 'event.missing-field'],
    ['SO-6,trade.accepted,2026-02-30 09:30:00', 'event.bad-time'],
    ['SO-7,trade.accepted,1970-01-01 00:00:00', 'event.impossible-time'],
    ['SO-8,trade.accepted,2031-01-01 00:00:00', 'event.impossible-time'],
    ['8.98699E+18,trade.accepted,2026-11-21 09:30:00', 'event.bad-field'],
    ['SO-\0,trade.accepted,2026-11-21 09:30:00', 'event.bad-encoding'],
    ['"SO-9"x,trade.accepted,2026-11-21 09:30:00', 'event.bad-field'],
    ['"SO-10,trade.accepted,2026-11-21 09:30:00', 'event.bad-field'],
    [`${'x'.repeat(129)},trade.accepted,2026-11-21 09:30:00`, 'event.bad-field'],
    [row('SO-11', ',')],
    [row('SO-12')],
  ];
  const { events, rejected } = await readText('bad.csv', lines.map(([line]) => line).join('\n'), map);
  const expected = lines.flatMap(([raw, code], at) => (code ? [{ line: at + 1, code, raw }] : []));
  expect(rejected.map(({ line, code, raw }) => ({ line, code, raw }))).toEqual(expected);
  expect(events.map((event) => event.keys.order)).toEqual(['SO-1', 'SO-11', 'SO-12']);
});

test('bytes of another encoding cost their row only', async () => {
  const good = Buffer.from(`order,step,at\n${row('装-1')}\n${row('装-2')}\n`);
  const { events, rejected } = await readText(
    'mixed.csv',
    Buffer.concat([good, iconv.encode(`${row('竣-3')}\n`, 'gbk'), Buffer.from(row('装-4'))]),
    map,
  );
  expect(events.map((event) => event.keys.order)).toEqual(['装-1', '装-2', '装-4']);
  expect(rejected).toMatchObject([{ line: 4, code: 'event.bad-encoding' }]);
});

test.each([
  ['one 10 MB cell', `${'x'.repeat(10_000_000)},a,b`],
  ['a quoted one', `"${'x'.repeat(10_000_000)}",a,b`],
  ['a quoted one with lines in it', `"${'line of a field\n'.repeat(700_000)}",a,b`],
  ['one of 40 MB', `${'x'.repeat(40_000_000)},a,b`],
])('%s is too large, and the next row is read', async (_, giant) => {
  const { events, rejected } = await readText('giant.csv', `order,step,at\n${row('SO-1')}\n${giant}\n${row('SO-2')}\n`, map);
  expect(events.map((event) => event.keys.order)).toEqual(['SO-1', 'SO-2']);
  expect(rejected).toMatchObject([{ line: 3, code: 'event.too-large' }]);
  expect(rejected[0]?.raw.length).toBeLessThan(1100);
});

test('quotes: a delimiter, a line end and doubled quotes inside; a stray one in a plain cell is text', async () => {
  const content = `order,step,at,note\n${row('SO-1', ',"a, ""b""\nsecond line"')}\n${row('SO-2', ',5" pipe')}\n`;
  const { all } = await readText('quotes.csv', content, map);
  expect(all).toMatchObject([
    { line: 2, event: { data: { note: 'a, "b"\nsecond line' } } },
    { line: 4, event: { data: { note: '5" pipe' } } },
  ]);
});

test('a header over two lines finds its delimiter; one whose quote never closes is refused in a sentence', async () => {
  const text = `order|step|at|"note\nof the clerk"\n${row('SO-1', ',late').replaceAll(',', '|')}\n`;
  expect((await readText('two-lines.csv', text, map)).all).toMatchObject([{ event: { data: { 'note\nof the clerk': 'late' } } }]);
  await expect(readText('open.csv', '"\nD&', map)).rejects.toThrow('no line of column names');
});

test.each([',', '|', ';', '\t'])('the delimiter %j is found', async (delimiter) => {
  const text = `order,step,at\n${row('SO-1')}\n`.replaceAll(',', delimiter);
  expect((await readText('d.csv', text, map)).events).toHaveLength(1);
  expect(delimiterOf(['a;b', 'c', 'd,e'].join(delimiter === ',' ? '|' : delimiter), ['c'])).toBe(delimiter === ',' ? '|' : delimiter);
});

test('old Macintosh line ends, names that come twice or not at all, gzip', async () => {
  const mac = await readText('mac.csv', `order,step,at,,note,note\r${row('SO-1', ',x,y,z')}\r${row('SO-2', ',,,')}\r`, map);
  expect(mac.events[0]?.data).toEqual({ 'column 4': 'x', note: 'y', 'note.2': 'z' });
  expect(mac.events).toHaveLength(2);
});

test('a file or map that cannot be used is one clear sentence', async () => {
  await expect(readText('empty.csv', '', map)).rejects.toThrow('it is empty');
  await expect(readText('a.csv', 'order,step\n', map)).rejects.toThrow('has no column “at” (columns.time); it has: order, step.');
  await expect(readText('a.csv', 'order,step,at\n', 'source: a\ncolumns: { type: step, time: at }')).rejects.toThrow(
    'at least one column of keys',
  );
  await expect(readAll('/nowhere/a.csv', map)).rejects.toThrow('/nowhere/a.csv cannot be read: there is no such file.');
  await expect(readAll('/tmp', map)).rejects.toThrow('it is a folder');
  await expect(readText('book.csv', 'PK\u0003\u0004xlsx', map)).rejects.toThrow('save it as CSV');
});

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test('records are found however the text is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é') });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (rows, size) => {
        const records = rows.map((cells) => cells.map(quoted).join(','));
        const text = records.map((record) => `${record}\n`).join('');
        const frame = framer(',');
        const found = [];
        for (let at = 0; at < text.length; at += size) found.push(...frame.push(text.slice(at, at + size)));
        found.push(...frame.end());
        expect(found.map((one) => ('text' in one ? one.text : 'refused'))).toEqual(records);
      },
    ),
  );
});

test('cells are found by ourselves as csv-parse finds them', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ') });
  const plain = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '5"') }).map((text) => text.replace(/^"+/, ''));
  fc.assert(
    fc.property(fc.array(fc.oneof(cell.map(quoted), plain), { minLength: 1, maxLength: 6 }), (cells) => {
      const [record] = framer(',').push(`${cells.join(',')}\n`);
      if (record === undefined || !('text' in record) || record.text.trim() === '') return;
      expect(cellsOfRecord(record, ',')).toEqual(cellsOf(record.text, ','));
    }),
  );
});
