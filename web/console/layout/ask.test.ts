import { expect, test } from 'vitest';
import { ask } from './ask.ts';

const personal = [
  '12900001234',
  '+86 129 0000 1234',
  '129-0000-1234',
  '010-88001234',
  '01088001234',
  'kd12900001234',
  '12900001234@bb',
  '88001234',
  'gh12585347',
  '霁一舟',
  '清风路 8 号',
];

test.each(personal)('%s may belong to a person and never becomes part of an address', (text) => {
  expect(ask(text).how).toBe('service');
});

test.each([
  'SO-20261100042',
  'WO-77',
  '3526112100000001234',
  '3526112100000042',
  '861234567890123',
  'GH8800000421',
  'Case 42',
  'case-10011',
])('%s is a business number', (text) => {
  expect(ask(text)).toEqual({ how: 'number', q: text });
});

test('an ID number needs the phone beside it', () => {
  expect(ask('99010119900101123x')).toEqual({ how: 'needs-phone', idNumber: '99010119900101123X' });
  expect(ask('99010119900101123x 129 0000')).toEqual({ how: 'needs-phone', idNumber: '99010119900101123X' });
  expect(ask('12900001234\uff0c99010119900101123x')).toEqual({ how: 'pair', idNumber: '99010119900101123X', phone: '12900001234' });
});

test('nothing is nothing', () => {
  expect(ask('   ')).toEqual({ how: 'nothing' });
});
