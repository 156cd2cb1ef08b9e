import type { Options } from './options.ts';
import { round, rounded, type Spread } from './stats.ts';

/** What a bench found: a figure it promised to reach, and whether it did. */
export interface Target {
  readonly value: number;
  readonly target: string;
  readonly met: boolean;
}

export interface Report {
  readonly cores: number;
  readonly coresAsked: readonly number[];
  /** Lines of the table: what, value, unit or remark. */
  readonly rows: readonly Row[];
  readonly ratios: Readonly<Record<string, number>>;
  readonly targets: Readonly<Record<string, Target>>;
  /** Sizes, and everything else worth keeping. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What was found wrong; empty: correct. */
  readonly problems: readonly string[];
}

export type Row = readonly [what: string, value: string | number | Spread, unit: string];

export const atLeast = (value: number, bound: number): Target => ({ value: round(value), target: `≥ ${bound}`, met: value >= bound });
export const atMost = (value: number, bound: number): Target => ({ value: round(value), target: `≤ ${bound}`, met: value <= bound });

const cell = (value: Row[1]): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return number(value);
  return `${number(value.median)} (${number(value.min)}–${number(value.max)})`;
};

/** 12,345 · 123 · 12.3 · 0.0123 */
export const number = (value: number): string => (Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(round(value)));

const width = (text: string): number => [...text].length;

/** Columns as wide as their widest cell, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((r) => width(r[i] ?? ''))));
  const line = (r: readonly string[]) =>
    r.map((c, i) => (i === 1 ? ' '.repeat((widths[i] ?? 0) - width(c)) + c : c + ' '.repeat((widths[i] ?? 0) - width(c)))).join('  ');
  return rows.map((r) => line(r).trimEnd()).join('\n');
}

/** Prints the tables for people and, last, one line of JSON. Answers the exit code. */
export function print(name: string, { quick, seed }: Options, r: Report, seconds: number): number {
  const correct = r.problems.length === 0;
  console.log(
    `\n${name}${quick ? ' --quick' : ''} · seed ${seed} · cores ${r.cores} (asked: ${r.coresAsked.join(', ')}) · ${seconds.toFixed(0)} s\n`,
  );
  console.log(table([['', 'median (min–max)', ''], ...r.rows.map(([what, value, unit]) => [what, cell(value), unit])]));
  console.log('');
  console.log(
    table([
      ['target', 'value', 'wanted', ''],
      ...Object.entries(r.targets).map(([n, t]) => [n, number(t.value), t.target, t.met ? 'met' : 'MISSED']),
    ]),
  );
  for (const p of r.problems) console.log(`\nWRONG: ${p}`);
  console.log('');
  const { cores, coresAsked, details, ratios, targets } = r;
  console.log(
    JSON.stringify({
      bench: name,
      quick,
      cores,
      seed,
      coresAsked,
      seconds: round(seconds),
      ...rounded(details),
      ratios: rounded(ratios),
      targets,
      correct,
    }),
  );
  return correct ? 0 : 1;
}
