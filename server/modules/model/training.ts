import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal } from '#platform/result';
import { readTags } from '#tag';
import { readAside, recallAside } from './aside.ts';
import { learn } from './crew.ts';
import { trialOf } from './evaluate.ts';
import { warningsOf } from './model.ts';
import { observationsOf } from './observationStore.ts';
import { pack } from './packed.ts';
import type { Rows } from './reading.ts';
import * as store from './store.ts';
import { inputsOf, type Subject, subjectOf } from './subject.ts';

/** Works trainings off: one after the other in a program, each by one program, begun again when its worker was lost. */

/** A worker that was not heard of for so long is lost. */
export const LOST_MS = 60_000;
export const BEAT_MS = 5_000;
export const MOST_TRIES = 3;
const LEAST_ROWS = 1_000;
const LEAST_OF_EACH = 50;

type Work = Pick<House, 'db' | 'log' | 'config'>;

/** Trains the version that has waited longest; false: none does. Ends with the version trained, or failed with its reason, or as it was. */
export async function trainNext({ db, log, config }: Work, stopping: AbortSignal): Promise<boolean> {
  const version = await store.claimVersion(db, Date.now(), Date.now() - LOST_MS);
  if (version === undefined) return false;
  if (version.tries > MOST_TRIES) {
    await store.failVersion(db, version, { now: Date.now(), code: 'model.interrupted' });
    return true;
  }
  const cancelling = new AbortController();
  const at = { step: 'reading' as store.Step, done: 0, total: 0 };
  const beat = async () => {
    if (!(await store.beatVersion(db, version, { now: Date.now(), ...at }))) cancelling.abort(new Error('cancelled'));
  };
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
  const signal = AbortSignal.any([stopping, cancelling.signal]);
  try {
    const outcome = await trained({ db, config }, version, {
      signal,
      tell: (step, done, total) => {
        const isNew = at.step !== step || at.done !== done;
        Object.assign(at, { step, done, total });
        if (isNew && step !== 'reading') void beat().catch(() => undefined);
      },
    });
    if ('code' in outcome) await store.failVersion(db, version, { now: Date.now(), ...outcome });
    else await store.finishVersion(db, version, { now: Date.now(), ...outcome });
  } catch (e) {
    if (stopping.aborted) await store.letGoVersion(db, version);
    else if (!cancelling.signal.aborted) {
      log.error({ model: version.model, n: version.n, fault: (e as Error).stack }, 'a training broke off');
      await store.failVersion(db, version, { now: Date.now(), code: 'model.fault' });
    }
  } finally {
    clearInterval(timer);
  }
  return true;
}

interface Around {
  readonly signal: AbortSignal;
  readonly tell: (step: store.Step, done: number, total: number) => void;
}
type Outcome = { readonly summary: store.Summary; readonly figures: store.KeptFigures; readonly trained: string } | { readonly code: string; readonly details?: Record<string, unknown> }; // biome-ignore format: one line

async function trained({ db, config }: Pick<Work, 'db' | 'config'>, version: store.VersionRow, { signal, tell }: Around): Promise<Outcome> {
  const model = (await store.modelById(db, version.model)) as store.ModelRow;
  const found = await subjectOf(db, config.zone, model);
  if (isRefusal(found)) return { code: found.code };
  const { label, population, kinds } = found as Subject;
  if (label === null) return { code: 'model.gone' };
  const may = await inputsOf(db, model);
  const wanted = new Set(version.wanted ?? may.inputs);
  const names = may.inputs.filter((name) => wanted.has(name));
  const around = { url: db.url, signal, tell: (done: number, total: number) => tell('reading', done, total) };
  const { most, observed } = version;
  const seen = observed === null ? null : await observedOf(db, version.model, observed);
  if (seen === 'gone') return { code: 'model.observation-gone' };
  const known = await readTags(db, names);
  const inputs =
    seen === null ? known : known.filter((t) => seen.every(({ tags }) => tags.some((k) => k.name === t.name && k.kind === t.kind)));
  if (inputs.length === 0) return { code: 'model.no-inputs' };
  const rows = seen
    ? await recallAside(around, { model: version.model, observations: seen, inputs, most })
    : await readAside(around, { label, inputs, population, kinds, most });
  const positives = rows.label.reduce((sum, one) => sum + one, 0);
  const few = rows.label.length < LEAST_ROWS || Math.min(positives, rows.label.length - positives) < LEAST_OF_EACH;
  if (few) return { code: 'model.too-few', details: { n: rows.label.length, positives } };
  const missing = known.filter((t) => !inputs.includes(t)).map(({ name }) => ({ tag: name, because: 'not-observed' as const }));
  const leftOut = [...(version.wanted === null ? may.leftOut : []), ...missing];
  return learned(rows, positives, leftOut, { signal, tell });
}

/** What was kept on these days; `gone`: one of them was thrown away since. */
async function observedOf(sql: Sql, model: string, days: readonly number[]) {
  const ripe = (await observationsOf(sql, model)).filter((o) => o.state === 'ripe' && days.includes(o.day));
  return ripe.length < days.length ? 'gone' : ripe.map(({ day, tags }) => ({ day, tags: tags ?? [] }));
}

async function learned(rows: Rows, positives: number, leftOut: store.KeptFigures['leftOut'], { signal, tell }: Around): Promise<Outcome> {
  const trial = trialOf(rows.columns, rows.label);
  const made = await learn(trial, { signal, tell: (done, total) => tell('judging', done, total) });
  if (made.inputs.length === 0) return { code: 'model.says-nothing' };
  const { choice, trained: model, inputs, same } = made;
  const figures: store.KeptFigures = {
    ...made.figures,
    positives,
    eligible: rows.eligible,
    parts: { ...choice, calibration: model.calibration.kind },
    inputs,
    leftOut: [...leftOut, ...same.map((tag) => ({ tag, because: 'same-for-all' as const }))],
  };
  const { auc, ece, brier, n, top } = figures;
  const summary = { auc, ece, brier, n, positives, top, inputs: inputs.length, warned: warningsOf(auc, inputs) };
  return { summary, figures, trained: pack(model) };
}
