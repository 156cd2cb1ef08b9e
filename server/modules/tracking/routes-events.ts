import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type App, plainJson } from '#platform/http';
import { fill } from '#platform/i18n';
import type { House } from '#platform/module';
import { orThrow, Refused, refuse } from '#platform/result';
import { IntakeAnswer, ParkedEvents } from './contract.ts';
import { LINE_LIMIT } from './event.ts';
import { sourceViews } from './health.ts';
import { makeImportEar } from './imports.ts';
import type { Gatherer } from './intake.ts';
import { eventViews } from './journey-view.ts';
import { linesIn, linesOf } from './lines.ts';
import { makePlan, UNCLASSIFIED } from './plan.ts';
import * as read from './read-store.ts';
import { emptySums, receiver, type Sums } from './receive.ts';
import { refusals } from './refusals.ts';

const ARRAY_EVENTS = 10_000;
const ARRAY_BYTES = 64 << 20;

const answer = (sums: Sums, lang: 'zh' | 'en'): IntakeAnswer => ({
  ...sums,
  rejected: sums.rejected.map(({ line, code, details }) => ({ line, code, message: fill(refusals[code]?.[lang] ?? code, details) })),
});

const isLines = (req: FastifyRequest): boolean => /^application\/x-ndjson\b/i.test(req.headers['content-type'] ?? '');

/**
 * How the hot door reads its bodies: lines as they come, or a few of them whole, for following a stream costs as much as an event; an array whole,
 * with names such as `__proto__` like any others.
 */
function bodies(app: App): void {
  app.addContentTypeParser('application/x-ndjson', (req, payload, done) => {
    if (!(Number(req.headers['content-length']) <= LINE_LIMIT)) return done(null, payload);
    const parts: Buffer[] = [];
    payload.on('data', (part: Buffer) => void parts.push(part));
    payload.once('end', () => done(null, parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    payload.once('error', (e) => done(Object.assign(e, { statusCode: 400 })));
  });
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: ARRAY_BYTES }, (_req, body: Buffer, done) => {
    try {
      if (!isUtf8(body)) throw new SyntaxError('not UTF-8');
      done(null, JSON.parse(body.toString('utf8').replace(/^\ufeff/, '')));
    } catch (e) {
      done(Object.assign(e as Error, { statusCode: 400 }));
    }
  });
}

/** Takes in the request's lines as they come. Who goes away in the middle is answered nothing; what he sent before may be there. */
async function takeLines(req: FastifyRequest, into: ReturnType<typeof receiver>): Promise<void> {
  if (Buffer.isBuffer(req.body)) return into.lines(linesIn(req.body));
  try {
    for await (const lines of linesOf(req.body as AsyncIterable<Buffer>)) await into.lines(lines);
  } catch (e) {
    throw req.raw.destroyed && !req.raw.complete ? new Refused(refuse('request.malformed', { path: '', problem: 'aborted' })) : e;
  }
}

async function takeArray(req: FastifyRequest, into: ReturnType<typeof receiver>): Promise<void> {
  const list = Array.isArray(req.body)
    ? (req.body as unknown[])
    : orThrow(refuse('request.malformed', { path: 'body', problem: req.lang === 'zh' ? '应是数组' : 'must be an array' }));
  if (list.length > ARRAY_EVENTS) orThrow(refuse('request.too-large', { most: ARRAY_EVENTS }));
  const small = Number(req.headers['content-length']) <= LINE_LIMIT;
  for (const [i, raw] of list.entries()) await (small ? into.value(i + 1, raw) : into.measured(i + 1, raw));
}

/** Events in, parked events and sources out. */
export function eventRoutes(app: App, house: House, gatherer: Gatherer): void {
  const ear = makeImportEar(house);
  void app.register(async (scope) => {
    bodies(scope as App);
    scope.post(
      '/api/events',
      {
        config: { right: 'event:send' },
        bodyLimit: ARRAY_BYTES,
        compress: false, // the answer is nearly always small
        serializerCompiler: plainJson,
        schema: { tags: ['events'], response: { 200: IntakeAnswer } },
      },
      async (req) => {
        const sums = emptySums();
        const token = req.headers['x-glasshouse-import'];
        const into = receiver(house, gatherer, req.actor, sums, ear(typeof token === 'string' ? token : undefined));
        await (isLines(req) ? takeLines(req, into) : takeArray(req, into));
        await into.flush();
        return answer(sums, req.lang);
      },
    );
  });

  const plain = makePlan(UNCLASSIFIED, { waits: [], exceptions: [], holders: [] });
  app.get(
    '/api/events/parked',
    {
      config: { right: 'journey:read' },
      schema: {
        tags: ['events'],
        querystring: z.object({ source: z.string().max(64).optional(), cursor: z.coerce.number().int().optional() }),
        response: { 200: ParkedEvents },
      },
    },
    async (req) => {
      if (req.actor.areas !== 'all' || req.actor.partner) return { items: [], total: 0, nextCursor: null }; // they are of no area yet
      const rows = await read.parkedEvents(house.db, req.query.source, req.query.cursor ?? -1, 101);
      const counts = await read.countParked(house.db);
      const items = await eventViews(house.db, house.vault, rows.slice(0, 100), plain, new Set());
      const total = counts.reduce((n, c) => n + (req.query.source === undefined || c.source === req.query.source ? c.n : 0), 0);
      return { items, total, nextCursor: rows.length > 100 ? String(rows[99]?.id) : null };
    },
  );

  app.get('/api/sources', { config: { right: 'source:read' }, schema: { tags: ['sources'] } }, async () => ({
    items: await sourceViews(house),
  }));
}
