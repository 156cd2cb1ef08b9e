import { systemActor } from '#platform/actor';
import { column } from '#platform/columns';
import type { Db, Sql } from '#platform/db';
import type { Log } from '#platform/log';
import { openBlock, type Tally, tallyOf } from './codes.ts';
import type { TagKind } from './contract.ts';
import { BITMAP_BYTES, type Block, EVERYONE } from './model.ts';
import * as store from './store.ts';

/**
 * Figures of the catalogue, kept per block: a change writes those of its blocks, a load drops them, and what is missing is counted behind everybody's
 * back. So a list of 672 tags adds up small rows and reads no column.
 */

export type Tallied = Tally & { readonly tag: number; readonly block: number };

const AT_ONCE = 64;

export const saveTallies = (sql: Sql, rows: readonly Tallied[]) =>
  sql.query(
    'tag-tally-save',
    `insert into tag.tally (tag, block, known, yes, low, high, counts)
     select tag, block, known, yes, low, high, counts::int[] from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::text[])
       n (tag, block, known, yes, low, high, counts) order by tag, block
     on conflict (tag, block) do update set known = excluded.known, yes = excluded.yes, low = excluded.low, high = excluded.high, counts = excluded.counts`,
    [
      column.int(rows.map((r) => r.tag)),
      column.int(rows.map((r) => r.block)),
      column.int(rows.map((r) => r.known)),
      column.int(rows.map((r) => r.yes)),
      column.bigint(rows.map((r) => r.low)),
      column.bigint(rows.map((r) => r.high)),
      column.text(rows.map((r) => `{${r.counts.join(',')}}`)),
    ],
  );

export const dropTallies = (sql: Sql, tag: number, blocks: readonly number[]) =>
  sql.query('tag-tally-drop', 'delete from tag.tally where tag = $1 and block = any($2)', [tag, blocks]);

/** Of all tags: somebody joined or left there. */
export const dropTalliesOf = (sql: Sql, blocks: readonly number[]) =>
  sql.query('tag-tally-drop-all', 'delete from tag.tally where block = any($1)', [blocks]);

/** Bitmaps of who counts, by block; where nobody does, there is none. */
export async function everyoneIn(sql: Sql, blocks: readonly number[]): Promise<Map<number, Buffer>> {
  return new Map((await store.readBlocks(sql, EVERYONE, blocks)).map((b) => [b.block, b.body]));
}

interface Missing {
  readonly tag: number;
  readonly kind: TagKind;
  readonly block: number;
}

const missing = (sql: Sql): Promise<Missing[]> =>
  sql.query<Missing & Record<string, never>>(
    'tag-tally-missing',
    `select b.tag, t.kind, b.block from tag.block b join tag.tag t on t.id = b.tag
     where not exists (select from tag.tally y where y.tag = b.tag and y.block = b.block) order by b.block, b.tag limit ${AT_ONCE * 16}`,
  );

/** The blocks with who counts there, held while they are counted: who writes them waits, and drops what is counted here. */
const holdBlocks = (sql: Sql, some: readonly Missing[]): Promise<Block[]> =>
  sql.query<Block & Record<string, never>>(
    'tag-blocks-hold',
    `select b.tag, b.block, b.base, b.width, b.known, b.body from tag.block b
     where (b.tag, b.block) in (select * from unnest($1::int[], $2::int[]) union select ${EVERYONE}, unnest($2::int[])) order by b.tag, b.block for share`,
    [some.map((m) => m.tag), some.map((m) => m.block)],
  );

/** Counts what has no figures; answers how many blocks. */
export async function recount(db: Db): Promise<number> {
  for (let done = 0; ; ) {
    const some = await missing(db);
    if (some.length === 0) return done;
    for (let from = 0; from < some.length; from += AT_ONCE) await recountSome(db, some.slice(from, from + AT_ONCE));
    done += some.length;
  }
}

const recountSome = (db: Db, some: readonly Missing[]): Promise<void> =>
  db.inTx(systemActor('tag.recount'), async ({ tx }) => {
    const held = await holdBlocks(tx, some);
    const everyone = new Map(held.filter((b) => b.tag === EVERYONE).map((b) => [b.block, b.body]));
    const kept = new Map(held.map((b) => [`${b.tag}/${b.block}`, b]));
    const rows = some.flatMap(({ tag, kind, block }) => {
      const cells = openBlock(kind, kept.get(`${tag}/${block}`));
      return kept.has(`${tag}/${block}`) ? [{ tag, block, ...tallyOf(cells, everyone.get(block) ?? NOBODY) }] : [];
    });
    await saveTallies(tx, rows);
  });

const NOBODY = Buffer.alloc(BITMAP_BYTES);

let counting: Promise<void> | undefined;
let again = false;

/** Starts counting what is missing, unless this process is at it: then it looks once more. */
export function recountSoon(db: Db, log: Log): Promise<void> {
  again = true;
  counting ??= (async () => {
    while (again) {
      again = false;
      await recount(db);
    }
  })()
    .catch((e: Error) => log.warn({ reason: e.message }, 'the figures of the tags could not all be counted; the next look goes on'))
    .finally(() => {
      counting = undefined;
    });
  return counting;
}

export interface Sum {
  readonly tag: number;
  readonly known: number;
  readonly yes: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Not all blocks are counted yet. */
  readonly counting: boolean;
}

/** Figures of whole tags. */
export const sumsOf = (sql: Sql, tags: readonly number[]): Promise<Sum[]> =>
  sql.query<Sum & Record<string, never>>(
    'tag-tally-sums',
    `select b.tag, coalesce(sum(y.known), 0)::bigint known, coalesce(sum(y.yes), 0)::bigint yes, min(y.low) low, max(y.high) high, bool_or(y.tag is null) counting
     from tag.block b left join tag.tally y on y.tag = b.tag and y.block = b.block where b.tag = any($1) group by b.tag`,
    [tags],
  );

/** People by value of one-ofs; values that nobody has are absent. */
export const peopleByCode = (sql: Sql, tags: readonly number[]) =>
  sql.query<{ tag: number; code: number; people: number }>(
    'tag-tally-codes',
    `select y.tag, c.code::int, sum(c.n)::bigint people from tag.tally y, unnest(y.counts) with ordinality c (n, code)
     where y.tag = any($1) and c.n > 0 group by 1, 2 order by 1, 3 desc, 2`,
    [tags],
  );
