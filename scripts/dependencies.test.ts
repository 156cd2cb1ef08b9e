import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const repo = path.resolve(import.meta.dirname, '..');

/** Packages named in the first column of a table. */
const named = (page: string): string[] => [...page.matchAll(/^\| `([^`]+)` \| \S/gm)].map((m) => m[1] as string);

test('every dependency is written down with its reason, and no other', () => {
  const { dependencies, devDependencies } = JSON.parse(fs.readFileSync(path.join(repo, 'package.json'), 'utf8'));
  const [atRunTime, toDevelop] = fs.readFileSync(path.join(repo, 'docs/dependencies.md'), 'utf8').split('## To build') as [string, string];
  expect(named(atRunTime)).toEqual(Object.keys(dependencies));
  expect(named(toDevelop)).toEqual(Object.keys(devDependencies));
});
