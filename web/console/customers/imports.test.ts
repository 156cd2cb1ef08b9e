import { expect, test } from 'vitest';
import type { ImportView } from '#customer/contract';
import { stepOf } from './imports.ts';

const file = (change: Partial<ImportView>) =>
  stepOf({ state: 'working', phase: null, done: 5, total: 10, files: [{ name: 'a.csv', bytes: 8, received: 2 }], ...change } as ImportView);

test.each<[string, Partial<ImportView>, ReturnType<typeof stepOf>]>([
  ['while it comes, by its bytes', { state: 'receiving' }, { step: 'receiving', percent: 25 }],
  ['while it waits, nobody can say', { state: 'queued' }, { step: 'queued', percent: null }],
  ['before its first row', {}, { step: 'beginning', percent: null }],
  ['while it is read', { phase: 'reading' }, { step: 'reading', percent: 50 }],
  ['while it is written', { phase: 'writing', done: 10 }, { step: 'writing', percent: 100 }],
  ['read to its end and not yet in force, it is never full', { phase: 'finishing', done: 10 }, { step: 'finishing', percent: null }],
  ['a file without a byte', { phase: 'reading', done: 0, total: 0 }, { step: 'reading', percent: 0 }],
])('how far a file is: %s', (_, change, said) => expect(file(change)).toEqual(said));
