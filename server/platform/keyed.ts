import { createHmac, hash, type KeyObject } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;
const SCRATCH = 4_096;
const MOST_SIGNS = Math.floor((SCRATCH - BLOCK) / 3); // a sign of UTF-16 is at most three bytes of UTF-8

/**
 * HMAC-SHA256 (RFC 2104) of a short text, as hex. Its two hashes are made by the one-shot function: the object that `createHmac` makes costs more
 * than they do, and every event and every look-up needs some. The key has at most 64 bytes.
 */
export function keyedHash(key: KeyObject): (text: string) => string {
  const bytes = key.export();
  const inner = Buffer.alloc(SCRATCH, 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (const [i, b] of bytes.entries()) {
    inner[i] = 0x36 ^ b;
    outer[i] = 0x5c ^ b;
  }
  return (text) => {
    if (text.length > MOST_SIGNS) return createHmac('sha256', key).update(text).digest('hex');
    const end = BLOCK + inner.write(text, BLOCK);
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return hash('sha256', outer, 'hex');
  };
}
