import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { orThrow } from '#platform/result';
import { addTags, BLOCK, closeBlock, codesForValues, describeTag, noCells, putCode, putColumns, readTags } from '#tag';
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

/** Puts people and what is told of them into the store: row i has the i-th ordinal. Tags may be used for analysis. */
export async function storeColumns(db: Db, columns: readonly Column[], ordinals: readonly number[]): Promise<void> {
  await addTags(
    db,
    columns.map((c) => ({ name: c.name, kind: c.kind, source: 'crm', scale: c.kind === 'number' ? 4 : 0 })),
    0,
  );
  for (const column of columns) {
    await db.inTx(systemActor('test'), async (ctx) => {
      await describeTag(ctx, column.name, { purposes: ['analysis'] });
      const codes = column.kind === 'oneOf' ? orThrow(await codesForValues(ctx, column.name, column.levels)) : [];
      const [tag] = await readTags(ctx.tx, [column.name]);
      const blocks = new Map<number, ReturnType<typeof noCells>>();
      ordinals.forEach((ordinal, row) => {
        const value = column.values[row]!;
        if (Number.isNaN(value) || (column.kind !== 'number' && column.kind !== 'date' && value < 0)) return;
        const block = Math.floor(ordinal / BLOCK);
        const cells = blocks.get(block) ?? noCells(column.kind);
        blocks.set(block, cells);
        const code = column.kind === 'oneOf' ? codes[value]! : column.kind === 'number' ? Math.round(value * 10_000) : value;
        putCode(cells, ordinal % BLOCK, code);
      });
      const closed = [...blocks].flatMap(([block, cells]) => closeBlock(tag!.id, block, cells) ?? []);
      await putColumns(ctx, { source: 'crm', customers: ordinals.length, names: [column.name], blocks: closed });
    });
  }
}

/** Columns as the store gives them back: numbers to four decimals. */
export const asStored = (columns: readonly Column[]): Column[] =>
  columns.map((c) => (c.kind === 'number' ? { ...c, values: c.values.map((v) => Math.round(v * 10_000) / 10_000) } : c));
