import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#platform/result';
import { dayOf } from '#rule';
import { anEnterprise, DEEP } from './fixtures.ts';
import { MOST_ITEMS, readItems } from './item.ts';

const given = { actor: { kind: 'source' as const, id: 'crm' }, indicators: new Set(Object.keys(DEEP)), today: dayOf('2026-11-22') };
const read = (body: string | Buffer, form: 'lines' | 'array' = 'lines') => readItems(Buffer.from(body), form, given);
const one = (over: object = {}) => JSON.stringify({ ...anEnterprise('A', '2026-11-20'), ...over });
const wrongs = (body: string) => {
  const answer = read(body);
  return isRefusal(answer) ? (answer.details.items as { line: number; code: string }[]).map((w) => `${w.line} ${w.code}`) : 'taken';
};

test('lines and arrays are read alike, blank lines count, a byte order mark is no mistake', () => {
  const lines = read(`\ufeff${one()}\n\n${one({ key: 'B' })}\n`);
  expect(isRefusal(lines) ? lines : lines.map((i) => [i.line, i.key])).toEqual([[1, 'A'], [3, 'B']]); // biome-ignore format: short
  const array = read(`[${one()}, ${one({ key: 'B' })}]`, 'array');
  expect(isRefusal(array) ? array : array.map((i) => [i.line, i.day])).toEqual([[1, dayOf('2026-11-20')], [2, dayOf('2026-11-20')]]); // biome-ignore format: short
});

describe('a batch with a mistake is refused at its line:', () => {
  test.each<[string, string, string[]]>([
    ['no JSON', `${one()}\n{`, ['2 enterprise.not-json']],
    ['no object', 'null', ['1 enterprise.bad-field']],
    ['no name', one({ name: ' ' }), ['1 enterprise.bad-field']],
    ['a name with NUL', one({ name: 'a\0b' }), ['1 enterprise.bad-field']],
    ['a lone surrogate', '{"source":"crm","key":"A","name":"\\ud800","at":"2026-11-20"}', ['1 enterprise.bad-field']],
    ['an unknown field', one({ mood: 1 }), ['1 enterprise.unknown-field']],
    ['a day that is none', one({ at: '2026-02-30' }), ['1 enterprise.bad-field']],
    ['a day to come', one({ at: '2026-11-24' }), ['1 enterprise.impossible-day']],
    ['a day before all', one({ at: '1989-12-31' }), ['1 enterprise.impossible-day']],
    ['a fraction', one({ facts: { employees: 1.5 } }), ['1 enterprise.bad-field']],
    ['more than can be kept exactly', one({ facts: { employees: 2 ** 52 } }), ['1 enterprise.bad-field']],
    ['an indicator that is none', one({ facts: { moons: 1 } }), ['1 enterprise.unknown-indicator']],
    ['a foreign source', one({ source: 'billing' }), ['1 enterprise.foreign-source']],
    ['the same enterprise again', `${one()}\n${one({ name: 'B' })}`, ['2 enterprise.twice']],
    ['two of them', `${one({ source: 'x' })}\nnull`, ['1 enterprise.foreign-source', '2 enterprise.bad-field']],
  ])('%s', (_what, body, expected) => {
    expect(wrongs(body)).toEqual(expected);
  });
});

test('nobody speaks as ourselves, no batch is endless, and what is no UTF-8 is not guessed at', () => {
  for (const source of ['glasshouse', 'GlassHouse', 'rule', 'model']) {
    const asAdmin = readItems(Buffer.from(one({ source })), 'lines', { ...given, actor: { kind: 'admin', id: 'admin' } });
    expect(asAdmin).toMatchObject({ details: { items: [{ code: 'enterprise.reserved-source', details: { source } }] } });
  }
  expect(read('1\n'.repeat(MOST_ITEMS + 1))).toMatchObject({ code: 'request.too-large' });
  expect(read(Buffer.from([0x22, 0xff]))).toMatchObject({ code: 'request.malformed' });
  expect(read('{}', 'array')).toMatchObject({ code: 'request.malformed' });
});

test('whatever is sent, it is read or refused, never thrown at', () => {
  const bytes = fc.oneof(
    fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 60 }).map((some) => Buffer.from(some)),
  );
  fc.assert(
    fc.property(bytes, fc.constantFrom('lines' as const, 'array' as const), (body, form) => {
      const answer = read(body, form);
      expect(isRefusal(answer) || Array.isArray(answer)).toBe(true);
    }),
  );
});
