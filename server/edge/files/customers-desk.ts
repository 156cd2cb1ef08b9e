import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { abandoned, addImport, failImport, type ImportRow, importById, queueImport, recentImports, speaksFor } from '#customer';
import { ImportView, NewImport } from '#customer/contract';
import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import type { House, Module } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, type Refusal, refuse } from '#platform/result';
import { OURS, readCatalogue } from '#tag';
import { allRefused } from './customers-refused.ts';
import { openRunner, type Runner } from './customers-runner.ts';

/**
 * Doors for files of customers: an import is announced with its map, its files are sent (and sent on where a connection broke), then it is started and
 * worked off in the background; whoever started it asks how far it is.
 */

const KEPT_MS = 24 * 3_600_000;
const TIDY_MS = 3_600_000;
const LISTED = 20;

const ById = z.object({ id: z.uuid() });
const ByFile = ById.extend({ file: z.coerce.number().int().min(0).max(999) });

let runner: Runner | undefined;
let tidying: NodeJS.Timeout | undefined;

export const folderOf = (house: Pick<House, 'config'>, id = ''): string => path.join(house.config.dataDir, 'customers', id);

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;

export const customerDesk: Module = {
  name: 'customer-imports',
  migrations: [],

  routes(app: App, house) {
    const { db } = house;
    const tags = ['customers'];
    const right = { config: { right: 'customer:send' as const } };

    /** The caller's own import: a source sees its own alone. */
    const find = async (actor: Actor, id: string): Promise<ImportRow> => {
      const row = await importById(db, id);
      return row === undefined || speaksFor({ actor }, row.source) ? orThrow(refuse('thing.not-found')) : row;
    };
    const view = async (row: ImportRow, lang: 'zh' | 'en'): Promise<z.infer<typeof ImportView>> => ({
      id: row.id,
      source: row.source,
      state: row.state,
      phase: row.phase,
      done: row.done,
      total: row.total,
      files: await Promise.all(
        row.files.map(async (f, i) => ({
          ...f,
          received: row.state === 'receiving' ? await sizeOf(path.join(folderOf(house, row.id), String(i))) : f.bytes,
        })),
      ),
      customers: row.customers,
      added: row.added,
      changed: row.changed,
      vanished: row.vanished,
      rejected: row.rejected,
      erased: row.erased,
      problem: row.code === null ? null : { code: row.code, message: sentence(app.refusals, lang, row.code, row.details ?? {}) },
      madeAt: new Date(row.made_at).toISOString(),
      endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    });

    app.post(
      '/api/customers/imports',
      { ...right, schema: { tags, body: NewImport, response: { 201: ImportView } } },
      async (req, reply) => {
        const { map, files, allowLoss } = req.body;
        const id = randomUUID();
        await db.inTx(req.actor, async (ctx) => {
          const refused = speaksFor(ctx, map.source) ?? (await tagsRefused(ctx.tx, map));
          if (refused) return refused;
          await addImport(ctx.tx, {
            id,
            source: map.source,
            map,
            files,
            allow_loss: allowLoss,
            actor: req.actor.id,
            actor_name: req.actor.name,
            made_at: ctx.now,
          });
          await audit(ctx, 'customers.import', `customer-import:${id}`, {
            details: { source: map.source, files: files.map((f) => f.name), allowLoss },
          });
          return undefined;
        });
        await mkdir(folderOf(house, id), { recursive: true, mode: 0o700 }); // after its row: a folder without one is tidied up
        return reply.code(201).send(await view(await find(req.actor, id), req.lang));
      },
    );

    // for the people who wonder how fresh their tags are: no person stands in it
    app.get(
      '/api/customers/imports',
      { config: { right: 'tag:see' }, schema: { tags, response: { 200: z.object({ items: z.array(ImportView) }) } } },
      async (req) => ({ items: await Promise.all((await recentImports(db, LISTED)).map((row) => view(row, req.lang))) }),
    );

    app.get('/api/customers/imports/:id', { ...right, schema: { tags, params: ById, response: { 200: ImportView } } }, async (req) =>
      view(await find(req.actor, req.params.id), req.lang),
    );

    void app.register(async (scope) => {
      scope.addContentTypeParser('application/octet-stream', (_req, payload, done) => done(null, payload));
      (scope as App).put(
        '/api/customers/imports/:id/files/:file',
        {
          ...right,
          bodyLimit: Number.MAX_SAFE_INTEGER,
          schema: {
            tags,
            params: ByFile,
            querystring: z.object({ from: z.coerce.number().int().min(0) }),
            response: { 200: z.object({ received: z.number() }) },
          },
        },
        async (req) => {
          const row = await find(req.actor, req.params.id);
          const said = row.files[req.params.file] ?? orThrow(refuse('thing.not-found'));
          if (row.state !== 'receiving') orThrow(refuse('customer-import.over'));
          const folder = folderOf(house, row.id);
          if (!(await stat(folder).catch(() => undefined))) orThrow(refuse('customer-import.elsewhere'));
          const file = path.join(folder, String(req.params.file));
          const received = await sizeOf(file);
          if (req.query.from > received) orThrow(refuse('customer-import.gap', { received }));
          await append(req.body as AsyncIterable<Buffer>, file, { from: req.query.from, most: said.bytes });
          return { received: await sizeOf(file) };
        },
      );
    });

    app.post(
      '/api/customers/imports/:id/start',
      { ...right, schema: { tags, params: ById, response: { 202: ImportView } } },
      async (req, reply) => {
        const row = await find(req.actor, req.params.id);
        if (row.state !== 'receiving') orThrow(refuse('customer-import.over'));
        for (const [i, f] of row.files.entries()) {
          const received = await sizeOf(path.join(folderOf(house, row.id), String(i)));
          if (received !== f.bytes) orThrow(refuse('customer-import.incomplete', { ...f, received }));
        }
        if (!(await queueImport(db, row.id, Date.now()))) orThrow(refuse('customer-import.busy', { source: row.source }));
        runner?.wake();
        return reply.code(202).send(await view(await find(req.actor, row.id), req.lang));
      },
    );

    app.get('/api/customers/imports/:id/rejected', { ...right, schema: { tags, params: ById } }, async (req, reply) => {
      const row = await find(req.actor, req.params.id);
      const folder = folderOf(house, row.id);
      if (!(await stat(folder).catch(() => undefined))) orThrow(refuse('customer-import.elsewhere'));
      const lines = async function* () {
        for await (const line of allRefused(folder)) yield `${line}\n`;
      };
      return reply.type('application/x-ndjson').send(Readable.from(lines()));
    });
  },

  async start(house) {
    runner = openRunner(house, folderOf);
    runner.wake();
    const tidy = () => void tidyUp(house).catch((e: Error) => house.log.warn({ reason: e.message }, 'old uploads could not be taken away'));
    tidy();
    tidying = setInterval(tidy, TIDY_MS);
    tidying.unref();
  },

  async stop() {
    clearInterval(tidying);
    await runner?.stop();
  },
};

/** Why a map's tags cannot be written, if so. */
async function tagsRefused(sql: Parameters<typeof readCatalogue>[0], map: NewImport['map']): Promise<Refusal | undefined> {
  const names = map.tags.map((t) => t.name);
  const twice = names.find((n, i) => names.indexOf(n) !== i);
  if (twice !== undefined) return refuse('request.malformed', { path: `map.tags.${twice}`, problem: 'twice' });
  const there = new Map((await readCatalogue(sql, names)).map((t) => [t.name, t]));
  for (const { name, kind } of map.tags) {
    const tag = there.get(name);
    if (tag === undefined) continue;
    if (tag.source === OURS) return refuse('tag.kept-by-us', { tag: name });
    if (tag.kind !== kind) return refuse('tag.kind-stays', { tag: name, kind: tag.kind });
    if (tag.source !== null && tag.source !== map.source) return refuse('tag.foreign-source', { tag: name, source: tag.source });
  }
  return undefined;
}

/** Writes what comes into the file from this place on; what was there behind it goes. */
async function append(body: AsyncIterable<Buffer>, file: string, { from, most }: { from: number; most: number }): Promise<void> {
  let at = from;
  const counted = async function* () {
    for await (const chunk of body) {
      at += chunk.length;
      if (at > most) orThrow(refuse('request.too-large', { most }));
      yield chunk;
    }
  };
  await pipeline(counted(), createWriteStream(file, { flags: from === 0 ? 'w' : 'r+', start: from, mode: 0o600 }));
}

/** Uploads that nobody went on with, and what ended imports left for a day. */
async function tidyUp(house: House): Promise<void> {
  const { db } = house;
  const before = Date.now() - KEPT_MS;
  for (const id of await abandoned(db, before)) await failImport(db, id, 'customer-import.over', {}, Date.now());
  for (const id of await readdir(folderOf(house)).catch(() => [])) {
    const row = z.uuid().safeParse(id).success ? await importById(db, id) : undefined;
    if (row === undefined || (row.ended_at !== null && row.ended_at < before))
      await rm(folderOf(house, id), { recursive: true, force: true });
  }
}
