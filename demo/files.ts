import fs from 'node:fs/promises';
import path from 'node:path';
import iconv from 'iconv-lite';
import { batchName, checkOf, fileOf, fullName, lastBatch } from './bss.ts';
import type { Road, Say } from './road.ts';
import { BATCH, type Delivery, type Said } from './systems.ts';
import { DAY_MS } from './trade.ts';

/** Files that were read are kept so long by the system that dropped them. */
const KEPT_MS = 3 * DAY_MS;

/** The business hall's road: a GBK file every five minutes, an empty one too, and yesterday's once more in the night; each with its `.chk`. */
export function filesRoad({ folder, zone, say }: { folder: string; zone: string; say: Say }): Road {
  let tidied = 0;
  return {
    async take(deliveries, { from, to }) {
      const rows = new Map<string, Said[]>();
      for (let at = lastBatch(from) + BATCH; at <= to; at += BATCH) rows.set(batchName(at, zone), []);
      for (const d of deliveries) {
        const name = nameOf(d, zone);
        const own = rows.get(name) ?? [];
        rows.set(name, own);
        own.push(say(d));
      }
      for (const [name, events] of rows) await drop(folder, name, events);
      if (to - tidied > DAY_MS) {
        await tidy(path.join(folder, 'done'));
        tidied = to;
      }
      return [];
    },
    close: async () => undefined,
  };
}

const nameOf = (d: Delivery, zone: string): string => (d.again ? fullName(d.event.at, zone) : batchName(d.at, zone));

/** Whole or not at all, and its count last: who watches takes nothing without it. */
async function drop(folder: string, name: string, events: readonly Said[]): Promise<void> {
  const file = fileOf(name, events);
  const bytes = iconv.encode(file.text, 'gbk');
  const put = async (to: string, content: Buffer | string) => {
    await fs.writeFile(`${to}.part`, content, { mode: 0o600, flush: true });
    await fs.rename(`${to}.part`, to);
  };
  await put(path.join(folder, name), bytes);
  await put(path.join(folder, `${name}.chk`), checkOf(file, bytes.length));
}

/** Its own housekeeping: old files go. */
async function tidy(done: string): Promise<void> {
  const names = await fs.readdir(done).catch(() => []);
  for (const name of names) {
    const file = path.join(done, name);
    const age = Date.now() - ((await fs.stat(file).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > KEPT_MS) await fs.rm(file, { force: true });
  }
}
