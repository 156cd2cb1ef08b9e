import { describe, expect, test } from 'vitest';
import type { EstateFeature } from '#place/contract';
import { byNeed, hullOf, partsOf } from './parts.ts';

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
