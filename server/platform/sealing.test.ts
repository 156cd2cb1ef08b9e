import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeSealing } from './sealing.ts';
import { openVault } from './vault.ts';

const key = createSecretKey(randomBytes(32));

it('opens to what was sealed, whatever came before it and however long it is', () => {
  const here = makeSealing(key);
  const elsewhere = makeSealing(key);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 500, size: 'max' }), { maxLength: 40 }), (texts) => {
      const sealed = [...texts, 'x'.repeat(150_000), '光'].map(here.seal);
      expect(sealed.map(elsewhere.open)).toEqual([...texts, 'x'.repeat(150_000), '光'].map((t) => Buffer.from(t).toString()));
    }),
    { numRuns: 40 },
  );
});

it('never uses a part of its stream twice', () => {
  const { seal } = makeSealing(key);
  const [a, b] = [seal('\0'.repeat(64)), seal('\0'.repeat(64))].map((s) => s.subarray(28, 92));
  for (let i = 0; i + 16 <= 64; i++) expect(a?.includes(b?.subarray(i, i + 16) as Buffer)).toBe(false);
});

it('opens nothing that was changed anywhere, cut off, or sealed with another key', () => {
  const { seal, open } = makeSealing(key);
  const sealed = seal('{"a":1}');
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] as number) ^ 1;
    expect(() => open(changed)).toThrow();
    expect(() => open(sealed.subarray(0, i))).toThrow();
  }
  expect(() => makeSealing(createSecretKey(randomBytes(32))).open(sealed)).toThrow();
});

it('opens what earlier versions sealed', () => {
  const old = 'RA34WE6O3wkqBCTAl3HCPAAAAAAAAAAAAAAAAR5zUnj4j3FPtEFNbM9JA3CxKE0kXtfPiANEe2PsPn/4jvc8w+5Hsw==';
  expect(openVault(Buffer.alloc(32, 7)).open(Buffer.from(old, 'base64'))).toBe('{"note":"光猫 ONT-7"}');
});
