import type { Module } from '#platform/module';
import { draftRoutes } from './draftRoutes.ts';
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
    {
      name: '0002-drafts',
      sql: `create table if not exists scenario.draft (
        id text primary key, body json not null, based_on int not null, revision int not null, edited_at bigint not null, edited_by text not null)`,
    },
  ],
  refusals: {
    'scenario.not-found': { status: 404, zh: '没有名为 {id} 的业务场景', en: 'There is no scenario {id}' },
    'scenario.no-version': { status: 404, zh: '业务场景 {id} 没有第 {version} 版', en: 'The scenario {id} has no version {version}' },
    'scenario.reserved': { status: 422, zh: '{id} 是系统保留的名称', en: 'The name {id} is reserved' },
    'draft.not-found': { status: 404, zh: '业务场景 {id} 没有草稿', en: 'There is no draft of the scenario {id}' },
    'draft.changed': { status: 409, zh: '草稿已被 {by} 修改，请先载入最新内容', en: 'The draft was changed by {by}: load it again first' },
    'draft.outdated': {
      status: 409,
      zh: '业务场景 {id} 现行版本是 {version}，草稿须基于它',
      en: 'Version {version} of the scenario {id} is in force; the draft must be based on it',
    },
    'draft.has-problems': {
      status: 422,
      zh: '草稿还有 {count} 个问题，不能发布',
      en: 'The draft has {count} problems and cannot be published',
    },
  },
  start: (house) => startScenarios(house.db, house.live, Date.now()),
  routes(app, house) {
    routes(app, house);
    draftRoutes(app, house);
  },
};
