import { expect, test } from 'vitest';
import { namedIn } from './erased.ts';

const NOTHING = { idNumber: '', phone: ' ', source: '', key: '' };

test('whoever is named by nothing cannot be taken in; a source without a number names nobody', () => {
  expect(namedIn(NOTHING, undefined)).toBeNull();
  expect(namedIn({ ...NOTHING, source: 'crm' }, undefined)).toBeNull();
});

test('what is given is sent without spaces around it, and nothing else', () => {
  expect(namedIn({ ...NOTHING, idNumber: ' 990001199001010011 ' }, 'c-1')).toEqual({ idNumber: '990001199001010011', customer: 'c-1' });
  expect(namedIn({ ...NOTHING, source: 'crm', key: 'P8' }, undefined)).toEqual({ record: { source: 'crm', key: 'P8' } });
  expect(namedIn(NOTHING, 'c-1')).toEqual({ customer: 'c-1' });
});
