import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { book } from './book.ts';
import { exceptions, figures, holders, kinds, systems, waits } from './standard.ts';
import * as store from './store.ts';

const Id = z.object({ id: z.string().max(64) });

export function routes(app: App, house: House): void {
  const { db } = house;
  app.get('/api/scenarios', { config: { right: 'signed-in' }, schema: { tags: ['scenarios'] } }, async () => ({
    items: book.list().map(({ id, version, names, root, stages, milestones }) => ({
      id,
      version,
      names,
      root,
      stages: stages.length,
      milestones: milestones.length,
    })),
  }));

  app.get(
    '/api/scenarios/:id',
    {
      config: { right: 'signed-in' },
      schema: { tags: ['scenarios'], params: Id, querystring: z.object({ version: z.coerce.number().int().positive().optional() }) },
    },
    async (req) => {
      const { id } = req.params;
      const { version } = req.query;
      const current = book.current(id) ?? orThrow(refuse('scenario.not-found', { id }));
      if (version === undefined) return current;
      return book.version(id, version) ?? orThrow(refuse('scenario.no-version', { id, version }));
    },
  );

  app.get('/api/scenarios/:id/versions', { config: { right: 'signed-in' }, schema: { tags: ['scenarios'], params: Id } }, async (req) => ({
    items: (await store.versionsOf(db, req.params.id)).map((v) => ({ ...v, at: new Date(v.at).toISOString() })),
  }));

  app.get('/api/vocabulary', { config: { right: 'signed-in' }, schema: { tags: ['scenarios'] } }, async () => ({
    holders: holders(),
    waits: waits(),
    exceptions: exceptions(),
    systems: systems(),
    kinds: kinds(),
    figures: figures(),
  }));
}
