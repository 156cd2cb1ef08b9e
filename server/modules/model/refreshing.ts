import { randomUUID } from 'node:crypto';
import { systemActor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal } from '#platform/result';
import { announceBatch, bringInForce, forgetStaged, readTags } from '#tag';
import { lookAside } from './aside.ts';
import { aucOfCounts, eceOfCounts, meanOfCounts, psiOfCounts } from './counts.ts';
import { dateOf, todayIn } from './days.ts';
import { due, healthOf, keepsCopy, sourceOf } from './model.ts';
import { unpack } from './packed.ts';
import type { Look, Seen } from './scoring.ts';
import * as store from './store.ts';
import { type Subject, subjectOf } from './subject.ts';
import { BEAT_MS, LOST_MS, MOST_TRIES } from './training.ts';
import * as watch from './watchStore.ts';

/**
 * Renews all scores of a model and looks at them: blocks are staged beside the columns and come in force together with what the look found, or not at all. Doing it
 * again changes nothing.
 */

type Work = Pick<House, 'db' | 'log' | 'config' | 'live'>;

/** Works off the renewal that has waited longest; false: none does. */
export async function refreshNext(house: Work, stopping: AbortSignal): Promise<boolean> {
  const { db, log } = house;
  const row = await watch.claimRefresh(db, Date.now(), Date.now() - LOST_MS);
  if (row === undefined) return false;
  if (row.tries > MOST_TRIES) {
    await watch.leaveRefresh(db, row.model, row.asked_at);
    return true;
  }
  if (row.load !== null) await forgetStaged(db, row.load); // what a lost worker left
  const load = randomUUID();
  await watch.noteLoad(db, row.model, load);
  const overtaken = new AbortController();
  const at = { done: 0, total: 0 };
  const beat = async () => {
    if (!(await watch.beatRefresh(db, { model: row.model, load, now: Date.now(), ...at }))) overtaken.abort(new Error('overtaken'));
  };
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
  try {
    const asked = await lookOf(house, row.model, load);
    if (asked === null) await watch.leaveRefresh(db, row.model, row.asked_at);
    else {
      const tell = (done: number, total: number) => Object.assign(at, { done, total });
      const seen = await lookAside({ url: db.url, signal: AbortSignal.any([stopping, overtaken.signal]), tell }, asked);
      await beat();
      overtaken.signal.throwIfAborted();
      const batch = await db.inTx(systemActor(sourceOf(row.model)), (ctx) => settle(ctx, row, asked, seen));
      announceBatch(house, batch);
    }
  } catch (e) {
    await forgetStaged(db, load).catch(() => undefined);
    if (overtaken.signal.aborted) return true;
    if (!stopping.aborted) log.error({ model: row.model, fault: (e as Error).stack }, 'the scores could not be renewed');
    await watch.leaveRefresh(db, row.model, !stopping.aborted && row.tries >= MOST_TRIES ? row.asked_at : null);
  } finally {
    clearInterval(timer);
  }
  return true;
}

/** What is to be looked at today; null: there is nothing to score with, or the population is no longer sound. */
async function lookOf({ db, config }: Pick<Work, 'db' | 'config'>, id: string, load: string): Promise<Look | null> {
  const model = (await store.modelById(db, id)) as store.ModelRow;
  const subject = await subjectOf(db, config.zone, model);
  const [score] = await readTags(db, [model.score]);
  if (isRefusal(subject) || score === undefined || model.published === null) return null;
  const packed = model.kind === 'outside' ? null : ((await store.trainedOf(db, id, model.published as number)) as string);
  const inputs = packed === null ? [] : await readTags(db, unpack(packed).coders.map((c) => c.name)); // biome-ignore format: one line
  const day = todayIn(config.zone, Date.now());
  const copies = await watch.copiesOf(db, id);
  const isKept = model.label !== null && keepsCopy(day, copies.at(-1) ?? null, model.horizon);
  return {
    model: id,
    version: model.published,
    day,
    load,
    score,
    full: model.top,
    ...(subject as Subject),
    trained: packed,
    inputs,
    judged: due(copies, day, model.horizon).at(-1) ?? null,
    keep: isKept ? 'copy' : 'nothing',
  };
}

/** Everything that a look found, in force at once. */
async function settle(ctx: Ctx, row: watch.RefreshRow, asked: Look, seen: Seen): Promise<number | null> {
  const { tx, now } = ctx;
  const { model, version, day, score } = asked;
  const batch =
    asked.trained === null
      ? null
      : await bringInForce(ctx, {
          id: asked.load,
          source: sourceOf(model),
          customers: seen.changed,
          names: [score.name],
          moves: [],
          speaksOf: dateOf(day),
        });
  if (isRefusal(batch)) throw new Error(batch.code);
  const scored = seen.spread.reduce((sum, n) => sum + n, 0);
  const end = { model, served: row.asked_at, now, version, scored, changed: seen.changed, spread: seen.spread };
  await watch.endRefresh(tx, end);
  if (asked.keep === 'copy') await watch.keptWhole(tx, model, day);
  if (asked.judged !== null) await watch.dropCopies(tx, model, asked.judged);
  await noteDay(ctx, asked, seen, scored);
  return batch as number | null;
}

/** The day's figures against those of the day of publication, and the state that follows; a change of state is written down. */
async function noteDay(ctx: Ctx, asked: Look, seen: Seen, scored: number): Promise<void> {
  const { tx, now } = ctx;
  const { model, version, day } = asked;
  const spread = [...seen.spread, seen.unknown];
  const before = await watch.daysOf(tx, model, 400);
  const then = await watch.baseOf(tx, model, version);
  if (then === null && scored > 0) await watch.saveBase(tx, model, version, { spread, inputs: seen.inputs });
  const base = then ?? { spread, inputs: seen.inputs };
  const inputs = Object.entries(seen.inputs)
    .map(([tag, counts]) => ({ tag, psi: psiOfCounts(base.inputs[tag] ?? counts, counts) }))
    .sort((a, b) => b.psi - a.psi || (a.tag < b.tag ? -1 : 1));
  const judged = judgedOf(asked, seen);
  const known = judged ?? before.find((d) => d.judged !== null && d.version === version)?.judged ?? null;
  const promised = (await store.versionOf(tx, model, version))?.summary?.auc ?? null;
  const psi = scored === 0 ? null : psiOfCounts(base.spread, spread);
  const health = healthOf({
    psi,
    inputPsi: inputs[0]?.psi ?? null,
    aucDrop: promised === null || known === null || known.auc === null ? null : promised - known.auc,
    ece: known?.ece ?? null,
  });
  const mean = meanOfCounts(seen.spread);
  await watch.saveDay(tx, model, { day, version, scored, unknown: seen.unknown, mean, psi, inputs, judged, ...health }, now);
  const last = before.find((d) => d.day < day);
  if (last !== undefined && last.state !== health.state)
    await audit(ctx, 'model.health', `model:${model}`, { details: { from: last.state, to: health.state, because: health.because } });
}

function judgedOf({ judged }: Look, { ones, zeros }: Seen): watch.Judgement | null {
  const positives = ones.reduce((sum, n) => sum + n, 0);
  const n = positives + zeros.reduce((sum, one) => sum + one, 0);
  return judged === null || n === 0 ? null : { of: judged, n, positives, auc: aucOfCounts(ones, zeros), ece: eceOfCounts(ones, zeros) };
}

/** Asks for a renewal of every model whose scores are in force and that was not looked at today, once the night's loads are there. */
export async function refreshDaily({ db, config }: Pick<Work, 'db' | 'config'>, now: number): Promise<void> {
  const today = todayIn(config.zone, now);
  const seen = new Map((await watch.lastDays(db)).map((d) => [d.model, d.day]));
  const waiting = new Set((await watch.refreshes(db)).filter((r) => r.asked_at > r.served_at).map((r) => r.model));
  for (const m of await store.allModels(db)) {
    if (m.published !== null && !waiting.has(m.id) && (seen.get(m.id) ?? -1) < today) await watch.askRefresh(db, m.id, now);
  }
}
