import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { sendCustomers } from '../server/edge/files/customers-send.ts';
import type { CustomerMap, ImportView } from '../server/modules/customer/contract.ts';

/**
 * A warehouse that pushes one wave after the other: each says the wave's number, whether it is odd, and its phase of the same customers, who lie in two
 * blocks. So three tags' blocks change together in each of them, and a half of a wave would be seen.
 */
export interface Waves {
  sent: number;
  acknowledged: number;
}

const CUSTOMERS = 66_000;
const EACH = 33;
const WAVED = CUSTOMERS / EACH;
const SOURCE = 'warehouse';
const phaseOf = (wave: number): string => `p${wave % 3}`;

/** Everybody is in wave 0. */
export async function bringCustomers(server: { url: string; token: string }, folder: string): Promise<void> {
  const file = path.join(folder, 'waves.csv');
  const rows = Array.from({ length: CUSTOMERS }, (_, n) => `W${n},0,0,${phaseOf(0)}\n`);
  fs.writeFileSync(file, `number,wave,odd,phase\n${rows.join('')}`);
  const kinds = { wave: 'number', odd: 'flag', phase: 'oneOf' } as const;
  const tags = Object.entries(kinds).map(([name, kind]) => ({ name, column: name, kind }));
  const map = { source: SOURCE, key: 'number', encoding: 'auto', delimiter: 'auto', tags, unknown: [''] } as CustomerMap;
  const done: ImportView = await sendCustomers({ files: [file], map, allowLoss: false, rejected: undefined }, server);
  expect(done.added).toBe(CUSTOMERS);
}

const post = (server: { url: string; token: string }, door: string, body: unknown): Promise<Response> =>
  fetch(`${server.url}${door}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Pushes waves until the line goes dead. */
export async function pushWaves(server: { url: string; token: string }, waves: Waves): Promise<void> {
  for (;;) {
    const wave = ++waves.sent;
    const tags = { wave, odd: wave % 2 === 1, phase: phaseOf(wave) };
    const changes = Array.from({ length: WAVED }, (_, n) => ({ key: `W${n * EACH}`, tags }));
    try {
      const answer = await post(server, '/api/customers/changes', { source: SOURCE, changes });
      const text = await answer.text();
      expect([answer.status, text]).toEqual([200, expect.stringContaining(`"changed":${WAVED}`)]);
      waves.acknowledged = wave;
    } catch (e) {
      if ((e as Error).name === 'AssertionError') throw e;
      return;
    }
  }
}

/** The counts are those after the last wave that was acknowledged or after the one that was on its way, in all three tags; that wave is the last now. */
export async function checkWaves(server: { url: string; token: string }, waves: Waves): Promise<void> {
  const count = async (where: unknown): Promise<number> => {
    for (;;) {
      const answer = await post(server, '/api/audiences/count', { where });
      if (answer.status === 200) return ((await answer.json()) as { count: number }).count;
      expect(answer.status).toBe(503); // tags cannot be read while the store is recovering
      await sleep(100);
    }
  };
  expect(waves.acknowledged).toBeGreaterThan(0);
  const possible = [waves.acknowledged, waves.sent];
  const found = await Promise.all(possible.map((wave) => count({ tag: 'wave', from: wave, to: wave })));
  const there = possible.find((_, i) => found[i] === WAVED) as number;
  expect([possible, found]).toEqual([possible, possible.map((wave) => (wave === there ? WAVED : 0))]);
  expect(await count({ tag: 'wave', from: 0, to: 0 })).toBe(CUSTOMERS - WAVED);
  expect(await count({ tag: 'odd', is: true })).toBe(there % 2 === 1 ? WAVED : 0);
  expect(await count({ tag: 'phase', is: phaseOf(there) })).toBe(there % 3 === 0 ? CUSTOMERS : WAVED);
  waves.sent = waves.acknowledged = there;
}
