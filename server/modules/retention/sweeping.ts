import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { type Column, type Condition, compile, dayIn, pass, type SuppliedTag, type Swept, textOf } from '#rule';
import type { Fact } from '#rule/contract';
import { type Departures, departures, type Seen } from './departures.ts';
import { decide, isBelievable, rulesOf } from './model.ts';
import { factsAmong, type InForce, rulesInForce } from './rules.ts';
import type { Supply } from './supply.ts';
import * as store from './sweepStore.ts';

/** The morning's sweep: every rule in force over everybody who is looked at, and what becomes of whom it hits. */

export const BLOCK = 65_536;
/** Hits that are written in one transaction. */
const AT_ONCE = 5_000;
/** Days after which a case that nobody took and no rule speaks for ends by itself. */
const PASSES_AFTER = 30;
export const TOO_MANY_LEFT = 'too-many-left';
const FAULT = 'fault';
const BITMAP = BLOCK / 8;

/** The facts of the day before are there by then, and the desk is not. */
const MORNING_HOUR = 6;
export const isMorning = (zone: string, now: number): boolean =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(now)) >= MORNING_HOUR;

type Speaking = InForce & { readonly means: Condition };

interface Plan {
  readonly day: number;
  readonly tags: readonly SuppliedTag[];
  /** In the order of the masks' bits. */
  readonly speaking: readonly Speaking[];
  readonly mistaken: readonly InForce[];
  readonly population: Condition;
  readonly evidence: readonly Fact[];
}

/** Who is looked at: whoever counts, and of them those of the population rule. */
export function populationOf(rules: readonly InForce[], facts: readonly Fact[]): Condition {
  const everyone: Condition = { op: 'flag', fact: facts.find((f) => f.name === 'everyone') as Fact };
  const own = rules.find((r) => r.rule.effect === 'population')?.means ?? null;
  return own === null ? everyone : { op: 'and', left: everyone, right: own };
}

async function planFor({ db }: House, supply: Supply, day: number): Promise<Plan> {
  const tags = await supply.tags(db);
  const facts = factsAmong(tags);
  const all = await rulesInForce(db, facts);
  const speaking = all.filter((r): r is Speaking => r.means !== null && r.rule.effect !== 'population');
  const shown = new Set(speaking.flatMap((r) => r.rule.evidence));
  return {
    day,
    tags,
    speaking,
    mistaken: all.filter((r) => r.means === null),
    population: populationOf(all, facts),
    evidence: facts.filter((f) => shown.has(f.name)),
  };
}

/**
 * Sweeps for a day, unless another copy is at it or it is done (`again`: also then). Answers whether it did; a fault is thrown, and the run says so.
 */
export async function sweepOn(house: House, supply: Supply, day: number, when: 'once' | 'again'): Promise<boolean> {
  if (!(await store.beginRun(house.db, day, Date.now(), when === 'again'))) return false;
  try {
    await sweepDay(house, supply, await planFor(house, supply, day));
    return true;
  } catch (e) {
    await store.failRun(house.db, day, Date.now(), FAULT);
    throw e;
  }
}

export const sweepToday = (house: House, supply: Supply, when: 'once' | 'again'): Promise<boolean> =>
  sweepOn(house, supply, dayIn(house.config.zone, Date.now()), when);

async function sweepDay(house: House, supply: Supply, plan: Plan): Promise<void> {
  const { speaking, population, evidence, day } = plan;
  const program = compile({ rules: speaking.map((r) => r.means), population, evidence, today: day });
  const wanted = speaking.reduce((bits, { rule }, i) => (rule.effect === 'work' ? bits | (1 << i) : bits), 0);
  const seen = new Map<number, Seen>();
  const sums = { customers: 0, yes: speaking.map(() => 0), known: speaking.map(() => 0), doubtful: program.columns.map(() => 0) };
  await pass<Swept>(house.db, supply, {
    order: { program, wanted },
    tags: plan.tags,
    async take(block, swept, of) {
      seen.set(block, { looked: swept.looked, counted: countedIn(of('everyone')) });
      sums.customers += swept.customers;
      for (const name of ['yes', 'known', 'doubtful'] as const)
        for (const [i, n] of swept[name].entries()) sums[name][i] = (sums[name][i] as number) + n;
      for (let from = 0; from < swept.hits.length; from += AT_ONCE) await write(house, supply, plan, block, swept, from);
    },
  });
  const before = new Map((await store.lookedAt(house.db)).map((b) => [b.block, b.body]));
  const spoken = [
    ...speaking.map(({ rule }, i) => ({
      rule: rule.id,
      version: rule.version,
      hits: sums.yes[i] ?? 0,
      known: sums.known[i] ?? 0,
      trouble: null,
    })),
    ...plan.mistaken.map(({ rule, mistake }) => ({
      rule: rule.id,
      version: rule.version,
      hits: 0,
      known: 0,
      trouble: mistake?.en ?? null,
    })),
  ];
  const loaded = new Map(plan.tags.map((t) => [t.name, t.loadedAt]));
  await finish(house, plan.day, departures(before, seen), spoken, {
    customers: sums.customers,
    facts: Object.fromEntries(program.columns.map((f) => [f.name, loaded.get(f.name) ?? null])),
    doubtful: Object.fromEntries(program.columns.flatMap((f, i) => (sums.doubtful[i] ? [[f.name, sums.doubtful[i]]] : []))),
  });
}

/** Who counts: yes, and known to be so. */
function countedIn(everyone: Column | null): Uint8Array {
  const counted = new Uint8Array(BITMAP);
  if (everyone === null) return counted;
  for (let i = 0; i < BITMAP; i++) counted[i] = (everyone.body[i] as number) & (everyone.known?.[i] ?? 255);
  return counted;
}

/** Writes a part of a block's hits: the cases that they open or keep going, and what each rule saw. Twice the same day changes nothing. */
async function write(house: House, supply: Supply, plan: Plan, block: number, swept: Swept, from: number): Promise<void> {
  const { day, speaking, evidence } = plan;
  const until = Math.min(from + AT_ONCE, swept.hits.length);
  const places = Array.from({ length: until - from }, (_, i) => from + i);
  const ordinals = places.map((i) => block * BLOCK + (swept.hits[i] as number));
  const rules = speaking.map((s) => ({ ...s.rule }));
  await house.db.inTx(systemActor('retention.sweep'), async ({ tx, now }) => {
    await store.enterSweep(tx, day, now);
    const people = new Map((await supply.people(tx, ordinals)).map((p) => [p.ordinal, p]));
    const standing = await store.standings(tx, ordinals);
    const cases = places.map((at, i) => {
      const ordinal = ordinals[i] as number;
      const mask = swept.masks[at] as number;
      const spoke = rulesOf(mask, rules, 'work');
      const stands = standing.get(ordinal);
      const suppressing = rulesOf(mask, rules, 'suppress').map((r) => r.id);
      const decided = decide({ suppressing, live: stands?.state ?? null, quietUntil: stands?.quiet_until ?? null }, day);
      const { id: person = null, area = null } = people.get(ordinal) ?? {};
      const priority = Math.min(...spoke.map((r) => r.priority));
      return { at, spoke, row: { ordinal, person, area, ...decided, priority, rules: spoke.map((r) => r.id) } };
    });
    const isLive = (ordinal: number) => (standing.get(ordinal)?.id ?? null) !== null;
    const fresh = cases.filter((c) => !isLive(c.row.ordinal)).map((c) => c.row);
    const going = cases.filter((c) => isLive(c.row.ordinal)).map((c) => c.row);
    const ids = new Map([...standing.values()].flatMap((s) => (s.id === null ? [] : [[s.ordinal, s.id]])));
    for (const made of await store.openCases(tx, fresh, day, now)) ids.set(made.ordinal, made.id);
    await store.goOn(tx, going, day);
    const hits = cases.flatMap(({ at, spoke, row: { ordinal } }) =>
      spoke.map(({ id: rule, version, evidence: shown }) => ({
        caseId: ids.get(ordinal) as number,
        ordinal,
        rule,
        version,
        evidence: JSON.stringify(valuesOf(evidence, swept, at, shown)),
      })),
    );
    await store.saveHits(tx, hits, day);
  });
}

/** The facts of one customer as people read them: whole numbers, days as text, yes or no, null where unknown. */
function valuesOf(
  evidence: readonly Fact[],
  swept: Swept,
  at: number,
  shown: readonly string[],
): Record<string, number | string | boolean | null> {
  return Object.fromEntries(
    shown.map((name) => {
      const place = evidence.findIndex((f) => f.name === name);
      const value = swept.evidence[place]?.[at] ?? Number.NaN;
      if (Number.isNaN(value)) return [name, null];
      const kind = evidence[place]?.kind;
      return [name, kind === 'date' ? textOf(value) : kind === 'flag' ? value === 1 : value];
    }),
  );
}

type Figures = Pick<store.RunFigures, 'customers' | 'facts' | 'doubtful'>;

async function finish({ db }: House, day: number, gone: Departures, spoken: readonly store.SpokenRow[], figures: Figures): Promise<void> {
  const believed = isBelievable(gone.ordinals.length, gone.before);
  await db.inTx(systemActor('retention.sweep'), async ({ tx, now }) => {
    await store.enterSweep(tx, day, now);
    if (believed) {
      await store.saveLooked(
        tx,
        [...gone.looked].map(([block, body]) => ({ block, body })),
      );
      await store.saveDepartures(tx, gone.ordinals, day);
    }
    await store.letPass(tx, day - PASSES_AFTER, 'passed', now);
    await store.saveSpoken(tx, day, spoken);
    await store.endRun(tx, day, now, { ...figures, ...(await store.figuresOf(tx, day)), trouble: believed ? null : TOO_MANY_LEFT });
  });
}
