import { Readable } from 'node:stream';
import { openAside } from '#platform/aside';
import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import { csvOf } from './export-csv.ts';
import { ocelOf } from './export-ocel.ts';
import { makeFolding, zoneNamed } from './folding.ts';
import { journeyRow } from './journey-view.ts';
import { planFor, scopeOf } from './journeys.ts';
import { type Doors, filterOf, Query } from './listing.ts';
import { ranks } from './places.ts';

const STATEMENT_SECONDS = 600;
const AT_ONCE = 2;

/** Whole lists as files; each export is written into the audit trail. */
export function exportRoutes(app: App, { house, health }: Doors): void {
  const aside = openAside(house.db, { most: AT_ONCE, seconds: STATEMENT_SECONDS });
  const { objectsOf } = makeFolding(house.config.zone);
  const zone = zoneNamed(house.config.zone);
  /** "2026-11-21 09:30:00" on the operator's clock. */
  const local = (at: string): string => {
    const ms = Date.parse(at);
    const offset = zone?.(ms) ?? 0;
    return new Date(ms + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  };

  app.get(
    '/api/export/journeys.ocel.json',
    {
      config: { right: 'export:run' },
      schema: { tags: ['export'], querystring: Query.pick({ scenario: true, from: true, to: true, area: true }) },
    },
    async (req, reply) => {
      const filter = await filterOf(house, req.query);
      await house.db.inTx(req.actor, (ctx) =>
        audit(ctx, 'journeys.exported', req.query.scenario ?? 'all', { details: { form: 'ocel', ...req.query } }),
      );
      const text = aside.stream((sql) =>
        ocelOf(sql, { filter, scope: scopeOf(req.actor), ranks: ranks(filter.scenario), vault: house.vault, objectsOf }),
      );
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="journeys.ocel.json"')
        .send(await begun(text));
    },
  );

  app.get(
    '/api/journeys/export.csv',
    { config: { right: 'export:run' }, schema: { tags: ['export'], querystring: Query.omit({ cursor: true, limit: true }) } },
    async (req, reply) => {
      const filter = await filterOf(house, req.query);
      const { q, ...asked } = req.query;
      await house.db.inTx(req.actor, (ctx) =>
        audit(ctx, 'journeys.exported', asked.scenario ?? 'all', {
          details: { form: 'csv', ...asked, ...(q !== undefined && { q: '…' }) },
        }),
      );
      const nowUs = Date.now() * 1000;
      const { lang } = req;
      const row = (j: Parameters<typeof planFor>[0] & Parameters<typeof journeyRow>[0]) =>
        journeyRow(j, planFor(j), lang, nowUs, health.isSilent);
      const text = aside.stream((sql) =>
        csvOf(sql, { filter, scope: scopeOf(req.actor), sort: asked.sort ?? '-startedAt', nowUs }, row, lang, local),
      );
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="journeys.csv"')
        .send(await begun(text));
    },
  );
}

/** A stream whose first piece is there: what fails before it is still a proper refusal. Closing it ends the generator, begun or not. */
async function begun(text: AsyncGenerator<string>): Promise<Readable> {
  let first: IteratorResult<string> | undefined = await text.next();
  const rest: AsyncIterableIterator<string> = {
    async next() {
      const one = first ?? (await text.next());
      first = undefined;
      return one;
    },
    return: () => text.return(undefined),
    [Symbol.asyncIterator]: () => rest,
  };
  return Readable.from(rest, { objectMode: false });
}
