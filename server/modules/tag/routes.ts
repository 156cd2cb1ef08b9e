import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow } from '#platform/result';
import { batchesOf, describeTag, listTags, showTag } from './catalogue.ts';
import { TagBatches, TagChange, TagDays, TagKind, TagList, TagName, TagView } from './contract.ts';
import { daysOf } from './days.ts';
import { recountSoon } from './tally.ts';

const ByName = z.object({ name: TagName });
const word = z.string().trim().min(1).max(200).optional();
const Query = z.object({
  q: word,
  kind: TagKind.optional(),
  owner: word,
  source: word,
  /** The id of the last tag of the page before. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

/** The catalogue of tags. */
export function routes(app: App, { db, live, log, config }: House): void {
  const tags = ['tags'];

  app.get('/api/tags', { config: { right: 'tag:see' }, schema: { tags, querystring: Query, response: { 200: TagList } } }, async (req) => {
    const list = await listTags(db, req.actor, req.query);
    if (list.items.some((t) => t.counting)) void recountSoon(db, log);
    return list;
  });

  app.get('/api/tags/:name', { config: { right: 'tag:see' }, schema: { tags, params: ByName, response: { 200: TagView } } }, async (req) =>
    orThrow(await showTag(db, req.params.name)),
  );

  app.put(
    '/api/tags/:name',
    { config: { right: 'tag:manage' }, schema: { tags, params: ByName, body: TagChange, response: { 200: TagView } } },
    async (req) => {
      const out = await db.inTx(req.actor, (ctx) => describeTag(ctx, req.params.name, req.body));
      live.announce(DESCRIBED, { tag: out.id });
      return out;
    },
  );

  app.get(
    '/api/tags/:name/batches',
    {
      config: { right: 'tag:see' },
      schema: {
        tags,
        params: ByName,
        querystring: z.object({
          before: z.coerce.number().int().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: TagBatches },
      },
    },
    async (req) => orThrow(await batchesOf(db, req.params.name, { before: req.query.before ?? null, limit: req.query.limit })),
  );

  app.get(
    '/api/tags/:name/days',
    { config: { right: 'tag:see' }, schema: { tags, params: ByName, response: { 200: TagDays } } },
    async (req) => {
      const days = orThrow(await daysOf(db, req.params.name, { zone: config.zone, now: Date.now() }));
      if (days.counting) void recountSoon(db, log);
      return days;
    },
  );
}

/** Live topic `{ tag }`: its words were changed, or it is new. */
const DESCRIBED = 'tag.described';
