import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { badByte, type Encoding, guessEncoding, textOf } from './encoding.ts';

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function decode(bytes: Buffer, encoding: Encoding | 'auto' = 'auto', size = 7): Promise<string> {
  let text = '';
  for await (const part of textOf(pieces(bytes, size), encoding)) text += part;
  return text;
}

const chinese = '受理流水|订单号|环节\n8626112100000001|SO-1|trade.accepted 宽带新装\n';

test.each([
  ['utf-8', Buffer.from(chinese)],
  ['utf-8 with mark', Buffer.from(`\uFEFF${chinese}`)],
  ['gb18030', iconv.encode(chinese, 'gb18030')],
  ['utf-16le with mark', iconv.encode(chinese, 'utf-16le', { addBOM: true })],
  ['utf-16be with mark', iconv.encode(chinese, 'utf-16be', { addBOM: true })],
  ['gb18030 after much ASCII', Buffer.concat([Buffer.from('a,b\n'.repeat(90_000)), iconv.encode(chinese, 'gb18030')])],
])('auto tells %s, however the bytes are cut', async (_, bytes) => {
  for (const size of [1, 2, 3, 5, 1000, 65_536].filter((one) => bytes.length / one < 10_000)) {
    expect((await decode(bytes, 'auto', size)).endsWith(chinese)).toBe(true);
  }
});

test('one broken row does not turn a UTF-8 file into another encoding', async () => {
  const bytes = Buffer.concat([Buffer.from('装机\n施工\n'), Buffer.from([0xc4, 0xe3, 0x0a]), Buffer.from('竣工\n')]);
  expect(guessEncoding(bytes)).toBe('utf-8');
  expect(await decode(bytes)).toBe(`装机\n施工\n${badByte}${badByte}\n竣工\n`);
});

test('bytes that are none in the encoding become marks, and the line end after them stays', async () => {
  const gb = Buffer.concat([iconv.encode('装机\n', 'gb18030'), Buffer.from([0x61, 0xff, 0xd7, 0x0a]), iconv.encode('竣工', 'gb18030')]);
  const lines = (await decode(gb, 'gb18030')).split('\n');
  expect(lines.map((line) => line.isWellFormed())).toEqual([true, false, true]);
});

test('GBK characters that happen to be sound UTF-8 do not hide the encoding', () => {
  expect(guessEncoding(iconv.encode('装\n装\n竣工\n', 'gbk'))).toBe('gb18030');
  expect(guessEncoding(Buffer.from('é\né\né\né\né\n'))).toBe('utf-8');
});

test('a character that really is U+FFFD is no bad byte', async () =>
  expect(await decode(Buffer.from('a\uFFFDb\n施工'))).toBe('a\uFFFDb\n施工'));

test('any text comes back from any of the encodings', async () => {
  const text = fc
    .string({ unit: 'binary', maxLength: 200 })
    .filter((one) => one.isWellFormed() && !one.startsWith('\uFEFF') && !one.includes('\uFFFD'));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be'),
      fc.integer({ min: 1, max: 9 }),
      async (one, encoding, size) => {
        expect(await decode(iconv.encode(one, encoding), encoding, size)).toBe(one);
      },
    ),
  );
});

test('no bytes make it throw', async () => {
  const encodings = fc.constantFrom<Encoding | 'auto'>('auto', 'utf-8', 'gb18030', 'utf-16le', 'utf-16be');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), encodings, fc.integer({ min: 1, max: 9 }), async (bytes, encoding, size) => {
      await decode(Buffer.from(bytes), encoding, size);
    }),
  );
});
