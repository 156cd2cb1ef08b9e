import { type Ctx, list, type Sql, type Tx } from '#platform/db';
import { isRefusal, type Refusal } from '#platform/result';
import { changeTags, factsOf, OURS } from '#tag';
import { DO_NOT_DISTURB, type Said } from './model.ts';
import * as store from './store.ts';

/** A counted customer's service goes to another person: what the one before said and is called stays behind. */

export interface Ended {
  readonly said: readonly Said[];
  /** Changes of the count, to be announced after commit. */
  readonly batches: readonly (number | null)[];
}

const isConsent = (name: string): boolean => name.startsWith('consent.') || name === DO_NOT_DISTURB;

/** Everything he has agreed to or refused, as it holds. */
export async function consentsHeld(sql: Sql, ordinal: number): Promise<Said[]> {
  const facts = await factsOf(sql, ordinal);
  return facts.flatMap(({ tag, value }) =>
    isConsent(tag.name) && typeof value === 'boolean' ? [{ flag: tag.name, given: value, source: tag.source ?? OURS }] : [],
  );
}

/** Nothing was said any more, by whatever source it was kept; each is a row of the history. */
export async function endConsents(ctx: Ctx, { ordinal, reason }: { ordinal: number; reason: string }): Promise<Ended | Refusal> {
  const said = await consentsHeld(ctx.tx, ordinal);
  const batches = await say(ctx, { ordinal, reason, said: said.map((s) => ({ ...s, given: null })) });
  return isRefusal(batches) ? batches : { said, batches };
}

/** What was ended at that instant holds again, as far as nobody said anything since. */
export async function resumeConsents(
  ctx: Ctx,
  { ordinal, reason, said, endedAt }: { ordinal: number; reason: string; said: readonly Said[]; endedAt: number },
): Promise<readonly (number | null)[] | Refusal> {
  const held = new Set((await consentsHeld(ctx.tx, ordinal)).map((s) => s.flag));
  const latest = new Map((await store.latestConsents(ctx.tx, ordinal)).map((c) => [c.flag, c.at]));
  return say(ctx, { ordinal, reason, said: said.filter((s) => !held.has(s.flag) && latest.get(s.flag) === endedAt) });
}

interface Saying {
  readonly ordinal: number;
  readonly reason: string;
  readonly said: readonly { readonly flag: string; readonly given: boolean | null; readonly source: string }[];
}

/** A flag is written in the name of the source that keeps it: what he said is known here before it is known there. Answers changes of the count. */
export async function say(ctx: Ctx, { ordinal, reason, said }: Saying): Promise<(number | null)[] | Refusal> {
  if (said.length === 0) return [];
  const { tx, now, actor } = ctx;
  await store.addConsents(tx, ordinal, said.map(({ flag, given }) => ({ flag, given, reason, at: now, actor: actor.name }))); // biome-ignore format: one line
  const batches: (number | null)[] = [];
  for (const [source, some] of Map.groupBy(said, (s) => s.source)) {
    const tags = Object.fromEntries(some.map((s) => [s.flag, s.given]));
    const done = await changeTags(ctx, { source, changes: [{ place: 0, ordinal, tags }] });
    if (isRefusal(done)) return done;
    batches.push(done.batch);
  }
  return batches;
}

interface Leaving {
  readonly ordinal: number;
  /** The transfer's id. */
  readonly act: string;
  /** Where values lie that are right for whoever has the service now: his own, and the service's number. */
  readonly keep: readonly string[];
}

/** The values of the one before are no longer shown as his; values of the one who has it now are, even if an earlier transfer had ended them. */
export const leavePerson = (tx: Tx, { ordinal, act, keep }: Leaving) =>
  tx.query(
    'personal-leave',
    `update customer.personal set ended_by = case when ref = any($3::uuid[]) then null else coalesce(ended_by, $2) end
     where ordinal = $1 and (ended_by is null) <> (ref = any($3::uuid[]))`,
    [ordinal, act, list(keep)],
  );

/** As before the transfer: `before` is the one that stands now, if there is one, and whose ended values the transfer had brought back. */
export async function returnPerson(
  tx: Tx,
  { ordinal, act, before, theirs }: { ordinal: number; act: string; before: string | null; theirs: readonly string[] },
): Promise<void> {
  if (before !== null)
    await tx.query(
      'personal-return-theirs',
      'update customer.personal set ended_by = $2 where ordinal = $1 and ended_by is null and ref = any($3::uuid[])',
      [ordinal, before, list(theirs)],
    );
  await tx.query('personal-return', 'update customer.personal set ended_by = null where ordinal = $1 and ended_by = $2', [ordinal, act]);
}
