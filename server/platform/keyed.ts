import { createHmac, hash, type KeyObject } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;
const SCRATCH = 4_096;
const MOST = SCRATCH - BLOCK;

/**
 * HMAC-SHA256 (RFC 2104) of what is short. Its two hashes are made by the one-shot function: the object that `createHmac` makes costs more than they do,
 * and every event and every look-up needs some. The key has at most 64 bytes.
 */
function twoHashes(key: KeyObject) {
  const inner = Buffer.alloc(SCRATCH, 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (const [i, b] of key.export().entries()) {
    inner[i] = 0x36 ^ b;
    outer[i] = 0x5c ^ b;
  }
  return {
    /** The text goes from `BLOCK` on. */
    inner,
    of(length: number, form: 'hex' | 'binary'): string {
      outer.write(hash('sha256', inner.subarray(0, BLOCK + length), 'binary'), BLOCK, 'latin1');
      return hash('sha256', outer, form);
    },
  };
}

/** Of a text, as hex. */
export function keyedHash(key: KeyObject): (text: string) => string {
  const { inner, of } = twoHashes(key);
  return (text) => {
    if (text.length * 3 > MOST) return createHmac('sha256', key).update(text).digest('hex'); // a sign of UTF-16 is at most three bytes of UTF-8
    return of(inner.write(text, BLOCK), 'hex');
  };
}

/** Of the first `length` bytes, as 32 signs of Latin-1, a byte each. */
export function keyedTag(key: KeyObject): (bytes: Buffer, length: number) => string {
  const { inner, of } = twoHashes(key);
  return (bytes, length) => {
    if (length > MOST) return createHmac('sha256', key).update(bytes.subarray(0, length)).digest('binary');
    bytes.copy(inner, BLOCK, 0, length);
    return of(length, 'binary');
  };
}
