import { expect, test } from 'vitest';
import { type Fields, fieldsOf, saidOf } from './said.ts';

const first: Fields = {
  ...fieldsOf(null),
  name: 'tariff',
  kind: 'oneOf',
  owner: '王芳',
  confidence: 80,
  purposes: ['service', 'risk'],
  labels: [
    { value: 'A', zh: '甲', en: 'First' },
    { value: 'B', zh: '', en: '' },
  ],
};

test('nothing changed says nothing, whatever the order of purposes', () => {
  expect(saidOf(first, first)).toEqual({});
  expect(saidOf({ ...first, purposes: ['risk', 'service'] }, first)).toEqual({});
});

test('an emptied text takes back what was said, spaces are none', () => {
  expect(saidOf({ ...first, owner: '  ', confidence: null }, first)).toEqual({ owner: null, confidence: null });
});

test('words go in both languages, of labels only those that were changed', () => {
  const labels = [first.labels[0]!, { value: 'B', zh: '乙', en: '' }];
  expect(saidOf({ ...first, names: { zh: '套餐', en: '' }, labels }, first)).toEqual({
    names: { zh: '套餐', en: '' },
    values: [{ value: 'B', zh: '乙', en: '' }],
  });
});
