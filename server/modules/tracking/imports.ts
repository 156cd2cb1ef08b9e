import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { audit } from '#platform/audit';
import type { Sql } from '#platform/db';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { announcePublished, book, publishNext } from '#scenario';
import { Scenario } from '#scenario/contract';
import { announceSources, describeSource, isZone, loadSources, type SourceRow } from '#source';
import { SourceId } from '#source/contract';
import { KINDS } from './folding.ts';
import type { Role } from './objects.ts';
import type { Prepared } from './prepare.ts';
import type { Heard } from './receive.ts';

/** A log being imported: its source is described once, and its events are remembered by what they name, so that its journeys can be counted. */

const Kind = z.string().min(1).max(64);
const NewImport = z.strictObject({
  source: SourceId,
  name: z.string().min(1).max(200).optional(),
  zone: z.string().max(64).optional(),
  open: z.union([z.array(z.string().min(1).max(128)).max(500), z.literal('all')]).optional(),
  scenario: z.string().max(64).nullish(),
  objects: z
    .strictObject({
      root: Kind.optional(),
      parts: z.array(Kind).optional(),
      assets: z.array(Kind).optional(),
      context: z.array(Kind).optional(),
    })
    .optional(),
  /** `scenario: auto`: published under the source's name when no scenario has it. */
  draft: Scenario.optional(),
});
type NewImport = z.infer<typeof NewImport>;

/** Only what differs from the standard is a source's own; an own role makes own objects (`objectId`). */
export function ownRoles(objects: NewImport['objects']): SourceRow['roles'] {
  const said: [string, Role][] = [
    ...(objects?.root === undefined ? [] : [[objects.root, 'root'] as [string, Role]]),
    ...(objects?.parts ?? []).map((k): [string, Role] => [k, 'part']),
    ...(objects?.assets ?? []).map((k): [string, Role] => [k, 'asset']),
    ...(objects?.context ?? []).map((k): [string, Role] => [k, 'context']),
  ];
  return Object.fromEntries(said.filter(([kind, role]) => (KINDS.role.get(kind) ?? 'part') !== role));
}

const scenarioIdOf = (source: string): string =>
  source
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '') || 'imported';

/** Describes the source, publishes its drafted scenario where there is none of its name; answers the scenario that its journeys get. */
async function beginImport(
  house: House,
  actor: Parameters<House['db']['inTx']>[0],
  body: NewImport,
): Promise<{ import: string; scenario: string | null }> {
  if (body.zone !== undefined && !isZone(body.zone)) orThrow(refuse('source.bad-zone', { zone: body.zone }));
  const own = scenarioIdOf(body.source);
  const publishes = body.draft !== undefined && book.current(own) === undefined;
  const scenario = body.draft !== undefined ? own : body.scenario;
  const token = randomUUID();
  await house.db.inTx(actor, async (ctx) => {
    if (publishes) await publishNext(ctx.tx, { ...(body.draft as Scenario), id: own }, actor.id, ctx.now);
    await describeSource(ctx, {
      id: body.source,
      ...(body.name !== undefined && { name: body.name }),
      ...(body.zone !== undefined && { zone: body.zone }),
      ...(body.open !== undefined && { open: body.open }),
      ...(scenario !== undefined && { scenario }),
      ...(body.objects !== undefined && { roles: ownRoles(body.objects) }),
    });
    await ctx.tx.query('tracking-import', 'insert into tracking.import (id, source, at, by) values ($1, $2, $3, $4)', [
      token,
      body.source,
      ctx.now,
      actor.id,
    ]);
    await audit(ctx, 'import.begun', body.source, { details: { import: token } });
  });
  await loadSources(house.db);
  announceSources(house.live);
  if (publishes) await announcePublished(house.db, house.live);
  return { import: token, scenario: scenario ?? null };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Remembers what an import's events name; undefined when the request belongs to no import. */
export function makeImportEar(house: House) {
  const noted = new LRUCache<string, true>({ max: 500_000 });
  return (token: string | undefined): Heard | undefined => {
    if (token === undefined || !UUID.test(token)) return undefined;
    return async (prepared: readonly Prepared[]) => {
      const ids = new Set<string>();
      for (const p of prepared) for (const o of p.objects) if (o.role !== 'context' && !noted.has(`${token}${o.id}`)) ids.add(o.id);
      if (ids.size === 0) return;
      await house.db.query(
        'tracking-import-objects',
        'insert into tracking.import_object select $1, o from unnest($2::uuid[]) o on conflict do nothing',
        [token, [...ids].sort()],
      );
      for (const id of ids) noted.set(`${token}${id}`, true);
    };
  };
}

interface Imported {
  scenario: string | null;
  journeys: number;
  /** Begin of the first and of the last of them, epoch microseconds. */
  first: number | null;
  last: number | null;
}

const begin = (us: number | null): string | null => (us === null ? null : new Date(us / 1_000).toISOString());

/** Journeys of the roots and parts that the import's events name, by scenario: exactly those the events belong to. */
const importedJourneys = (sql: Sql, token: string): Promise<Imported[]> =>
  sql.query<Imported & Record<string, never>>(
    'tracking-import-journeys',
    `select j.scenario, count(*) journeys, min(j.started) first, max(j.started) last from
       (select distinct m.journey from tracking.import_object i join tracking.member m on m.object = i.object and m.distance < 100 where i.import = $1) x
       left join tracking.journey j on j.id = x.journey group by j.scenario order by journeys desc, j.scenario`,
    [token],
  );

export function importRoutes(app: App, house: House): void {
  app.post(
    '/api/imports',
    { config: { right: 'import:run' }, bodyLimit: 4 << 20, schema: { tags: ['imports'], body: NewImport } },
    async (req) => beginImport(house, req.actor, req.body),
  );

  app.get(
    '/api/imports/:token',
    { config: { right: 'import:run' }, schema: { tags: ['imports'], params: z.object({ token: z.string().regex(UUID) }) } },
    async (req) => {
      const { token } = req.params;
      const [known] = await house.db.query<{ source: string; at: number }>(
        'tracking-import-by-id',
        'select source, at from tracking.import where id = $1',
        [token],
      );
      if (known === undefined) return orThrow(refuse('import.not-found'));
      const scenarios = await importedJourneys(house.db, token);
      return {
        import: token,
        source: known.source,
        at: new Date(known.at).toISOString(),
        journeys: scenarios.reduce((n, s) => n + s.journeys, 0),
        scenarios: scenarios
          .filter((s) => s.scenario !== null)
          .map(({ scenario, journeys, first, last }) => ({ scenario, journeys, from: begin(first), to: begin(last) })),
      };
    },
  );
}
