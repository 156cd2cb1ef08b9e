import type { Actor } from '#platform/actor';
import type { Module } from '#platform/module';
import { routes } from './routes.ts';
import { hashToken, startSources } from './service.ts';
import { sourceOfToken } from './store.ts';

const RIGHTS = new Set(['event:send', 'customer:send', 'household:send', 'enterprise:send', 'place:send']);

export const source: Module = {
  name: 'source',
  migrations: [
    {
      name: '0001-sources',
      sql: `create table if not exists source.source (
        id text primary key, name text not null, scenario text, zone text, open json not null, roles json not null, token_hash text unique, registered_at bigint not null)`,
    },
  ],
  refusals: {
    'source.exists': { status: 409, zh: '来源 {id} 已经登记过', en: 'The source {id} is registered already' },
    'source.bad-zone': { status: 422, zh: '没有时区 {zone}', en: 'There is no time zone {zone}' },
  },
  start: (house) => startSources(house.db, house.live),
  authenticate: (house) => async (token, by) => {
    if (by !== 'bearer' || !token.startsWith('gs_')) return undefined;
    const id = await sourceOfToken(house.db, hashToken(token));
    return id === undefined ? undefined : ({ kind: 'source', id, name: id, rights: RIGHTS, areas: [] } satisfies Actor);
  },
  routes,
};
