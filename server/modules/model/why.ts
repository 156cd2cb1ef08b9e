import { ordinalOf } from '#customer';
import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { Lang } from '#platform/i18n';
import { type Refusal, refuse } from '#platform/result';
import { type Fact, factsOf, readTags, type Tag } from '#tag';
import { type Column, columnBuilder } from './column.ts';
import type { ExplainedView } from './contract.ts';
import { stepOf } from './counts.ts';
import { explain } from './explain.ts';
import { unpack } from './packed.ts';
import * as store from './store.ts';
import { matrixOf } from './trained.ts';
import type { Names } from './views.ts';
import { spreadOf } from './watchStore.ts';

/** Why one customer has his score: in his own areas alone, by the facts of today. */

const SHOWN = 5;
/** Smaller parts are told together: what multiplies the odds by 1.05 or less is no reason. */
const LEAST_TOLD = Math.log(1.05);
const DAY_MS = 86_400_000;

/** Why nothing is told. */
const SILENT: Readonly<Record<'outside' | 'unpublished' | 'not-scored', Names>> = {
  outside: {
    zh: '评分由外部系统给出，本系统没有它的模型，说不出理由；请向评分的提供方询问。',
    en: 'The score comes from outside. Its model is not here, so nothing can be said of the reasons; please ask whoever provides it.',
  },
  unpublished: { zh: '模型还没有发布。', en: 'The model is not published yet.' },
  'not-scored': { zh: '客户不在模型的适用范围内，或尚未评分。', en: 'He is not among those whom the model scores, or was not scored yet.' },
};

/** Refuses `thing.not-found`, as if there were nobody. `because` says why nothing is told where nothing can be. */
export async function whyScored(
  sql: Sql,
  actor: Actor,
  { id, customer, names, lang }: { id: string; customer: string; names: (tag: string) => Names; lang: Lang },
): Promise<ExplainedView | Refusal> {
  const model = await store.modelById(sql, id);
  const ordinal = model && (await ordinalOf(sql, { actor }, customer));
  if (model === undefined || ordinal === undefined) return refuse('thing.not-found');
  const facts = await factsOf(sql, ordinal);
  const byName = new Map(facts.map((f) => [f.tag.name, f]));
  const value = byName.get(model.score)?.value;
  const score = typeof value === 'number' ? value : null;
  const spread = await spreadOf(sql, id);
  const of = spread?.spread.reduce((sum, n) => sum + n, 0) ?? 0;
  const known = {
    model: model.id,
    names: { zh: model.zh, en: model.en },
    version: model.published,
    score,
    full: model.top,
    rank: score === null || spread === undefined ? null : 1 + above(spread.spread, stepOf(score / model.top)),
    of,
    at: spread?.ended_at ? new Date(spread.ended_at).toISOString() : null,
  };
  const silent = { ...known, now: null, up: [], down: [], rest: 0 };
  const packed = model.kind === 'outside' || model.published === null ? undefined : await store.trainedOf(sql, id, model.published);
  if (packed === undefined) return { ...silent, because: SILENT[model.kind === 'outside' ? 'outside' : 'unpublished'][lang] };
  if (score === null) return { ...silent, because: SILENT['not-scored'][lang] };
  const trained = unpack(packed);
  const tags = await readTags(sql, trained.coders.map((c) => c.name)); // biome-ignore format: one line
  const columns = tags.map((t) => columnOf(t, byName.get(t.name)));
  const { probability, parts, base } = explain(trained, matrixOf(trained.coders, columns, Uint32Array.of(0)), 0);
  const told = parts
    .filter(({ value: part }) => Math.abs(part) > LEAST_TOLD)
    .map(({ name, value: part }) => {
      const fact = byName.get(name);
      return { tag: name, names: names(name), value: fact?.value ?? null, label: fact?.label ?? null, part };
    });
  const up = told.filter(({ part }) => part > 0).slice(0, SHOWN);
  const down = told.filter(({ part }) => part < 0).slice(0, SHOWN);
  const all = parts.reduce((sum, { value: part }) => sum + part, 0);
  const rest = all - [...up, ...down].reduce((sum, { part }) => sum + part, 0);
  return { ...known, now: { score: stepOf(probability), base: stepOf(1 / (1 + Math.exp(-base))) }, because: null, up, down, rest };
}

const above = (spread: readonly number[], step: number): number => spread.slice(step + 1).reduce((sum, n) => sum + n, 0);

/** One row; what is not shown of him any more is unknown. */
function columnOf(tag: Tag, fact: Fact | undefined): Column {
  const builder = columnBuilder(tag.name, tag.kind);
  const value = fact?.value;
  builder.push(
    value === undefined
      ? undefined
      : typeof value === 'boolean'
        ? Number(value)
        : tag.kind === 'date'
          ? Date.parse(`${value}T00:00:00Z`) / DAY_MS
          : value,
  );
  return builder.done();
}
