import { expect, test } from 'vitest';
import { whoHas } from './whoHas.ts';

const holder = {
  role: 'installer',
  names: { zh: '装维工程师', en: 'Installer' },
  handler: '0203',
  since: '2026-11-21T09:30:00+08:00',
  limit: null,
  colleague: { name: '蒲桥云', phone: null },
};

test('who has it: the post, the name where it is known, the number', () => {
  expect(whoHas(holder, (n) => n.zh)).toBe('装维工程师 蒲桥云 0203');
  expect(whoHas({ ...holder, colleague: null }, (n) => n.en)).toBe('Installer 0203');
  expect(whoHas({ ...holder, colleague: null, handler: null }, (n) => n.zh)).toBe('装维工程师');
});
