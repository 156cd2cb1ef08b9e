import { expect, test } from 'vitest';
import { keyValues, spoiled } from './keys.ts';

test.each<[string, string[]]>([
  ['SO-1', ['SO-1']],
  [' ', []],
  ['', []],
  ['[]', []],
  ["['a','b']", ['a', 'b']],
  ["['a', 'b', 'a']", ['a', 'b']],
  ['["a","b"]', ['a', 'b']],
  ['["a,b", "c]"]', ['a,b', 'c]']],
  ["['it\\'s', 'x']", ["it's", 'x']],
  ['["\\u8ba2\\u5355"]', ['订单']],
  ['[8986011234567890123, 2]', ['8986011234567890123', '2']],
  ["[None, nan, '']", []],
  ['[odd', ['[odd']],
  ["['a' 'b']", ["['a' 'b']"]],
])('the cell %s names %j', (cell, values) => expect(keyValues(cell)).toEqual(values));

test.each([
  ['iccid', '8.98699E+18'],
  ['iccid', '8.98699e18'],
  ['trade', '8,62611E+15'],
  ['order', '1.2E+15'],
  ['iccid', '8986011234567890000'],
  ['eid', '89086030202200000000000000000000'],
  ['parcel', '7312345678901230000'],
])('%s %s has been through a spreadsheet', (kind, value) => {
  expect(spoiled(kind, value)).toMatchObject({ code: 'event.bad-field' });
  expect(spoiled(kind, value)?.message).toContain('as text');
});

test.each([
  ['iccid', '8986011234567890123'],
  ['trade', '8626112100000000'],
  ['order', '1000000000000000000'],
  ['product', '5E10'],
  ['order', '12E'],
])('%s %s has not', (kind, value) => expect(spoiled(kind, value)).toBeUndefined());
