import { z } from 'zod';
import { type App, plainJson } from '#platform/http';
import { orThrow, refuse } from '#platform/result';
import { frame, sse } from '#platform/sse';
import { TrackAnswer, TrackAsk } from './contract.ts';
import type { Doors } from './listing.ts';
import type { Lookup } from './lookup.ts';

/** Any page may ask (one point, many callers): no cookie is read here, so nothing of the visitor's is lent to that page. */
const headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after',
  'cross-origin-resource-policy': 'cross-origin',
};

/** One order's answer goes in one or two packets either way; packing it would take as long as finding it. */
const SMALL = { encodings: ['br', 'gzip'] as ('br' | 'gzip')[], threshold: 4_096 };

/** The customer's doors: no account; limits and equal answers protect who is asked about. */
export function trackRoutes(app: App, { watch }: Doors, lookup: Lookup): void {
  app.options('/api/track', { config: { right: 'public', headers }, schema: { hide: true } }, async (_req, reply) =>
    reply
      .header('access-control-allow-methods', 'POST')
      .header('access-control-allow-headers', 'content-type, accept-language')
      .header('access-control-max-age', '86400')
      .code(204)
      .send(),
  );

  app.post(
    '/api/track',
    {
      config: { right: 'public', headers },
      bodyLimit: 4_096,
      compress: SMALL,
      serializerCompiler: plainJson,
      schema: { tags: ['track'], body: TrackAsk, response: { 200: TrackAnswer } },
    },
    async (req) => orThrow(await lookup.ask(req.body, req.actor.id, req.lang)),
  );

  app.get(
    '/api/track/stream/:token',
    { config: { right: 'public', headers }, schema: { tags: ['track'], params: z.object({ token: z.string().max(500) }) } },
    async (req, reply) => {
      const { journey, level } = lookup.watched(req.params.token) ?? orThrow(refuse('thing.not-found'));
      let n = 0;
      const now = async () => {
        const j = await lookup.now(journey);
        return j && frame({ id: ++n, data: await lookup.view(j, req.lang, level) });
      };
      const first = (await now()) ?? orThrow(refuse('thing.not-found'));
      let stop = () => {};
      const stream = sse(req, reply, { first, onClose: () => stop() });
      stop = watch.journey(journey, async () => {
        const f = await now();
        if (f) stream.send(f);
      });
      if (stream.closed) stop();
    },
  );
}
