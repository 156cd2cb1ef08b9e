import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import { ROLES } from './model.ts';
import { areasOf } from './service.ts';
import { openAccountsOf } from './store.ts';

/** Somebody to whom work can be given. */
export interface Working {
  readonly id: string;
  readonly name: string;
  readonly areas: Actor['areas'];
}

/** Open accounts whose role has this right, with what each sees; those who see nothing of the caller's areas are left out. By name. */
export async function colleaguesWith(sql: Sql, { areas }: Pick<Actor, 'areas'>, right: string): Promise<Working[]> {
  const roles = ROLES.filter((r) => r.rights.includes(right)).map((r) => r.id);
  const accounts = await openAccountsOf(sql, roles);
  const seen = new Map<string, Actor['areas']>();
  for (const unit of new Set(accounts.map((a) => a.unit))) seen.set(unit, await areasOf(sql, unit));
  const mine = areas === 'all' ? null : new Set(areas);
  return accounts
    .map(({ id, name, unit }) => ({ id, name, areas: seen.get(unit) ?? [] }))
    .filter((w) => mine === null || w.areas === 'all' || w.areas.some((code) => mine.has(code)));
}
