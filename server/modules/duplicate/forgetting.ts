import { countedByOrdinal } from '#customer';
import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import { compareParties } from './comparing.ts';
import { compareCounted } from './countedTwice.ts';
import * as finding from './findingStore.ts';

/** Somebody was erased: what was kept to compare him with others goes in the same transaction, and what was proposed of him is taken back. */

export interface Gone {
  readonly parties: readonly string[];
  /** Ordinals of customers. */
  readonly customers: readonly number[];
}

/** Whoever erases holds the finder's row first, before any party: as those do who decide. */
export const holdComparing = (ctx: Pick<Ctx, 'tx'>): Promise<unknown> => finding.lockFinding(ctx.tx);

/** After their values are gone. The caller holds the finder's row. */
export async function forgetCompared(
  ctx: Ctx,
  vault: Pick<Vault, 'reveal' | 'hash' | 'open'>,
  { parties, customers }: Gone,
): Promise<void> {
  const { tx } = ctx;
  await finding.dropPrints(tx, parties);
  await compareParties(ctx, vault, parties);
  await finding.dropAllNumbers(tx, customers);
  await compareCounted(ctx, await countedByOrdinal(tx, customers));
}
