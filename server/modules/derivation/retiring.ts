import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { describeTag, markTag, RULE } from '#tag';
import { REFRESH } from './installing.ts';
import { inputsOf, type Known, knownNow, standingOf } from './known.ts';
import { isMeaning, madeOf, meaningOf, namesIn } from './model.ts';
import * as store from './store.ts';

/**
 * A derivation is retired: nothing is made of it any more, its tag keeps what it had, says so and is hidden from whoever chooses tags. Its versions stay,
 * so it can be taken up again.
 */

const RETIRED = '已停用，不再更新 / Retired, not renewed';

/** Refuses `thing.not-found`, `derivation.retired`, `derivation.used` where other tags are made of it. */
export async function retire(ctx: Ctx, { tag, reason }: { tag: string; reason: string }): Promise<Refusal | undefined> {
  const { tx, now, actor } = ctx;
  await store.lockVersions(tx);
  const known = await knownNow(tx);
  const row = known.derivations.find((d) => d.tag === tag);
  if (row === undefined || row.version === null) return refuse('thing.not-found');
  await store.holdDerivation(tx, tag);
  if (row.retired !== null) return refuse('derivation.retired', { tag });
  const by = madeOf(tag, inputsOf(standingOf(known)));
  if (by.length > 0) return refuse('derivation.used', { tag, by: by.join(', ') });
  await store.retire(tx, tag, { at: now, by: actor.name, reason });
  const refused = await say(ctx, known, tag, { hidden: true, refresh: RETIRED, zh: `停用：${reason}`, en: `retired: ${reason}` });
  if (refused !== undefined) return refused;
  await audit(ctx, 'derivation.retired', `tag:${tag}`, { reason });
  return undefined;
}

/** Refuses `thing.not-found`, `derivation.not-retired`, `derivation.mistaken` where what it was made of went meanwhile. */
export async function reinstate(ctx: Ctx, { tag, reason }: { tag: string; reason: string }): Promise<Refusal | undefined> {
  const { tx } = ctx;
  await store.lockVersions(tx);
  const found = (await store.allDerivations(tx)).find((d) => d.tag === tag);
  if (found === undefined || found.body === null) return refuse('thing.not-found');
  if (found.retired === null) return refuse('derivation.not-retired', { tag });
  const known = await knownNow(tx, [tag, ...namesIn(found.body)]);
  const meaning = meaningOf(found.body, known.facts);
  if (!isMeaning(meaning)) return refuse('derivation.mistaken', { ...meaning[0] });
  await store.holdDerivation(tx, tag);
  await store.reinstate(tx, tag);
  const refused = await say(ctx, known, tag, { hidden: false, refresh: REFRESH, zh: `恢复：${reason}`, en: `taken up again: ${reason}` });
  if (refused !== undefined) return refused;
  await audit(ctx, 'derivation.reinstated', `tag:${tag}`, { reason });
  return undefined;
}

interface Saying {
  readonly hidden: boolean;
  readonly refresh: string;
  readonly zh: string;
  readonly en: string;
}

/** What the catalogue says of the tag, where there is one that the derivation made. */
async function say(ctx: Ctx, { tags }: Known, tag: string, { hidden, refresh, zh, en }: Saying): Promise<Refusal | undefined> {
  if (tags.get(tag)?.source !== RULE) return undefined;
  const marked = await markTag(ctx, { tag, kind: 'edited', said: { zh, en } });
  if (isRefusal(marked)) return marked;
  const described = await describeTag(ctx, tag, { hidden, refresh });
  return isRefusal(described) ? described : undefined;
}
