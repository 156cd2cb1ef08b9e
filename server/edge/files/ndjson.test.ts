import { expect, test } from 'vitest';
import { readText } from './fixtures.ts';

const map = 'source: field\nzone: Asia/Shanghai';
const sent = { type: 'install.started', time: '2026-11-21T09:30:00+08:00', keys: { order: 'SO-1', workOrder: ['WO-77', 'WO-78'] } };
const line = (change: object) => JSON.stringify({ ...sent, ...change });

test('events as in POST /api/events; what is absent is filled in', async () => {
  const whole = {
    source: 'field',
    id: 'WO-77-3',
    seq: 3,
    scenario: 'broadband-new',
    handler: '0417',
    person: { name: '王芳' },
    data: { b: 1, a: { d: 2, c: 3 } },
  };
  const { events } = await readText('a.ndjson', `${line(whole)}\n${line({ time: '2026-11-21 09:30:00' })}\n`, map);
  expect(events[0]).toEqual({ ...sent, ...whole, time: '2026-11-21T09:30:00.000+08:00' });
  expect(events[1]).toMatchObject({ source: 'field', seq: 2, id: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('equal content is equal whatever the order of its names, and counted', async () => {
  const { events } = await readText('a.ndjson', `${line({ data: { a: 1, b: 2 } })}\n${line({ data: { b: 2, a: 1 } })}\n`, map);
  const again = await readText('b.ndjson', `${line({ data: { b: 2, a: 1 }, seq: 9 })}\n`, map);
  expect(events[0]?.id).not.toBe(events[1]?.id);
  expect(again.events[0]?.id).toBe(events[0]?.id);
});

test('bad lines are refused as over HTTP', async () => {
  const lines: [string, string?][] = [
    [line({})],
    ['{"type":', 'event.not-json'],
    ['[1]', 'event.not-json'],
    ['null', 'event.not-json'],
    [''],
    [line({ typo: 1 }), 'event.unknown-field'],
    [line({ person: { age: '3' } }), 'event.unknown-field'],
    [line({ keys: { order: 8986011234567890 } }), 'event.bad-field'],
    [line({ keys: { order: '' } }), 'event.bad-field'],
    [line({ keys: { order: 'x'.repeat(129) } }), 'event.bad-field'],
    [line({ keys: {} }), 'event.missing-field'],
    [line({ keys: undefined }), 'event.missing-field'],
    [line({ seq: 1.5 }), 'event.bad-field'],
    [line({ time: 1763688600 }), 'event.bad-field'],
    [line({ time: undefined }), 'event.missing-field'],
    [line({ data: [1] }), 'event.bad-field'],
    [line({ data: { a: '\0' } }), 'event.bad-encoding'],
    [line({ data: { a: '\uD800' } }), 'event.bad-encoding'],
    [line({ data: { a: 'x'.repeat(1_048_576) } }), 'event.too-large'],
    [line({ data: { a: 'literally \\ud800 and \\u0000' } })],
  ];
  const { events, rejected } = await readText('a.ndjson', lines.map(([text]) => text).join('\n'), map);
  expect(rejected.map((one) => [one.line, one.code])).toEqual(lines.flatMap(([, code], at) => (code ? [[at + 1, code]] : [])));
  expect(events).toHaveLength(2);
});

test('a 10 MB line is too large, and the next is read', async () => {
  const { events, rejected } = await readText('a.ndjson', `${line({ data: { a: 'x'.repeat(10_000_000) } })}\n${line({})}\n`, map);
  expect(events).toHaveLength(1);
  expect(rejected).toMatchObject([{ line: 1, code: 'event.too-large' }]);
});

test('rows of other names are mapped by columns; a long number as key is refused', async () => {
  const columns = `${map}\ncolumns: { key.order: no, type: step, time: at }`;
  const rows = [
    { no: ['SO-1', 'SO-2'], step: 'done', at: 1763688600, note: { a: 1 } },
    { no: Number('8986011234567890123'), step: 'done', at: '2026-11-21 09:30:00' },
  ];
  const { events, rejected } = await readText('a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'), columns);
  expect(events[0]).toMatchObject({ keys: { order: ['SO-1', 'SO-2'] }, time: '2025-11-21T01:30:00.000+00:00', data: { note: { a: 1 } } });
  expect(rejected).toMatchObject([{ line: 2, code: 'event.bad-field' }]);
});
