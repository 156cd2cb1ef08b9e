import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { describeTag, readCatalogue } from '#tag';
import type { ModelEdit } from './contract.ts';
import { sourceOf } from './model.ts';
import { meaningOfScore } from './service.ts';
import * as store from './store.ts';
import { askRefresh } from './watchStore.ts';

/** What people do with a model that is registered: say otherwise what it is, and take it back. */

/** Refuses `thing.not-found`. What the catalogue says of the score follows where nobody has said otherwise there. */
export async function editModel(ctx: Ctx, { id, names, meaning, owner }: ModelEdit & { readonly id: string }): Promise<true | Refusal> {
  const { tx } = ctx;
  const was = await store.lockModel(tx, id);
  if (was === undefined) return refuse('thing.not-found');
  const is = { ...was, zh: names.zh, en: names.en, meaning_zh: meaning.zh, meaning_en: meaning.en, owner };
  await store.saveWords(tx, is);
  const [tag] = await readCatalogue(tx, [was.score]);
  if (tag?.source === sourceOf(id)) {
    const [before, after] = [meaningOfScore(was), meaningOfScore(is)];
    const change = {
      ...(tag.zh === was.zh && tag.en === was.en && { names }),
      ...(tag.meaning_zh === before.zh && tag.meaning_en === before.en && { meaning: after }),
      ...(tag.owner === was.owner && { owner }),
    };
    const said = Object.keys(change).length === 0 ? null : await describeTag(ctx, was.score, change);
    if (isRefusal(said)) return said;
  }
  const { zh, en, meaning_zh, meaning_en } = was;
  await audit(ctx, 'model.edited', `model:${id}`, { details: { before: { zh, en, meaning_zh, meaning_en, owner: was.owner }, names, meaning, owner } }); // biome-ignore format: one line
  return true;
}

/**
 * No version is in use any more: scores that were made here become unknown, and nobody watches. To publish a version again takes it back. Refuses
 * `thing.not-found`, `model.no-version`.
 */
export async function withdrawModel(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<true | Refusal> {
  const { tx, now } = ctx;
  const model = await store.lockModel(tx, id);
  if (model === undefined) return refuse('thing.not-found');
  if (model.published === null) return refuse('model.no-version');
  await store.withdraw(tx, id);
  await askRefresh(tx, id, now);
  await store.askForWork(tx);
  await audit(ctx, 'model.withdrawn', `model:${id}`, { reason, details: { n: model.published } });
  return true;
}
