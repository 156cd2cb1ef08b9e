import { type Chance, chanceOf } from './chance.ts';
import { type Coder, learnCoder } from './coder.ts';
import { type Column, columnBuilder } from './column.ts';
import type { Matrix } from './matrix.ts';
import { sigmoid } from './odds.ts';

/** For tests only: columns from plain lists, and people whose true probability is known. */

type Cells = readonly (number | string | undefined)[];

export function aColumn(kind: Column['kind'], values: Cells, name: string = kind): Column {
  const builder = columnBuilder(name, kind);
  for (const value of values) builder.push(value);
  return builder.done();
}

export const allRows = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

/** Coders and codes learned from all rows of these columns. */
export function coded(columns: readonly Column[]): { coders: Coder[]; matrix: Matrix } {
  const rows = allRows(columns[0]?.values.length ?? 0);
  const learned = columns.map((column) => learnCoder(column, rows));
  return { coders: learned.map(({ coder }) => coder), matrix: { rows: rows.length, codes: learned.map(({ codes }) => codes) } };
}

const gauss = (chance: Chance): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/**
 * People of whom a flag, a one-of, a number, a date and noise are told, each unknown at times; their true log-odds are a sum of these, with a turn by flag
 * where `bent`. What is unknown had its effect all the same.
 */
export function aPopulation(count: number, { bent = false, base = -1, seed = 1, unknown = 0.1 } = {}) {
  const chance = chanceOf(seed, 77);
  const told = <T>(value: T): T | undefined => (chance() < unknown ? undefined : value);
  const cells = {
    vip: [] as Cells[number][],
    plan: [] as Cells[number][],
    fee: [] as Cells[number][],
    joined: [] as Cells[number][],
    noise: [] as Cells[number][],
  };
  const label = new Uint8Array(count);
  const truth = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const vip = chance() < 0.3 ? 1 : 0;
    const plan = Math.floor(chance() * 4);
    const fee = gauss(chance);
    const joined = Math.floor(chance() * 3000);
    const turn = bent && vip === 1 ? -1 : 1;
    truth[row] = base + 0.8 * vip + [0, 0.5, -0.7, 1][plan]! + turn * 0.9 * fee - joined / 3000;
    label[row] = chance() < sigmoid(truth[row]!) ? 1 : 0;
    cells.vip.push(told(vip));
    cells.plan.push(told(`plan ${plan}`));
    cells.fee.push(told(100 + 20 * fee));
    cells.joined.push(told(18_000 + joined));
    cells.noise.push(told(chance()));
  }
  const columns = [
    aColumn('flag', cells.vip, 'vip'),
    aColumn('oneOf', cells.plan, 'plan'),
    aColumn('number', cells.fee, 'fee'),
    aColumn('date', cells.joined, 'joined'),
    aColumn('number', cells.noise, 'noise'),
  ];
  return { columns, label, truth };
}
