import { randomFillSync } from 'node:crypto';
import type { Vault } from '#platform/vault';

/** A customer's number in its source: it may be a phone number, so it is compared by keyed hash and kept sealed. */
export const keyHash = (vault: Pick<Vault, 'hash'>, key: string): string => vault.hash('customer', key.trim());

const pool = Buffer.alloc(4_096);
let used = pool.length;

/** An id that nobody guesses: 74 random bits behind the time (RFC 9562, version 7), so that a million new ones lie side by side in their index. */
export function newId(now: number): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const r = pool.toString('hex', used, used + 10);
  used += 10;
  const t = now.toString(16).padStart(12, '0');
  const variant = '89ab'[Number.parseInt(r[3] as string, 16) & 3];
  return `${t.slice(0, 8)}-${t.slice(8)}-7${r.slice(0, 3)}-${variant}${r.slice(4, 7)}-${r.slice(7, 19)}`;
}
