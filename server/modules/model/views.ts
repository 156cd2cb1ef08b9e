import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { Lang } from '#platform/i18n';
import { isRefusal, type Refusal } from '#platform/result';
import { allTags } from '#tag';
import type { FiguresView, ModelView, VersionView } from './contract.ts';
import { dateOf } from './days.ts';
import { LIMITS } from './model.ts';
import { whyNot } from './service.ts';
import * as store from './store.ts';
import { populationOf } from './subject.ts';
import * as watch from './watchStore.ts';

/** Models as they are shown. */

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export interface Names {
  readonly zh: string;
  readonly en: string;
}

/** What tags are called; one without words by its name. */
export async function tagNames(sql: Sql): Promise<(tag: string) => Names> {
  const byName = new Map((await allTags(sql)).map((t) => [t.name, { zh: t.zh || t.name, en: t.en || t.name }]));
  return (tag) => byName.get(tag) ?? { zh: tag, en: tag };
}

export interface Reader {
  readonly actor: Actor;
  readonly lang: Lang;
  /** A refusal as a sentence. */
  readonly say: (r: Refusal) => string;
}

const action = <A extends Parameters<typeof whyNot>[1]>(r: Reader, name: A, model: store.ModelRow, version: store.VersionRow | null) => {
  const because = whyNot(r.actor, name, model, version);
  return { name, allowed: because === null, because: because && r.say(because) };
};

export function versionView(r: Reader, model: store.ModelRow, v: store.VersionRow, names: (tag: string) => Names): VersionView {
  const { summary } = v;
  const isAtWork = v.state === 'draft' || v.state === 'training';
  return {
    n: v.n,
    state: v.state,
    madeAt: new Date(v.made_at).toISOString(),
    madeBy: v.made_by,
    endedAt: iso(v.ended_at),
    publishedAt: iso(v.published_at),
    seconds: v.ended_at === null || v.began_at === null ? null : Math.round((v.ended_at - v.began_at) / 100) / 10,
    seed: v.seed,
    inputs: summary?.inputs ?? null,
    observations: v.observed?.map(dateOf) ?? null,
    progress: isAtWork ? { step: v.state === 'draft' ? 'waiting' : v.step, done: v.done, total: v.total } : null,
    problem: v.code === null ? null : { code: v.code, message: r.say({ refused: true, code: v.code, details: v.details ?? {} }) },
    figures: summary && {
      auc: summary.auc,
      ece: summary.ece,
      brier: summary.brier,
      n: summary.n,
      positives: summary.positives,
      top: summary.top,
    },
    warnings: (summary?.warned ?? []).map((w) => (w.kind === 'alone' ? { ...w, names: names(w.tag) } : w)),
    actions: [action(r, 'publish', model, v), action(r, 'cancel', model, v)],
  };
}

export function figuresView(
  { inputs, leftOut, bins, roc, folds, lift, parts, ...figures }: store.KeptFigures,
  names: (tag: string) => Names,
): FiguresView {
  return {
    ...figures,
    folds: [...folds],
    lift: [...lift],
    bins: [...bins],
    roc: [...roc],
    parts,
    inputs: inputs.map((i) => ({ ...i, names: names(i.tag) })),
    leftOut: leftOut.map((l) => ({ ...l, names: names(l.tag) })),
  };
}

/** Models with the state of each. */
export async function modelViews(sql: Sql, zone: string, r: Reader, rows: readonly store.ModelRow[]): Promise<ModelView[]> {
  const names = await tagNames(sql);
  const versions = Map.groupBy(await store.topVersions(sql), (v) => v.model);
  const refreshes = new Map((await watch.refreshes(sql)).map((f) => [f.model, f]));
  const days = new Map((await watch.lastDays(sql)).map((d) => [d.model, d]));
  const read = new Map<string, ReturnType<typeof populationOf>>(); // many models are for the same people
  const meantBy = (where: unknown) => {
    const key = JSON.stringify(where);
    const known = read.get(key) ?? populationOf(sql, zone, where);
    read.set(key, known);
    return known;
  };
  return Promise.all(
    rows.map(async (m) => {
      const some = versions.get(m.id) ?? [];
      const latest = some.reduce<store.VersionRow | null>((top, v) => (top === null || v.n > top.n ? v : top), null);
      const published = some.find((v) => v.n === m.published) ?? null;
      const day = days.get(m.id);
      const meant = await meantBy(m.population);
      const view = (v: store.VersionRow | null) => v && versionView(r, m, v, names);
      return {
        id: m.id,
        kind: m.kind,
        names: { zh: m.zh, en: m.en },
        meaning: { zh: m.meaning_zh, en: m.meaning_en },
        scene: m.scene,
        purpose: m.purpose,
        owner: m.owner,
        label: m.label === null ? null : { tag: m.label, names: names(m.label) },
        horizonDays: m.horizon,
        population: m.population === null ? null : { where: m.population, sentence: meant === null || isRefusal(meant) ? null : meant.sentence[r.lang] }, // biome-ignore format: one line
        score: m.score,
        full: m.top,
        madeAt: new Date(m.made_at).toISOString(),
        published: view(published),
        latest: view(latest),
        health: day ? { state: day.state, day: dateOf(day.day), because: [...day.because], judged: judgedView(day.known) } : null,
        refresh: refreshView(refreshes.get(m.id)),
        actions: [
          action(r, 'train', m, latest),
          action(r, 'edit', m, latest),
          action(r, 'withdraw', m, published),
          action(r, 'observe', m, latest),
        ],
      };
    }),
  );
}

const judgedView = (judged: watch.Judgement | null) => judged && { ...judged, of: dateOf(judged.of) };

function refreshView(f: watch.RefreshRow | undefined): ModelView['refresh'] {
  if (f === undefined) return null;
  const isOpen = f.asked_at > f.served_at;
  const state = isOpen ? (f.beat === null ? 'waiting' : 'running') : f.failed ? 'failed' : 'done';
  return { state, done: f.done, total: f.total, at: iso(f.ended_at), scored: f.scored, changed: f.changed };
}

const INPUTS_SHOWN = 5;

export async function monitorView(sql: Sql, model: store.ModelRow, limit: number) {
  const names = await tagNames(sql);
  const copies = await watch.copiesOf(sql, model.id);
  return {
    items: (await watch.daysOf(sql, model.id, limit)).map((d) => ({
      ...d,
      day: dateOf(d.day),
      because: [...d.because],
      inputs: d.inputs.slice(0, INPUTS_SHOWN).map((i) => ({ ...i, names: names(i.tag) })),
      judged: judgedView(d.judged),
    })),
    limits: LIMITS.map((l) => ({ ...l })),
    waiting: copies.map((day) => ({ day: dateOf(day), due: dateOf(day + model.horizon) })),
  };
}
