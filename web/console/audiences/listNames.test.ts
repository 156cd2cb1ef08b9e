import { expect, test } from 'vitest';
import { namesIn } from './listNames.ts';

test('a pasted column, a row, a file of a spreadsheet: each name once for each time it stands there', () => {
  expect(namesIn('\uFEFF"K-1"\r\n"K-2"\r\n')).toEqual(['K-1', 'K-2']);
  expect(namesIn(' K-1\tK-2，K-3；K-1,, ')).toEqual(['K-1', 'K-2', 'K-3', 'K-1']);
  expect(namesIn(' \n')).toEqual([]);
});
