import { ask, type Caller, type Desk, type Question, within } from '#audience';
import type { Sql } from '#platform/db';
import { isRefusal, type Refusal, Refused } from '#platform/result';
import { readCatalogue } from '#tag';
import type { PlaceSpread } from './contract.ts';
import { BUILDING, ESTATE, type Where } from './figures.ts';

/** The people of places, asked of the audience engine: exact, and cut to the caller's areas. */

/** A tag, or a value of one, that nobody has brought: what a definition names is not there. */
export interface Missing {
  readonly missing: string;
}

export const isMissing = (x: unknown): x is Missing => typeof x === 'object' && x !== null && 'missing' in x;

const NOT_THERE = new Set(['audience.unknown-tag', 'audience.wrong-kind', 'audience.not-a-value']);
const NOBODY: Where = { or: [] };

/** A definition as the caller may ask it. Of a place that no customer was ever said to live in it means nobody; what else is wrong is thrown. */
async function asked(desk: Desk, caller: Caller, where: Where): Promise<Question | Missing> {
  const question = await ask(desk, caller, where);
  if (!isRefusal(question)) return question as Question;
  const { code, details } = question as Refusal;
  const isEmptyPlace = code === 'audience.not-a-value' && (details.tag === ESTATE || details.tag === BUILDING);
  if (isEmptyPlace) return asked(desk, caller, NOBODY);
  if (NOT_THERE.has(code)) return { missing: String(details.tag) };
  throw new Refused(question as Refusal);
}

export async function countOf(desk: Desk, caller: Caller, where: Where): Promise<number | Missing> {
  const question = await asked(desk, caller, where);
  return isMissing(question) ? question : (await desk.count(within(question))).count;
}

/** How many of a definition have each value of a one-of; `unknown`: who has none. */
export interface Shares {
  readonly by: ReadonlyMap<string, number>;
  readonly unknown: number;
}

export async function sharesOf(desk: Desk, caller: Caller, { where, tag }: { where: Where; tag: string }): Promise<Shares | Missing> {
  const question = await asked(desk, caller, where);
  if (isMissing(question)) return question;
  const named = question.catalogue.tags.get(tag);
  if (named?.kind !== 'oneOf') return { missing: tag };
  const spread = await desk.engine.distribution(within(question), named.id);
  const codes = spread.kind === 'oneOf' ? spread.codes : [];
  return { by: new Map(named.values.map((value, i) => [value, codes[i + 1] ?? 0])), unknown: codes[0] ?? 0 };
}

/** How a tag is spread over a definition, values that nobody has left out; undefined: there is no such tag. */
export async function spreadOf(
  desk: Desk,
  caller: Caller,
  { where, tag }: { where: Where; tag: string },
): Promise<PlaceSpread | undefined> {
  const question = await asked(desk, caller, where);
  if (isMissing(question)) return undefined;
  const named = question.catalogue.tags.get(tag);
  if (named === undefined) return undefined;
  const spread = await desk.engine.distribution(within(question), named.id);
  const head = { tag, names: named.names, kind: named.kind };
  if (spread.kind === 'flag') {
    const bars = [
      { value: true, count: spread.yes },
      { value: false, count: spread.no },
    ];
    return { ...head, bars, unknown: spread.unknown };
  }
  if (spread.kind === 'oneOf') {
    const bars = named.values.flatMap((value, i) => {
      const count = spread.codes[i + 1] ?? 0;
      return count === 0 ? [] : [{ value, names: named.labels[i] ?? { zh: value, en: value }, count }];
    });
    return { ...head, bars: bars.sort((a, b) => b.count - a.count), unknown: spread.codes[0] ?? 0 };
  }
  const shown = (units: number) => units / 10 ** named.scale;
  return { ...head, bars: spread.bars.map((b) => ({ from: shown(b.from), to: shown(b.to), count: b.count })), unknown: spread.unknown };
}

/** The first `most` members by ordinal. */
export async function membersOf(
  desk: Desk,
  caller: Caller,
  { where, most }: { where: Where; most: number },
): Promise<Uint32Array | Missing> {
  const question = await asked(desk, caller, where);
  return isMissing(question) ? question : desk.engine.members(within(question), most);
}

/** What is known of one customer, by tag: a one-of its text, a number and a date their units, null where it is unknown. */
export async function factsOf(
  desk: Desk,
  { ordinal, tags }: { ordinal: number; tags: readonly string[] },
): Promise<Readonly<Record<string, string | number | null>>> {
  const all = await desk.shelf.tags(desk.sql);
  const named = tags.flatMap((t) => all.get(t) ?? []);
  const values = await desk.engine.valuesOf(
    ordinal,
    named.map((t) => t.id),
  );
  return Object.fromEntries(
    named.map((t, i) => {
      const value = values[i] ?? null;
      if (t.kind === 'oneOf') return [t.name, value === null ? null : (t.values[value - 1] ?? null)];
      return [t.name, value === null || t.kind === 'date' ? value : value / 10 ** t.scale];
    }),
  );
}

/** When the oldest of these tags was last told, epoch ms; null: none of them ever was. */
export async function toldAt(sql: Sql, tags: readonly string[]): Promise<number | null> {
  const times = (await readCatalogue(sql, tags)).flatMap((t) => (t.loaded_at === null ? [] : [t.loaded_at]));
  return times.length === 0 ? null : Math.min(...times);
}
