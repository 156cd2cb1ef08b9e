import type { Ctx, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import type { TagKind } from './contract.ts';
import * as store from './store.ts';

/** Stands as source of the tags that rules make. */
export const RULE = 'rule';

/**
 * Makes a tag `source`'s: a new one, or one that nobody has written yet; it is held until the transaction ends. Refuses `tag.foreign-source` where
 * another source writes it, `tag.kind-stays` where it is of another kind.
 */
export async function claimTag(
  ctx: Ctx,
  { name, kind, source }: { name: string; kind: TagKind; source: string },
): Promise<Refusal | undefined> {
  await store.addTags(ctx.tx, [{ name, kind, source }], ctx.now);
  const [tag] = await store.lockTags(ctx.tx, [name]);
  if (tag?.source !== source && (tag?.source !== null || tag.batch > 0))
    return refuse('tag.foreign-source', { tag: name, source: tag?.source });
  if (tag.kind !== kind) return refuse('tag.kind-stays', { tag: name, kind: tag.kind });
  await setSource(ctx.tx, tag.id, source);
  return undefined;
}

const setSource = (sql: Sql, tag: number, source: string) =>
  sql.query('tag-set-source', 'update tag.tag set source = $2 where id = $1', [tag, source]);

export interface BlockVersion {
  readonly tag: number;
  readonly block: number;
  /** Another one after every change. */
  readonly version: string;
}

/** The versions of these tags' blocks, without reading them; `blocks` null: of all. */
export const blockVersions = (sql: Sql, tags: readonly number[], blocks: readonly number[] | null): Promise<BlockVersion[]> =>
  sql.query<BlockVersion & Record<string, never>>(
    'tag-block-versions',
    `select tag, block, xmin::text as "version" from tag.block where tag = any($1) and ($2::int[] is null or block = any($2)) order by tag, block`,
    [tags, blocks],
  );
