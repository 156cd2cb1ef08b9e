import type { Plan } from '#audience';
import type { Tx } from '#platform/db';
import { blocksOfTag, type Cells, codeAt, EVERYONE, type Tag } from '#tag';
import { pushPlaces } from './cells.ts';
import { type Column, columnBuilder } from './column.ts';
import { AT_ONCE, openBlocks } from './opening.ts';
import { drawn, membersIn, type Opened, tagsIn } from './population.ts';
import { settled } from './ranking.ts';

/** People with their outcome and everything that a model may learn from, block by block out of the store. */

export interface Reading {
  readonly label: Tag;
  readonly inputs: readonly Tag[];
  readonly population: Plan;
  /** Kinds of the tags that the population looks at. */
  readonly kinds: Readonly<Record<number, Tag['kind']>>;
  /** About so many rows at most, drawn by a stable hash. */
  readonly most: number;
}

export interface Rows {
  readonly columns: readonly Column[];
  readonly label: Uint8Array;
  /** People of the population of whom the outcome is known. */
  readonly eligible: number;
}

/** Reads in the caller's snapshot. `tell` hears of blocks. The same store gives the same rows in the same order. */
export async function readRows(tx: Tx, asked: Reading, tell: (done: number, total: number) => void): Promise<Rows> {
  const { label, inputs, kinds, most } = asked;
  const population = await settled(tx, asked.population, kinds);
  const needed = new Map<number, Tag['kind']>([
    [EVERYONE, 'flag'],
    [label.id, 'flag'],
    ...tagsIn(population).map((id) => [id, kinds[id] as Tag['kind']] as const),
  ]);
  const blocks = await blocksOfTag(tx, label.id);
  const eligibleIn = async (block: number): Promise<{ members: Uint8Array; opened: Opened }> => {
    const { opened } = await openBlocks(tx, needed, block);
    const outcome = opened.get(label.id) as Cells;
    return { opened, members: membersIn(population, block, opened).map((one, at) => one & Number(!Number.isNaN(codeAt(outcome, at)))) };
  };
  let all = 0;
  for (const [i, block] of blocks.entries()) {
    for (const one of (await eligibleIn(block)).members) all += one;
    tell(i + 1, blocks.length * 2);
  }
  const builders = inputs.map((t) => columnBuilder(t.name, t.kind));
  const outcomes: number[] = [];
  for (const [i, block] of blocks.entries()) {
    const { members, opened } = await eligibleIn(block);
    const places = placesOf(drawn(members, block, { most, all }));
    const outcome = opened.get(label.id) as Cells;
    for (const at of places) outcomes.push(codeAt(outcome, at));
    for (let from = 0; places.length > 0 && from < inputs.length; from += AT_ONCE) {
      const some = inputs.slice(from, from + AT_ONCE);
      const { opened: of } = await openBlocks(tx, new Map(some.map((t) => [t.id, t.kind])), block);
      for (const [j, t] of some.entries()) pushPlaces(builders[from + j]!, t, of.get(t.id), places);
    }
    tell(blocks.length + i + 1, blocks.length * 2);
  }
  return { columns: builders.map((b) => b.done()), label: Uint8Array.from(outcomes), eligible: all };
}

/** The places that hold 1. */
export const placesOf = (members: Uint8Array): number[] => {
  const out: number[] = [];
  for (let at = 0; at < members.length; at++) if (members[at] === 1) out.push(at);
  return out;
};
