import { closeSync, createReadStream, openSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A row that was not taken, of the file of this place, and why. */
export interface RefusedRow {
  readonly file: number;
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
}

const RAW_LONGEST = 4_096;
const NAME = /^refused-[\w-]+\.ndjson$/;

/** Refused rows of one step of an import, beside its files; a step that is done again writes them anew. `close` answers how many there are. */
export function refusedRows(folder: string, step: string): { add(row: RefusedRow): void; close(): number } {
  const handle = openSync(path.join(folder, `refused-${step}.ndjson`), 'w', 0o600);
  let held: string[] = [];
  let count = 0;
  const flush = () => {
    if (held.length > 0) writeSync(handle, `${held.join('\n')}\n`);
    held = [];
  };
  return {
    add(row) {
      count++;
      held.push(JSON.stringify({ ...row, raw: row.raw.slice(0, RAW_LONGEST) }));
      if (held.length >= 1_000) flush();
    },
    close() {
      flush();
      closeSync(handle);
      return count;
    },
  };
}

/** All that the steps wrote, line by line. */
export async function* allRefused(folder: string): AsyncGenerator<string> {
  for (const name of readdirSync(folder).filter((n) => NAME.test(n)).sort()) // biome-ignore format: one line
    for await (const line of createInterface({ input: createReadStream(path.join(folder, name)), crlfDelay: Number.POSITIVE_INFINITY }))
      yield line;
}

/** How many rows earlier runs of these steps refused. */
export async function countRefused(folder: string, step: string): Promise<number> {
  let n = 0;
  const name = `refused-${step}.ndjson`;
  if (!readdirSync(folder).includes(name)) return 0;
  for await (const _ of createInterface({ input: createReadStream(path.join(folder, name)) })) n++;
  return n;
}
