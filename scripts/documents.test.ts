import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const repo = resolve(import.meta.dirname, '..');
const inDocs = (readdirSync(join(repo, 'docs'), { recursive: true }) as string[]).filter((name) => name.endsWith('.md'));
const documents = [
  ...readdirSync(repo)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(repo, name)),
  ...inDocs.map((name) => join(repo, 'docs', name)),
];

/** Relative targets of links and pictures, without what stands behind `#`. */
const targetsOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)]
    .map((m) => (m[1] ?? m[2] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));

test('the check finds links and pictures', () => {
  expect(documents.length).toBeGreaterThan(10);
  expect(targetsOf('[a](b.md#c) ![p](d/e.webp) <img src="f.png"> [x](https://example.org)')).toEqual(['b.md', 'd/e.webp', 'f.png']);
});

test.each(documents.map((path) => [relative(repo, path), path]))('%s leads nowhere that is not there', (_, path) => {
  const missing = targetsOf(readFileSync(path, 'utf8')).filter((target) => !existsSync(resolve(dirname(path), target)));
  expect(missing).toEqual([]);
});
