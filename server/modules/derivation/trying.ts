import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { dayIn } from '#rule';
import { blockVersions, type Cells, countBoth, EVERYONE } from '#tag';
import { compute } from './computing.ts';
import type { Definition, Trial } from './contract.ts';
import { type Known, knownNow, missingIn } from './known.ts';
import { isMeaning, type Meaning, meaningOf, namesIn } from './model.ts';
import { beginTrial, endTrial, goOnTrial } from './runStore.ts';

/** What a definition would make of everybody, beside what stands there; nothing is written but the trial itself. */

const TOLD_EVERY_MS = 500;
type Result = NonNullable<Trial['result']>;

let before: Promise<unknown> = Promise.resolve();

/**
 * Begins a trial and answers its id; it goes on by itself, one after another. Refuses `derivation.mistaken` with the place, `derivation.missing-inputs`.
 */
export async function tryDefinition(house: House, tag: string, definition: Definition): Promise<string | Refusal> {
  const known = await knownNow(house.db, [tag, ...namesIn(definition)]);
  const meaning = meaningOf(definition, known.facts);
  if (!isMeaning(meaning)) return refuse('derivation.mistaken', { ...meaning[0] });
  const missing = missingIn(known, meaning.inputs);
  if (missing.length > 0) return refuse('derivation.missing-inputs', { missing: missing.join(', ') });
  const id = await beginTrial(house.db, tag, Date.now());
  before = before.then(async () => {
    const result = await trial(house, id, known, { tag, definition, meaning }).catch((e: Error) => {
      house.log.warn({ fault: e.message }, 'a trial of a derivation broke off');
      return null;
    });
    await endTrial(house.db, id, result, Date.now()).catch(() => undefined); // the store is away: the trial falls silent
  });
  return id;
}

interface Tried {
  readonly tag: string;
  readonly definition: Definition;
  readonly meaning: Meaning;
}

async function trial({ db, config }: House, id: string, known: Known, { tag, definition, meaning }: Tried): Promise<Result> {
  const began = performance.now();
  const there = known.tags.get(tag);
  const values: (string | boolean)[] =
    definition.kind === 'oneOf' ? [...new Set([...(there?.values ?? []), ...(meaning.outcomes as string[])])] : [true, false];
  const codes = definition.kind === 'oneOf' ? meaning.outcomes.map((v) => values.indexOf(v) + 1) : [];
  const scale = Math.max(there?.scale ?? 0, meaning.decimals);
  const blocks = (await blockVersions(db, [EVERYONE], null)).length;
  const sums = { customers: 0, changed: 0, done: 0, told: 0, was: newTally(values.length), is: newTally(values.length) };
  await goOnTrial(db, id, { done: 0, blocks, now: Date.now() });
  const work = {
    kind: definition.kind,
    meaning,
    tag: there?.kind === definition.kind ? there.id : null,
    codes,
    scale,
    today: dayIn(config.zone, Date.now()),
  };
  await compute(db, known, work, undefined, async ({ cells, before: stood, customers, differing }) => {
    sums.customers += customers;
    sums.changed += differing;
    tally(stood, sums.was);
    tally(cells, sums.is);
    sums.done++;
    if (Date.now() - sums.told < TOLD_EVERY_MS) return;
    sums.told = Date.now();
    await goOnTrial(db, id, { done: sums.done, blocks, now: sums.told });
  });
  const unknown = (t: Tally) => Math.max(0, sums.customers - t.known);
  const isTable = 'table' in definition;
  return {
    customers: sums.customers,
    changed: sums.changed,
    ms: Math.round(performance.now() - began),
    values: isTable
      ? [
          ...values.map((value, i) => ({ value, before: sums.was.counts[i] as number, after: sums.is.counts[i] as number })),
          { value: null, before: unknown(sums.was), after: unknown(sums.is) },
        ]
      : [],
    before: isTable ? null : shown(sums.was, scale),
    after: isTable ? null : shown(sums.is, scale),
  };
}

/** `counts` by value: of a one-of by code − 1, of a flag yes and no. */
interface Tally {
  known: number;
  least: number;
  most: number;
  readonly counts: Float64Array;
}

const newTally = (values: number): Tally => ({
  known: 0,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
  counts: new Float64Array(values),
});
const shown = ({ known, least, most }: Tally, scale: number) => {
  const figure = (units: number) => (known > 0 ? units / 10 ** scale : null);
  return { known, least: figure(least), most: figure(most) };
};

function tally(cells: Cells, to: Tally): void {
  if (cells.kind === 'flag') {
    const [known, yes] = [countBoth(cells.known, cells.known), countBoth(cells.yes, cells.known)];
    to.known += known;
    to.counts[0] = (to.counts[0] as number) + yes;
    to.counts[1] = (to.counts[1] as number) + known - yes;
  } else if (cells.kind === 'oneOf') {
    for (const code of cells.codes) {
      if (code === 0) continue;
      to.known++;
      to.counts[code - 1] = (to.counts[code - 1] as number) + 1;
    }
  } else {
    for (const unit of cells.units) {
      if (Number.isNaN(unit)) continue;
      to.known++;
      if (unit < to.least) to.least = unit;
      if (unit > to.most) to.most = unit;
    }
  }
}
