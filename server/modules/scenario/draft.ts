import { audit } from '#platform/audit';
import type { Ctx, Tx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { book } from './book.ts';
import { problems } from './check.ts';
import type { Draft, DraftLine, Scenario } from './contract.ts';
import { publishNext } from './service.ts';
import * as store from './store.ts';

/** The editor's work on a scenario: one draft each, checked as it grows, published as the next version. */

export const draftView = (d: store.DraftRow): Draft => ({
  scenario: d.body,
  basedOn: d.based_on,
  revision: d.revision,
  editedAt: new Date(d.edited_at).toISOString(),
  editedBy: d.edited_by,
  problems: problems(d.body, book.words),
});

export function draftLine(d: store.DraftRow): DraftLine {
  const { scenario, problems: found, ...rest } = draftView(d);
  return { ...rest, id: d.id, names: scenario.names, root: scenario.root, problems: found.length };
}

/** What somebody would lose or publish unseen: the draft is not the one that he saw. */
const changed = (id: string, now: store.DraftRow | undefined): Refusal =>
  refuse(
    'draft.changed',
    now
      ? { id, by: now.edited_by, at: new Date(now.edited_at).toISOString(), revision: now.revision }
      : { id, by: '', at: null, revision: 0 },
  );

/** Journeys whose scenario nobody named have this one; it is nobody's to edit. */
const RESERVED = 'unclassified';

interface Seen {
  readonly id: string;
  readonly revision: number | undefined;
}

/** The version in force; 0 for a scenario that was never published. */
const versionNow = async (tx: Tx, id: string): Promise<number> => (await store.versionsOf(tx, id))[0]?.version ?? 0;

/**
 * Keeps a draft. `basedOn`: the version it starts from; `revision`: the draft as the editor last saw it, 0 for none. Refuses
 * `scenario.reserved`, `draft.outdated` when another version is in force and `draft.changed` when somebody else has saved since.
 */
export async function saveDraft(
  ctx: Ctx,
  wanted: { scenario: Scenario; basedOn: number; revision: number },
): Promise<store.DraftRow | Refusal> {
  const { scenario, basedOn, revision } = wanted;
  if (scenario.id === RESERVED) return refuse('scenario.reserved', { id: RESERVED });
  const version = await versionNow(ctx.tx, scenario.id);
  if (basedOn !== version) return refuse('draft.outdated', { id: scenario.id, version });
  const now = await store.lockDraft(ctx.tx, scenario.id);
  if ((now?.revision ?? 0) !== revision) return changed(scenario.id, now);
  const row = { id: scenario.id, body: scenario, based_on: basedOn, revision: revision + 1, edited_at: ctx.now, edited_by: ctx.actor.name };
  return (await store.saveDraft(ctx.tx, row)) ? row : changed(scenario.id, undefined);
}

/**
 * Publishes the draft as the next version. `revision`: the one that was looked at, any when undefined. Refuses another revision
 * (`draft.changed`), a draft of an older version, and what is wrong with it (`draft.has-problems`).
 */
export async function publishDraft(ctx: Ctx, { id, revision }: Seen): Promise<Scenario | Refusal> {
  const draft = await store.lockDraft(ctx.tx, id);
  if (draft === undefined) return refuse('draft.not-found', { id });
  if (draft.revision !== (revision ?? draft.revision)) return changed(id, draft);
  const version = await versionNow(ctx.tx, id);
  if (draft.based_on !== version) return refuse('draft.outdated', { id, version });
  const found = problems(draft.body, book.words);
  if (found.length > 0) return refuse('draft.has-problems', { count: found.length, problems: found });
  const next = await publishNext(ctx.tx, draft.body, ctx.actor.name, ctx.now);
  await store.dropDraft(ctx.tx, id);
  await audit(ctx, 'scenario.published', `scenario:${id}`, { details: { version: next.version } });
  return next;
}

/** Throws a draft away, or refuses when it is no longer the one that was looked at. */
export async function dropDraft(ctx: Ctx, { id, revision }: Seen): Promise<Refusal | undefined> {
  const draft = await store.lockDraft(ctx.tx, id);
  if (draft === undefined) return refuse('draft.not-found', { id });
  if (draft.revision !== (revision ?? draft.revision)) return changed(id, draft);
  await store.dropDraft(ctx.tx, id);
  await audit(ctx, 'scenario.draft-dropped', `scenario:${id}`, {});
  return undefined;
}
