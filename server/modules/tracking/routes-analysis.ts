import { z } from 'zod';
import type { App } from '#platform/http';
import { orThrow, refuse } from '#platform/result';
import { makeAnalysis } from './analysis.ts';
import { ElapsedTimes, JourneyList, ProcessMap, StageTimes, Variants } from './contract.ts';
import { scopeOf } from './journeys.ts';
import { type Doors, filterOf, makeList, Query } from './listing.ts';

const Asked = Query.pick({ scenario: true, state: true, area: true, source: true, from: true, to: true });
const VariantQuery = Asked.extend({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.coerce.number().int().nonnegative().optional(),
});
const Arrow = Asked.extend({
  fromType: Query.shape.q,
  toType: Query.shape.q,
  from_type: Query.shape.q,
  to_type: Query.shape.q,
  limit: Query.shape.limit,
  cursor: Query.shape.cursor,
});

/** How journeys really went: for whoever may see them, over those of his area. */
export function analysisRoutes(app: App, doors: Doors): void {
  const { house } = doors;
  const analysis = makeAnalysis(house);
  const list = makeList(doors);
  const config = { right: 'analysis:read' } as const;
  const tags = ['analysis'];

  app.get('/api/analysis/process', { config, schema: { tags, querystring: Asked, response: { 200: ProcessMap } } }, async (req) =>
    analysis.process(await filterOf(house, req.query), scopeOf(req.actor)),
  );

  app.get('/api/analysis/variants', { config, schema: { tags, querystring: VariantQuery, response: { 200: Variants } } }, async (req) => {
    const { limit = 50, cursor = 0, ...asked } = req.query;
    return analysis.variants(await filterOf(house, asked), scopeOf(req.actor), { offset: cursor, limit });
  });

  app.get('/api/analysis/stages', { config, schema: { tags, querystring: Asked, response: { 200: StageTimes } } }, async (req) =>
    analysis.stages(await filterOf(house, req.query), scopeOf(req.actor)),
  );

  app.get(
    '/api/analysis/elapsed',
    { config, schema: { tags, querystring: Asked.required({ scenario: true }), response: { 200: ElapsedTimes } } },
    async (req) => {
      const { scenario = '' } = req.query;
      return analysis.elapsed({ ...(await filterOf(house, req.query)), scenario }, scopeOf(req.actor));
    },
  );

  app.get('/api/analysis/journeys', { config, schema: { tags, querystring: Arrow, response: { 200: JourneyList } } }, async (req) => {
    const { fromType, toType, from_type: from = fromType, to_type: to = toType, limit = 50, cursor, ...asked } = req.query;
    if (from === undefined && to === undefined) orThrow(refuse('request.malformed', { path: 'fromType', problem: 'required' }));
    const ids = await analysis.along(await filterOf(house, asked), scopeOf(req.actor), { from, to });
    return list({ ids }, scopeOf(req.actor), req.lang, { sort: '-startedAt', limit, cursor });
  });
}
