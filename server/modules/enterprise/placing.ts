import type { Sql, Tx } from '#platform/db';
import type { Tables, Tried } from './contract.ts';
import { isMoved, levelsOf, type Placing, placeBy, reasonsOf } from './model.ts';
import * as store from './placeStore.ts';
import type { Areas } from './store.ts';

/** Enterprises put in their places, a portion at a time. */

const PORTION = 2_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

async function* portions(sql: Sql, ids: readonly string[] | null, areas: Areas): AsyncGenerator<store.ToPlace[]> {
  for (let after = BEFORE_ALL; ; ) {
    const rows = await store.portion(sql, { ids, areas, after, limit: PORTION });
    if (rows.length > 0) yield rows;
    if (rows.length < PORTION) return;
    after = rows.at(-1)?.id as string;
  }
}

interface How {
  readonly tables: Tables;
  readonly version: number;
  readonly today: number;
  readonly now: number;
  /** Why they are placed anew; whoever had no place yet gets his first. */
  readonly cause: Exclude<store.Cause, 'first'>;
}

/** Places these (null: all) anew; answers how many stand elsewhere than before. Call with the placing held. */
export async function placeAnew(tx: Tx, ids: readonly string[] | null, how: How): Promise<number> {
  let moved = 0;
  for await (const rows of portions(tx, ids, 'all')) {
    const placed = rows.map(({ id, facts, was }) => ({ id, was, is: placeBy(how.tables, facts, how.today) }));
    const other = placed.filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is));
    const isElsewhere = ({ was, is }: { was: Placing | null; is: Placing }) => was === null || isMoved(was, is);
    if (other.length === 0) continue;
    await store.savePlaced(
      tx,
      other.map((one) => ({ id: one.id, placing: one.is, moved: isElsewhere(one) })),
      how,
    );
    const first = other.filter(({ was }) => was === null);
    const again = other.filter((one) => one.was !== null && isElsewhere(one));
    await store.addMoves(tx, first.map(moveOf(how.tables)), { ...how, cause: 'first' });
    await store.addMoves(tx, again.map(moveOf(how.tables)), how);
    moved += again.length;
  }
  return moved;
}

const moveOf =
  (tables: Tables) =>
  ({ id, was, is }: { id: string; was: Placing | null; is: Placing }): store.MoveRow => ({
    enterprise: id,
    was: was?.place ?? null,
    is: is.place,
    wasLevels: was === null ? null : levelsOf(was),
    isLevels: levelsOf(is),
    because: was === null ? [] : reasonsOf(tables, was, is),
  });

/** How many of those of these areas would stand elsewhere by other tables; nothing is written. The largest moves first. */
export async function tryTables(sql: Sql, tables: Tables, { today, areas }: { today: number; areas: Areas }): Promise<Tried> {
  const moves = new Map<string, { from: string | null; to: string | null; count: number; revenue: number }>();
  const sums = { enterprises: 0, stay: 0 };
  for await (const rows of portions(sql, null, areas)) {
    for (const { facts, was } of rows) {
      const is = placeBy(tables, facts, today);
      const [from, to] = [was?.place ?? null, is.place];
      sums.enterprises++;
      if (from === to) {
        sums.stay++;
        continue;
      }
      const name = JSON.stringify([from, to]);
      const { count = 0, revenue = 0 } = moves.get(name) ?? {};
      moves.set(name, { from, to, count: count + 1, revenue: revenue + (is.revenue ?? was?.revenue ?? 0) });
    }
  }
  return { ...sums, moves: [...moves.values()].toSorted((a, b) => b.count - a.count || b.revenue - a.revenue) };
}
