import { describe, expect, test } from 'vitest';
import type { PlaceSent } from './contract.ts';
import { readPlaces } from './lines.ts';
import { type Known, unnamed, wrongIn } from './model.ts';

const estate = (key: string, over: Partial<PlaceSent> = {}): PlaceSent =>
  ({ kind: 'estate', source: 'gis', key, area: 'g-1', names: { zh: key, en: key }, ...over }) as PlaceSent;
const building = (key: string, of: string, over: object = {}): PlaceSent =>
  ({ kind: 'building', source: 'gis', key, estate: of, ...over }) as PlaceSent;
const known = (over: Partial<Known> = {}): Known => ({ source: null, areas: new Set(['g-1']), estates: [], buildings: [], ...over });
const HERE = { id: '1', source: 'gis', key: 'E1', area: 'g-1', value: '听雨轩', gone: false };
const GONE = { ...HERE, gone: true };
const gone = (what: 'estate' | 'building', key: string, into?: string): PlaceSent => ({
  kind: 'gone',
  what,
  source: 'gis',
  key,
  ...(into && { into }),
});
const codes = (places: readonly PlaceSent[], over: Partial<Known> = {}) =>
  wrongIn(
    places.map((place, i) => ({ line: i + 1, place })),
    known(over),
  ).map((w) => [w.line, w.code]);

describe('what is told of places', () => {
  test.each<[what: string, places: PlaceSent[], known: Partial<Known>, wrong: [number, string][]]>([
    ['an estate and its buildings at once', [building('B1', 'E1'), estate('E1'), building('B2', 'E1')], {}, []],
    ['a building of an estate that is there', [building('B1', 'E1')], { estates: [HERE] }, []],
    ['a building of no estate', [building('B1', 'E9')], { estates: [HERE] }, [[1, 'place.unknown-estate']]],
    [
      'a building of another source’s estate',
      [building('B1', 'E1', { source: 'own' })],
      { estates: [HERE] },
      [[1, 'place.unknown-estate']],
    ],
    ['an area that is not there', [estate('E1', { area: 'west' })], {}, [[1, 'place.unknown-area']]],
    ['an estate of somebody else’s area', [estate('E1')], { estates: [{ ...HERE, area: 'west' }] }, [[1, 'place.unknown-area']]],
    ['a building in somebody else’s area', [building('B1', 'E1')], { estates: [{ ...HERE, area: 'west' }] }, [[1, 'place.unknown-estate']]],
    ['another source', [estate('E1')], { source: 'own' }, [[1, 'place.foreign-source']]],
    ['one place twice', [estate('E1'), building('E1', 'E1'), estate('E1', { value: 'x' })], {}, [[3, 'place.twice']]],
    ['more free ports than ports', [estate('E1'), building('B1', 'E1', { portsTotal: 8, portsFree: 9 })], {}, [[2, 'place.ports-over']]],
    ['free ports of nobody knows how many', [estate('E1'), building('B1', 'E1', { portsFree: 1 })], {}, [[2, 'place.ports-over']]],
    ['two estates of one value', [estate('E1', { value: 'x' }), estate('E2', { value: 'x' })], {}, [[2, 'place.value-taken']]],
    ['a value that another estate has', [estate('E2', { value: '听雨轩' })], { estates: [HERE] }, [[1, 'place.value-taken']]],
    ['the same again', [estate('E1', { value: '听雨轩' })], { estates: [HERE] }, []],
    ['two that change their values', [estate('E1', { value: 'b' }), estate('E2', { value: '听雨轩' })], { estates: [HERE, { ...HERE, id: '2', key: 'E2', value: 'b' }] }, []], // biome-ignore format: one line
    ['one number in two estates', [estate('E1'), estate('E2'), building('B1', 'E1', { value: '1幢' }), building('B2', 'E2', { value: '1幢' })], {}, []], // biome-ignore format: one line
    ['one number twice in an estate', [building('B2', 'E1', { value: '1幢' })], { estates: [HERE], buildings: [{ source: 'gis', key: 'B1', estate: '1', area: 'g-1', value: '1幢', gone: false }] }, [[1, 'place.value-taken']]], // biome-ignore format: one line
    [
      'an estate that is gone, and another one in its name',
      [gone('estate', 'E1'), estate('E2', { value: '听雨轩' })],
      { estates: [HERE] },
      [],
    ],
    ['a value that only a gone estate had', [estate('E2', { value: '听雨轩' })], { estates: [GONE] }, []],
    ['an estate that comes again while another has its name', [estate('E1', { value: '听雨轩' })], { estates: [GONE, { ...HERE, id: '2', key: 'E2' }] }, [[1, 'place.value-taken']]], // biome-ignore format: one line
    ['a building of a gone estate', [building('B1', 'E1')], { estates: [GONE] }, [[1, 'place.gone-estate']]],
    ['a building along with its estate that comes again', [building('B1', 'E1'), estate('E1')], { estates: [GONE] }, []],
    ['a building of an estate that goes with the same telling', [gone('estate', 'E1'), building('B1', 'E1')], { estates: [HERE] }, [[2, 'place.gone-estate']]], // biome-ignore format: one line
    ['one gone that nobody knows', [gone('estate', 'E9'), gone('building', 'B9')], {}, [[1, 'place.unknown-estate'], [2, 'place.unknown-building']]], // biome-ignore format: one line
    ['one gone twice over', [gone('estate', 'E1')], { estates: [GONE] }, []],
    ['one merged into one that is told along with it', [gone('estate', 'E1', 'E2'), estate('E2')], { estates: [HERE] }, []],
    ['one merged into itself, or into one that is gone', [gone('estate', 'E1', 'E1'), gone('estate', 'E2', 'E3')], { estates: [HERE, { ...HERE, id: '2', key: 'E2', value: 'b' }, { ...GONE, id: '3', key: 'E3' }] }, [[1, 'place.unknown-estate'], [2, 'place.unknown-estate']]], // biome-ignore format: one line
    ['one both told and gone', [estate('E1'), gone('estate', 'E1')], { estates: [HERE] }, [[2, 'place.twice']]],
    ['one gone of another source, one of another area', [gone('estate', 'E1'), { ...gone('estate', 'E2'), source: 'own' } as PlaceSent], { source: 'gis', estates: [{ ...HERE, area: 'west' }, { ...HERE, source: 'own', key: 'E2', value: 'b' }] }, [[1, 'place.unknown-area'], [2, 'place.foreign-source']]], // biome-ignore format: one line
  ])('%s', (_what, places, over, wrong) => {
    expect(codes(places, over)).toEqual(wrong);
  });
});

describe('a telling of all there is', () => {
  const named = (...keys: string[]) => keys.map((key) => ({ source: 'gis', key }));
  const told = (...places: PlaceSent[]) => places.map((place, i) => ({ line: i + 1, place }));

  test('leaves out what it neither tells nor calls gone; a building names its estate', () => {
    const present = { estates: named('E1', 'E2', 'E3'), buildings: named('B1', 'B2') };
    const left = unnamed(told(building('B1', 'E1'), estate('E2'), gone('building', 'B2')), present);
    expect(left).toEqual({ estates: named('E3'), buildings: [], isHalfLost: false });
  });

  test('is not believed when it leaves out more than half, and is where nothing was told before', () => {
    expect(unnamed(told(estate('E1')), { estates: named('E1', 'E2', 'E3'), buildings: [] }).isHalfLost).toBe(true);
    expect(unnamed(told(estate('E1')), { estates: named('E1', 'E2'), buildings: [] }).isHalfLost).toBe(false);
    expect(unnamed(told(estate('E1')), { estates: [], buildings: [] }).isHalfLost).toBe(false);
  });
});

describe('lines', () => {
  test('are counted with blank ones, and each mistake is named with its path', () => {
    const good = JSON.stringify(estate('E1'));
    const text = `\ufeff${good}\n\n{"kind":"estate"\n[]\n${JSON.stringify(estate('E2', { outline: [[1, 2]] } as never))}\n${JSON.stringify({ ...estate('E3'), colour: 1 })}`;
    const { told, wrong } = readPlaces(text, { lang: 'en', most: 10 });
    expect(told.map((t) => t.line)).toEqual([1]);
    expect(wrong.map((w) => [w.line, w.code, w.details.path])).toEqual([
      [3, 'place.not-json', undefined],
      [4, 'place.bad-field', ''],
      [5, 'place.bad-field', 'outline'],
      [6, 'place.unknown-field', 'colour'],
    ]);
  });

  test('beyond the most are not read', () => {
    expect(readPlaces('1\n'.repeat(9), { lang: 'en', most: 3 }).wrong).toHaveLength(4);
  });

  test.each([null, 7, 'x', { kind: 'street' }, { kind: 'building', source: '../x', key: '', estate: 'E' }])('%j is no place', (sent) => {
    expect(readPlaces([sent], { lang: 'en', most: 10 }).wrong).toHaveLength(1);
  });
});
