import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { markTag, RULE } from '#tag';
import type { Checked, Definition } from './contract.ts';
import { install, labelsOf } from './installing.ts';
import { inputsOf, type Known, knownNow, missingIn, standingOf } from './known.ts';
import { isMeaning, meaningOf, namesIn, ringOf } from './model.ts';
import { standardTables } from './standard.ts';
import * as store from './store.ts';
import { rowsOf } from './words.ts';

/** How derivations are written, published and given up. */

/** The standard tables become version 1 where their tags are not derived yet; they run when their inputs are there. */
export async function ensureStandard(ctx: Ctx): Promise<void> {
  for (const { tag, definition } of standardTables())
    await store.addStandard(ctx.tx, tag, definition, { by: 'glasshouse', reason: '', now: ctx.now });
}

/** What a definition of this tag says, and everything that is wrong with it. */
export async function checkDefinition(
  sql: Ctx['tx'] | Parameters<typeof knownNow>[0],
  tag: string,
  definition: Definition,
): Promise<Checked> {
  const known = await knownNow(sql, [tag, ...namesIn(definition)]);
  const meaning = meaningOf(definition, known.facts);
  const says = rowsOf(definition, known.facts, await labelsOf(sql, known));
  if (!isMeaning(meaning)) return { mistakes: [...meaning], says, missing: [], ring: null };
  return {
    mistakes: [],
    says,
    missing: missingIn(known, meaning.inputs),
    ring: ringWith(
      known,
      tag,
      meaning.inputs.map((f) => f.name),
    ),
  };
}

/** The ring that this tag would close if it were made of these. */
const ringWith = (known: Known, tag: string, inputs: readonly string[]): string[] | null =>
  ringOf(tag, new Map([...inputsOf(standingOf(known)), [tag, inputs]]));

/**
 * Keeps a draft, mistakes and all. Refuses `derivation.changed` when somebody else was first, `tag.foreign-source` where another source writes the tag,
 * `tag.kind-stays` where it is of another kind, `derivation.retired`.
 */
export async function saveDraft(
  ctx: Ctx,
  { tag, basedOn, definition }: { tag: string; basedOn: number; definition: Definition },
): Promise<store.DraftRow | Refusal> {
  const { tx, now, actor } = ctx;
  const known = await knownNow(tx, [tag]);
  const there = known.tags.get(tag);
  if (there !== undefined && there.source !== RULE && (there.source !== null || there.loadedAt !== null))
    return refuse('tag.foreign-source', { tag, source: there.source });
  if (there !== undefined && there.kind !== definition.kind) return refuse('tag.kind-stays', { tag, kind: there.kind });
  if ((await store.holdDerivation(tx, tag)).retired !== null) return refuse('derivation.retired', { tag });
  const [before] = await store.draftsOf(tx, tag);
  if ((before?.revision ?? 0) !== basedOn) return refuse('derivation.changed', { by: before?.by ?? '' });
  const draft = { tag, revision: basedOn + 1, body: definition, by: actor.name, at: now };
  await store.saveDraft(tx, draft);
  await audit(ctx, 'derivation.drafted', `tag:${tag}`, { details: { revision: draft.revision } });
  return draft;
}

/** Refuses `thing.not-found`. */
export async function dropDraft(ctx: Ctx, tag: string): Promise<Refusal | undefined> {
  const [draft] = await store.draftsOf(ctx.tx, tag);
  if (draft === undefined) return refuse('thing.not-found');
  await store.dropDraft(ctx.tx, tag);
  await audit(ctx, 'derivation.draft-dropped', `tag:${tag}`);
  return undefined;
}

/**
 * The draft becomes the version in force, and the tag its own. Refuses `thing.not-found`, `derivation.changed`, `derivation.mistaken` with the place,
 * `derivation.unchanged`, `derivation.ring`, `derivation.retired`, and what the tags refuse.
 */
export async function publish(
  ctx: Ctx,
  { tag, revision, reason }: { tag: string; revision: number; reason: string },
): Promise<{ version: number } | Refusal> {
  const { tx, now, actor } = ctx;
  await store.lockVersions(tx);
  const [draft] = await store.draftsOf(tx, tag);
  if (draft === undefined) return refuse('thing.not-found');
  const before = await store.holdDerivation(tx, tag);
  if (before.retired !== null) return refuse('derivation.retired', { tag });
  if (draft.revision !== revision) return refuse('derivation.changed', { by: draft.by });
  const known = await knownNow(tx, [tag, ...namesIn(draft.body)]);
  const meaning = meaningOf(draft.body, known.facts);
  if (!isMeaning(meaning)) return refuse('derivation.mistaken', { ...meaning[0] });
  if (JSON.stringify(before.body) === JSON.stringify(draft.body)) return refuse('derivation.unchanged');
  const ring = ringWith(
    known,
    tag,
    meaning.inputs.map((f) => f.name),
  );
  if (ring !== null) return refuse('derivation.ring', { ring: ring.join(' → ') });
  const version = ((await store.versionsOf(tx, tag))[0]?.version ?? 0) + 1;
  await store.saveVersion(tx, tag, { version, body: draft.body, by: actor.name, at: now, reason });
  await store.dropDraft(tx, tag);
  const refused = await install(ctx, known, { tag, version, body: draft.body, inputs: meaning.inputs });
  if (refused !== undefined) return refused;
  if (version > 1) {
    const said = { zh: `第${version}版：${reason}`, en: `version ${version}: ${reason}` };
    const unmarked = await markTag(ctx, { tag, kind: 'edited', said });
    if (isRefusal(unmarked)) return unmarked;
  }
  await audit(ctx, 'derivation.published', `tag:${tag}`, { reason, details: { version } });
  return { version };
}
