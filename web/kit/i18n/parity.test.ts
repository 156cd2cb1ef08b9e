import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const web = resolve(import.meta.dirname, '../..');
const all = (readdirSync(web, { recursive: true }) as string[]).map((name) => join(web, name));
const chinese = all.filter((path) => path.endsWith('.zh.ts'));

/** `{ a: { b: 'x' } }` → `a.b` → x. */
const flat = (words: object, under = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [[under + key, value]] : flat(value, `${under}${key}.`)));
/** English has two plural forms where Chinese has one. */
const singular = (key: string) => key.replace(/_(one|other)$/, '');
const holes = (text: string) => [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].map((hole) => hole.replace(/\{\{\s*/, '')).sort();
const wordsOf = async (path: string) => flat((await import(path)).default as object);

describe('every word stands in both languages', () => {
  test('there are words', () => expect(chinese.length).toBeGreaterThan(0));

  test.each(chinese.map((path) => [relative(web, path), path]))('%s', async (_name, path) => {
    const zh = await wordsOf(path);
    const en = await wordsOf(path.replace(/\.zh\.ts$/, '.en.ts'));
    const keys = (words: [string, string][]) => [...new Set(words.map(([key]) => singular(key)))].sort();
    expect(keys(en)).toEqual(keys(zh));
    expect([...zh, ...en].filter(([, text]) => !text.trim())).toEqual([]);
    const holesOf = new Map(zh.map(([key, text]) => [singular(key), holes(text)]));
    for (const [key, text] of en) expect([key, holes(text)]).toEqual([key, holesOf.get(singular(key))]);
    expect(en.filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });
});

/** Chinese is printed with full-width marks; half-width ones beside Han are a slip of the keyboard. */
const HALF = /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u;

test('Chinese has full-width marks', async () => {
  expect(['好,了', '什么?', '(带区号)'].every((slip) => HALF.test(slip))).toBe(true);
  for (const path of chinese) expect((await wordsOf(path)).filter(([, text]) => HALF.test(text))).toEqual([]);
});

test('every word that a screen asks for exists', async () => {
  const known = new Set<string>();
  for (const path of chinese) {
    const space = basename(path, '.zh.ts');
    for (const [key] of await wordsOf(path)) known.add(singular(key)).add(`${space}:${singular(key)}`);
  }
  const asked = all
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\('([\w.:-]+)'/g)].map((found) => [relative(web, path), found[1] as string] as const),
    );
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter(([, key]) => !known.has(key))).toEqual([]);
});
