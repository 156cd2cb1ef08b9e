import { column } from '#platform/columns';
import type { Sql, Tx } from '#platform/db';
import type { TagKind } from './contract.ts';
import { type Block, OURS, type Tag } from './model.ts';

/** The tags themselves and the values of one-ofs; the columns are in `blocks.ts`. */

/** A tag as the catalogue keeps it. Times in epoch milliseconds; `speaks_of` a month `yyyy-MM` or a day. */
export interface TagRow {
  readonly id: number;
  readonly name: string;
  readonly kind: TagKind;
  readonly scale: number;
  readonly zh: string;
  readonly en: string;
  readonly meaning_zh: string;
  readonly meaning_en: string;
  readonly rule: string | null;
  readonly owner: string | null;
  readonly source: string | null;
  readonly purposes: readonly string[];
  readonly speaks_of: string | null;
  readonly refresh: string | null;
  readonly confidence: number | null;
  readonly hidden: boolean;
  readonly made_at: number;
  readonly loaded_at: number | null;
  readonly batch: number;
}

const FIELDS =
  'id, name, kind, scale, zh, en, meaning_zh, meaning_en, rule, owner, source, purposes, speaks_of, refresh, confidence, hidden, made_at, loaded_at, batch';

export const tagByName = async (sql: Sql, name: string): Promise<TagRow | undefined> =>
  (await sql.query<TagRow & Record<string, never>>('tag-by-name', `select ${FIELDS} from tag.tag where name = $1`, [name]))[0];

/** A one-of with more values is shown with its commonest. */
export const MOST_VALUES_SHOWN = 1_000;

export const allTags = (sql: Sql): Promise<TagRow[]> =>
  sql.query<TagRow & Record<string, never>>('tag-all', `select ${FIELDS} from tag.tag order by id`);

/** One page in the order of ids; `total` of all pages. `q`: part of a name, of words, meaning or owner. Hidden ones of ours are sets, no facts. */
export const findTags = (
  sql: Sql,
  w: {
    readonly q?: string | undefined;
    readonly kind?: TagKind | undefined;
    readonly owner?: string | undefined;
    readonly source?: string | undefined;
    readonly after?: number | undefined;
    readonly limit: number;
    readonly hidden: boolean;
  },
): Promise<(TagRow & { total: number })[]> =>
  sql.query<TagRow & { total: number } & Record<string, never>>(
    'tag-find',
    `select ${FIELDS}, total from (
       select ${FIELDS}, count(*) over () total from tag.tag
       where ($1::text is null or position(lower($1) in lower(concat_ws(' ', name, zh, en, meaning_zh, meaning_en, owner))) > 0)
         and ($2::text is null or kind = $2) and ($3::text is null or owner = $3) and ($4::text is null or source = $4) and (not hidden or ($5 and source is distinct from '${OURS}'))) t
     where id > $6 order by id limit $7`,
    [w.q ?? null, w.kind ?? null, w.owner ?? null, w.source ?? null, w.hidden, w.after ?? 0, w.limit],
  );

/** Those of these names that there are. */
export const tagsByName = (sql: Sql, names: readonly string[]): Promise<TagRow[]> =>
  sql.query<TagRow & Record<string, never>>('tags-by-name', `select ${FIELDS} from tag.tag where name = any($1) order by id`, [names]);

/** These tags in the order of their ids, held against every other batch until the transaction ends. */
export const lockTags = (tx: Tx, names: readonly string[]): Promise<TagRow[]> =>
  tx.query<TagRow & Record<string, never>>('tag-lock', `select ${FIELDS} from tag.tag where name = any($1) order by id for no key update`, [
    names,
  ]);

export interface NewTag {
  readonly name: string;
  readonly kind: TagKind;
  readonly scale?: number;
  readonly source?: string | null;
  readonly words?: { readonly zh: string; readonly en: string };
}

/** Adds those that are not there yet, and leaves the others as they are. */
export const addTags = (sql: Sql, tags: readonly NewTag[], now: number) =>
  sql.query(
    'tag-add',
    `insert into tag.tag (name, kind, scale, source, zh, en, made_at)
     select *, $7::bigint from unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[]) on conflict (name) do nothing`,
    [
      tags.map((t) => t.name),
      tags.map((t) => t.kind),
      tags.map((t) => t.scale ?? 0),
      tags.map((t) => t.source ?? null),
      tags.map((t) => t.words?.zh ?? ''),
      tags.map((t) => t.words?.en ?? ''),
      now,
    ],
  );

/** What people say of a tag. */
export type Described = Pick<
  TagRow,
  'name' | 'zh' | 'en' | 'meaning_zh' | 'meaning_en' | 'rule' | 'owner' | 'purposes' | 'speaks_of' | 'refresh' | 'confidence' | 'hidden'
>;

export const describeTag = (sql: Sql, t: Described) =>
  sql.query(
    'tag-describe',
    `update tag.tag set zh = $2, en = $3, meaning_zh = $4, meaning_en = $5, rule = $6, owner = $7, purposes = $8, speaks_of = $9, refresh = $10,
       confidence = $11, hidden = $12 where name = $1`,
    [t.name, t.zh, t.en, t.meaning_zh, t.meaning_en, t.rule, t.owner, t.purposes, t.speaks_of, t.refresh, t.confidence, t.hidden],
  );

export const setScale = (sql: Sql, tag: number, scale: number) =>
  sql.query('tag-scale', 'update tag.tag set scale = $2 where id = $1', [tag, scale]);

/** After a batch. `source` is said once and stays; `speaks_of` is renewed where the batch says one. */
export const noteLoaded = (
  sql: Sql,
  ids: readonly number[],
  { batch, now, source, speaksOf }: { batch: number; now: number; source: string; speaksOf: string | null },
) =>
  sql.query(
    'tag-loaded',
    'update tag.tag set batch = $2, loaded_at = $3, source = coalesce(source, $4), speaks_of = coalesce($5, speaks_of) where id = any($1)',
    [ids, batch, now, source, speaksOf],
  );

/* ── values of one-ofs ── */

export interface ValueRow {
  readonly tag: number;
  readonly code: number;
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

export const valuesOf = (sql: Sql, tags: readonly number[]): Promise<ValueRow[]> =>
  sql.query<ValueRow & Record<string, never>>(
    'tag-values',
    'select tag, code, value, zh, en from tag.value where tag = any($1) order by tag, code',
    [tags],
  );

/** One value of each of these tags. */
export const valuesByCode = (sql: Sql, pairs: readonly (readonly [tag: number, code: number])[]): Promise<ValueRow[]> =>
  sql.query<ValueRow & Record<string, never>>(
    'tag-values-by-code',
    `select v.tag, v.code, v.value, v.zh, v.en from unnest($1::int[], $2::int[]) p (tag, code) join tag.value v using (tag, code)`,
    [pairs.map(([tag]) => tag), pairs.map(([, code]) => code)],
  );

/** Gives new values the next codes, in their order. Under the tag's lock. */
export const addValues = (tx: Tx, tag: number, values: readonly string[]): Promise<{ code: number; value: string }[]> =>
  tx.query(
    'tag-values-add',
    `insert into tag.value (tag, code, value)
     select $1, (select coalesce(max(code), 0) from tag.value where tag = $1) + n, v from unnest($2::text[]) with ordinality t (v, n)
     returning code, value`,
    [tag, values],
  );

export const labelValues = (sql: Sql, tag: number, labels: readonly { value: string; zh: string; en: string }[]) =>
  sql.query<{ value: string }>(
    'tag-values-label',
    `update tag.value v set zh = l.zh, en = l.en from unnest($2::text[], $3::text[], $4::text[]) l (value, zh, en)
     where v.tag = $1 and v.value = l.value returning v.value`,
    [tag, labels.map((l) => l.value), labels.map((l) => l.zh), labels.map((l) => l.en)],
  );

/** Tags as those who count need them, in the order of their ids; `names` cuts the list. */
export async function readTags(sql: Sql, names: readonly string[] | null = null): Promise<Tag[]> {
  const rows = await sql.query<{ id: number; name: string; kind: TagKind; scale: number; values: string[] }>(
    'tag-read',
    `select t.id, t.name, t.kind, t.scale, coalesce((select array_agg(v.value order by v.code) from tag.value v where v.tag = t.id), '{}') "values"
     from tag.tag t where $1::text[] is null or t.name = any($1) order by t.id`,
    [names],
  );
  return rows;
}

/* ── batches ── */

export interface BatchRow {
  readonly id: number;
  readonly at: number;
  readonly source: string;
  readonly actor: string;
  readonly customers: number;
  readonly blocks: number;
}

export const addBatch = async (
  tx: Tx,
  b: {
    readonly at: number;
    readonly source: string;
    readonly actor: string;
    readonly customers: number;
    readonly tags: readonly number[];
    readonly blocks: readonly number[];
  },
): Promise<number> =>
  (
    await tx.query<{ id: number }>(
      'tag-batch-add',
      'insert into tag.batch (at, source, actor, customers, tags, blocks) values ($1, $2, $3, $4, $5, $6) returning id',
      [b.at, b.source, b.actor, b.customers, b.tags, b.blocks],
    )
  )[0]?.id as number;

/** The batches that touched a tag, the latest first. */
export const batchesOf = (sql: Sql, tag: number, before: number | null, limit: number): Promise<BatchRow[]> =>
  sql.query<BatchRow & Record<string, never>>(
    'tag-batches',
    `select id, at, source, actor, customers, cardinality(blocks) blocks from tag.batch
     where tags @> array[$1::int] and ($2::bigint is null or id < $2) order by id desc limit $3`,
    [tag, before, limit],
  );

/* ── what one customer has ── */

/** One customer's places in all blocks: the bytes of a column, or the two bits of a flag. */
export interface PlaceRow {
  readonly tag: number;
  readonly base: number;
  readonly width: number;
  readonly yes: number | null;
  readonly known: number | null;
  readonly bytes: Buffer | null;
}

export const placesOf = (sql: Sql, block: number, at: number): Promise<PlaceRow[]> =>
  sql.query<PlaceRow & Record<string, never>>(
    'tag-places',
    `select b.tag, b.base, b.width, case when t.kind = 'flag' then get_bit(b.body, $2::int) end yes,
       case when t.kind = 'flag' then case when b.known is null then 1 else get_bit(b.known, $2::int) end end known,
       case when t.kind <> 'flag' then substring(b.body from $2::int * b.width + 1 for b.width::int) end bytes
     from tag.block b join tag.tag t on t.id = b.tag where b.block = $1 order by b.tag`,
    [block, at],
  );

/* ── blocks ── */

const BLOCK_FIELDS = 'tag, block, base, width, known, body';
type BlockRow = Block & Record<string, never>;

export const readBlocks = (sql: Sql, tag: number, blocks: readonly number[]): Promise<Block[]> =>
  sql.query<BlockRow>('tag-blocks', `select ${BLOCK_FIELDS} from tag.block where tag = $1 and block = any($2) order by block`, [
    tag,
    blocks,
  ]);

export const lockBlocks = (tx: Tx, tag: number, blocks: readonly number[]): Promise<Block[]> =>
  tx.query<BlockRow>(
    'tag-blocks-lock',
    `select ${BLOCK_FIELDS} from tag.block where tag = $1 and block = any($2) order by block for update`,
    [tag, blocks],
  );

/** Which blocks a tag has. */
export const blocksOfTag = async (sql: Sql, tag: number): Promise<number[]> =>
  (await sql.query<{ block: number }>('tag-blocks-of', 'select block from tag.block where tag = $1 order by block', [tag])).map(
    (r) => r.block,
  );

/** The columns of a set of blocks as parameters of `unnest`. */
const columnsOf = (blocks: readonly Block[]): Buffer[] => [
  column.int(blocks.map((b) => b.tag)),
  column.int(blocks.map((b) => b.block)),
  column.bigint(blocks.map((b) => b.base)),
  column.smallint(blocks.map((b) => b.width)),
  column.bytea(blocks.map((b) => b.known)),
  column.bytea(blocks.map((b) => b.body)),
];
const UNNEST = 'unnest($1::int[], $2::int[], $3::bigint[], $4::smallint[], $5::bytea[], $6::bytea[])';

/** Writes blocks as they are given, in the order (tag, block). */
export const saveBlocks = (tx: Tx, blocks: readonly Block[]) =>
  tx.query(
    'tag-blocks-save',
    `insert into tag.block (${BLOCK_FIELDS}) select * from ${UNNEST} n (${BLOCK_FIELDS}) order by tag, block
     on conflict (tag, block) do update set base = excluded.base, width = excluded.width, known = excluded.known, body = excluded.body`,
    columnsOf(blocks),
  );

export const dropBlocks = (tx: Tx, tag: number, blocks: readonly number[]) =>
  tx.query('tag-blocks-drop', 'delete from tag.block where tag = $1 and block = any($2)', [tag, blocks]);
