import { expect, test } from 'vitest';
import { fill } from './dom.ts';

test('holes are filled, unknown ones left empty, and values are never read again', () => {
  expect(fill('Call {{name}} {{who}}', { name: '{{who}}' })).toBe('Call {{who}} ');
});
