import { type Cells, tallyOf } from './codes.ts';
import { EVERYONE } from './model.ts';

/** What the comings and goings of customers alone did to a block's figures since the last closed day: the values of who joined, and of who left. */

/** Who counts in a block, and who did when day `based` was closed; no day was ever closed: `based` is null, and nobody came or went. */
export interface Counted {
  readonly based: number | null;
  readonly everyone: Uint8Array;
  readonly stood: Uint8Array;
}

export interface Part {
  readonly known: number;
  readonly yes: number;
  readonly sum: bigint;
}

export interface Population {
  readonly based: number | null;
  readonly came: Part;
  readonly went: Part;
}

const NOTHING: Part = { known: 0, yes: 0, sum: 0n };

/**
 * A customer keeps his values when he leaves, so what he took along is read off as it stands now; only `everyone` loses its bit with him, and there his
 * leaving is counted itself.
 */
export function populationOf(tag: number, cells: Cells, { based, everyone, stood }: Counted): Population {
  if (stood === everyone) return { based, came: NOTHING, went: NOTHING };
  const went = without(stood, everyone);
  const left = tag === EVERYONE && cells.kind === 'flag' ? { kind: cells.kind, yes: Buffer.from(stood), known: Buffer.from(stood) } : cells;
  return { based, came: partOf(cells, without(everyone, stood)), went: partOf(left, went) };
}

const without = (these: Uint8Array, those: Uint8Array): Uint8Array => these.map((byte, i) => byte & ~(those[i] as number));

function partOf(cells: Cells, within: Uint8Array): Part {
  const { known, yes, sum } = tallyOf(cells, within);
  return { known, yes, sum: sum ?? 0n };
}
