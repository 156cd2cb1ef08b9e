import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, linesIn, linesOf } from './lines.ts';

const piece = fc.oneof(
  fc.constantFrom('\n', '\n\n', '{"a":1}', ' ', '\ufeff', '光').map((s) => Buffer.from(s)),
  fc.uint8Array({ maxLength: 4 }).map((b) => Buffer.from(b)),
);

async function* parts(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

test('a body has the same lines whole as in parts of any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 20 }), async (pieces, size) => {
      const body = Buffer.concat(pieces);
      const streamed: Line[] = [];
      for await (const lines of linesOf(parts(body, size))) streamed.push(...lines);
      expect(linesIn(body)).toEqual(streamed);
    }),
    { numRuns: 1_000 },
  );
});
