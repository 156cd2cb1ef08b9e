import { type Plan, whoIsMeant } from '#audience';
import { systemActor } from '#platform/actor';
import type { Sql } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { allTags, readTags, type Tag, type TagRow } from '#tag';
import { type Candidate, inputsFor, type LeftOut } from './model.ts';
import { tagsIn } from './population.ts';
import { allModels, type ModelRow } from './store.ts';

/** What a model is about as the catalogue has it now: who, what is foreseen, what may be learned from. */

const EVERYBODY: Plan = { op: 'everyone' };

export interface Subject {
  readonly label: Tag | null;
  readonly population: Plan;
  /** Kinds of the tags that the population looks at. */
  readonly kinds: Readonly<Record<number, Tag['kind']>>;
}

/** Refuses `model.gone` where the label or the population is no longer sound. */
export async function subjectOf(sql: Sql, zone: string, model: ModelRow): Promise<Subject | Refusal> {
  const [label = null] = model.label === null ? [] : await readTags(sql, [model.label]);
  if (model.label !== null && label?.kind !== 'flag') return refuse('model.gone');
  const meant = await populationOf(sql, zone, model.population);
  if (isRefusal(meant)) return refuse('model.gone');
  const population = meant?.plan ?? EVERYBODY;
  const looked = new Set(tagsIn(population));
  const kinds = Object.fromEntries((await allTags(sql)).filter((t) => looked.has(t.id)).map((t) => [t.id, t.kind]));
  return { label, population, kinds };
}

/** A kept population, read; null: everybody. */
export const populationOf = async (sql: Sql, zone: string, where: unknown) =>
  where === null ? null : whoIsMeant(sql, systemActor('model'), { where, path: 'population', wording: 'saved', zone });

const candidateOf = ({ name, purposes, source, rule, hidden }: TagRow): Candidate => ({ name, purposes, source, rule, hidden });

/** Who may be learned from, and why others not. */
export async function inputsOf(sql: Sql, model: ModelRow): Promise<{ tags: readonly TagRow[]; inputs: string[]; leftOut: LeftOut[] }> {
  const tags = await allTags(sql);
  const foreseers = (await allModels(sql)).filter((m) => m.label === model.label).map((m) => m.score);
  const { label, score, purpose } = model;
  return { tags, ...inputsFor(tags.map(candidateOf), { label: label ?? '', score, purpose, foreseers }) };
}

const WHY: Readonly<Record<LeftOut['because'], { readonly zh: string; readonly en: string }>> = {
  label: { zh: '它就是要预测的目标', en: 'it is what is to be foreseen' },
  lineage: { zh: '它由目标标签加工而来，或是预测同一目标的评分', en: 'it is made from the label, or is a score that foresees it' },
  purpose: { zh: '目录中没有允许此用途', en: 'the catalogue does not allow it for this purpose' },
};

/** Refuses the first of these that may not be learned from, in words of the caller's language. */
export function inputRefused(
  wanted: readonly string[],
  { inputs, leftOut }: { readonly inputs: readonly string[]; readonly leftOut: readonly LeftOut[] },
  lang: 'zh' | 'en',
): Refusal | null {
  const allowed = new Set(inputs);
  const wrong = wanted.find((name) => !allowed.has(name));
  if (wrong === undefined) return null;
  const why = leftOut.find((l) => l.tag === wrong);
  return why === undefined
    ? refuse('model.no-tag', { tag: wrong })
    : refuse('model.input-not-allowed', { tag: wrong, because: why.because, reason: WHY[why.because][lang] });
}
