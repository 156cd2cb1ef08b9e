import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * What stands in the text for bytes that are none in the encoding: a lone surrogate, which no decoder gives for sound bytes. So a row with
 * it is told by `isWellFormed()` and refused as `event.bad-encoding`, while its neighbours pass.
 */
export const badByte = '\uDCFF';

const sampleBytes = 262_144;

/** The encoding named by a byte order mark at the beginning, else undefined. */
export function markedEncoding(head: Buffer): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/**
 * UTF-8 or GB18030, judged by the lines of a sample that are not plain ASCII: sound UTF-8 on the one side, sound only as GB18030 on the
 * other; the greater number wins. So one broken row in a UTF-8 file does not turn the rest into nonsense. A line that is sound as neither
 * counts for none; one with two-byte characters only counts a quarter, for a fifth of GBK's common characters look like one (装 alone is
 * sound UTF-8).
 */
export function guessEncoding(sample: Buffer): 'utf-8' | 'gb18030' {
  let utf8 = 0;
  let gb = 0;
  for (const line of linesOf(sample)) {
    if (isAscii(line)) continue;
    if (isUtf8(line.subarray(0, line.length - openTail(line)))) utf8 += line.some((byte) => byte >= 0xe0) ? 1 : 0.25;
    else if (!iconv.decode(line, 'gb18030').includes('\uFFFD')) gb++;
  }
  return gb > utf8 ? 'gb18030' : 'utf-8';
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    yield bytes.subarray(at, end < 0 ? bytes.length : end + 1);
    at = end < 0 ? bytes.length : end + 1;
  }
}

/** How many bytes at the end begin a UTF-8 character that is not yet complete (0–3). */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

type Decoder = { write(bytes: Buffer): string; end(): string };

function utf8Decoder(): Decoder {
  let rest: Buffer = Buffer.alloc(0);
  const sound = (line: Buffer) => (isUtf8(line) ? line.toString('utf8') : line.toString('utf8').replaceAll('\uFFFD', badByte));
  return {
    write(bytes) {
      const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
      const open = openTail(all);
      const whole = all.subarray(0, all.length - open);
      rest = Buffer.from(all.subarray(all.length - open));
      return isUtf8(whole) ? whole.toString('utf8') : Array.from(linesOf(whole), sound).join('');
    },
    end: () => (rest.length > 0 ? badByte : ''),
  };
}

function otherDecoder(encoding: Encoding): Decoder {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  const marked = (text: string) => (text.includes('\uFFFD') ? text.replaceAll('\uFFFD', badByte) : text);
  return { write: (bytes) => marked(decoder.write(bytes)), end: () => marked(decoder.end() ?? '') };
}

/**
 * The bytes as text. `auto`: a byte order mark decides; else plain ASCII passes until the first other byte, and the 256 KiB from there on
 * are judged by `guessEncoding`. The mark itself is taken off. Never throws for bad bytes: see `badByte`.
 */
export async function* textOf(bytes: AsyncIterable<Buffer>, encoding: Encoding | 'auto'): AsyncGenerator<string> {
  let decoder: Decoder | undefined = encoding === 'auto' ? undefined : decoderOf(encoding);
  let first = true;
  let sample: Buffer[] = [];
  const text = (chunk: Buffer): string => {
    if (!decoder) return chunk.toString('latin1');
    const decoded = decoder.write(chunk);
    if (!first || decoded === '') return decoded;
    first = false;
    return decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
  };
  for await (const chunk of withHead(bytes)) {
    if (!decoder && first) {
      const marked = markedEncoding(chunk);
      if (marked) decoder = decoderOf(marked);
    }
    if (!decoder && sample.length === 0 && isAscii(chunk)) {
      first = false;
      yield text(chunk);
      continue;
    }
    if (decoder) {
      yield text(chunk);
      continue;
    }
    sample.push(chunk);
    if (sample.reduce((size, part) => size + part.length, 0) < sampleBytes) continue;
    const all = Buffer.concat(sample);
    decoder = decoderOf(guessEncoding(all));
    sample = [];
    yield text(all);
  }
  if (sample.length > 0) {
    const all = Buffer.concat(sample);
    decoder = decoderOf(guessEncoding(all));
    yield text(all);
  }
  if (decoder) yield decoder.end();
}

const decoderOf = (encoding: Encoding): Decoder => (encoding === 'utf-8' ? utf8Decoder() : otherDecoder(encoding));

/** The same bytes, the first piece with at least three of them where there are, so a byte order mark is never cut. */
async function* withHead(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    yield head;
    head = undefined;
  }
  if (head && head.length > 0) yield head;
}
