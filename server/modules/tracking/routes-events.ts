import { z } from 'zod';
import type { App } from '#platform/http';
import { fill } from '#platform/i18n';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { IntakeAnswer, ParkedEvents } from './contract.ts';
import { sourceViews } from './health.ts';
import { makeImportEar } from './imports.ts';
import type { Gatherer } from './intake.ts';
import { eventViews } from './journey-view.ts';
import { linesOf } from './lines.ts';
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

/** Events in, parked events and sources out. */
export function eventRoutes(app: App, house: House, gatherer: Gatherer): void {
  const ear = makeImportEar(house);
  app.addContentTypeParser('application/x-ndjson', (_req, payload, done) => done(null, payload));

  app.post(
    '/api/events',
    { config: { right: 'event:send' }, bodyLimit: ARRAY_BYTES, schema: { tags: ['events'], response: { 200: IntakeAnswer } } },
    async (req) => {
      const sums = emptySums();
      const token = req.headers['x-glasshouse-import'];
      const into = receiver(house, gatherer, req.actor, sums, ear(typeof token === 'string' ? token : undefined));
      if (req.headers['content-type']?.startsWith('application/x-ndjson')) {
        for await (const lines of linesOf(req.body as AsyncIterable<Buffer>)) await into.lines(lines);
      } else {
        const list = Array.isArray(req.body) ? (req.body as unknown[]) : orThrow(refuse('request.malformed', { path: '', problem: 'array' }));
        if (list.length > ARRAY_EVENTS) orThrow(refuse('request.too-large', { most: ARRAY_EVENTS }));
        for (const [i, raw] of list.entries()) await into.value(i + 1, raw);
      }
      await into.flush();
      return answer(sums, req.lang);
    },
  );

  const plain = makePlan(UNCLASSIFIED, { waits: [], exceptions: [], holders: [] });
  app.get(
    '/api/events/parked',
    {
      config: { right: 'journey:read' },
      schema: { tags: ['events'], querystring: z.object({ source: z.string().max(64).optional(), cursor: z.coerce.number().int().optional() }), response: { 200: ParkedEvents } },
    },
    async (req) => {
      if (req.actor.areas !== 'all') return { items: [], total: 0, nextCursor: null };
      const rows = await read.parkedEvents(house.db, req.query.source, req.query.cursor ?? -1, 101);
      const counts = await read.countParked(house.db);
      const items = await eventViews(house.db, house.vault, rows.slice(0, 100), plain, new Set());
      const total = counts.reduce((n, c) => n + (req.query.source === undefined || c.source === req.query.source ? c.n : 0), 0);
      return { items, total, nextCursor: rows.length > 100 ? String(rows[99]?.id) : null };
    },
  );

  app.get('/api/sources', { config: { right: 'source:read' }, schema: { tags: ['sources'] } }, async () => ({ items: await sourceViews(house) }));
}
