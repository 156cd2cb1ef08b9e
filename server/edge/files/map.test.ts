import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isBadMap, parseMap, readMap, rolesOf } from './map.ts';

const sentence = (yaml: string): string => {
  try {
    parseMap(yaml, 'MAP.yaml');
    return 'accepted';
  } catch (error) {
    return isBadMap(error) ? error.message : `thrown: ${error}`;
  }
};

test('the map of the contract is taken as it stands', () => {
  const map = parseMap(`
source: receipt
scenario: auto
zone: Asia/Shanghai
open: all
columns: { key.order: case:concept:name, type: concept:name, time: time:timestamp, handler: org:resource,
  id: concept:instance, person.phone: tel, data.weight: weight }
objects: { root: order, parts: [item, package], assets: [], context: [customer] }`);
  expect(map.columns['key.order']).toBe('case:concept:name');
  expect(map).toMatchObject({ source: 'receipt', scenario: 'auto', encoding: 'auto', delimiter: 'auto', drop: [] });
});

test.each([
  ['', 'source is missing'],
  ['source: [', 'MAP.yaml is not YAML'],
  ['source: a\nsource: b', 'MAP.yaml is not YAML'],
  ['source: a\nzome: UTC', 'unknown field zome'],
  ['source: a\nobjects: { root: o, part: [x] }', 'unknown field objects.part'],
  ['source: a\nzone: Asia/Shangai', 'zone is no time zone'],
  ['source: a\nencoding: latin1', 'encoding '],
  ['source: a\ndelimiter: "||"', 'delimiter must be auto or one character'],
  ['source: a\ncolumns: { key.order: 1 }', 'columns.key.order'],
  ['source: a\ncolumns: { tpye: x }', 'columns.tpye is nothing a column can be'],
  ['source: a\ncolumns: { person.age: x }', 'columns.person.age is nothing a column can be'],
  ['source: a\ntimeFormat: dd.MM', 'does not say the year'],
  ['source: a\ntimeFormat: yyyy-MM-dd Q', 'the letter “Q” means nothing'],
  ['source: a\nscenario: Big One', 'scenario'],
  ['source: a\nobjects: { root: o, parts: [x], context: [x] }', 'objects names x in two roles'],
  ['- a', 'expected object'],
])('a bad map is one sentence: %s', (yaml, part) => {
  expect(sentence(yaml)).toContain(part);
  expect(sentence(yaml)).not.toContain('\n');
});

test('the sample maps of the documentation are good maps', async () => {
  const folder = resolve(import.meta.dirname, '../../../docs/maps');
  for (const file of readdirSync(folder)) await expect(readMap(join(folder, file))).resolves.toHaveProperty('source');
  expect(readdirSync(folder).length).toBeGreaterThan(3);
});

test('a map that is not there is a bad map', async () => {
  await expect(readMap('/nowhere/map.yaml')).rejects.toThrow('/nowhere/map.yaml cannot be read: there is no such file.');
});

test('without roles the first key is the root and the rest is as the trade has it', () => {
  const map = parseMap('source: a\ncolumns: { key.workOrder: a, key.order: b, key.iccid: c, key.customer: d, key.box: e }');
  expect(rolesOf(map)).toEqual({ root: 'workOrder', parts: ['order', 'box'], assets: ['iccid'], context: ['customer'] });
  expect(rolesOf(parseMap('source: a'))).toBeUndefined();
});
