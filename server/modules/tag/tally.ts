import { column } from '#platform/columns';
import type { Db, Sql } from '#platform/db';
import type { Log } from '#platform/log';
import { noCells, openBlock, type Tally, tallyOf } from './codes.ts';
import type { TagKind } from './contract.ts';
import { EVERYONE } from './model.ts';
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

const missing = (sql: Sql) =>
  sql.query<{ tag: number; kind: TagKind; blocks: number[] }>(
    'tag-tally-missing',
    `select b.tag, t.kind, array_agg(b.block order by b.block) blocks from tag.block b join tag.tag t on t.id = b.tag
     where not exists (select from tag.tally y where y.tag = b.tag and y.block = b.block) group by 1, 2 order by 1`,
  );

/** The blocks are held while they are counted: who writes them waits, and drops what is counted here. */
const holdBlocks = (sql: Sql, tag: number, blocks: readonly number[]) =>
  sql.query('tag-blocks-hold', 'select from tag.block where tag = any($1) and block = any($2) order by tag, block for share', [
    [EVERYONE, tag],
    blocks,
  ]);

/** Counts what has no figures; answers how many blocks. */
export async function recount(db: Db): Promise<number> {
  let done = 0;
  for (const { tag, kind, blocks } of await missing(db)) {
    for (let from = 0; from < blocks.length; from += AT_ONCE) {
      const some = blocks.slice(from, from + AT_ONCE);
      await db.inTx({ kind: 'system', id: 'tag.recount', name: 'tag.recount', rights: 'all', areas: 'all' }, async ({ tx }) => {
        await holdBlocks(tx, tag, some);
        const everyone = await everyoneIn(tx, some);
        const nobody = Buffer.alloc(0);
        const rows = (await store.readBlocks(tx, tag, some)).map((b) => {
          const who = everyone.get(b.block) ?? nobody;
          return { tag, block: b.block, ...tallyOf(who.length === 0 ? noCells(kind) : openBlock(kind, b), who) };
        });
        await saveTallies(tx, rows);
      });
      done += some.length;
    }
  }
  return done;
}

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
