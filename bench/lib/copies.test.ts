import { expect, test } from 'vitest';
import { csvOf, xesOf } from './copies.ts';

test('a copy of a CSV log has new cases and new event ids, and everything else as it was', () => {
  const { head, copy } = csvOf('case:concept:name,concept:name,concept:instance\nc1,"a, ""b""",i1\nc2,x,i2\n');
  expect(head).toBe('case:concept:name,concept:name,concept:instance\n');
  expect(copy('-7')).toBe('c1-7,"a, ""b""",i1-7\nc2-7,x,i2-7\n');
});

test('a copy of an XES log has new trace names; event names stay', () => {
  const trace = (n: string) =>
    `<trace>\n<string key="concept:name" value="${n}" />\n<event><string key="concept:name" value="do" /></event>\n</trace>`;
  const { head, copy, tail } = xesOf(`<log>\n${trace('A')}\n${trace('B')}\n</log>\n`);
  expect(`${head}${copy('-0')}${tail}`).toBe(`<log>\n${trace('A-0')}\n${trace('B-0')}\n</log>\n`);
});

test('a trace without a name is not copied in silence', () => {
  expect(() => xesOf('<log><trace><event><string key="concept:name" value="do" /></event></trace></log>')).toThrow('without a name');
});
