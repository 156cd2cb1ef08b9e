import { expect, test } from 'vitest';
import { readText } from './fixtures.ts';

const map = 'source: shop\nobjects: { root: order, parts: [item, parcel], context: [customer] }';
type Related = [to: string, qualifier?: string][];
const relationships = (related: Related) => related.map(([objectId, qualifier = '']) => ({ objectId, qualifier }));
const object = (id: string, type: string, related: Related = []) => ({ id, type, relationships: relationships(related) });
const event = (id: string, related: Related, rest: object = {}) => ({
  id,
  type: `step ${id}`,
  time: '2026-11-20T09:00:00Z',
  relationships: relationships(related),
  ...rest,
});
const log = (objects: object[], events: unknown[]) => JSON.stringify({ objectTypes: [], eventTypes: [], objects, events });
const keysOf = async (objects: object[], events: object[]) =>
  (await readText('a.jsonocel', log(objects, events), map)).events.map((one) => one.keys);

test('object types are kinds; attributes and qualifiers are data', async () => {
  const objects = [{ ...object('o1', 'order'), attributes: [{ name: 'city', value: 'Wuhan' }] }, object('i1', 'item')];
  const events = [
    event(
      'e1',
      [
        ['o1', 'places'],
        ['i1', 'holds'],
      ],
      { attributes: [{ name: 'desk', value: '7' }] },
    ),
    event('e2', [['o1']]),
  ];
  const read = await readText('a.jsonocel', log(objects, events), map);
  expect(read.events[0]).toMatchObject({
    id: 'e1',
    type: 'step e1',
    keys: { item: 'i1', order: 'o1' },
    seq: 1,
    data: {
      desk: '7',
      'ocel:qualifiers': { o1: 'places', i1: 'holds' },
      'ocel:objects': { o1: { attributes: [{ name: 'city', value: 'Wuhan' }] } },
    },
  });
  expect(read.events[1]?.data).toEqual({ 'ocel:qualifiers': { o1: '' } });
});

test('the lists may come in any order', async () => {
  const { objects, events } = { objects: [object('o1', 'order', [['i1']]), object('i1', 'item')], events: [event('e1', [['i1']])] };
  const { events: read } = await readText('a.json', JSON.stringify({ events, objects }), map);
  expect(read[0]?.keys).toEqual({ item: 'i1', order: 'o1' });
});

test('a relation that an event tells already adds nothing', async () => {
  const objects = [object('o1', 'order', [['i1', 'has']]), object('i1', 'item')];
  expect(await keysOf(objects, [event('e1', [['i1']]), event('e2', [['i1'], ['o1']])])).toEqual([
    { item: 'i1' },
    { item: 'i1', order: 'o1' },
  ]);
});

test('a part related to a root: the root is named in that event of the part which names least besides', async () => {
  const objects = [object('o1', 'order', [['p1', 'ships in']]), object('o2', 'order'), object('p1', 'parcel'), object('p2', 'parcel')];
  const events = [event('truck', [['p1'], ['p2']]), event('scan', [['p1']]), event('order', [['o2'], ['p2']])];
  expect(await keysOf(objects, events)).toEqual([{ parcel: ['p1', 'p2'] }, { order: 'o1', parcel: 'p1' }, { order: 'o2', parcel: 'p2' }]);
});

test('a chain of relations through parts that no event names still reaches the root', async () => {
  const objects = [object('o1', 'order', [['i1']]), object('i1', 'item', [['p1']]), object('p1', 'parcel')];
  expect(await keysOf(objects, [event('placed', [['o1']]), event('sent', [['p1']])])).toEqual([
    { item: 'i1', order: 'o1' },
    { order: 'o1', parcel: 'p1' },
  ]);
});

test('a part without root gets the related part that has one; a part with its own root is left alone', async () => {
  const objects = [
    object('o1', 'order'),
    object('o2', 'order'),
    object('i1', 'item', [['p1'], ['p2']]),
    object('p1', 'parcel'),
    object('p2', 'parcel'),
  ];
  const events = [event('a', [['o1'], ['i1']]), event('b', [['p1']]), event('c', [['o2'], ['p2']])];
  expect(await keysOf(objects, events)).toEqual([
    { item: 'i1', order: 'o1' },
    { item: 'i1', parcel: 'p1' },
    { order: 'o2', parcel: 'p2' },
  ]);
});

test('two related roots stay two; a related customer is named', async () => {
  const objects = [
    object('o1', 'order', [
      ['o2', 'replaces'],
      ['c1', 'of'],
    ]),
    object('o2', 'order'),
    object('c1', 'customer'),
  ];
  const read = await readText('a.jsonocel', log(objects, [event('a', [['o1']]), event('b', [['o2']])]), map);
  expect(read.events.map((one) => one.keys)).toEqual([{ customer: 'c1', order: 'o1' }, { order: 'o2' }]);
  expect(read.events[0]?.data?.['ocel:objects']).toMatchObject({
    o1: { relationships: [{ objectId: 'o2', qualifier: 'replaces' }, { objectId: 'c1' }] },
  });
});

test('bad events are refused by their place', async () => {
  const events = [
    event('a', [['o1']]),
    { id: 'b' },
    event('c', [['unknown']]),
    7,
    event('d', [['o1']], { time: 'soon' }),
    event('e', [['o1'], ['unknown']]),
  ];
  const { rejected, events: read } = await readText('a.jsonocel', log([object('o1', 'order')], events), map);
  expect(rejected.map((one) => [one.line, one.code])).toEqual([
    [2, 'event.missing-field'],
    [3, 'event.missing-field'],
    [4, 'event.bad-field'],
    [5, 'event.bad-time'],
  ]);
  expect(read[1]?.data?.['ocel:qualifiers']).toEqual({ o1: '', unknown: '' });
});

test.each([
  ['cut off', log([object('o1', 'order')], [event('a', [['o1']])]).slice(0, -9), 'it is no JSON'],
  ['something else', '{"a":[1]}', 'it has no list “objects”'],
  ['a list', '[]', 'it has no list “objects”'],
  ['a text', 'hello', 'it is no JSON'],
  ['nested without end', `{"events":${'['.repeat(100_000)}`, 'it nests deeper than 500 levels'],
  ['OCEL 1.0', '{"ocel:global-log":{},"ocel:events":{}}', 'it is OCEL 1.0'],
])('a file that is %s cannot be read', async (_, content, reason) => {
  await expect(readText('a.jsonocel', content, map)).rejects.toThrow(reason);
});

test('the map must name the root', async () => {
  await expect(readText('a.jsonocel', log([], []), 'source: a')).rejects.toThrow('objects.root');
});
