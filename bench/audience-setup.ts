import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Layout, Made } from './audience-data.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import type { Store } from './lib/store.ts';

/** What every part of `bench audience` is given, and the population in the store. */

export const THREADS = 2;
export const ROUNDS = 3;

export interface Bench {
  readonly options: Options;
  readonly layout: Layout;
  readonly tags: readonly Made[];
  readonly store: Store;
  readonly problems: string[];
}

/** Every block into the store, by threads that share the tags. */
export async function fill({ options, layout, tags, store }: Bench): Promise<string> {
  const db = await store.tables('audience');
  for (const t of tags)
    await db.query('', 'insert into tag.tag (id, name, kind, source, made_at) values ($1, $2, $3, $4, 0) on conflict do nothing', [
      t.tag,
      t.name,
      t.kind,
      t.group === 'score' ? 'model' : 'bench',
    ]);
  await db.query(
    '',
    'insert into tag.value (tag, code, value) select t, c, c::text from unnest($1::int[], $2::int[]) u(t, n), generate_series(1, n) c on conflict do nothing',
    [tags.filter((t) => t.kind === 'oneOf').map((t) => t.tag), tags.filter((t) => t.kind === 'oneOf').map((t) => t.values)],
  );
  let done = 0;
  const threads = Array.from({ length: THREADS }, (_, part) => {
    const workerData = { url: db.url, size: layout.size, seed: options.seed, part, parts: THREADS };
    const worker = new Worker(new URL('./audience-fill.ts', import.meta.url), { workerData });
    worker.on('message', () => {
      if (++done % 100 === 0) say(`${done} of ${tags.length} tags are in the store`);
    });
    return once(worker, 'exit');
  });
  await Promise.all(threads);
  await db.query('', "insert into tag.batch (at, source, actor, customers, tags, blocks) values (0, 'bench', 'bench', $1, '{}', '{}')", [
    layout.size,
  ]);
  await db.query('', 'vacuum analyze tag.block');
  await store.settle();
  return db.url;
}
