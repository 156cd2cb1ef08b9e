/** One line of a text without its end; `length` is that of the whole, also where only the beginning was kept. Lines count from 1. */
export type Line = { line: number; text: string; length: number };

/** A line longer than this is not kept beyond its first 1,000 characters. */
export const longestLine = 1_048_576 * 4;

/** Cuts a text that comes in pieces into lines, blank ones left out. Memory: one piece and one line. */
export function lineReader(): { push(text: string): Line[]; end(): Line[] } {
  let line = 0;
  let rest = '';
  let skipped = 0;
  const run = (text: string, final: boolean): Line[] => {
    const lines = (rest + text).split('\n');
    rest = final ? '' : (lines.pop() ?? '');
    const out: Line[] = [];
    for (const one of lines) {
      line++;
      if (one.trim() !== '') out.push({ line, text: one, length: skipped + one.length });
      skipped = 0;
    }
    if (rest.length > longestLine) {
      skipped += rest.length - 1000;
      rest = rest.slice(0, 1000);
    }
    return out;
  };
  return { push: (text) => run(text, false), end: () => run('', true) };
}
