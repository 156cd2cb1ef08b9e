import { expect, test } from 'vitest';
import { asked } from './search.ts';

test.each([
  ['C-4711', [{ key: 'C-4711' }]],
  ['7590-VHVEG', [{ key: '7590-VHVEG' }]],
  ['129 0000 1234', [{ phone: '12900001234' }, { key: '12900001234' }]],
  ['010-12345678', [{ key: '01012345678' }, { phone: '01012345678' }]],
  ['990101199001011234 12900001234', [{ idNumber: '990101199001011234', phone: '12900001234' }]],
])('%s is looked for as %j', (text, one) => {
  expect(asked(text)).toEqual({ how: 'tried', one });
});

test('an identity number alone is half of a question, spaces are none', () => {
  expect(asked('99010119900101123x')).toEqual({ how: 'needs-phone' });
  expect(asked('  ')).toEqual({ how: 'nothing' });
});
