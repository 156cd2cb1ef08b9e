import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import * as of from './conflict-store.ts';
import { journeysOf, mayLook, otherView, settle } from './conflicts.ts';
import { Conflict, Conflicts, RawEvent } from './contract.ts';
import { eventsById } from './export-store.ts';
import { eventViews } from './journey-view.ts';
import { makePlan, UNCLASSIFIED } from './plan.ts';
import { eventById } from './read-store.ts';

const Ref = z.object({ ref: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER) });
const PAGE = 50;
const plain = makePlan(UNCLASSIFIED, { waits: [], exceptions: [], holders: [] });

/** Events that came twice and differently, and any event as it lies in the store. */
export function conflictRoutes(app: App, house: House): void {
  const tags = ['events'];
  const views = async (rows: readonly of.ConflictRow[]) => {
    const events = await eventsById(house.db, [...new Set(rows.map((r) => r.event))]);
    const kept = new Map((await eventViews(house.db, house.vault, events, plain, new Set())).map((e) => [e.ref, e]));
    return rows.flatMap((r) => {
      const event = kept.get(String(r.event));
      if (event === undefined) return []; // its month was dropped
      return [
        {
          ref: String(r.id),
          source: r.source,
          id: r.sid,
          at: new Date(r.at).toISOString(),
          kept: event,
          other: otherView(house, r) ?? {},
          settled: r.settled,
        },
      ];
    });
  };

  app.get(
    '/api/events/conflicts',
    {
      config: { right: 'journey:read' },
      schema: {
        tags,
        querystring: z.object({
          source: z.string().max(64).optional(),
          cursor: z
            .string()
            .regex(/^[01]\.\d{1,15}$/)
            .optional(),
        }),
        response: { 200: Conflicts },
      },
    },
    async (req) => {
      if (req.actor.areas !== 'all' || req.actor.partner) return { items: [], total: 0, nextCursor: null }; // from a journey he sees its events' conflicts by the event's own door
      const [settled = 0, id = 0] = req.query.cursor?.split('.').map(Number) ?? [];
      const { source, cursor } = req.query;
      const rows = await of.listConflicts(house.db, source, cursor === undefined ? undefined : [settled, id], PAGE + 1);
      const last = rows[PAGE - 1];
      return {
        items: await views(rows.slice(0, PAGE)),
        total: await of.countOpenConflicts(house.db, source),
        nextCursor: rows.length > PAGE && last ? `${last.settled === null ? 0 : 1}.${last.id}` : null,
      };
    },
  );

  app.post(
    '/api/events/conflicts/:ref',
    {
      config: { right: 'journey:repair' },
      schema: { tags, params: Ref, body: z.strictObject({ keep: z.enum(['kept', 'other']) }), response: { 200: Conflict } },
    },
    async (req) => {
      const row = (await of.conflictById(house.db, req.params.ref)) ?? orThrow(refuse('thing.not-found'));
      const [event] = await eventsById(house.db, [row.event]);
      if (event === undefined || !(await mayLook(house, req.actor, await journeysOf(house, event)))) orThrow(refuse('thing.not-found'));
      orThrow(await settle(house, req.actor, row, req.body.keep));
      const [view] = await views(await of.conflictById(house.db, row.id).then((r) => (r ? [r] : [])));
      return view ?? orThrow(refuse('thing.not-found'));
    },
  );

  app.get(
    '/api/events/:ref',
    { config: { right: 'journey:read' }, schema: { tags, params: Ref, response: { 200: RawEvent } } },
    async (req) => {
      const event = (await eventById(house.db, req.params.ref)) ?? orThrow(refuse('thing.not-found'));
      const journeys = await journeysOf(house, event);
      if (!(await mayLook(house, req.actor, journeys))) orThrow(refuse('thing.not-found'));
      const conflicts = await of.conflictsOfEvent(house.db, event.id);
      const open = conflicts.some((c) => c.settled === null);
      const [view] = await eventViews(house.db, house.vault, [event], plain, new Set(open ? [event.id] : []));
      if (view === undefined) return orThrow(refuse('thing.not-found'));
      return {
        ...view,
        journeys,
        sealed: event.sealed !== null,
        conflicts: conflicts.map((c) => ({
          ref: String(c.id),
          at: new Date(c.at).toISOString(),
          other: otherView(house, c) ?? {},
          settled: c.settled,
        })),
      };
    },
  );
}
