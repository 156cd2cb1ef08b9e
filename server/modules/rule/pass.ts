import { availableParallelism } from 'node:os';
import type { Db } from '#platform/db';
import type { Decided } from './decide.ts';
import type { FactSupply, SuppliedBlock, SuppliedTag } from './supply.ts';
import type { Swept } from './sweep.ts';
import { type AnyOrder, type Order, openHere, openSweepers, type Sweepers } from './sweepers.ts';

/** One pass over everybody, or over some blocks: from the tags, through the threads, to whoever takes what came of them. */

const MOST_THREADS = 2; // one reads, writes and serves meanwhile
/** Blocks that are gone over here: a thread takes longer to begin than they take. */
const HERE = 4;

type Columns = SuppliedBlock['columns'];

export interface Pass<T extends Swept | Decided> {
  readonly order: Order<T>;
  readonly tags: readonly Pick<SuppliedTag, 'id' | 'name'>[];
  /** These blocks alone; undefined: all in which somebody counts. */
  readonly blocks?: readonly number[];
  /** Called once a block, several at a time; what it throws ends the pass. `of`: the column of a fact as it was read. */
  take(block: number, found: T, of: (fact: string) => Columns[number]): Promise<void>;
}

export async function pass<T extends Swept | Decided>(
  db: Db,
  supply: Pick<FactSupply, 'readBlocks'>,
  { order, tags, blocks: only, take }: Pass<T>,
): Promise<void> {
  const { program } = order;
  const ids = new Map(tags.map((t) => [t.name, t.id]));
  const asked = program.columns.flatMap((f) => ids.get(f.name) ?? []);
  const places = new Map(asked.map((id, i) => [id, i]));
  const here = openHere(order as AnyOrder) as (columns: Columns) => T;
  let sweepers: Sweepers<T> | undefined;
  let blocks = 0;
  const sweep = async (columns: Columns): Promise<T> => {
    if (blocks++ < HERE) return here(columns);
    sweepers ??= openSweepers<T>(order, Math.min(MOST_THREADS, availableParallelism()));
    return sweepers.sweep(columns);
  };
  const under = new Set<Promise<void>>();
  let fault: Error | undefined;
  try {
    await supply.readBlocks(
      db,
      asked,
      async ({ block, columns }) => {
        const of = (fact: string) => columns[places.get(ids.get(fact) ?? -1) ?? -1] ?? null;
        const work = sweep(program.columns.map((f) => of(f.name)))
          .then((found) => take(block, found, of))
          .catch((e: Error) => {
            fault ??= e;
          })
          .finally(() => under.delete(work));
        under.add(work);
        if (under.size >= (sweepers?.width ?? 1)) await Promise.race(under);
        if (fault) throw fault;
      },
      only,
    );
    await Promise.all(under);
    if (fault) throw fault;
  } finally {
    await Promise.all(under);
    await sweepers?.close();
  }
}
