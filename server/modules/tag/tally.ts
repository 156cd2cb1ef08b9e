import { systemActor } from '#platform/actor';
import { column } from '#platform/columns';
import type { Db, Sql } from '#platform/db';
import type { Log } from '#platform/log';
import { type Cells, openBlock, type Tally, tallyOf } from './codes.ts';
import type { TagKind } from './contract.ts';
import { BITMAP_BYTES, type Block, EVERYONE } from './model.ts';
import { type Counted, type Population, populationOf } from './population.ts';

/**
 * Figures of the catalogue, kept per block: a change writes those of its blocks, a load drops them, and what is missing is counted behind everybody's
 * back. So a list of 672 tags adds up small rows and reads no column. Beside them, the part of who joined and who left since the last closed day.
 */

export type Tallied = Tally & Population & { readonly tag: number; readonly block: number };

const AT_ONCE = 64;

const COLUMNS = 'tag, block, known, yes, low, high, sum, counts, based, came_known, came_yes, came_sum, went_known, went_yes, went_sum';
const OVERWRITTEN = COLUMNS.split(', ')
  .slice(2)
  .map((c) => `${c} = excluded.${c}`)
  .join(', ');

export const saveTallies = (sql: Sql, rows: readonly Tallied[]) =>
  sql.query(
    'tag-tally-save',
    `insert into tag.tally (${COLUMNS})
     select tag, block, known, yes, low, high, sum::numeric, counts::int[], based, came_known, came_yes, came_sum::numeric, went_known, went_yes, went_sum::numeric
     from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::int[], $10::int[], $11::int[], $12::text[],
       $13::int[], $14::int[], $15::text[]) n (${COLUMNS}) order by tag, block
     on conflict (tag, block) do update set ${OVERWRITTEN}`,
    [
      column.int(rows.map((r) => r.tag)),
      column.int(rows.map((r) => r.block)),
      column.int(rows.map((r) => r.known)),
      column.int(rows.map((r) => r.yes)),
      column.bigint(rows.map((r) => r.low)),
      column.bigint(rows.map((r) => r.high)),
      column.text(rows.map((r) => r.sum?.toString() ?? null)),
      column.text(rows.map((r) => `{${r.counts.join(',')}}`)),
      column.int(rows.map((r) => r.based)),
      ...(['came', 'went'] as const).flatMap((side) => [
        column.int(rows.map((r) => r[side].known)),
        column.int(rows.map((r) => r[side].yes)),
        column.text(rows.map((r) => r[side].sum.toString())),
      ]),
    ],
  );

export const dropTallies = (sql: Sql, tag: number, blocks: readonly number[]) =>
  sql.query('tag-tally-drop', 'delete from tag.tally where tag = $1 and block = any($2)', [tag, blocks]);

/** Of all tags: somebody joined or left there. */
export const dropTalliesOf = (sql: Sql, blocks: readonly number[]) =>
  sql.query('tag-tally-drop-all', 'delete from tag.tally where block = any($1)', [blocks]);

/** One block's figures; `counted`: what `countedIn` says of it. */
export const tallied = (tag: number, block: number, cells: Cells, counted: Counted): Tallied => ({
  tag,
  block,
  ...tallyOf(cells, counted.everyone),
  ...populationOf(tag, cells, counted),
});

/** Who counts in these blocks, and who did when the last day was closed. */
export async function countedIn(sql: Sql, blocks: readonly number[]): Promise<(block: number) => Counted> {
  const rows = await sql.query<{ block: number; based: number | null; everyone: Buffer | null; stood: Buffer | null; moved: boolean }>(
    'tag-counted-in',
    `select n.block, c.based, e.body everyone, s.body is distinct from e.body moved, case when s.body is distinct from e.body then s.body end stood
     from unnest($1::int[]) n (block) cross join (select max(day) based from tag.closed) c
     left join tag.block e on e.tag = ${EVERYONE} and e.block = n.block left join tag.stood s on s.block = n.block`,
    [blocks],
  );
  const found = new Map(rows.map((r) => [r.block, r]));
  return (block) => {
    const { based = null, everyone = null, stood = null, moved = false } = found.get(block) ?? {};
    const now = everyone ?? NOBODY;
    return { based, everyone: now, stood: based === null || !moved ? now : (stood ?? NOBODY) };
  };
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
    const counted = await countedIn(tx, [...new Set(some.map((m) => m.block))]);
    const kept = new Map(held.map((b) => [`${b.tag}/${b.block}`, b]));
    const rows = some.flatMap(({ tag, kind, block }) => {
      const there = kept.get(`${tag}/${block}`);
      return there === undefined ? [] : [tallied(tag, block, openBlock(kind, there), counted(block))];
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

/** Figures of a whole tag. `sum` in units, as text since it may be larger than a number is exact for. */
export interface Sum {
  readonly tag: number;
  readonly known: number;
  readonly yes: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly sum: string;
  /** Not all blocks are counted yet. */
  readonly counting: boolean;
}

const SUMS = `b.tag, coalesce(sum(y.known), 0)::bigint known, coalesce(sum(y.yes), 0)::bigint yes, min(y.low) low, max(y.high) high,
  coalesce(sum(y.sum), 0)::text sum, bool_or(y.tag is null) counting`;
const SUMMED = 'tag.block b left join tag.tally y on y.tag = b.tag and y.block = b.block';

export const sumsOf = (sql: Sql, tags: readonly number[]): Promise<Sum[]> =>
  sql.query<Sum & Record<string, never>>('tag-tally-sums', `select ${SUMS} from ${SUMMED} where b.tag = any($1) group by b.tag`, [tags]);

/** The same beside what joined and left since the last closed day (null: there is none); a tag of which nothing is known has zeros. */
export interface Standing extends Sum {
  readonly batch: number;
  readonly scale: number;
  readonly based: number | null;
  readonly came_known: number;
  readonly came_yes: number;
  readonly came_sum: string;
  readonly went_known: number;
  readonly went_yes: number;
  readonly went_sum: string;
}

const part = (column: string): string => `coalesce(sum(y.${column}) filter (where y.based = c.day), 0)`;

/** `tags` null: all that are not hidden. One statement, so that all of it is of one instant. */
export const standingsOf = (sql: Sql, tags: readonly number[] | null): Promise<Standing[]> =>
  sql.query<Standing & Record<string, never>>(
    'tag-standings',
    `select t.id tag, t.batch, t.scale, c.day based, s.* from tag.tag t cross join (select max(day) as day from tag.closed) c cross join lateral (
       select ${SUMS.replace('b.tag, ', '').replace('bool_or(y.tag is null)', 'coalesce(bool_or(y.tag is null), false)')},
         ${['known', 'yes'].flatMap((f) => ['came', 'went'].map((side) => `${part(`${side}_${f}`)}::bigint ${side}_${f}`)).join(', ')},
         ${part('came_sum')}::text came_sum, ${part('went_sum')}::text went_sum
       from ${SUMMED} where b.tag = t.id) s
     where case when $1::int[] is null then not t.hidden else t.id = any($1) end order by t.id`,
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
