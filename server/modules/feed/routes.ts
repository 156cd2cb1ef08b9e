import { z } from 'zod';
import { may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import type { Lang } from '#platform/i18n';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, Refused, refuse } from '#platform/result';
import { announceSources, loadSources } from '#source';
import { Feed, FeedChange, FeedFile, FeedLook, FeedRefusal, NewFeed, Replay } from './contract.ts';
import * as files from './fileStore.ts';
import type { Kinds, Look, ReadMap } from './kind.ts';
import { gapsOf, stateOf } from './model.ts';
import { FEEDS_CHANGED, whyOf } from './runner.ts';
import * as service from './service.ts';
import { secretsOf } from './settings.ts';
import * as store from './store.ts';

const ById = z.object({ id: z.string().max(64) });
const limit = z.coerce.number().int().min(1).max(500).default(100);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** A person's values are not shown: they are there or not. */
const masked = (event: object): Record<string, unknown> =>
  'person' in event
    ? { ...event, person: Object.fromEntries(Object.keys(event.person as object).map((name) => [name, '•••'])) }
    : { ...event };

export function routes(app: App, house: House, kinds: Kinds, readMap: ReadMap): void {
  const { db, live } = house;
  const tags = ['feeds'];
  const say = (lang: Lang, code: string, details: Record<string, unknown> | null) => ({
    code,
    message: sentence(app.refusals, lang, code, details ?? {}).trim(),
  });

  /** The feeds as they are shown, with their files counted and the gaps in their numbers. */
  const views = async (rows: readonly store.FeedRecord[], lang: Lang): Promise<Feed[]> => {
    const counted = await files.countFiles(db);
    return Promise.all(
      rows.map(async (f) => {
        const count = (state: string) => counted.find((c) => c.feed === f.id && c.state === state)?.n ?? 0;
        const sequence = f.kind === 'folder' ? (f.settings.sequence as string | undefined) : undefined;
        return {
          id: f.id,
          name: f.name,
          kind: f.kind,
          source: f.source,
          settings: f.settings,
          secrets: Object.keys(secretsOf(house.vault, f)),
          map: f.map,
          paused: f.paused,
          createdAt: new Date(f.created).toISOString(),
          state: stateOf(f),
          error:
            f.error === null || f.failing === null
              ? null
              : { ...say(lang, f.error, f.error_details), since: new Date(f.failing).toISOString() },
          lastHeardAt: iso(f.heard),
          lastLookAt: iso(f.looked),
          lagSeconds: f.lag,
          accepted: f.accepted,
          duplicates: f.duplicates,
          conflicts: f.conflicts,
          rejected: f.rejected,
          position: f.shown,
          waiting: f.waiting,
          replayingFrom: iso(f.replay_from),
          files:
            f.kind === 'folder'
              ? {
                  waiting: count('waiting') + count('taking'),
                  done: count('done') + count('taken') + count('same'),
                  rejected: count('rejected'),
                }
              : null,
          gaps: sequence === undefined ? [] : gapsOf(await files.recentNames(db, f.id, Date.now()), sequence),
        };
      }),
    );
  };
  const view = async (row: store.FeedRecord, lang: Lang): Promise<Feed> => (await views([row], lang))[0] as Feed;

  const changed = async (): Promise<void> => {
    await loadSources(db);
    announceSources(live);
    live.announce(FEEDS_CHANGED, null);
  };

  const shown = (look: Look, lang: Lang): FeedLook => ({
    found: look.found,
    rows: look.rows.map((row) =>
      'event' in row
        ? { line: row.line, event: masked(row.event), problem: null }
        : { line: row.line, event: null, problem: { code: row.rejected.code, message: app.retell(lang, row.rejected.message) } },
    ),
  });
  const look = async (feed: NewFeed, lang: Lang): Promise<FeedLook> => {
    try {
      return shown(await service.lookAt(kinds, readMap, feed), lang);
    } catch (e) {
      const { code, details } = whyOf(e);
      throw new Refused(refuse(code, { ...details }));
    }
  };

  app.get(
    '/api/feeds',
    { config: { right: 'source:read' }, schema: { tags, response: { 200: z.object({ items: z.array(Feed) }) } } },
    async (req) => ({ items: await views(await store.allFeeds(db), req.lang) }),
  );

  app.post(
    '/api/feeds',
    { config: { right: 'source:manage' }, schema: { tags, body: NewFeed, response: { 201: Feed } } },
    async (req, reply) => {
      const made = await db.inTx(req.actor, (ctx) => service.addFeed(ctx, house, readMap, req.body));
      await changed();
      return reply.code(201).send(await view(made, req.lang));
    },
  );

  app.post(
    '/api/feeds/test',
    { config: { right: 'source:manage' }, schema: { tags, body: NewFeed, response: { 200: FeedLook } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => audit(ctx, 'feed.tested', `feed:${req.body.id}`, { details: { kind: req.body.kind } }));
      return look(req.body, req.lang);
    },
  );

  app.patch(
    '/api/feeds/:id',
    { config: { right: 'source:manage' }, schema: { tags, params: ById, body: FeedChange, response: { 200: Feed } } },
    async (req) => {
      const row = await db.inTx(req.actor, (ctx) => service.changeFeed(ctx, house, readMap, { id: req.params.id, change: req.body }));
      await changed();
      return view(row, req.lang);
    },
  );

  app.delete(
    '/api/feeds/:id',
    { config: { right: 'source:manage' }, schema: { tags, params: ById, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => service.removeFeed(ctx, req.params.id));
      await changed();
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/feeds/:id/replay',
    { config: { right: 'source:manage' }, schema: { tags, params: ById, body: Replay, response: { 202: Feed } } },
    async (req, reply) => {
      const row = await db.inTx(req.actor, (ctx) => service.askReplay(ctx, { id: req.params.id, from: Date.parse(req.body.from) }));
      await changed();
      return reply.code(202).send(await view(row, req.lang));
    },
  );

  app.post(
    '/api/feeds/:id/test',
    { config: { right: 'source:manage' }, schema: { tags, params: ById, response: { 200: FeedLook } } },
    async (req) => {
      const row = (await store.feedById(db, req.params.id)) ?? orThrow(refuse('thing.not-found'));
      await db.inTx(req.actor, (ctx) => audit(ctx, 'feed.tested', `feed:${row.id}`, { details: { kind: row.kind } }));
      return look(service.asWanted(house, row), req.lang);
    },
  );

  const FileQuery = z.object({ state: FeedFile.shape.state.optional(), limit });
  app.get(
    '/api/feeds/:id/files',
    {
      config: { right: 'source:read' },
      schema: { tags, params: ById, querystring: FileQuery, response: { 200: z.object({ items: z.array(FeedFile) }) } },
    },
    async (req) => {
      const rows = await files.latestFiles(db, req.params.id, req.query.state, req.query.limit);
      return {
        items: rows.map(({ seen, taken, why, why_details, ...f }) => ({
          ...f,
          why: why === null ? null : say(req.lang, why, why_details),
          seenAt: new Date(seen).toISOString(),
          takenAt: iso(taken),
        })),
      };
    },
  );

  app.get(
    '/api/feeds/:id/refused',
    {
      config: { right: 'source:read' },
      schema: { tags, params: ById, querystring: z.object({ limit }), response: { 200: z.object({ items: z.array(FeedRefusal) }) } },
    },
    async (req) => {
      const rows = await store.latestRefused(db, req.params.id, req.query.limit);
      const open = may(req.actor, 'source:manage') && may(req.actor, 'journey:reveal');
      return {
        items: rows.map(({ at, sealed, message, ...r }) => ({
          ...r,
          message: app.retell(req.lang, message),
          at: new Date(at).toISOString(),
          raw: open ? house.vault.open(sealed) : null,
        })),
      };
    },
  );
}
