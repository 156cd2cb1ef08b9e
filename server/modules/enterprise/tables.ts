import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { mistakeIn } from './check.ts';
import type { Tables, TablesEdit } from './contract.ts';
import { carryOver } from './placeStore.ts';
import { placeAnew } from './placing.ts';
import { standardTables } from './standard.ts';
import { holdPlacing } from './store.ts';
import { addTables, currentTables, type TablesRow } from './tableStore.ts';

/** The tables as people keep them: read, changed, published. */

/** Refuses `tables.mistaken` with the place of the mistake. */
export function checked(tables: Tables): Tables | Refusal {
  const mistake = mistakeIn(tables);
  return mistake === null ? tables : refuse('tables.mistaken', { ...mistake });
}

/** The standard tables become version 1 where there is none yet. */
export const ensureStandardTables = (sql: Sql, now: number) =>
  addTables(sql, { version: 1, body: standardTables(), reason: 'standard', at: now, by: 'glasshouse' });

/** The next version, and everybody in his place by it. Refuses `tables.mistaken`, `tables.changed` when somebody else was first, `tables.same`. */
export async function publishTables(
  ctx: Ctx,
  { basedOn, reason, tables }: TablesEdit,
  today: number,
): Promise<{ row: TablesRow; moved: number } | Refusal> {
  const { tx, now, actor } = ctx;
  const right = checked(tables);
  if ('refused' in right) return right;
  await holdPlacing(tx);
  const before = await currentTables(tx);
  if (before.version !== basedOn) return refuse('tables.changed', { by: before.by, version: before.version });
  if (JSON.stringify(before.body) === JSON.stringify(tables)) return refuse('tables.same');
  const row = { version: basedOn + 1, body: tables, reason, at: now, by: actor.name };
  await addTables(tx, row);
  const moved = await placeAnew(tx, null, { tables, version: row.version, today, now, cause: 'tables' });
  await carryOver(tx, row.version);
  await audit(ctx, 'enterprise.tables-published', `tables:${row.version}`, { reason, details: { moved } });
  return { row, moved };
}

/** Facts grow old: everybody as of that day. Answers how many stand elsewhere. */
export async function placeToday({ tx, now }: Pick<Ctx, 'tx' | 'now'>, today: number): Promise<number> {
  await holdPlacing(tx);
  const { body, version } = await currentTables(tx);
  return placeAnew(tx, null, { tables: body, version, today, now, cause: 'age' });
}
