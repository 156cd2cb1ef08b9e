import { expect, test } from 'vitest';
import en from './console.en.ts';
import zh from './console.zh.ts';

const paths = (words: object, before = ''): string[] =>
  Object.entries(words).flatMap(([name, value]) => (typeof value === 'string' ? [`${before}${name}`] : paths(value, `${before}${name}.`)));

const at = (words: object, path: string): string =>
  path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], words) as string;

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

test('both languages say the same things', () => {
  expect(paths(en).sort()).toEqual(paths(zh).sort());
});

test.each(paths(zh))('%s has the same holes in both languages, and Chinese marks in Chinese', (path) => {
  expect(holes(at(en, path))).toEqual(holes(at(zh, path)));
  expect(at(zh, path)).not.toMatch(/\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u);
});
