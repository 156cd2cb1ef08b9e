import { expect, test } from 'vitest';
import { isBadMap } from './map.ts';
import { parseTableMap } from './table-map.ts';

const sentence = (yaml: string, needed: readonly ('source' | 'key')[] = []): string => {
  try {
    parseTableMap(yaml, 'MAP.yaml', needed);
    return 'accepted';
  } catch (error) {
    return isBadMap(error) ? error.message : `thrown: ${error}`;
  }
};

test('the map of the contract is taken as it stands', () => {
  const map = parseTableMap(`
source: warehouse
key: customerID
tags:
  gender: { column: gender, kind: oneOf }
  senior: { column: SeniorCitizen, kind: flag }
  tenure: { column: tenure, kind: number }
  joined: { column: 入网日期, kind: date }
unknown: [""]`);
  expect(map).toMatchObject({ source: 'warehouse', key: 'customerID', drop: [], encoding: 'auto', delimiter: 'auto' });
  expect(map.tags).toEqual([
    { name: 'gender', column: 'gender', kind: 'oneOf' },
    { name: 'senior', column: 'SeniorCitizen', kind: 'flag' },
    { name: 'tenure', column: 'tenure', kind: 'number' },
    { name: 'joined', column: '入网日期', kind: 'date' },
  ]);
  expect([...map.unknown]).toEqual(['']);
});

test('auto, names in any language, numbers that mean unknown, columns left out', () => {
  const map = parseTableMap('tags: auto\ndrop: [离网原因]\nunknown: [NA, -1, " ? "]\nencoding: gb18030');
  expect(map).toMatchObject({ source: undefined, key: undefined, tags: 'auto', drop: ['离网原因'], encoding: 'gb18030' });
  expect([...map.unknown]).toEqual(['', 'NA', '-1', '?']);
  expect(parseTableMap('tags: { 在网时长 (月): { column: " tenure ", kind: number } }').tags).toEqual([
    { name: '在网时长 (月)', column: 'tenure', kind: 'number' },
  ]);
});

test.each([
  ['', 'tags must be auto, or say of each tag its column and kind'],
  ['tags: all', 'tags must be auto'],
  ['tags: [a]', 'tags must be auto'],
  ['tags: {}', 'tags names no tag'],
  ['tags: [', 'MAP.yaml is not YAML'],
  ['- a', 'expected object'],
  ['tags: auto\nkeys: id', 'unknown field keys'],
  ['tags: { a: { column: a, kind: text } }', 'tags.a.kind must be one of flag, oneOf, number, date'],
  ['tags: { a: { column: a } }', 'tags.a.kind must be one of'],
  ['tags: { a: { kind: flag } }', 'tags.a.column is missing or of the wrong kind (string expected)'],
  ['tags: { a: { column: "", kind: flag } }', 'tags.a.column must name a column'],
  ['tags: { a: { column: a, kind: flag, sort: up } }', 'unknown field tags.a.sort'],
  ['tags: { a: flag }', 'tags.a '],
  ['tags: { __proto__: { column: a, kind: flag } }', 'tags.__proto__ is no name of a tag'],
  ['tags: { "": { column: a, kind: flag } }', 'is no name of a tag'],
  ['tags: { "a\\tb": { column: a, kind: flag } }', 'is no name of a tag'],
  ['tags: auto\nunknown: NA', 'unknown '],
  ['tags: auto\nunknown: [~]', 'unknown.0 must be a text (put it in quotes)'],
  ['tags: auto\nunknown: [1.50]', 'unknown.0 must be a text (put it in quotes)'],
  ['tags: auto\nencoding: latin1', 'encoding '],
  ['tags: auto\ndelimiter: "||"', 'delimiter must be auto or one character'],
])('a bad map is one sentence with the path of the mistake: %s', (yaml, part) => {
  expect(sentence(yaml)).toContain(part);
  expect(sentence(yaml)).not.toContain('\n');
});

test('who needs a key or a source says so', () => {
  expect(sentence('tags: auto')).toBe('accepted');
  expect(sentence('tags: auto\nsource: a', ['source', 'key'])).toContain('key is missing');
  expect(sentence('tags: auto\nkey: a', ['source', 'key'])).toContain('source is missing');
});
