import { afterEach, expect, test } from 'vitest';
import type { Column } from './column.ts';
import type { Condition } from './expression.ts';
import { aColumn, aFact } from './fixtures.ts';
import { compile } from './program.ts';
import { openSweep, type Swept } from './sweep.ts';
import { openSweepers, type Sweepers } from './sweepers.ts';

let open: Sweepers<Swept> | undefined;
afterEach(async () => {
  await open?.close();
});

const fact = aFact('balance', 'number');
const low: Condition = { op: 'compare', sign: '<', left: { op: 'fact', fact }, right: { op: 'constant', value: 500 } };
const program = compile({ rules: [low], population: null, evidence: [fact], today: 0 });
const blocks = Array.from({ length: 9 }, (_, b) =>
  aColumn(new Map(Array.from({ length: 300 }, (_, i) => [i * (b + 1), i * (b + 2)])), b, b % 2 === 0 ? 4 : 2),
);

test('threads find what this one finds, whatever memory the columns lie in', async () => {
  const here = openSweep(program, 1);
  open = openSweepers<Swept>({ program, wanted: 1 }, 2);
  const shared = (c: Column): Column => {
    const body = new Uint8Array(new SharedArrayBuffer(c.body.length));
    body.set(c.body);
    return { ...c, body };
  };
  const found = await Promise.all(blocks.map((c, i) => open?.sweep([i % 3 === 0 ? shared(c) : c])));
  expect(found).toEqual(blocks.map((c) => here([c])));
  expect(blocks.every((c) => c.body.length > 0)).toBe(true); // what is not shared was copied, not taken away
});

test('a thread that breaks says so to all who wait, and to all who come', async () => {
  open = openSweepers<Swept>({ program: { ...program, steps: [{ do: 'and', a: 7, b: 8, to: 0 }] }, wanted: 1 }, 1);
  const asked = await Promise.allSettled([open.sweep([null]), open.sweep([null])]);
  expect(asked.map((a) => a.status)).toEqual(['rejected', 'rejected']);
  await expect(open.sweep([null])).rejects.toThrow();
});
