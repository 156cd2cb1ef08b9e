import type { Plan } from '#audience';
import type { Sql, Tx } from '#platform/db';
import { BITMAP_BYTES, BLOCK, blocksOfTag, type Cells, closeBlock, codeAt, EVERYONE, noCells, putCode, type Staged, setBit, stage, type Tag } from '#tag'; // biome-ignore format: one line
import { columnsAt } from './cells.ts';
import { STEPS, stepOf } from './counts.ts';
import { openBlocks } from './opening.ts';
import { unpack } from './packed.ts';
import { membersIn, type Opened, tagsIn } from './population.ts';
import { settled } from './ranking.ts';
import { placesOf } from './reading.ts';
import { matrixOf, probabilitiesOf, type Trained } from './trained.ts';
import { copyAt, forgetHalf, keepScores } from './watchStore.ts';

/** One look at everybody's scores: of a trained model they are made and staged, of one from outside read; both are counted, kept and held against what came. */

export interface Look {
  readonly model: string;
  readonly version: number;
  readonly day: number;
  readonly load: string;
  readonly score: Tag;
  /** The score that means "certain". */
  readonly full: number;
  readonly label: Tag | null;
  readonly population: Plan;
  readonly kinds: Readonly<Record<number, Tag['kind']>>;
  /** The packed model and its inputs; null: scores come from outside. */
  readonly trained: string | null;
  readonly inputs: readonly Tag[];
  /** The day whose copy is to be held against the outcome of today. */
  readonly judged: number | null;
  readonly keep: 'copy' | 'nothing';
}

export interface Seen {
  /** People by score in thousandths, and those of the population without one. */
  readonly spread: readonly number[];
  readonly unknown: number;
  /** People by code of each of the model's coders. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** Outcomes by the score of the day that is judged. */
  readonly ones: readonly number[];
  readonly zeros: readonly number[];
  /** Customers whose score is another than before. */
  readonly changed: number;
}

type Counting = {
  spread: number[];
  unknown: number;
  inputs: Map<string, number[]>;
  ones: number[];
  zeros: number[];
  changed: number;
};

/** `read`: a transaction with a snapshot; what is staged and kept is written beside it. */
export async function look(read: Tx, write: Sql, asked: Look, tell: (done: number, total: number) => void): Promise<Seen> {
  const model = asked.trained === null ? null : unpack(asked.trained);
  const population = await settled(read, asked.population, asked.kinds);
  const kinds = new Map<number, Tag['kind']>([
    [EVERYONE, 'flag'],
    [asked.score.id, 'number'],
    ...asked.inputs.map((t) => [t.id, t.kind] as const),
    ...tagsIn(population).map((id) => [id, asked.kinds[id] as Tag['kind']] as const),
    ...(asked.label ? [[asked.label.id, 'flag'] as const] : []),
  ]);
  const noSteps = () => Array.from({ length: STEPS }, () => 0);
  const found: Counting = {
    spread: noSteps(),
    unknown: 0,
    inputs: new Map(model?.coders.map((c) => [c.name, Array.from({ length: c.size + 1 }, () => 0)])),
    ones: noSteps(),
    zeros: noSteps(),
    changed: 0,
  };
  await forgetHalf(write, asked.model);
  const blocks = [...new Set([...(await blocksOfTag(read, EVERYONE)), ...(await blocksOfTag(read, asked.score.id))])].sort((a, b) => a - b);
  for (const [i, block] of blocks.entries()) {
    const { opened, versions } = await openBlocks(read, kinds, block);
    const members = membersIn(population, block, opened);
    const steps = model ? scored(model, asked, members, opened, found) : given(asked, members, opened);
    if (model) await stageScores(write, asked, { block, steps, was: opened.get(asked.score.id), version: versions.get(asked.score.id) ?? null, found }); // biome-ignore format: one line
    count(found, steps, members);
    if (asked.label) {
      const outcome = opened.get(asked.label.id);
      if (asked.judged !== null) judge(found, outcome, await copyAt(write, asked.model, asked.judged, block));
      if (asked.keep === 'copy') await keepScores(write, asked, [{ block, scores: copyOf(steps, outcome) }]);
    }
    tell(i + 1, blocks.length);
  }
  return { ...found, inputs: Object.fromEntries(found.inputs) };
}

/** The score of each place in thousandths; −1: none. */
type Steps = Int16Array;

function scored(model: Trained, { inputs }: Look, members: Uint8Array, opened: Opened, found: Counting): Steps {
  const places = placesOf(members);
  const matrix = matrixOf(model.coders, columnsAt(inputs, opened, places), Uint32Array.from(places.keys()));
  model.coders.forEach(({ name }, column) => {
    const counts = found.inputs.get(name)!;
    for (const code of matrix.codes[column]!) counts[code]!++;
  });
  const steps = new Int16Array(BLOCK).fill(-1);
  probabilitiesOf(model, matrix).forEach((probability, i) => {
    steps[places[i]!] = stepOf(probability);
  });
  return steps;
}

function given({ score, full }: Look, members: Uint8Array, opened: Opened): Steps {
  const steps = new Int16Array(BLOCK).fill(-1);
  const cells = opened.get(score.id);
  if (cells === undefined) return steps;
  for (const at of placesOf(members)) {
    const units = codeAt(cells, at);
    if (!Number.isNaN(units)) steps[at] = stepOf(units / 10 ** score.scale / full);
  }
  return steps;
}

function count(found: Counting, steps: Steps, members: Uint8Array): void {
  for (let at = 0; at < BLOCK; at++) {
    if (members[at] === 0) continue;
    const step = steps[at]!;
    if (step < 0) found.unknown++;
    else found.spread[step]!++;
  }
}

/** A block in which no score is another than before is left as it is. */
async function stageScores(
  write: Sql,
  { load, score }: Look,
  one: { block: number; steps: Steps; was: Cells | undefined; version: string | null; found: Counting },
): Promise<void> {
  const cells = noCells('number');
  const mask = Buffer.alloc(BITMAP_BYTES);
  let changed = 0;
  for (let at = 0; at < BLOCK; at++) {
    const step = one.steps[at]!;
    if (step >= 0) putCode(cells, at, step);
    const before = one.was === undefined ? Number.NaN : codeAt(one.was, at);
    if (Object.is(before, step < 0 ? Number.NaN : step)) continue;
    setBit(mask, at);
    changed++;
  }
  if (changed === 0) return;
  one.found.changed += changed;
  const none = { tag: score.id, block: one.block, base: 0, width: 1 as const, known: null, body: null };
  const made = closeBlock(score.id, one.block, cells) ?? none;
  await stage(write, load, [{ ...made, scale: 0, mask: one.version === null ? null : mask, was: one.version } satisfies Staged]);
}

/** Two bytes a customer: his step + 1; 0 for whoever has no score, and for whom that which is foreseen is so already. */
function copyOf(steps: Steps, outcome: Cells | undefined): Buffer {
  const out = Buffer.alloc(BLOCK * 2);
  for (let at = 0; at < BLOCK; at++)
    if (steps[at]! >= 0 && (outcome === undefined || codeAt(outcome, at) !== 1)) out.writeUInt16LE(steps[at]! + 1, at * 2);
  return out;
}

function judge(found: Counting, outcome: Cells | undefined, copy: Buffer | undefined): void {
  if (copy === undefined || outcome === undefined) return;
  for (let at = 0; at < BLOCK; at++) {
    const step = copy.readUInt16LE(at * 2) - 1;
    const seen = codeAt(outcome, at);
    if (step < 0 || Number.isNaN(seen)) continue;
    if (seen === 1) found.ones[step]!++;
    else found.zeros[step]!++;
  }
}
