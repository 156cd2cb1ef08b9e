import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import * as store from './assignStore.ts';
import { lockCases } from './caseStore.ts';
import type { Assignment, Unassigned } from './contract.ts';
import { assignObstacle, isAsAssigned } from './model.ts';
import type { Supply, Worker } from './supply.ts';

/** Many cases given to one of the desk at once, and taken back. */

export interface Given {
  readonly id: number;
  readonly to: Worker;
  readonly assigned: number;
  readonly refused: readonly { readonly case: number; readonly refusal: Refusal }[];
}

/** Each case on its own merits: one that cannot be given stops none of the others. Refuses `case.unknown-worker`. */
export async function assignCases(ctx: Ctx, supply: Supply, { cases, to }: Assignment): Promise<Given | Refusal> {
  const { tx, now, actor } = ctx;
  const worker = (await supply.workers(tx, actor)).find((w) => w.id === to);
  if (worker === undefined) return refuse('case.unknown-worker');
  const ids = [...new Set(cases.map(Number))];
  const found = await lockCases(tx, ids, actor.areas);
  const judged = found.map((c) => ({ c, because: assignObstacle(c, worker) }));
  const good = judged.filter((j) => j.because === null).map((j) => j.c);
  const absent = ids.filter((id) => !found.some((c) => c.id === id)).map((id) => ({ case: id, refusal: refuse('thing.not-found') }));
  const refused = judged.flatMap(({ c, because }) =>
    because === null ? [] : [{ case: c.id, refusal: refuse(because, { to: worker.name }) }],
  );
  const id = await store.assign(tx, { at: now, by: actor.id, by_name: actor.name, holder: worker.id, holder_name: worker.name }, good);
  await audit(ctx, 'retention.cases-assigned', `assignment:${id}`, { details: { to: worker.id, cases: good.map((c) => c.id) } });
  return { id, to: worker, assigned: good.length, refused: [...refused, ...absent] };
}

/** Cases upon which nobody acted since stand again as before. Refuses `thing.not-found`, `assignment.not-yours`, `assignment.undone`. */
export async function undoAssignment(ctx: Ctx, id: number): Promise<Unassigned | Refusal> {
  const { tx, now, actor } = ctx;
  const made = await store.lockAssignment(tx, id);
  if (made === undefined) return refuse('thing.not-found');
  if (made.by !== actor.id) return refuse('assignment.not-yours', { by: made.by_name });
  if (made.undone_at !== null) return refuse('assignment.undone');
  const all = await store.casesIn(tx, id);
  const back = (await lockCases(tx, all, actor.areas)).filter((c) => isAsAssigned(c, { to: made.holder, at: made.at })).map((c) => c.id);
  await store.unassign(tx, id, back, now);
  await audit(ctx, 'retention.cases-unassigned', `assignment:${id}`, { details: { cases: back } });
  return { returned: back.length, kept: all.length - back.length };
}
