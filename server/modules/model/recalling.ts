import type { Tx } from '#platform/db';
import { BLOCK, type Tag } from '#tag';
import { columnBuilder } from './column.ts';
import { NOT_KNOWN, pickOne } from './observation.ts';
import { blocksKept, outcomesKept, type PeopleOfDay, peopleKept } from './observationStore.ts';
import { type KeptTag, openPlaces, openValues, pushValue } from './observed.ts';
import { isDrawn } from './population.ts';
import type { Rows } from './reading.ts';

/** People as they stood on the days of ripe observations, with what came of them: rows to learn from, each person once. */

export interface Recalling {
  readonly model: string;
  readonly observations: readonly { readonly day: number; readonly tags: readonly KeptTag[] }[];
  /** Each of them was kept in all of these observations. */
  readonly inputs: readonly Tag[];
  /** About so many rows at most, drawn by a stable hash. */
  readonly most: number;
}

interface Told {
  readonly place: number;
  readonly day: number;
  readonly row: number;
  readonly outcome: number;
}

/** Reads in the caller's snapshot. The same observations give the same rows in the same order. */
export async function recallRows(tx: Tx, asked: Recalling, tell: (done: number, total: number) => void): Promise<Rows> {
  const { model, observations, inputs, most } = asked;
  const days = observations.map(({ day }) => day);
  const blocks = await blocksKept(tx, model, days);
  let all = 0;
  for (const [i, block] of blocks.entries()) {
    all += toldOnce(await outcomesKept(tx, model, days, block), block).length;
    tell(i + 1, blocks.length * 2);
  }
  const builders = inputs.map((t) => columnBuilder(t.name, t.kind));
  const outcomes: number[] = [];
  for (const [i, block] of blocks.entries()) {
    const people = await peopleKept(tx, model, days, block);
    const drawn = toldOnce(people, block).filter(({ place }) => isDrawn(block * BLOCK + place, { most, all }));
    const kept = new Map(people.map((p) => [p.day, valuesByName(p, observations)]));
    for (const [j, tag] of inputs.entries()) {
      for (const { day, row } of drawn) pushValue(builders[j]!, tag, kept.get(day)!.get(tag.name)!, row);
    }
    for (const { outcome } of drawn) outcomes.push(outcome);
    tell(blocks.length + i + 1, blocks.length * 2);
  }
  return { columns: builders.map((b) => b.done()), label: Uint8Array.from(outcomes), eligible: all };
}

function valuesByName({ day, cells, people }: PeopleOfDay, observations: Recalling['observations']) {
  const { tags } = observations.find((o) => o.day === day)!;
  return new Map(openValues(tags, cells, people).map((values, i) => [tags[i]!.name, values]));
}

/** Everybody of a block whose outcome is known, once, in the order of the places. */
function toldOnce(people: readonly Pick<PeopleOfDay, 'day' | 'places' | 'outcome'>[], block: number): Told[] {
  const byPlace = new Map<number, Told[]>();
  for (const { day, places, outcome } of people) {
    for (const [row, place] of openPlaces(places).entries()) {
      const came = outcome?.[row] ?? NOT_KNOWN;
      if (came === NOT_KNOWN) continue;
      const told = byPlace.get(place) ?? [];
      told.push({ place, day, row, outcome: came });
      byPlace.set(place, told);
    }
  }
  return [...byPlace.values()].map((told) => told[pickOne(block * BLOCK + told[0]!.place, told.length)]!).sort((a, b) => a.place - b.place);
}
