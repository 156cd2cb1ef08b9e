import { type Actor, may } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { DerivationRow, DerivationRun, DerivationView } from './contract.ts';
import { labelsOf } from './installing.ts';
import { inputsOf, type Known, knownNow, missingIn, type Standing, standingOf } from './known.ts';
import { isMeaning, madeOf, meaningOf, namesIn } from './model.ts';
import { lastRuns, type RunRow } from './runStore.ts';
import { type DraftRow, draftsOf } from './store.ts';
import { rowsOf } from './words.ts';

/** What people read of derivations. */

export const runView = ({ id, version, why, state, began, ended, done, blocks, customers, changed, doubtful }: RunRow): DerivationRun => ({
  id,
  version,
  why,
  state,
  began: new Date(began).toISOString(),
  ended: ended === null ? null : new Date(ended).toISOString(),
  done,
  blocks,
  customers,
  changed,
  doubtful,
});

/** In the order of their tags; `of`: those alone that are made of this tag. */
export async function listDerivations(sql: Sql, of: string | undefined): Promise<DerivationRow[]> {
  const known = await knownNow(sql);
  const [drafts, runs] = [await draftsOf(sql, null), await lastRuns(sql)];
  const rows = rowsIn(known, drafts, runs);
  if (of === undefined) return rows;
  const made = madeOf(of, inputsOf(standingOf(known)));
  return rows.filter((row) => made.includes(row.tag));
}

function rowsIn(known: Known, drafts: readonly DraftRow[], runs: readonly RunRow[]): DerivationRow[] {
  const standing = new Map(standingOf(known).map((s) => [s.row.tag, s]));
  return known.derivations.flatMap((row): DerivationRow[] => {
    const draft = drafts.find((d) => d.tag === row.tag);
    const body = row.body ?? draft?.body;
    if (body === undefined) return [];
    const one = standing.get(row.tag);
    const run = runs.find((r) => r.tag === row.tag);
    const missing = one?.meaning ? missingIn(known, one.meaning.inputs) : [];
    return [
      {
        tag: row.tag,
        kind: body.kind,
        names: body.names,
        state: row.retired === null ? stateOf(one, missing) : 'retired',
        version: row.version,
        standard: row.standard,
        hasDraft: draft !== undefined,
        missing,
        lastRun: run === undefined ? null : runView(run),
      },
    ];
  });
}

function stateOf(one: Standing | undefined, missing: readonly string[]): DerivationRow['state'] {
  if (one === undefined) return 'draft';
  if (one.meaning === null) return 'mistaken';
  if (missing.length > 0) return 'waiting';
  if (one.row.taken !== null) return 'taken';
  return one.row.ran === one.row.version ? 'current' : 'due';
}

/** Undefined: no rule makes this tag, and no draft is there. */
export async function showDerivation(sql: Sql, actor: Actor, tag: string): Promise<DerivationView | undefined> {
  const drafts = await draftsOf(sql, tag);
  const known = await knownNow(sql, 'all');
  const head = rowsIn(known, drafts, await lastRuns(sql)).find((r) => r.tag === tag);
  const row = known.derivations.find((d) => d.tag === tag);
  if (head === undefined || row === undefined) return undefined;
  const label = await labelsOf(sql, known);
  const written = <D extends { body: DraftRow['body']; by: string; at: number }>({ body, by, at }: D) => {
    const found = meaningOf(body, known.facts);
    return {
      definition: body,
      says: rowsOf(body, known.facts, label),
      by,
      at: new Date(at).toISOString(),
      mistakes: isMeaning(found) ? [] : [...found],
    };
  };
  const standing = standingOf(known);
  const inputs = inputsOf(standing);
  const [draft] = drafts;
  const shown = inputs.get(tag) ?? (row.body === null ? [] : namesIn(row.body));
  const derived = new Set(standing.map((s) => s.row.tag));
  const namesOf = (name: string) => known.facts.find((f) => f.name === name)?.names ?? { zh: name, en: name };
  const made = madeOf(tag, inputs);
  const forbidden = may(actor, 'derivation:manage') ? null : 'auth.forbidden';
  const isRetired = row.retired !== null;
  const whyNot = {
    edit: isRetired ? 'derivation.retired' : null,
    try: null,
    publish: isRetired ? 'derivation.retired' : null,
    retire: isRetired ? 'derivation.retired' : row.version === null ? 'thing.not-found' : made.length > 0 ? 'derivation.used' : null,
    reinstate: isRetired ? null : 'derivation.not-retired',
  };
  return {
    ...head,
    published:
      row.body === null
        ? null
        : { ...written({ body: row.body, by: row.by ?? '', at: row.at ?? 0 }), version: row.version ?? 0, reason: row.reason ?? '' },
    draft: draft === undefined ? null : { ...written(draft), revision: draft.revision },
    inputs: shown
      .filter((name) => known.facts.some((f) => f.name === name))
      .map((name) => ({
        name,
        names: namesOf(name),
        missing: (known.tags.get(name)?.loadedAt ?? null) === null,
        byRule: derived.has(name),
      })),
    madeOfIt: made.map((name) => ({ name, names: namesOf(name) })),
    retired:
      row.retired === null ? null : { at: new Date(row.retired).toISOString(), by: row.retired_by ?? '', reason: row.retired_for ?? '' },
    actions: Object.entries(whyNot).map(([name, why]) => {
      const because = forbidden ?? why;
      return { name, allowed: because === null, because };
    }),
  };
}
