import { expect, test } from 'vitest';
import { readJson } from './json.ts';

test('a definition is read, with or without the field that it is sent in', () => {
  expect(readJson('{"and":[]}')).toEqual({ json: { and: [] }, wrong: null });
  expect(readJson('{"where":{"and":[]}}')).toEqual({ json: { and: [] }, wrong: null });
});

test.each([
  ['{\n  "and": [\n    ]x', 3, 6],
  ['{"and": [', 1, 10],
  ['', 1, 1],
])('where it stops to be JSON is said: %j', (text, line, column) => {
  expect(readJson(text)).toEqual({ wrong: { line, column } });
});
