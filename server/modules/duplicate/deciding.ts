import { countAgain, countAs, countedByIds } from '#customer';
import { mergeParties, unmergeParties } from '#household';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { emit } from '#platform/outbox';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { sidesOf } from './candidates.ts';
import { compareParties } from './comparing.ts';
import { compareCounted } from './countedTwice.ts';
import type { Distinguished, Merged, Unmerged } from './events.ts';
import { lockFinding } from './findingStore.ts';
import { ACTS, type Act, obstacle, standingOn, survivorOf } from './model.ts';
import * as store from './store.ts';

/** What people decide about a pair: one, two, or two again. Each is written down with its reason, in the trail, and told. */

type Opens = Pick<Vault, 'reveal' | 'hash' | 'open'>;

/** `batches`: changes of the count, to be announced after commit. */
export interface Decided {
  readonly batches: readonly (number | null)[];
}

export interface Merging {
  readonly id: number;
  /** Who stays; absent: as the rules say. */
  readonly survivor?: string | undefined;
  readonly reason: string;
  /** Absent: of any grade. Several at once may be merged only where they are certain. */
  readonly grade?: 'certain';
}

/** The pair under its lock, if the act can be done now. Whoever decides holds the finder's row, so that nothing is compared meanwhile. */
async function standing(ctx: Ctx, id: number, act: Act): Promise<store.PairRow | Refusal> {
  await lockFinding(ctx.tx);
  const pair = await store.lockPair(ctx.tx, id, ctx.actor.areas);
  if (pair === undefined) return refuse('thing.not-found');
  const because = pair.state === 'lapsed' ? 'thing.not-found' : obstacle(act, pair.state);
  return because === null ? pair : refuse(because);
}

/** Writes the decision down, in the history and in the trail. */
async function note(
  ctx: Ctx,
  pair: store.PairRow,
  d: { act: Act; reason: string; rule?: string | null; survivor?: string; merged?: string },
): Promise<void> {
  const { act, reason, rule = null, survivor = null, merged = null } = d;
  const { tx, now, actor } = ctx;
  await store.addDecision(tx, {
    pair: pair.id,
    act,
    at: now,
    by: actor.id,
    by_name: actor.name,
    reason,
    rule,
    evidence: pair.evidence,
    survivor,
    merged,
  });
  await audit(ctx, `duplicate.${SAID[act]}`, `duplicate:${pair.id}`, { reason, details: { kind: pair.kind, survivor, merged, rule } });
}

const SAID: Readonly<Record<Act, string>> = { merge: 'merged', different: 'distinguished', undo: 'unmerged', reopen: 'reopened' };

/** Refuses `thing.not-found`, the pair's state, `duplicate.not-of-pair`, `duplicate.not-certain`, and what households and customers refuse. */
export async function mergePair(ctx: Ctx, vault: Opens, { id, survivor, reason, grade }: Merging): Promise<Decided | Refusal> {
  const pair = await standing(ctx, id, 'merge');
  if (isRefusal(pair)) return pair;
  if (grade !== undefined && pair.grade !== grade) return refuse('duplicate.not-certain');
  if (survivor !== undefined && survivor !== pair.a && survivor !== pair.b) return refuse('duplicate.not-of-pair');
  const sides = await sidesOf(ctx.tx, { kind: pair.kind, ids: [pair.a, pair.b], at: ctx.now });
  const [a, b] = [sides.get(pair.a), sides.get(pair.b)];
  if (a === undefined || b === undefined) return refuse('thing.not-found');
  const chosen = survivor === undefined ? survivorOf(a, b) : { survivor, because: null };
  const into = chosen.survivor;
  const from = into === pair.a ? pair.b : pair.a;
  const batch = await join(ctx, pair.kind, { from, into });
  if (isRefusal(batch)) return batch;
  await note(ctx, pair, { act: 'merge', reason, rule: chosen.because, survivor: into, merged: from });
  await store.decide(ctx.tx, { id, state: ACTS.merge.to, judged: pair.evidence, survivor: into, decided_at: ctx.now });
  await emit<Merged>(ctx, into, { type: 'duplicate.merged', kind: pair.kind, pair: id, survivor: into, merged: from });
  await compareAnew(ctx, vault, pair);
  return { batches: [batch] };
}

/** They are two, and it is not asked again unless more speaks for it. */
export async function distinguish(ctx: Ctx, { id, reason }: { id: number; reason: string }): Promise<Decided | Refusal> {
  const pair = await standing(ctx, id, 'different');
  if (isRefusal(pair)) return pair;
  await note(ctx, pair, { act: 'different', reason });
  await store.decide(ctx.tx, { id, state: ACTS.different.to, judged: pair.evidence, survivor: null, decided_at: ctx.now });
  await emit<Distinguished>(ctx, pair.a, { type: 'duplicate.distinguished', kind: pair.kind, pair: id });
  return { batches: [] };
}

/** "Not the same" was said too soon: it is asked again. */
export async function reopen(ctx: Ctx, vault: Opens, { id, reason }: { id: number; reason: string }): Promise<Decided | Refusal> {
  const pair = await standing(ctx, id, 'reopen');
  if (isRefusal(pair)) return pair;
  await note(ctx, pair, { act: 'reopen', reason });
  await store.decide(ctx.tx, { id, state: ACTS.reopen.to, judged: [], survivor: null, decided_at: null });
  await compareAnew(ctx, vault, pair);
  return { batches: [] };
}

export interface Undoing {
  readonly id: number;
  readonly reason: string;
  /** Merges that were decided with this one in view: `refuse` while they stand, or `undo` them first, the latest first. */
  readonly later: 'refuse' | 'undo';
}

/** Two again, as they were. Refuses `thing.not-found`, the pair's state, `duplicate.built-on` with the later merges' `pairs`. */
export async function undoMerge(ctx: Ctx, vault: Opens, { id, reason, later }: Undoing): Promise<Decided | Refusal> {
  const pair = await standing(ctx, id, 'undo');
  if (isRefusal(pair)) return pair;
  const above = await builtOn(ctx.tx, pair);
  if (above.length > 0 && later === 'refuse') return refuse('duplicate.built-on', { count: above.length, pairs: above.map((m) => m.pair) });
  const batches: (number | null)[] = [];
  for (const one of [...above.toReversed().map((m) => m.pair), id]) {
    const merged = one === id ? pair : await standing(ctx, one, 'undo');
    if (isRefusal(merged)) return merged;
    const batch = await part(ctx, vault, merged, reason);
    if (isRefusal(batch)) return batch;
    batches.push(batch);
  }
  return { batches };
}

/** Merges that stand on the one of this pair, the earliest first. */
export async function builtOn(sql: Sql, pair: store.PairRow): Promise<store.Standing[]> {
  const [merge] = await store.decisionsOf(sql, pair.id);
  if (merge?.act !== 'merge' || merge.survivor === null || merge.merged === null) return [];
  const { survivor, merged } = merge;
  const near = new Map<number, store.Standing>();
  for (let ask = [survivor]; ask.length > 0; ) {
    const found = (await store.mergesNaming(sql, pair.kind, ask, merge.id)).filter((m) => !near.has(m.decision));
    for (const m of found) near.set(m.decision, m);
    ask = found.flatMap((m) => [m.survivor, m.merged]);
  }
  return standingOn(
    { survivor, merged },
    [...near.values()].toSorted((x, y) => x.decision - y.decision),
  );
}

async function part(ctx: Ctx, vault: Opens, pair: store.PairRow, reason: string): Promise<number | null | Refusal> {
  const into = pair.survivor as string;
  const from = into === pair.a ? pair.b : pair.a;
  const batch = pair.kind === 'party' ? await unmergeParties(ctx, { from, into }) : await countAgain(ctx, { from, into });
  if (isRefusal(batch)) return batch;
  await note(ctx, pair, { act: 'undo', reason, survivor: into, merged: from });
  await store.decide(ctx.tx, { id: pair.id, state: ACTS.undo.to, judged: [], survivor: null, decided_at: null });
  await emit<Unmerged>(ctx, into, { type: 'duplicate.unmerged', kind: pair.kind, pair: pair.id, survivor: into, merged: from });
  await compareAnew(ctx, vault, pair);
  return 'batch' in batch ? batch.batch : null;
}

async function join(ctx: Ctx, kind: store.PairKind, pair: { from: string; into: string }): Promise<number | null | Refusal> {
  if (kind === 'counted') {
    const done = await countAs(ctx, pair);
    return isRefusal(done) ? done : done.batch;
  }
  const done = await mergeParties(ctx, pair);
  return isRefusal(done) ? done : null;
}

/** What is proposed of these two follows at once, not with the next round. */
async function compareAnew(ctx: Ctx, vault: Opens, { kind, a, b }: store.PairRow): Promise<void> {
  if (kind === 'party') await compareParties(ctx, vault, [a, b]);
  else await compareCounted(ctx, (await countedByIds(ctx.tx, [a, b])).filter((c) => c.own === false)); // biome-ignore format: one line
}
