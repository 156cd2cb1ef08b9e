import { createHash } from 'node:crypto';
import type { Db } from '#platform/db';
import { type Condition, compile, type Decided, type Deciding, fromTags, pass } from '#rule';
import type { Fact } from '#rule/contract';
import {
  BITMAP_BYTES,
  type BlockVersion,
  type Cells,
  countBoth,
  MOST_UNITS,
  merge,
  noCells,
  openBlock,
  rescale,
  setBit,
  versionsOf,
} from '#tag';
import type { Known } from './known.ts';
import type { Meaning } from './model.ts';

/** Blocks of a derivation: what they are made of, and what comes out of them beside what stands there. */

const EVERYONE: Fact = {
  name: 'everyone',
  kind: 'flag',
  unit: 'flag',
  from: 0,
  to: 1,
  names: { zh: '全体客户', en: 'Everyone' },
};
/** Days that a date can be written as: years 1 to 9999. */
const DAYS = { least: -719_162, most: 2_932_896 };
const FULL = Buffer.alloc(BITMAP_BYTES, 0xff);

type Kind = 'oneOf' | 'flag' | 'number' | 'date';

/** What is computed: the tag's id where there is one already, the codes that its outcomes have there. */
export interface Work {
  readonly kind: Kind;
  readonly meaning: Meaning;
  readonly tag: number | null;
  /** Codes of a one-of by outcome − 1. */
  readonly codes: readonly number[];
  /** Decimals of a number as it is kept: those of the tag, or more of them where the value has more. */
  readonly scale: number;
  readonly today: number;
}

/** A block made anew. `was`: its version, undefined where there is none; `changed`: whose value differs from what stands there. */
export interface Made {
  readonly block: number;
  readonly cells: Cells;
  readonly before: Cells;
  readonly was: string | undefined;
  readonly changed: Buffer;
  readonly customers: number;
  /** How many customers changed. */
  readonly differing: number;
  readonly doubtful: ReadonlyMap<string, number>;
}

/** Computes these blocks one after another, or all in which somebody counts; nothing is written. */
export async function compute(
  db: Db,
  known: Known,
  { kind, meaning, tag, codes, scale, today }: Work,
  blocks: readonly number[] | undefined,
  each: (made: Made) => Promise<void>,
): Promise<void> {
  const { rules, value, choice } = meaning;
  const population: Condition = { op: 'flag', fact: EVERYONE };
  const program = compile({ rules, values: value === null ? [] : [value], population, evidence: [], today });
  const units = 10 ** (scale - meaning.decimals);
  const most = Math.floor(MOST_UNITS / units);
  const deciding: Deciding = choice === null ? { bounds: kind === 'date' ? DAYS : { least: -most, most } } : { choice };
  await pass<Decided>(db, fromTags, {
    order: { program, deciding },
    tags: [...known.tags.values()],
    ...(blocks && { blocks }),
    async take(block, decided) {
      const [stored] = tag === null ? [] : await versionsOf(db, [tag], [block]);
      const cells = cellsOf(kind, decided, codes, units);
      const into = openAt(kind, stored, scale);
      const changed = Buffer.alloc(BITMAP_BYTES);
      merge(into, cells, FULL, changed);
      const doubtful = new Map(program.columns.flatMap((f, i) => (decided.doubtful[i] ? [[f.name, decided.doubtful[i]]] : [])));
      await each({
        block,
        cells,
        before: openAt(kind, stored, scale),
        was: stored?.was,
        changed,
        customers: decided.customers,
        differing: countBoth(changed, FULL),
        doubtful,
      });
    },
  });
}

/** A stored block in units of `scale`, which is not coarser than its own. */
function openAt(kind: Kind, stored: Awaited<ReturnType<typeof versionsOf>>[number] | undefined, scale: number): Cells {
  const cells = openBlock(kind, stored);
  if (kind === 'number' && stored !== undefined) rescale(cells, scale - stored.scale);
  return cells;
}

function cellsOf(kind: Kind, { outcomes, values }: Decided, codes: readonly number[], units: number): Cells {
  const cells = noCells(kind);
  if (cells.kind === 'oneOf') {
    for (let i = 0; i < outcomes.length; i++) {
      const outcome = outcomes[i] as number;
      if (outcome !== 0) cells.codes[i] = codes[outcome - 1] as number;
    }
  } else if (cells.kind === 'flag') {
    for (let i = 0; i < outcomes.length; i++) {
      const outcome = outcomes[i] as number;
      if (outcome !== 0) setBit(cells.known, i);
      if (outcome === 1) setBit(cells.yes, i);
    }
  } else {
    for (let i = 0; i < values.length; i++) cells.units[i] = (values[i] as number) * units + 0; // no negative zero: it would be another value
  }
  return cells;
}

/** Of what a block is made: the definition's version, the day where it counts, and its inputs as they stand. */
export function stampsOf(versions: readonly BlockVersion[], basis: string): Map<number, string> {
  const byBlock = Map.groupBy(versions, (v) => v.block);
  return new Map([...byBlock].map(([block, of]) => [block, stamp(basis, of)]));
}

/** Of a block in which nobody counts any more and of which nothing is known. */
export const stampOfNothing = (basis: string): string => stamp(basis, []);

const stamp = (basis: string, of: readonly BlockVersion[]): string =>
  createHash('sha1')
    .update(`${basis}|${of.map((v) => `${v.tag}:${v.version}`).join(',')}`)
    .digest('base64');
