import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readText } from './fixtures.ts';

const event = (type: string, rest = '', time = '2026-11-20T09:00:00+08:00') =>
  `<event><string key="concept:name" value="${type}"/><date key="time:timestamp" value="${time}"/>${rest}</event>`;
const log = (traces: string) => `<?xml version="1.0" encoding="utf-8"?>
<log xes.version="1849-2016"><extension name="Concept" prefix="concept" uri="x"/>
<global scope="trace"><string key="concept:name" value="none"/></global><classifier name="a" keys="concept:name"/>
${traces}</log>`;

const map = 'source: helpdesk';

test('a trace is a case; its attributes go to its first event', async () => {
  const content =
    log(`<trace><string key="concept:name" value="Case 1"/><string key="channel" value="shop"/><string key="city" value="Wuhan"/>
${event('opened', '<string key="org:resource" value="0417"/><string key="lifecycle:transition" value="complete"/><string key="city" value="here"/>')}
${event('closed', '<id key="identity:id" value="e-2"/>')}</trace>`);
  for (const file of [content, gzipSync(content)]) {
    const { events } = await readText('a.xes', file, map);
    expect(events[0]).toMatchObject({
      keys: { case: 'Case 1' },
      type: 'opened',
      handler: '0417',
      seq: 1,
      data: { channel: 'shop', 'lifecycle:transition': 'complete', city: 'here', 'case:city': 'Wuhan' },
    });
    expect(events[1]).toEqual({
      id: 'e-2',
      keys: { case: 'Case 1' },
      source: 'helpdesk',
      type: 'closed',
      time: '2026-11-20T09:00:00.000+08:00',
      seq: 2,
    });
  }
});

test('the map renames the case and reads other attributes of event and trace', async () => {
  const columns = `${map}\ncolumns: { key.ticket: concept:name, key.customer: customer, person.phone: tel }\ndrop: [junk]`;
  const content = log(`<trace><string key="concept:name" value="T-1"/><string key="tel" value="13900000000"/>
${event('opened', '<string key="customer" value="C-1"/><string key="junk" value="x"/>')}</trace>`);
  const { events } = await readText('a.xes', content, columns);
  expect(events[0]).toMatchObject({ keys: { ticket: 'T-1', customer: 'C-1' }, person: { phone: '13900000000' } });
  expect(events[0]?.data).toBeUndefined();
});

test('typed, nested and listed attributes are kept, and those that follow the events', async () => {
  const rest = `<int key="n" value="3"/><int key="long" value="8986011234567890123"/><boolean key="vip" value="true"/><float key="x" value="1.50"/>
<string key="outer" value="o"><string key="inner" value="i"/></string><list key="tags"><values><string key="t" value="a"/><string key="t" value="b"/></values></list>`;
  const { events } = await readText('a.xes', log(`<trace>${event('a', rest)}<string key="concept:name" value="C"/></trace>`), map);
  expect(events[0]?.keys).toEqual({ case: 'C' });
  expect(events[0]?.data).toEqual({
    n: 3,
    long: '8986011234567890123',
    vip: true,
    x: '1.50',
    outer: 'o',
    'outer.inner': 'i',
    tags: ['a', 'b'],
  });
});

test('bad events are refused with their line', async () => {
  const bad = Buffer.from(event('BAD')).map((byte) => (byte === 0x42 ? 0xff : byte));
  const [before = '', after = ''] = log(
    `<trace><string key="concept:name" value="C"/>\n${event('a')}\n${event('b', '', 'soon')}\n${event('')}\n@${event('d')}</trace><trace>${event('e')}</trace>`,
  ).split('@');
  const { events, rejected } = await readText('a.xes', Buffer.concat([Buffer.from(before), bad, Buffer.from(`\n${after}`)]), map);
  expect(events.map((one) => one.type)).toEqual(['a', 'd']);
  expect(rejected.map(({ line, code }) => [line, code])).toEqual([
    [6, 'event.bad-time'],
    [7, 'event.missing-field'],
    [8, 'event.bad-encoding'],
    [9, 'event.missing-field'],
  ]);
});

test('a 10 MB value is too large, its neighbours pass', async () => {
  const giant = `<string key="note" value="${'x'.repeat(10_000_000)}"/>`;
  const { events, rejected } = await readText(
    'a.xes',
    log(`<trace><string key="concept:name" value="C"/>${event('a')}${event('b', giant)}${event('c')}</trace>`),
    map,
  );
  expect(events.map((one) => one.type)).toEqual(['a', 'c']);
  expect(rejected).toMatchObject([{ code: 'event.too-large' }]);
});

test.each([
  ['cut off', log(`<trace>${event('a')}`).slice(0, -6), 'it is no XML'],
  ['crossed', log(`<trace>${event('a')}</event></trace>`), 'it is no XML'],
  ['another XML', '<html/>', 'it is no XES log'],
  ['no XML', 'a,b', 'it is no XML'],
  ['cut gzip', gzipSync(log(`<trace>${event('a')}</trace>`)).subarray(0, 120), 'the compressed data end too early'],
])('a file that is %s cannot be read', async (_, content, reason) => {
  await expect(readText('a.xes', content, map)).rejects.toThrow(reason);
});

test('a very long trace comes in parts, its attributes once', async () => {
  const trace = `<trace><string key="concept:name" value="C"/><string key="channel" value="shop"/>${event('a').repeat(12_000)}</trace>`;
  const { events } = await readText('a.xes', log(trace), map);
  expect(events).toHaveLength(12_000);
  expect(events.filter((one) => one.data)).toHaveLength(1);
  expect(new Set(events.map((one) => one.id)).size).toBe(12_000);
});
