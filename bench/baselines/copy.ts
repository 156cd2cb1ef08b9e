import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** The file as it is into one logged table of the same columns by COPY, durable when it is answered. Answers ms; the table is gone afterwards. */
export async function copyTable(url: string, file: string, columns: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create table plain (${columns.join(', ')})`);
    const began = performance.now();
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      client.query(copyFrom(`copy plain from stdin (format csv, header true, null '')`)),
    );
    const ms = performance.now() - began;
    await client.query('drop table plain');
    return ms;
  } finally {
    await client.end();
  }
}
