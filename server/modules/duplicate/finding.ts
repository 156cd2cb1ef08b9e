import { offNetPage } from '#customer';
import { partiesPage } from '#household';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import type { Vault } from '#platform/vault';
import { compareParties, printOf } from './comparing.ts';
import { compareCounted, noteNumbers } from './countedTwice.ts';
import * as store from './findingStore.ts';
import { FINDER } from './settling.ts';

/**
 * The finder goes round: every party in the order of ids, of which only those are compared of whom something changed since; then every off-net customer.
 * A step is a transaction of its own, so a round that broke off goes on where it was, and two copies of the program share one.
 */

const PARTIES = 1_000;
const CUSTOMERS = 5_000;
/** Between two rounds: at least this long, and so long that the rounds take at most a fifth of the time. */
const REST_MS = 5 * 60_000;
const REST_FOR_WORK = 4;

type Opens = Pick<Vault, 'reveal' | 'hash' | 'open'>;
type Begin = 'due' | 'asked';

const isDue = (f: store.FindingRow, now: number): boolean =>
  f.ended === null || f.began === null || now - f.ended >= Math.max(REST_MS, REST_FOR_WORK * (f.ended - f.began));

/** One step. False: the round is over, or none is due. */
async function step(ctx: Ctx, vault: Opens, begin: Begin): Promise<boolean> {
  const { tx, now } = ctx;
  const f = await store.lockFinding(tx);
  const heard = { ...f, heard: now };
  if (f.phase === 'resting') {
    if (begin === 'due' && !isDue(f, now)) return false;
    await store.saveFinding(tx, {
      ...heard,
      phase: 'parties',
      round: f.round + 1,
      party: null,
      customer: -1,
      parties: 0,
      compared: 0,
      began: now,
    });
    return true;
  }
  if (f.phase === 'parties') {
    const page = await partiesPage(tx, { areas: 'all', after: f.party, limit: PARTIES });
    const compared = await compareChanged(ctx, vault, page);
    const next = page.length < PARTIES ? ({ phase: 'customers' } as const) : {};
    await store.saveFinding(tx, {
      ...heard,
      ...next,
      party: page.at(-1)?.id ?? f.party,
      parties: f.parties + page.length,
      compared: f.compared + compared,
    });
    return true;
  }
  const page = await offNetPage(tx, f.customer ?? -1, CUSTOMERS);
  await noteNumbers(ctx, vault, page, f.opened);
  await compareCounted(ctx, page);
  const customer = page.at(-1)?.ordinal ?? f.customer;
  const opened = Math.max(f.opened, customer ?? -1);
  if (page.length === CUSTOMERS) await store.saveFinding(tx, { ...heard, customer, opened });
  else {
    await store.saveFinding(tx, { ...heard, customer, opened, phase: 'resting', ended: now });
    await store.countCrowds(tx);
  }
  return page.length === CUSTOMERS;
}

/** Answers how many pairs were looked at. */
async function compareChanged(ctx: Ctx, vault: Opens, page: Awaited<ReturnType<typeof partiesPage>>): Promise<number> {
  const prints = await store.printsOf(ctx.tx, page.map((p) => p.id)); // biome-ignore format: one line
  const changed = page.map((p) => ({ party: p.id, print: printOf(p) })).filter(({ party, print }) => prints.get(party) !== print);
  if (changed.length === 0) return 0;
  const { pairs } = await compareParties(ctx, vault, changed.map((c) => c.party)); // biome-ignore format: one line
  await store.savePrints(ctx.tx, changed);
  return pairs;
}

/** Goes on with the round that is under way; with none, begins one if it is due, or asked for. */
export async function findRound({ db, vault }: Pick<House, 'db' | 'vault'>, begin: Begin): Promise<void> {
  for (let goOn = true, how = begin; goOn; how = 'due') goOn = await db.inTx(FINDER, (ctx) => step(ctx, vault, how));
}

/** How far the round is, 0 to 1: ids are hashes, so a place among them is a share of all. Off-net customers count as the last tenth. */
export function shareDone({ phase, party }: Pick<store.FindingRow, 'phase' | 'party'>): number {
  if (phase === 'resting') return 1;
  if (phase === 'customers') return 0.9;
  return party === null ? 0 : 0.9 * (Number.parseInt(party.slice(0, 8), 16) / 2 ** 32);
}
