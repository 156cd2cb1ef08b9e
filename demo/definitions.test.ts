import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readDefinition } from '../server/modules/audience/definition.ts';
import { aCatalogue, aTag } from '../server/modules/audience/fixtures.ts';
import type { NamedTag } from '../server/modules/audience/model.ts';
import { isRefusal } from '../server/platform/result.ts';
import { makeCity } from './city.ts';
import { morningOf, PEOPLE, rowOf } from './warehouse.ts';

const ROWS = 2_000;

/** The demo's catalogue, with the values that some of its people have. */
function demoTags(): Map<string, NamedTag> {
  const city = makeCity(7, 'Asia/Shanghai');
  const rows = Array.from({ length: ROWS }, (_, i) => rowOf(city, i * Math.floor(PEOPLE / ROWS), undefined, morningOf('2026-11-22')));
  const words = parse(fs.readFileSync(path.join(import.meta.dirname, 'tags.yaml'), 'utf8')) as Record<string, [NamedTag['kind']]>;
  const valuesOf = (tag: string) => [...new Set(rows.map((row) => row[tag]).filter((value) => typeof value === 'string'))];
  return new Map(
    Object.entries(words).map(([name, [kind]], i) => [name, aTag(i + 1, name, kind, kind === 'oneOf' ? { values: valuesOf(name) } : {})]),
  );
}

/** Definitions that stand in a text as JSON: in backticks, or in a block of their own. */
function examplesIn(text: string): object[] {
  const written = [...text.matchAll(/```json\n([\s\S]*?)```|`(\{ "[^`]*\})`/g)].map(([, block, inline]) => block ?? inline ?? '');
  return written.flatMap((json) => {
    try {
      const read = JSON.parse(json.replaceAll('01990c1e-…', 'young').replaceAll('01990c1f-…', 'vip')) as object;
      return ['and', 'or', 'not', 'tag', 'audience', 'list', 'top', 'sample'].some((form) => form in read) ? [read] : [];
    } catch {
      return []; // a form with letters in the place of what somebody writes there
    }
  });
}

test.each(['audiences.md', 'audiences.zh-CN.md'])('every example of %s can be asked of the demo', (file) => {
  const examples = examplesIn(fs.readFileSync(path.join(import.meta.dirname, '../docs', file), 'utf8'));
  const young = { id: 'young', name: '新客户', where: { and: [] }, open: true };
  const catalogue = aCatalogue({ tags: demoTags(), audiences: new Map([[young.id, young]]) });
  expect(examples.length).toBeGreaterThan(15);
  expect(examples.map((where) => readDefinition(where, catalogue)).filter(isRefusal)).toEqual([]);
});
