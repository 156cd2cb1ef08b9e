import type { Sql } from '#platform/db';
import type { TagKind } from './contract.ts';
import { OURS } from './model.ts';

interface Names {
  readonly zh: string;
  readonly en: string;
}

/** A tag with all that is needed to ask for it by name and to speak of it. `labels`: of its values, by code. Who has no words is called by himself. */
export interface CountableTag {
  readonly id: number;
  readonly name: string;
  readonly kind: TagKind;
  readonly scale: number;
  readonly values: readonly string[];
  readonly names: Names;
  readonly labels: readonly Names[];
  readonly purposes: readonly string[];
  /** Kept by the program itself. */
  readonly ours: boolean;
}

/** Every tag that may be named in a definition, in the order of their names; hidden ones are left out. */
export const countableTags = (sql: Sql): Promise<CountableTag[]> =>
  sql.query<CountableTag & Record<string, never>>(
    'tag-countable',
    `select t.id, t.name, t.kind, t.scale, t.purposes, coalesce(t.source = '${OURS}', false) ours, json_build_object('zh', coalesce(nullif(t.zh, ''), t.name), 'en', coalesce(nullif(t.en, ''), t.name)) as names, coalesce(v.values, '{}') as "values",
       coalesce(v.labels, '[]') as labels
     from tag.tag t
     left join (select tag, array_agg(value order by code) as values, json_agg(json_build_object('zh', coalesce(nullif(zh, ''), value), 'en', coalesce(nullif(en, ''), value)) order by code) as labels
                from tag.value group by tag) v on v.tag = t.id
     where not t.hidden order by t.name`,
  );

/** What moved any of these tags after the batch `after`, the oldest first. */
export const batchesSince = (
  sql: Sql,
  tags: readonly number[],
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<{ id: number; at: number; source: string; tags: string[] }[]> =>
  sql.query(
    'tag-batches-since',
    `select b.id, b.at, b.source, (select array_agg(t.name order by t.name) from tag.tag t where t.id = any(b.tags) and t.id = any($1)) as tags
     from tag.batch b where b.id > $2 and b.id <= $3 and b.tags && $1 order by b.id limit $4`,
    [tags, after, until, limit],
  );

/** A flag that stands in no catalogue, for those who keep a set of customers among the tags; answers its id. */
export const addHiddenFlag = async (sql: Sql, { name, source, now }: { name: string; source: string; now: number }): Promise<number> =>
  (
    await sql.query<{ id: number }>(
      'tag-add-hidden',
      `insert into tag.tag (name, kind, source, hidden, made_at) values ($1, 'flag', $2, true, $3) returning id`,
      [name, source, now],
    )
  )[0]?.id as number;
