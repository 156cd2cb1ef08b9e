import type { Plan } from '#audience';
import type { Sql, Tx } from '#platform/db';
import { blocksOfTag, codeAt, EVERYONE, type Tag } from '#tag';
import { NO, outcomeOf, YES } from './observation.ts';
import { blocksKept, forgetHalfKept, keepPeople, noteOutcome, outcomesKept } from './observationStore.ts';
import { countOutcome, openPlaces, packPlaces, packValues, valuesAt } from './observed.ts';
import { AT_ONCE, openBlocks } from './opening.ts';
import { drawn, membersIn, tagsIn } from './population.ts';
import { settled } from './ranking.ts';
import { placesOf } from './reading.ts';

/** Two passes over everybody: what is known of them is kept; a horizon later, what came of them is read. `read` is a snapshot; what is kept is written beside it. */

export interface Keeping {
  readonly model: string;
  readonly day: number;
  readonly began_at: number | null;
  readonly label: Tag;
  readonly inputs: readonly Tag[];
  readonly population: Plan;
  readonly kinds: Readonly<Record<number, Tag['kind']>>;
  readonly most: number;
}

/** Who is a yes already is left out: of him nothing is to be foreseen. Answers how many there are, of whom about `most` are kept. */
export async function keepEverybody(read: Tx, write: Sql, asked: Keeping, tell: (done: number, total: number) => void): Promise<number> {
  const { label, inputs, kinds, most, day } = asked;
  const population = await settled(read, asked.population, kinds);
  const needed = new Map<number, Tag['kind']>([
    [EVERYONE, 'flag'],
    [label.id, 'flag'],
    ...tagsIn(population).map((id) => [id, kinds[id] as Tag['kind']] as const),
  ]);
  const blocks = [...(await blocksOfTag(read, EVERYONE))].sort((a, b) => a - b);
  const eligibleIn = async (block: number): Promise<Uint8Array> => {
    const { opened } = await openBlocks(read, needed, block);
    const outcome = opened.get(label.id);
    return membersIn(population, block, opened).map((one, at) => one & Number(outcome === undefined || codeAt(outcome, at) !== 1));
  };
  await forgetHalfKept(write, asked);
  let all = 0;
  for (const [i, block] of blocks.entries()) {
    for (const one of await eligibleIn(block)) all += one;
    tell(i + 1, blocks.length * 2);
  }
  for (const [i, block] of blocks.entries()) {
    const places = placesOf(drawn(await eligibleIn(block), block, { most, all, draw: day }));
    const columns = [];
    for (let from = 0; places.length > 0 && from < inputs.length; from += AT_ONCE) {
      const some = inputs.slice(from, from + AT_ONCE);
      const { opened } = await openBlocks(read, new Map(some.map((t) => [t.id, t.kind])), block);
      columns.push(...some.map((t) => valuesAt(t, opened.get(t.id), places)));
    }
    if (places.length > 0)
      await keepPeople(write, asked, block, { people: places.length, places: packPlaces(places), cells: packValues(columns) });
    tell(blocks.length + i + 1, blocks.length * 2);
  }
  return all;
}

export type OutcomeAsked = Pick<Keeping, 'model' | 'day' | 'began_at' | 'label'>;

export async function readOutcomes(read: Tx, write: Sql, asked: OutcomeAsked, tell: (done: number, total: number) => void): Promise<void> {
  const { model, day, label } = asked;
  const blocks = await blocksKept(write, model, [day]);
  const needed = new Map<number, Tag['kind']>([[EVERYONE, 'flag'], [label.id, 'flag']]); // biome-ignore format: one line
  for (const [i, block] of blocks.entries()) {
    const [row] = await outcomesKept(write, model, [day], block);
    if (row === undefined) continue; // the last of them was erased
    const { opened } = await openBlocks(read, needed, block);
    const [labels, everyone] = [opened.get(label.id), opened.get(EVERYONE)];
    const at = (cells: typeof labels, place: number) => (cells === undefined ? Number.NaN : codeAt(cells, place));
    const outcome = Buffer.from(openPlaces(row.places).map((place) => outcomeOf(at(labels, place), at(everyone, place))));
    await noteOutcome(write, asked, block, { places: row.places, outcome, yes: countOutcome(outcome, YES), no: countOutcome(outcome, NO) });
    tell(i + 1, blocks.length);
  }
}
