import { type Refusal, refuse } from './event.ts';

/** One record of a CSV text without its line end; `quoted`: it holds a quote, so it is more than a split away from its cells. */
export type Framed = { line: number; text: string; quoted: boolean } | { line: number; rejected: Refusal; raw: string; length: number };
export type Framer = { push(text: string): Framed[]; end(): Framed[] };

/** A record longer than this is not read on (`event.too-large` begins at 1 MiB; the rest is room to find a giant's end). In characters. */
const longest = 16 * 1_048_576;

/**
 * Cuts a CSV text into records, so that one broken row costs one row: a quote that is never closed or badly closed spoils its own line
 * only, and reading goes on with the next; a giant is skipped to its end. Lines count from 1, a record's line is that of its beginning.
 * Holds ≤ 32 MB.
 */
export function framer(delimiter: string): Framer {
  let text = '';
  let at = 0;
  let line = 1;
  let skipping: { line: number; start: string; length: number } | undefined;
  let quoteAt = -2;

  /** The place of the next quote at or after `from`, −1 when there is none; looked for once per piece of text. */
  const nextQuote = (from: number) => {
    if (quoteAt === -1 || quoteAt >= from) return quoteAt;
    quoteAt = text.indexOf('"', from);
    return quoteAt;
  };

  /** The end of the record at `at`: its place, or what is in the way. */
  const recordEnd = (final: boolean): { end: number; quoted: boolean } | 'more' | 'open' | 'stray' => {
    let quoted = false;
    for (let field = at; ; ) {
      if (text[field] === '"') {
        quoted = true;
        const close = closingQuote(text, field + 1, final);
        if (close === undefined) return final || text.length - at > longest ? 'open' : 'more';
        const after = close + 1;
        if (
          after >= text.length ||
          text[after] === '\n' ||
          (text[after] === '\r' && (after + 1 >= text.length || text[after + 1] === '\n'))
        ) {
          if (text[after] === '\n' || text[after + 1] === '\n') return { end: text.indexOf('\n', after), quoted };
          return final ? { end: text.length, quoted } : 'more';
        }
        if (text[after] !== delimiter) return 'stray';
        field = after + 1;
        continue;
      }
      const lineEnd = text.indexOf('\n', field);
      const end = lineEnd < 0 ? text.length : lineEnd;
      const quote = nextQuote(field);
      if (quote < 0 || quote >= end) {
        if (lineEnd < 0 && !final) return 'more';
        return { end, quoted };
      }
      quoted = true;
      const next = text.indexOf(delimiter, field);
      if (next < 0 || next >= end) {
        if (lineEnd < 0 && !final) return 'more';
        return { end, quoted };
      }
      field = next + 1;
    }
  };

  const skip = (): Framed[] => {
    if (!skipping) return [];
    const end = text.indexOf('\n');
    skipping.length += end < 0 ? text.length : end;
    if (end < 0) {
      text = '';
      return [];
    }
    text = text.slice(end + 1);
    const done = tooLarge(skipping.line, skipping.start, skipping.length);
    skipping = undefined;
    line++;
    return [done];
  };

  const run = (final: boolean): Framed[] => {
    const out = skip();
    if (skipping) return out;
    quoteAt = -2;
    at = 0;
    while (at < text.length) {
      const found = recordEnd(final);
      if (found === 'more') {
        if (text.length - at <= longest) break;
        skipping = { line, start: text.slice(at, at + 1000), length: text.length - at };
        at = text.length;
        break;
      }
      if (typeof found === 'string') {
        const lineEnd = text.indexOf('\n', at);
        const end = lineEnd < 0 ? text.length : lineEnd;
        if (lineEnd < 0 && !final) {
          if (text.length - at <= longest) break;
          skipping = { line, start: text.slice(at, at + 1000), length: text.length - at };
          at = text.length;
          break;
        }
        const why = found === 'open' ? 'a quote is opened and never closed.' : 'a quote inside a quoted cell is not doubled.';
        out.push({
          line,
          rejected: refuse('event.bad-field', `the row is no CSV: ${why}`),
          raw: bare(text.slice(at, end)),
          length: end - at,
        });
        at = end + 1;
        line++;
        continue;
      }
      const record = bare(text.slice(at, found.end));
      out.push(record.length > 1_200_000 ? tooLarge(line, record, record.length) : { line, text: record, quoted: found.quoted });
      line += found.quoted ? linesIn(record) : 1;
      at = found.end + 1;
    }
    text = text.slice(at);
    return out;
  };

  return {
    push(piece) {
      text += piece;
      return run(false);
    },
    end() {
      const out = run(true);
      if (skipping) out.push(tooLarge(skipping.line, skipping.start, skipping.length));
      return out;
    },
  };
}

const bare = (record: string) => (record.endsWith('\r') ? record.slice(0, -1) : record);

const tooLarge = (line: number, start: string, length: number): Framed => ({
  line,
  rejected: refuse('event.too-large', 'the row has more than 1 MiB.'),
  raw: start,
  length,
});

/** The quote that closes a cell whose text begins at `from`; doubled ones are text. Undefined: not here. */
function closingQuote(text: string, from: number, final: boolean): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (at + 1 >= text.length && !final) return undefined;
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

function linesIn(record: string): number {
  let lines = 1;
  for (let at = record.indexOf('\n'); at >= 0; at = record.indexOf('\n', at + 1)) lines++;
  return lines;
}
