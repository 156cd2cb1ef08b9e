import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyedHash } from './keyed.ts';

it('is HMAC-SHA256, whatever the text and however long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000, size: 'max' }), (text) => {
      const key = createSecretKey(randomBytes(32));
      const keyed = keyedHash(key);
      for (const t of [text, text.slice(0, 7), '']) expect(keyed(t)).toBe(createHmac('sha256', key).update(t).digest('hex'));
    }),
  );
});
