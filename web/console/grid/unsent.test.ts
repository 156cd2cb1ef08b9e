import { describe, expect, test } from 'vitest';
import { unsentIn, visitOf } from './unsent.ts';

function aStore() {
  const held = new Map<string, string>();
  const store = { getItem: (k: string) => held.get(k) ?? null, setItem: (k: string, v: string) => void held.set(k, v), removeItem: (k: string) => void held.delete(k) }; // biome-ignore format: one line
  return { held, open: () => store };
}

describe('a visit that is not yet noted', () => {
  test('is there after a reload, for whoever typed it, until it is sent', () => {
    const { held, open } = aStore();
    unsentIn(open).keep('li', 'h-1', { note: '下周三', result: 'talked' });
    const later = unsentIn(open);
    expect([later.of('li', 'h-1'), later.of('wang', 'h-1').note]).toEqual([{ note: '下周三', result: 'talked' }, '']);
    later.keep('li', 'h-1', { note: '', result: null });
    expect([later.of('li', 'h-1').note, held.size]).toEqual(['', 0]);
  });

  test('stays while the page does where the browser keeps nothing, and what cannot be read is nothing', () => {
    const none = unsentIn(() => {
      throw new Error('not allowed');
    });
    none.keep('li', 'h', { note: '有人', result: null });
    expect(none.of('li', 'h')).toBe(none.of('li', 'h'));
    expect(none.of('li', 'h').note).toBe('有人');
    const { held, open } = aStore();
    for (const [i, odd] of ['{', '7', '{"note":7}', 'null'].entries()) held.set(`glasshouse.visit.li.${i}`, odd);
    expect([0, 1, 2, 3].map((i) => unsentIn(open).of('li', String(i)).note)).toEqual(['', '', '', '']);
  });

  test('is told of to who shows it, until he no longer listens', () => {
    const kept = unsentIn(aStore().open);
    let told = 0;
    const stop = kept.hear(() => told++);
    kept.keep('li', 'h', { note: 'a', result: null });
    stop();
    kept.keep('li', 'h', { note: 'b', result: null });
    expect(told).toBe(1);
  });

  test('is sent without an empty note, and not before a result was pressed', () => {
    expect([
      visitOf({ note: ' ', result: 'deal' }),
      visitOf({ note: ' 好 ', result: 'deal' }),
      visitOf({ note: '好', result: null }),
    ]).toEqual([{ result: 'deal' }, { result: 'deal', note: '好' }, undefined]);
  });
});
