import type { Module } from '#platform/module';
import { routes } from './routes.ts';
import { startScenarios } from './service.ts';

export const scenario: Module = {
  name: 'scenario',
  migrations: [
    {
      name: '0001-versions',
      sql: `create table if not exists scenario.version (
        id text, version int, body json not null, published_at bigint not null, published_by text not null, primary key (id, version))`,
    },
  ],
  refusals: { 'scenario.not-found': { status: 404, zh: '没有名为 {id} 的业务场景', en: 'There is no scenario {id}' } },
  start: (house) => startScenarios(house.db, house.live, Date.now()),
  routes,
};
