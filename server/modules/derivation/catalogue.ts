import { type Actor, may } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { DerivationRow, DerivationRun, DerivationView } from './contract.ts';
import { labelsOf } from './installing.ts';
import { inputsOf, type Known, knownNow, missingIn, type Standing, standingOf } from './known.ts';
import { isMeaning, meaningOf } from './model.ts';
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

/** In the order of their tags. */
export async function listDerivations(sql: Sql): Promise<DerivationRow[]> {
  const known = await knownNow(sql);
  const [drafts, runs] = [await draftsOf(sql, null), await lastRuns(sql)];
  return rowsIn(known, drafts, runs);
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
        state: stateOf(one, missing),
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
  const shown = inputs.get(tag) ?? [];
  const derived = new Set(standing.map((s) => s.row.tag));
  const namesOf = (name: string) => known.facts.find((f) => f.name === name)?.names ?? { zh: name, en: name };
  const because = may(actor, 'derivation:manage') ? null : 'auth.forbidden';
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
    madeOfIt: [...inputs].filter(([, of]) => of.includes(tag)).map(([name]) => ({ name, names: namesOf(name) })),
    actions: ['edit', 'try', 'publish'].map((name) => ({ name, allowed: because === null, because })),
  };
}
