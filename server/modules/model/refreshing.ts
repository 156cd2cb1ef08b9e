import { randomUUID } from 'node:crypto';
import { systemActor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal } from '#platform/result';
import { announceBatch, BITMAP_BYTES, blocksOfTag, bringInForce, type Cells, forgetStaged, openBlock, readCatalogue, readTags, stage, versionsOf } from '#tag'; // biome-ignore format: one line
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

const ALL = Buffer.alloc(BITMAP_BYTES, 0xff);

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
    if (asked === 'withdrawn') announceBatch(house, await db.inTx(systemActor(sourceOf(row.model)), (ctx) => clear(ctx, row, load)));
    else if (asked === null) await watch.leaveRefresh(db, row.model, row.asked_at);
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

/** What is to be looked at today; `withdrawn`: its scores go; null: there is nothing to score with, or the population is no longer sound. */
async function lookOf({ db, config }: Pick<Work, 'db' | 'config'>, id: string, load: string): Promise<Look | 'withdrawn' | null> {
  const model = (await store.modelById(db, id)) as store.ModelRow;
  if (model.published === null) return 'withdrawn';
  const subject = await subjectOf(db, config.zone, model);
  const [score] = await readTags(db, [model.score]);
  if (isRefusal(subject) || score === undefined) return null;
  const packed = model.kind === 'outside' ? null : ((await store.trainedOf(db, id, model.published)) as string);
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

/** A model of which no version is in use says nothing of anybody: the scores that it made become unknown, at once. */
async function clear(ctx: Ctx, row: watch.RefreshRow, load: string): Promise<number | null> {
  const { tx, now } = ctx;
  const model = (await store.lockModel(tx, row.model)) as store.ModelRow;
  const [tag] = await readCatalogue(tx, [model.score]);
  const isOurs = model.published === null && tag?.source === sourceOf(model.id);
  let changed = 0;
  if (isOurs)
    for (const block of await blocksOfTag(tx, tag.id)) {
      const [stored] = await versionsOf(tx, [tag.id], [block]);
      if (stored === undefined) continue;
      const { units } = openBlock('number', stored) as Extract<Cells, { kind: 'number' | 'date' }>;
      changed += units.reduce((sum, unit) => sum + Number(!Number.isNaN(unit)), 0);
      await stage(tx, load, [
        { tag: tag.id, block, base: 0, width: 1, scale: tag.scale, known: null, body: null, mask: ALL, was: stored.was },
      ]);
    }
  const names = isOurs ? [model.score] : [];
  const batch = await bringInForce(ctx, { id: load, source: sourceOf(model.id), customers: changed, names, moves: [], speaksOf: null });
  if (isRefusal(batch)) throw new Error(batch.code);
  await watch.clearRefresh(tx, { model: model.id, served: row.asked_at, now, changed });
  await watch.dropCopies(tx, model.id, Number.MAX_SAFE_INTEGER);
  return batch as number | null;
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
