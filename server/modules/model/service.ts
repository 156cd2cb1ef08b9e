import { whoIsMeant } from '#audience';
import { type Actor, may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { Lang } from '#platform/i18n';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { offerScoreRule } from '#retention';
import { addTags, describeTag, readCatalogue } from '#tag';
import type { NewModel, TrainAsked } from './contract.ts';
import { stepOf } from './counts.ts';
import { seed } from './evaluate.ts';
import { mayMove, sourceOf } from './model.ts';
import { ripeDays } from './observations.ts';
import * as store from './store.ts';
import { inputRefused, inputsOf } from './subject.ts';
import { askRefresh } from './watchStore.ts';

/** What people do with models: register, train, publish. */

/** Refuses what is wrong with it: its label, its score, its population. One from outside is in force at once, and looked at soon. */
export async function register(ctx: Ctx, zone: string, wanted: NewModel): Promise<true | Refusal> {
  const { tx, now, actor } = ctx;
  const { id, kind, population = null } = wanted;
  if (await store.modelById(tx, id)) return refuse('model.exists', { id });
  const wrong = (await labelRefused(ctx, wanted)) ?? (await scoreRefused(ctx, wanted));
  if (wrong) return wrong;
  if (population !== null) {
    const meant = await whoIsMeant(tx, actor, { where: population, path: 'population', wording: 'sent', zone });
    if (isRefusal(meant)) return meant;
  }
  const row: store.ModelRow = {
    id,
    kind,
    zh: wanted.names.zh,
    en: wanted.names.en,
    meaning_zh: wanted.meaning.zh,
    meaning_en: wanted.meaning.en,
    scene: wanted.scene,
    purpose: wanted.purpose,
    owner: wanted.owner,
    label: wanted.label ?? null,
    horizon: wanted.horizonDays,
    population,
    score: wanted.score,
    top: kind === 'trained' ? 1_000 : wanted.full,
    published: kind === 'outside' ? 1 : null,
    made_at: now,
    made_by: actor.name,
  };
  if (!(await store.addModel(tx, row))) return refuse('model.exists', { id });
  if (kind === 'outside') {
    await store.addOutside(tx, id, now, actor.name);
    await askRefresh(tx, id, now);
    await store.askForWork(tx);
  }
  await audit(ctx, 'model.registered', `model:${id}`, { details: { kind, label: row.label, score: row.score } });
  return true;
}

async function labelRefused({ tx }: Ctx, { kind, label }: NewModel): Promise<Refusal | null> {
  if (label === undefined) return kind === 'trained' ? refuse('model.label-missing') : null;
  const [tag] = await readCatalogue(tx, [label]);
  if (tag === undefined) return refuse('model.no-tag', { tag: label });
  return tag.kind === 'flag' ? null : refuse('model.label-not-flag', { tag: label });
}

async function scoreRefused({ tx }: Ctx, { id, kind, score }: NewModel): Promise<Refusal | null> {
  const [tag] = await readCatalogue(tx, [score]);
  const another = (await store.allModels(tx)).find((m) => m.score === score);
  if (another) return refuse('model.score-taken', { tag: score, source: sourceOf(another.id) });
  if (kind === 'outside') {
    if (tag === undefined) return refuse('model.no-tag', { tag: score });
    return tag.kind === 'number' ? null : refuse('model.score-not-number', { tag: score });
  }
  if (tag === undefined || (tag.kind === 'number' && tag.source === sourceOf(id))) return null;
  return refuse('model.score-taken', { tag: score, source: tag.source ?? '?' });
}

/**
 * A new version that waits for its training; answers its number. It learns from what stands when it is trained, or from these days' observations. Refuses
 * inputs that may not be learned from, observations whose outcome is not known, and a second training at a time.
 */
export async function askTraining(
  ctx: Ctx,
  { id, inputs, observations, rows, lang }: TrainAsked & { readonly id: string; readonly lang: Lang },
): Promise<number | Refusal> {
  const { tx, now, actor } = ctx;
  const model = await store.lockModel(tx, id);
  if (model === undefined) return refuse('thing.not-found');
  if (model.kind === 'outside') return refuse('model.from-outside');
  const [latest] = await store.versionsOf(tx, id);
  if (latest && mayMove(latest.state, 'cancel')) return refuse('model.training', { n: latest.n });
  const allowed = await inputsOf(tx, model);
  if (allowed.inputs.length === 0) return refuse('model.no-inputs');
  const wrong = inputRefused(inputs ?? [], allowed, lang);
  if (wrong) return wrong;
  const observed = observations ? await ripeDays(ctx, id, observations) : null;
  if (isRefusal(observed)) return observed;
  const n = await store.addVersion(tx, { model: id, at: now, by: actor.name, seed, wanted: inputs ?? null, most: rows, observed });
  await audit(ctx, 'model.training-asked', `model:${id}`, {
    details: { n, rows, ...(inputs && { inputs }), ...(observations && { observations }) },
  });
  await store.askForWork(tx);
  return n;
}

/** Refuses `model.not-now` when it is over already. */
export async function cancelTraining(ctx: Ctx, { id, n }: { id: string; n: number }): Promise<true | Refusal> {
  const version = await store.versionOf(ctx.tx, id, n);
  if (version === undefined) return refuse('thing.not-found');
  if (!(await store.failVersion(ctx.tx, { model: id, n, began_at: null }, { now: ctx.now, code: 'model.cancelled' })))
    return refuse('model.not-now', { n });
  await audit(ctx, 'model.training-cancelled', `model:${id}`, { details: { n } });
  return true;
}

/** Puts a version's scores in force: its tag is in the catalogue at once, the scores as soon as all of them are there. */
export async function publishVersion(ctx: Ctx, { id, n }: { id: string; n: number }): Promise<true | Refusal> {
  const { tx, now } = ctx;
  const model = await store.lockModel(tx, id);
  const version = await store.versionOf(tx, id, n);
  if (model === undefined || version === undefined) return refuse('thing.not-found');
  if (!mayMove(version.state, 'publish')) return refuse('model.not-now', { n });
  const said = model.kind === 'outside' ? true : await describeScore(ctx, model);
  if (isRefusal(said)) return said;
  await store.publish(tx, { model: id, n, now });
  if (model.scene === 'churn' && model.kind === 'trained') await offerRule(ctx, model, version);
  await askRefresh(tx, id, now);
  await store.askForWork(tx);
  await audit(ctx, 'model.published', `model:${id}`, { details: { n, before: model.published } });
  return true;
}

/** Whoever leads by such a score is called by the retention desk: a hundredth of all at first, then as the desk's own people say. */
const offerRule = (ctx: Ctx, model: store.ModelRow, version: store.VersionRow): Promise<boolean> =>
  offerScoreRule(ctx, {
    id: `model-${model.id}`.toLowerCase(),
    names: { zh: `模型：${model.zh}`, en: `Model: ${model.en}` },
    fact: model.score,
    least: stepOf(version.summary?.top ?? 1),
  });

/** The score's tag says what it is; what people wrote about it since stays. */
async function describeScore(ctx: Ctx, model: store.ModelRow): Promise<unknown> {
  const { tx, now } = ctx;
  const [tag] = await readCatalogue(tx, [model.score]);
  if (tag !== undefined)
    return tag.source === sourceOf(model.id) ? true : refuse('model.score-taken', { tag: model.score, source: tag.source ?? '?' });
  await addTags(tx, [{ name: model.score, kind: 'number', source: sourceOf(model.id) }], now);
  return describeTag(ctx, model.score, {
    names: { zh: model.zh, en: model.en },
    meaning: meaningOfScore(model),
    rule: `model ${model.id}`,
    owner: model.owner,
    purposes: [model.purpose as 'analysis'],
    refresh: 'daily',
    confidence: null,
  });
}

/** What the catalogue says of a score that is made here. */
export const meaningOfScore = (model: Pick<store.ModelRow, 'en' | 'meaning_zh' | 'meaning_en'>): { zh: string; en: string } => ({
  zh: `0 至 1000，千分之几的可能。${model.meaning_zh}`,
  en: `0 to 1000: how likely, per mille. ${model.en}. ${model.meaning_en}`,
});

/** Why a model cannot be edited or withdrawn, or a version trained, published or cancelled by this caller now; null: it can. */
export function whyNot(
  actor: Actor,
  act: 'train' | 'publish' | 'cancel' | 'edit' | 'withdraw' | 'observe',
  model: store.ModelRow,
  version: store.VersionRow | null,
): Refusal | null {
  if (!may(actor, act === 'publish' || act === 'withdraw' ? 'model:publish' : 'model:train')) return refuse('auth.forbidden');
  if (act === 'edit') return null;
  if (act === 'withdraw') return model.published === null ? refuse('model.no-version') : null;
  if (model.kind === 'outside' && act !== 'publish') return refuse('model.from-outside');
  if (act === 'observe') return null;
  if (act === 'train') return version && mayMove(version.state, 'cancel') ? refuse('model.training', { n: version.n }) : null;
  return version && mayMove(version.state, act) ? null : refuse('model.not-now', { n: version?.n ?? 0 });
}
