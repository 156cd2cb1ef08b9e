import type { Sql } from '#platform/db';
import { decimalBounds, decimalFactsAmong, factsAmong, oneOfFact, type SuppliedTag } from '#rule';
import type { Fact } from '#rule/contract';
import { allTags, RULE, readTags } from '#tag';
import type { Definition } from './contract.ts';
import { type Inputs, isMeaning, type Meaning, meaningOf, namesIn } from './model.ts';
import { standardFacts } from './standard.ts';
import { allDerivations, type DerivationRow } from './store.ts';

/** What definitions may speak of at present: the tags there are, those that derivations will make, those that the standard tables wait for. */

export interface KnownTag extends SuppliedTag {
  readonly source: string | null;
  readonly purposes: readonly string[];
}

export interface Known {
  readonly tags: ReadonlyMap<string, KnownTag>;
  readonly facts: readonly Fact[];
  readonly derivations: readonly DerivationRow[];
}

/** As far as two values can still be multiplied by a thousand and added. */
const BELIEVED = 1_000_000_000;
const DAYS = { from: 0, to: 100_000 };

/** `values`: of these tags alone, and of those that published definitions name, the values are read; `all`: of every one-of. */
export async function knownNow(sql: Sql, values: readonly string[] | 'all' = []): Promise<Known> {
  const derivations = await allDerivations(sql);
  const rows = await allTags(sql);
  const wanted =
    values === 'all'
      ? null
      : [...new Set([...values, ...derivations.flatMap(({ tag, body }) => [tag, ...(body === null ? [] : namesIn(body))])])];
  const read = new Map((await readTags(sql, wanted)).map((t) => [t.name, t.values]));
  const tags = rows.map(
    ({ id, name, kind, scale, zh, en, loaded_at, source, purposes }): KnownTag => ({
      id,
      name,
      kind,
      scale,
      zh,
      en,
      loadedAt: loaded_at,
      source,
      purposes,
      ...(kind === 'oneOf' && read.has(name) ? { values: read.get(name) ?? [] } : {}),
    }),
  );
  const foreign = new Set(rows.flatMap((r) => (r.source === null || r.source === RULE ? [] : [r.name])));
  const scales = new Map(rows.map((r) => [r.name, r.scale]));
  const derived = derivations.flatMap(({ tag, body, retired }) =>
    body === null || retired !== null || foreign.has(tag)
      ? []
      : [factOf(tag, body, { stored: read.get(tag) ?? [], decimals: scales.get(tag) ?? 0 })],
  );
  const retired = new Set(derivations.flatMap((d) => (d.retired === null ? [] : [d.tag])));
  const named = new Set([...derived.map((f) => f.name), ...retired]);
  const meant = [...derived, ...standardFacts().filter((f) => !named.has(f.name))];
  const spoken = tags.filter((t) => !retired.has(t.name));
  const facts = [...factsAmong(spoken, meant), ...decimalFactsAmong(spoken, meant)];
  return { tags: new Map(tags.map((t) => [t.name, t])), facts, derivations };
}

/** A derivation's own tag as a fact: its values as they are stored, those that it will add behind them. */
function factOf(name: string, body: Definition, { stored, decimals }: { stored: readonly string[]; decimals: number }): Fact {
  if (body.kind === 'oneOf') return oneOfFact(name, [...new Set([...stored, ...body.values.map((v) => v.value)])], body.names);
  if (body.kind === 'number' && decimals > 0)
    return { name, kind: 'number', unit: 'number', ...decimalBounds(decimals), decimals, names: body.names };
  const bounds = { flag: { from: 0, to: 1 }, date: DAYS, number: { from: -BELIEVED, to: BELIEVED } }[body.kind];
  return { name, kind: body.kind, unit: body.kind, ...bounds, names: body.names };
}

/** A published definition that is not retired. */
export interface Standing {
  readonly row: DerivationRow & { readonly version: number; readonly body: Definition };
  /** Null: it is mistaken since a tag changed. */
  readonly meaning: Meaning | null;
}

export const standingOf = ({ derivations, facts }: Known): Standing[] =>
  derivations.flatMap((row) => {
    if (row.body === null || row.version === null || row.retired !== null) return [];
    const meaning = meaningOf(row.body, facts);
    return [{ row: { ...row, version: row.version, body: row.body }, meaning: isMeaning(meaning) ? meaning : null }];
  });

/** What each is made of; of one that is not understood, what its texts name. */
export const inputsOf = (standing: readonly Standing[]): Inputs =>
  new Map(standing.map(({ row, meaning }) => [row.tag, meaning?.inputs.map((f) => f.name) ?? namesIn(row.body)]));

/** Inputs that nobody has loaded. */
export const missingIn = ({ tags }: Known, inputs: readonly Fact[]): string[] =>
  inputs.map((f) => f.name).filter((name) => (tags.get(name)?.loadedAt ?? null) === null);
