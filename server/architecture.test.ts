import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, callsOf, readSources, type Source } from '../scripts/law.ts';
import { calls } from './architecture.ts';

const sources = readSources(path.resolve(import.meta.dirname, '..'), ['server', 'web']);

test('the law is kept', () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(breaches(sources, calls)).toEqual([]);
});

describe('every rule catches its planted breach', () => {
  const module = (name: string, file: string, text: string): Source => ({ file: `server/modules/${name}/${file}.ts`, text });
  const clean: Source[] = [
    module('parcel', 'contract', `import { z } from 'zod'; export const Box = z.string();`),
    module('parcel', 'model', `import { refuse } from '#platform/result'; export const lost = () => refuse('parcel.lost');`),
    module(
      'parcel',
      'store',
      `import type { Tx } from '#platform/db'; export const boxes = (tx: Tx) => tx.query('b', 'select * from parcel.box');`,
    ),
    module(
      'parcel',
      'service',
      `import { boxes } from './store.ts'; import { rider } from '#courier'; export const send = [boxes, rider];`,
    ),
    module('parcel', 'index', `export { send } from './service.ts';`),
    module('parcel', 'sneak', `import { send } from './service.ts'; export const x = send;`),
    module('courier', 'events', `export interface Seen { at: number }`),
    module('courier', 'helper', `import { lost } from './model.ts'; export const x = lost;`),
    module('courier', 'model', `import { Box } from '#parcel/contract'; export const lost = Box;`),
    module('courier', 'service', `import fs from 'node:fs'; export const ride = fs;`),
    module('courier', 'index', `export { lost as rider } from './model.ts'; export { ride } from './service.ts';`),
    { file: 'server/platform/db.ts', text: `import pg from 'pg'; import { y } from './result.ts'; export const x = [pg, y];` },
    { file: 'server/edge/files/read.ts', text: `import { send } from '#parcel'; export const x = send;` },
    {
      file: 'web/track/main.tsx',
      text: `import { Box } from '#parcel/contract'; import { c } from '../kit/c.ts'; export const x = [Box, c];`,
    },
  ];
  const allowed = { parcel: ['courier'], courier: [] as string[] };
  /** The clean tree with one file changed or added. */
  const plant = (file: string, line: string, permitted: Record<string, string[]> = allowed): string[] => {
    const old = clean.find((s) => s.file === file);
    const planted = { file, text: `${line}\n${old?.text ?? ''}` };
    return breaches([...clean.filter((s) => s !== old), planted], permitted);
  };
  const inParcel = (name: string) => `server/modules/parcel/${name}.ts`;

  test('the clean tree has none', () => {
    expect(breaches(clean, allowed)).toEqual([]);
    expect(callsOf(clean)).toEqual(new Map([['parcel', new Set(['courier'])]]));
  });

  test.each<[rule: string, file: string, line: string, breach: RegExp]>([
    ['climbing', inParcel('store'), `import '../courier/model.ts';`, /climbs out/],
    ['looking up', inParcel('model'), `import { boxes } from './store.ts';`, /model.ts has rank 0, but .* rank 1/],
    ['looking up through a helper', inParcel('store'), `import './sneak.ts';`, /store.ts has rank 1, but .* rank 2/],
    ['a pure file with the database', inParcel('model'), `import type { Tx } from '#platform/db';`, /rank 0, but/],
    ['a pure file with a file system', inParcel('contract'), `import fs from 'node:fs';`, /rank 0, but/],
    [
      'a store that calls a use-case of another module',
      inParcel('store'),
      `import { ride } from '#courier';`,
      /store.ts has rank 1, but .* rank 2/,
    ],
    ['a whole door taken by a pure file', inParcel('model'), `import * as courier from '#courier';`, /rank 0, but .* rank 2/],
    ['an undeclared call', 'server/modules/courier/service.ts', `import { send } from '#parcel';`, /undeclared call: courier calls parcel/],
    ['a door that is not there', inParcel('service'), `import '#courier/store';`, /no such door/],
    [`main's door`, inParcel('jobs'), `import '#courier/module';`, /that door is main/],
    ['its own door', inParcel('routes'), `import '#parcel';`, /its own module's door/],
    ['logic in a door', inParcel('index'), `export const x = 1;`, /is a door/],
    ['a nested folder', 'server/modules/parcel/deep/thing.ts', `export const x = 1;`, /one flat folder/],
    ['foreign SQL', inParcel('store'), 'const q = `select * from parcel.box join courier.rider using (id)`;', /names the schema courier/],
    ['SQL on the platform', inParcel('store'), `const q = 'insert into platform.audit values (1)';`, /names the schema platform/],
    ['a platform that looks up', 'server/platform/db.ts', `import '#parcel';`, /is platform and looks up/],
    ['a platform that climbs', 'server/platform/db.ts', `import '../main.ts';`, /is platform and looks up/],
    ['an edge that climbs', 'server/edge/files/read.ts', `import '../tmf/order.ts';`, /climbs out/],
    ['a web page with a service', 'web/track/main.tsx', `import '#parcel';`, /only contracts/],
    ['a web page with the platform', 'web/track/main.tsx', `import '#platform/result';`, /only contracts/],
    ['a web page with server files', 'web/track/main.tsx', `import '../../server/main.ts';`, /climbs out of web/],
    ['one app in another', 'web/track/main.tsx', `import '../console/main.tsx';`, /another app/],
    ['a dynamic import', inParcel('model'), `const x = () => import('#platform/db');`, /rank 0, but/],
    ['an undeclared module', 'server/modules/stray/model.ts', 'export const x = 1;', /stray is not declared/],
  ])('%s', (_rule, file, line, breach) => {
    expect(plant(file, line).join('\n')).toMatch(breach);
  });

  test('an unused permission and a circle', () => {
    expect(breaches(clean, { ...allowed, courier: ['parcel'] })).toEqual([
      'unused permission: courier may call parcel, but does not',
      'calls go round: parcel → courier → parcel',
    ]);
  });

  test('news, wire forms and pure decisions are free, and job or refusal names are no SQL', () => {
    expect(
      plant(
        inParcel('listeners'),
        `import type { Seen } from '#courier/events'; const job = 'courier.ride'; const why = 'Select a courier.';`,
      ),
    ).toEqual([]);
    expect(plant(inParcel('model'), `import { rider } from '#courier';`)).toEqual([]);
    expect(plant(inParcel('store'), `const q = "select 1 from parcel.box where kind = 'courier.van'";`)).toEqual([]);
  });
});
