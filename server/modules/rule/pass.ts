import { availableParallelism } from 'node:os';
import type { Db } from '#platform/db';
import type { Program } from './program.ts';
import type { FactSupply, SuppliedBlock, SuppliedTag } from './supply.ts';
import { openSweep, type Swept } from './sweep.ts';
import { openSweepers, type Sweepers } from './sweepers.ts';

/** One pass of a program over everybody: blocks from the tags, through the threads, to whoever takes what came of them. */

const MOST_THREADS = 2; // one reads, writes and serves meanwhile
/** Blocks that are swept here: a thread takes longer to begin than they take. */
const HERE = 4;

type Columns = SuppliedBlock['columns'];

export interface Pass {
  readonly program: Program;
  /** Bits of the rules whose hits are told. */
  readonly wanted: number;
  readonly tags: readonly SuppliedTag[];
  /** Called once a block, several at a time; what it throws ends the pass. `of`: the column of a fact as it was read. */
  take(block: number, swept: Swept, of: (fact: string) => Columns[number]): Promise<void>;
}

export async function pass(db: Db, supply: FactSupply, { program, wanted, tags, take }: Pass): Promise<void> {
  const ids = new Map(tags.map((t) => [t.name, t.id]));
  const asked = program.columns.flatMap((f) => ids.get(f.name) ?? []);
  const places = new Map(asked.map((id, i) => [id, i]));
  const here = openSweep(program, wanted);
  let sweepers: Sweepers | undefined;
  let blocks = 0;
  const sweep = async (columns: Columns): Promise<Swept> => {
    if (blocks++ < HERE) return here(columns);
    sweepers ??= openSweepers({ program, wanted }, Math.min(MOST_THREADS, availableParallelism()));
    return sweepers.sweep(columns);
  };
  const under = new Set<Promise<void>>();
  let fault: Error | undefined;
  try {
    await supply.readBlocks(db, asked, async ({ block, columns }) => {
      const of = (fact: string) => columns[places.get(ids.get(fact) ?? -1) ?? -1] ?? null;
      const work = sweep(program.columns.map((f) => of(f.name)))
        .then((swept) => take(block, swept, of))
        .catch((e: Error) => {
          fault ??= e;
        })
        .finally(() => under.delete(work));
      under.add(work);
      if (under.size >= (sweepers?.width ?? 1)) await Promise.race(under);
      if (fault) throw fault;
    });
    await Promise.all(under);
    if (fault) throw fault;
  } finally {
    await Promise.all(under);
    await sweepers?.close();
  }
}
