import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { isRefusal } from '#platform/result';
import { readTags } from '#tag';
import { keepAside, outcomesAside } from './aside.ts';
import { todayIn } from './days.ts';
import { sourceOf } from './model.ts';
import { isNextDue, MOST_OBSERVED, roomFrom } from './observation.ts';
import * as kept from './observationStore.ts';
import { beginObservation } from './observations.ts';
import * as store from './store.ts';
import { inputsOf, subjectOf } from './subject.ts';
import { BEAT_MS, LOST_MS, MOST_TRIES } from './training.ts';

/** Works observations off: keeps who is to be kept, reads outcomes that are known. Doing it again changes nothing. */

type Work = Pick<House, 'db' | 'log' | 'config'>;
interface Around {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly tell: (done: number, total: number) => void;
}

/** Works off the observation that has waited longest; false: none does. */
export async function observeNext({ db, log, config }: Work, stopping: AbortSignal): Promise<boolean> {
  const row = await kept.claimObservation(db, Date.now(), Date.now() - LOST_MS);
  if (row === undefined) return false;
  const today = todayIn(config.zone, Date.now());
  if (row.tries > MOST_TRIES) {
    await kept.broke(db, row, 'model.interrupted');
    return true;
  }
  if (row.state === 'asked' && row.day !== today) {
    await kept.beginAnew(db, row, today);
    return true;
  }
  const overtaken = new AbortController();
  const at = { done: 0, total: 0 };
  const beat = async () => {
    if (!(await kept.beatObservation(db, row, { now: Date.now(), ...at }))) overtaken.abort(new Error('overtaken'));
  };
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
  const around = { url: db.url, signal: AbortSignal.any([stopping, overtaken.signal]), tell: (done: number, total: number) => void Object.assign(at, { done, total }) }; // biome-ignore format: one line
  try {
    const problem = await (row.state === 'asked' ? keep : read)({ db, config }, row, around);
    if (problem !== null) await kept.broke(db, row, problem);
  } catch (e) {
    if (stopping.aborted) await kept.letGoObservation(db, row);
    else if (!overtaken.signal.aborted && (await kept.beatObservation(db, row, { now: Date.now(), ...at }))) {
      log.error({ model: row.model, day: row.day, fault: (e as Error).stack }, 'an observation broke off');
      await kept.broke(db, row, 'model.fault');
    }
  } finally {
    clearInterval(timer);
  }
  return true;
}

type Step = (work: Pick<Work, 'db' | 'config'>, row: kept.ObservationRow, around: Around) => Promise<string | null>;

/** Keeps everybody as they stand; answers the code of what is in the way. */
const keep: Step = async ({ db, config }, row, around) => {
  const model = (await store.modelById(db, row.model)) as store.ModelRow;
  const subject = await subjectOf(db, config.zone, model);
  if (isRefusal(subject) || subject.label === null) return 'model.gone';
  const inputs = await readTags(db, (await inputsOf(db, model)).inputs);
  if (inputs.length === 0) return 'model.no-inputs';
  const { model: id, day, began_at } = row;
  const eligible = await keepAside(around, { model: id, day, began_at, ...subject, label: subject.label, inputs, most: MOST_OBSERVED });
  await kept.wasKept(db, row, { eligible, tags: inputs.map(({ name, kind }) => ({ name, kind })) });
  return null;
};

/** Reads what came of them. */
const read: Step = async ({ db, config }, row, around) => {
  const { label } = (await store.modelById(db, row.model)) as store.ModelRow;
  const [tag] = await readTags(db, [label as string]);
  if (tag?.kind !== 'flag') return 'model.gone';
  const { model: id, day, began_at } = row;
  await outcomesAside(around, { model: id, day, began_at, label: tag });
  await kept.wasRead(db, row, todayIn(config.zone, Date.now()));
  return null;
};

/** Once the night's loads are there: outcomes that are known are to be read, and the next of the monthly observations begin. */
export async function observeDaily({ db, config, log }: Work, now: number): Promise<void> {
  const today = todayIn(config.zone, now);
  await kept.noteDue(db, today);
  for (const id of await kept.monthlyModels(db)) {
    const there = await kept.observationsOf(db, id);
    if (!isNextDue(there, today) || roomFrom(there) === null) continue;
    const begun = await db.inTx(systemActor(sourceOf(id)), (ctx) => beginObservation(ctx, config.zone, { id })).catch((e: Error) => e);
    if (begun instanceof Error) log.warn({ model: id, fault: begun.message }, 'a monthly observation was not begun');
  }
}
