import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal } from '#platform/result';
import { BITMAP_BYTES, BLOCK, bringInForce, type Moves, setBit } from '#tag';
import * as arrivals from './arrivals.ts';
import type { ImportRow } from './importStore.ts';
import * as imports from './importStore.ts';

/** The last step of an import: what was staged counts from now on, all of it or nothing. */

const PORTION = 100_000;

/** `rejected`: rows that were refused; `customers`: different ones in the files, those of refused rows included. */
export async function finishImport(
  ctx: Ctx,
  { row, customers, rejected }: { row: ImportRow; customers: number; rejected: number },
): Promise<{ batch: number | null } | Refusal> {
  const { tx, now } = ctx;
  const { id, source, map } = row;
  await imports.lockImport(tx, id);
  await arrivals.settle(tx, id, { area: map.area !== undefined, own: map.own !== undefined }); // first: it holds the rows, so nobody begins or ceases to be counted as another one meanwhile
  const joined = new Map<number, Buffer>();
  let added = 0;
  for (let after = -1; ; ) {
    const some = await arrivals.joining(tx, id, after, PORTION);
    for (const ordinal of some) mark(joined, ordinal);
    added += some.length;
    if (some.length < PORTION) break;
    after = some.at(-1) as number;
  }
  const gone = await arrivals.letGo(tx, id, source, now);
  const left = new Map<number, Buffer>();
  for (const ordinal of gone) mark(left, ordinal);
  const spoiled = await arrivals.dropSpoiled(tx, id);
  const none = Buffer.alloc(BITMAP_BYTES);
  const moves: Moves[] = [...new Set([...joined.keys(), ...left.keys()])]
    .sort((a, b) => a - b)
    .map((block) => ({ block, joined: joined.get(block) ?? none, left: left.get(block) ?? none }));
  const names = [...map.tags.map((t) => t.name), ...(map.area === undefined ? [] : ['area']), ...(map.own === undefined ? [] : ['own'])];
  const was = await imports.importById(tx, id);
  const moved = added + gone.length + (was?.changed ?? 0);
  const batch = await bringInForce(ctx, { id, source, customers: moved, names, moves, speaksOf: map.speaksOf ?? null });
  if (isRefusal(batch)) return batch;
  await imports.endImport(tx, id, { customers: customers - spoiled, added, vanished: gone.length, rejected, batch }, now);
  await arrivals.forgetArrivals(tx, id);
  return { batch };
}

function mark(blocks: Map<number, Buffer>, ordinal: number): void {
  const block = Math.floor(ordinal / BLOCK);
  const bits = blocks.get(block) ?? Buffer.alloc(BITMAP_BYTES);
  blocks.set(block, bits);
  setBit(bits, ordinal % BLOCK);
}
