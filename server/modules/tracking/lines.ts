import { isUtf8 } from 'node:buffer';
import { LINE_LIMIT } from './event.ts';

/** A line of NDJSON: its number from 1 and its text, or why it cannot be read. Blank lines count and are not given. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly code: 'event.bad-encoding' | 'event.too-large' };

const NEWLINE = 10;
const OPENING = 0x7b; // an event begins with a brace
const BOM = 0xfeff;

/**
 * Splits a stream into lines, a list per chunk, holding at most one line in memory. A line over 1 MiB is skipped as it comes; bytes
 * that are no UTF-8 spoil their own line only.
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let rest: Buffer[] = [];
  let held = 0;
  let line = 0;
  let skipping = false;
  for await (const chunk of stream) {
    const cut = chunk.lastIndexOf(NEWLINE);
    if (cut < 0) {
      if (!skipping) rest.push(chunk);
      held += chunk.length;
      if (held > LINE_LIMIT) {
        skipping = true;
        rest = [];
      }
      continue;
    }
    const whole = rest.length === 0 ? chunk.subarray(0, cut) : Buffer.concat([...rest, chunk.subarray(0, cut)]);
    const out: Line[] = [];
    const body = skipping ? whole.subarray(Math.max(0, whole.indexOf(NEWLINE))) : whole;
    if (skipping) {
      line++;
      out.push({ line, code: 'event.too-large' });
      if (whole.indexOf(NEWLINE) >= 0) line = split(body.subarray(1), line, out);
    } else line = split(body, line, out);
    skipping = false;
    const tail = chunk.subarray(cut + 1);
    rest = tail.length > 0 ? [tail] : [];
    held = tail.length;
    yield out;
  }
  if (skipping) yield [{ line: line + 1, code: 'event.too-large' }];
  else if (held > 0) {
    const out: Line[] = [];
    split(Buffer.concat(rest), line, out);
    yield out;
  }
}

/** The lines of a body that is there as a whole. */
export function linesIn(body: Buffer): Line[] {
  const out: Line[] = [];
  const end = body[body.length - 1] === NEWLINE ? body.length - 1 : body.length;
  if (body.length > 0) split(body.subarray(0, end), 0, out);
  return out;
}

function split(bytes: Buffer, before: number, out: Line[]): number {
  let line = before;
  if (isUtf8(bytes)) {
    for (const raw of bytes.toString('utf8').split('\n')) push(++line, raw, out);
    return line;
  }
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from);
    const one = bytes.subarray(from, end < 0 ? bytes.length : end);
    line++;
    if (isUtf8(one)) push(line, one.toString('utf8'), out);
    else out.push({ line, code: 'event.bad-encoding' });
    if (end < 0) break;
    from = end + 1;
  }
  return line;
}

function push(line: number, raw: string, out: Line[]): void {
  if (raw.length > LINE_LIMIT || (raw.length * 3 > LINE_LIMIT && Buffer.byteLength(raw) > LINE_LIMIT))
    out.push({ line, code: 'event.too-large' });
  else if (raw.charCodeAt(0) === OPENING || raw.trim() !== '')
    out.push({ line, text: line === 1 && raw.charCodeAt(0) === BOM ? raw.slice(1) : raw });
}
