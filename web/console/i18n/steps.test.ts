import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import zh from './steps.zh.ts';

const STANDARD = path.resolve(import.meta.dirname, '../../../server/modules/scenario/standard');

test('every step and exception of the standard scenarios has a word, so no reader is shown a code', () => {
  const texts = fs.readdirSync(STANDARD).map((file) => fs.readFileSync(path.join(STANDARD, file), 'utf8'));
  const types = new Set(texts.flatMap((text) => [...text.matchAll(/\btype: ([a-z][a-z.-]*)/g)].map((m) => m[1]!.replace('.', '_'))));
  expect(types.size).toBeGreaterThan(100);
  expect([...types].filter((type) => !(type in zh))).toEqual([]);
});
