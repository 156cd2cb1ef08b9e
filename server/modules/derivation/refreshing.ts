import { randomUUID } from 'node:crypto';
import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { isRefusal, Refused } from '#platform/result';
import { announceBatch, blockVersions, bringInForce, closeBlock, EVERYONE, forgetStaged, RULE, type Staged, stage } from '#tag';
import { compute, type Made, stampOfNothing, stampsOf } from './computing.ts';
import type { DerivationRun } from './contract.ts';
import { install } from './installing.ts';
import { inputsOf, type Known, knownNow, missingIn, type Standing, standingOf } from './known.ts';
import { inOrder, type Meaning } from './model.ts';
import { alone, beginRun, endRun, failRuns, goOnRun } from './runStore.ts';
import * as store from './store.ts';

/**
 * Brings tags made by rule up to date: a block whose inputs are other versions than those it was made of is made anew. What a block was made of is
 * written in one transaction with the block, so whoever breaks off anywhere is finished by the next look.
 */

/** Blocks that are held in memory and written in the one transaction that brings them in force; more are staged beside the columns. */
const FEW = 16;
const TOLD_EVERY_MS = 500;
const actor = systemActor('derivation');

/**
 * One look at every derivation in force, those first that others are made of; `blocks` null: at all blocks. Answers false where another copy is
 * looking.
 */
export const look = (house: House, day: number, blocks: readonly number[] | null): Promise<boolean> =>
  alone(house.db, async () => {
    await tidy(house);
    let known = await knownNow(house.db);
    const touched = blocks === null ? null : new Set(blocks);
    for (const tag of inOrder(inputsOf(standingOf(known)))) {
      const one = standingOf(known).find((s) => s.row.tag === tag) as Standing;
      if (one.meaning === null || missingIn(known, one.meaning.inputs).length > 0) continue;
      if (one.row.installed !== one.row.version) {
        if (!(await installed(house, known, one))) continue;
        known = await knownNow(house.db);
      }
      try {
        const changed = await refresh(house, known, one, day, touched && [...touched]);
        for (const block of changed) touched?.add(block);
        const { loadedAt = null, scale = 0 } = known.tags.get(tag) ?? {};
        if (changed.length > 0 && (loadedAt === null || scale < one.meaning.decimals)) known = await knownNow(house.db); // others wait for it
      } catch (e) {
        house.log.warn({ tag, fault: (e as Error).message }, 'a tag by rule could not be made; the next look at all does it again');
      }
    }
  });

/** What a look that broke off left behind. */
async function tidy({ db }: House): Promise<void> {
  await failRuns(db, Date.now());
  for (const load of await store.loadsLeft(db)) {
    await forgetStaged(db, load);
    await store.dropLoad(db, load);
  }
}

/** False: another source writes the tag, or it is of another kind; the derivation says so and waits. */
async function installed({ db, log }: House, known: Known, { row, meaning }: Standing): Promise<boolean> {
  try {
    await db.inTx(actor, (ctx) => install(ctx, known, { ...row, inputs: meaning?.inputs ?? [] }));
    return true;
  } catch (e) {
    if (!(e instanceof Refused)) throw e;
    log.warn({ tag: row.tag, why: e.refusal.code }, 'a tag by rule cannot be made');
    const source = String(e.refusal.details.source ?? e.refusal.details.kind ?? e.refusal.code);
    await db.inTx(actor, ({ tx }) => store.noteInstalled(tx, row.tag, row.version, source));
    return false;
  }
}

type Why = DerivationRun['why'];

/** Why a run is whole; null: only blocks whose inputs moved are looked at. */
function wholeBecause({ row, meaning }: Standing, day: number): Why | null {
  if (row.ran !== row.version) return 'published';
  return meaning?.today && row.ran_day !== day ? 'day' : null;
}

/** Makes the blocks of one tag anew that are not of what they should be; answers those that changed. */
async function refresh(house: House, known: Known, one: Standing, day: number, hinted: readonly number[] | null): Promise<number[]> {
  const { db } = house;
  const { row } = one;
  const meaning = one.meaning as Meaning;
  const whole = wholeBecause(one, day);
  const blocks = whole === null ? hinted : null;
  const idOf = (name: string) => known.tags.get(name)?.id as number;
  const inputs = [EVERYONE, ...meaning.inputs.map((f) => idOf(f.name))];
  const fine = meaning.inputs.flatMap((f) => (f.decimals === undefined ? [] : [`^${f.decimals}`])).join('');
  const basis = `${row.version}${meaning.today ? `@${day}` : ''}${fine}`;
  const stamps = stampsOf(await blockVersions(db, inputs, blocks), basis);
  const made = new Map((await store.madeOf(db, row.tag, blocks)).map((m) => [m.block, m.stamp]));
  for (const block of made.keys()) if (!stamps.has(block)) stamps.set(block, stampOfNothing(basis));
  const stale = [...stamps].filter(([block, stamp]) => made.get(block) !== stamp).map(([block]) => block);
  if (stale.length === 0 && whole === null) return [];
  const values = known.tags.get(row.tag)?.values ?? [];
  const work = {
    kind: row.body.kind,
    meaning,
    tag: idOf(row.tag),
    codes: row.body.kind === 'oneOf' ? meaning.outcomes.map((v) => values.indexOf(v as string) + 1) : [],
    scale: Math.max(known.tags.get(row.tag)?.scale ?? 0, meaning.decimals),
    today: day,
  };
  const run = await openRun(house, one, {
    ...work,
    why: whole ?? 'changed',
    whole: whole !== null,
    blocks: stale.length,
  });
  await compute(db, known, work, stale, (block) => run.take(block));
  return run.end(
    stale.map((block) => ({ block, stamp: stamps.get(block) as string })),
    whole === null ? null : day,
  );
}

/** One run: takes blocks as they are made, brings them in force together. */
async function openRun(
  house: House,
  { row }: Standing,
  { tag, scale, why, whole, blocks }: { tag: number; scale: number; why: Why; whole: boolean; blocks: number },
) {
  const { db } = house;
  const began = Date.now();
  const load = randomUUID();
  const isFew = blocks <= FEW;
  const shown = whole || !isFew ? await beginRun(db, { tag: row.tag, version: row.version, why, began, blocks }) : null;
  if (!isFew) await store.addLoad(db, load);
  const held: Staged[] = [];
  const sums = { customers: 0, changed: 0, done: 0, told: began, doubtful: new Map<string, number>() };
  const touched: number[] = [];

  const tell = async (): Promise<void> => {
    sums.done++;
    if (shown === null || Date.now() - sums.told < TOLD_EVERY_MS) return;
    sums.told = Date.now();
    await goOnRun(db, shown, sums.done);
  };

  return {
    async take(made: Made): Promise<void> {
      sums.customers += made.customers;
      for (const [name, n] of made.doubtful) sums.doubtful.set(name, (sums.doubtful.get(name) ?? 0) + n);
      if (made.differing > 0) {
        sums.changed += made.differing;
        touched.push(made.block);
        const block = stagedOf(tag, scale, made);
        if (isFew) held.push(block);
        else await stage(db, load, [block]);
      }
      await tell();
    },
    /** Nothing where the definition was published anew or retired meanwhile: the next look makes it of what holds then. */
    async end(made: readonly store.MadeRow[], day: number | null): Promise<number[]> {
      const batch = await db.inTx(actor, async (ctx) => {
        const { tx, now } = ctx;
        const holds = await store.holdDerivation(tx, row.tag);
        if (holds.version !== row.version || holds.retired !== null) return null;
        if (held.length > 0) await stage(tx, load, held);
        const inForce =
          touched.length === 0
            ? null
            : await bringInForce(ctx, { id: load, source: RULE, customers: sums.changed, names: [row.tag], moves: [], speaksOf: null });
        if (isRefusal(inForce)) return inForce;
        await store.saveMade(tx, row.tag, made);
        if (day !== null) await store.noteWhole(tx, row.tag, row.version, day);
        const id = shown ?? (sums.changed === 0 ? null : await beginRun(tx, { tag: row.tag, version: row.version, why, began, blocks }));
        const { customers, changed, doubtful } = sums;
        if (id !== null) await endRun(tx, id, { ended: now, customers, changed, doubtful: Object.fromEntries(doubtful) });
        await store.dropLoad(tx, load);
        return inForce;
      });
      announceBatch(house, batch);
      return touched;
    },
  };
}

function stagedOf(tag: number, scale: number, { block, cells, was, changed }: Made): Staged {
  const nothing = { tag, block, base: 0, width: 1 as const, known: null, body: null };
  return { ...nothing, ...closeBlock(tag, block, cells), scale, mask: was === undefined ? null : changed, was: was ?? null };
}
