import { describe, expect, test } from 'vitest';
import type { EstateFeature } from '#place/contract';
import { byNeed, hullOf, orderOf, pageOf, partsOf, sorted, soughtAmong } from './parts.ts';

const area = (code: string, parent: string | null) => ({ code, parent, level: 'area', names: { zh: code, en: code } });
const city = [area('city', null), area('d1', 'city'), area('d2', 'city'), area('d1-g1', 'd1'), area('d2-g1', 'd2')];
const estate = (id: string, where: string, part: number | null, whole: number | null): EstateFeature => ({
  type: 'Feature',
  id,
  geometry: null,
  properties: {
    names: { zh: id, en: id },
    area: where,
    households: null,
    buildings: 0,
    ports: null,
    people: null,
    figures: [{ id: 'own', part, whole, unknown: null, missing: null }],
  },
});
const estates = [estate('a', 'd1-g1', 1, 10), estate('b', 'd1-g1', 2, 10), estate('c', 'd2-g1', null, 10)];

describe('a map of many estates', () => {
  test('is parted into the areas right below the chosen one, whose figures are added up where they are known', () => {
    const parts = partsOf(estates, 'own', city, undefined);
    expect(parts.map(({ area: code, part, whole, share }) => [code, part, whole, share])).toEqual([
      ['d1', 3, 20, 0.15],
      ['d2', 0, 0, null],
    ]);
  });

  test('is not parted where all lie in one of them, nor where nobody knows the areas', () => {
    expect(partsOf(estates.slice(0, 2), 'own', city, undefined)).toEqual([]);
    expect(partsOf(estates, 'own', [], undefined)).toEqual([]);
  });

  test('begins with what needs most attention; of what nothing is known comes last', () => {
    const rows = [{ share: 0.5 }, { share: null }, { share: 0.1 }];
    expect(byNeed(rows, 'high').map((r) => r.share)).toEqual([0.1, 0.5, null]);
    expect(byNeed(rows, 'low').map((r) => r.share)).toEqual([0.5, 0.1, null]);
  });
});

test('the line around some spots has its corners alone', () => {
  const square = [[0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 0]] as const; // biome-ignore format: one line
  expect(new Set(hullOf(square).map(String))).toEqual(new Set(['0,0', '4,0', '4,4', '0,4']));
  expect(hullOf([])).toEqual([]);
});

describe('a list of estates', () => {
  const figures = (good: 'high' | 'low') => [{ id: 'own', names: { zh: '', en: '' }, meaning: { zh: '', en: '' }, good }] as never;
  const some = [estate('b', 'd1-g1', 1, 10), estate('a', 'd1-g1', 30, 100), estate('c', 'd2-g1', null, 10)];
  const ids = (order: 'need' | 'many' | 'households' | 'name', good: 'high' | 'low' = 'low') =>
    sorted({ features: some, figures: figures(good) }, { figure: 'own', order, lang: 'en-US' }).map((r) => r.estate.id);

  test('is sorted by need, by how many it concerns, by households, by name', () => {
    expect(ids('need')).toEqual(['a', 'b', 'c']);
    expect(ids('need', 'high')).toEqual(['b', 'a', 'c']);
    expect(ids('many', 'high'), '70 who have none before 9').toEqual(['a', 'b', 'c']);
    expect(ids('households'), 'none is known: by need').toEqual(['a', 'b', 'c']);
    expect(ids('name')).toEqual(['a', 'b', 'c']);
    expect([orderOf('name'), orderOf('worst'), orderOf(undefined)]).toEqual(['name', 'need', 'need']);
  });

  test('is sought by a name or a grid', () => {
    expect(soughtAmong(some, ' D2 ', (area) => area).map((e) => e.id)).toEqual(['c']);
    expect(soughtAmong(some, '', (area) => area)).toHaveLength(3);
  });

  test('has pages, and no address leads beyond them', () => {
    const rows = [1, 2, 3, 4, 5];
    expect(pageOf(rows, 2, 2)).toEqual({ page: 2, items: [3, 4], more: true });
    expect(pageOf(rows, 3, 2)).toEqual({ page: 3, items: [5], more: false });
    for (const asked of [9, 1e99]) expect(pageOf(rows, asked, 2).page, String(asked)).toBe(3);
    for (const asked of [Number.NaN, -1, 0, 1.5]) expect(pageOf(rows, asked, 2).page, String(asked)).toBe(1);
    expect(pageOf([], 4, 2)).toEqual({ page: 1, items: [], more: false });
  });
});
