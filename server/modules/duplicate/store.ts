import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';
import type { EvidenceId, Grade } from './evidence.ts';
import type { PairState } from './model.ts';

/** SQL of pairs and of what was decided about them. Outside the caller's areas a pair is not there: both of it must be his. */

export type PairKind = 'party' | 'counted';
export type Areas = 'all' | readonly string[];
const areasOf = (areas: Areas): readonly string[] | null => (areas === 'all' ? null : areas);

export interface PairRow {
  readonly id: number;
  readonly kind: PairKind;
  readonly a: string;
  readonly b: string;
  readonly area_a: string | null;
  readonly area_b: string | null;
  readonly evidence: readonly EvidenceId[];
  readonly weight: number;
  readonly grade: Grade;
  readonly state: PairState | 'lapsed';
  readonly found_at: number;
  readonly decided_at: number | null;
  /** The evidence that was decided on. */
  readonly judged: readonly EvidenceId[];
  /** Who stays, of a pair that is merged. */
  readonly survivor: string | null;
}

const FIELDS = 'id, kind, a, b, area_a, area_b, evidence, weight, grade, state, found_at, decided_at, judged, survivor';
const OPEN = '($2::text[] is null or (area_a = any($2) and area_b = any($2)))';
type Row = PairRow & Record<string, never>;

export interface PairFilter {
  readonly state: PairState;
  readonly kind: PairKind | null;
  readonly grade: Grade | null;
  readonly area: readonly string[] | null;
  /** Either of the pair. */
  readonly one: string | null;
}

const MATCH = `state = $1 and ${OPEN} and ($3::text is null or kind = $3) and ($4::text is null or grade = $4)
  and ($5::text[] is null or area_a = any($5) or area_b = any($5)) and ($6::uuid is null or a = $6 or b = $6)`;
const valuesOf = (f: PairFilter, areas: Areas): unknown[] => [f.state, areasOf(areas), f.kind, f.grade, f.area, f.one];

/** The heaviest first, among them the newest. `after`: weight and id of the last one seen. */
export const listPairs = (
  sql: Sql,
  f: PairFilter,
  areas: Areas,
  page: { limit: number; after: readonly [weight: number, id: number] | null },
): Promise<PairRow[]> =>
  sql.query<Row>(
    '',
    `select ${FIELDS} from duplicate.pair where ${MATCH} and ($7::int is null or weight < $7 or (weight = $7 and id < $8::bigint)) order by weight desc, id desc limit $9`,
    [...valuesOf(f, areas), page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  );

/** How many, exact up to `most`. */
export const countPairs = async (sql: Sql, f: PairFilter, areas: Areas, most: number): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      '',
      `select count(*) n from (select from duplicate.pair where ${MATCH} limit ${most + 1}) x`,
      valuesOf(f, areas),
    )
  )[0]?.n ?? 0;

const ONE = `select ${FIELDS} from duplicate.pair where id = $1 and ${OPEN} and state <> 'lapsed'`;

export const pairById = async (sql: Sql, id: number, areas: Areas): Promise<PairRow | undefined> =>
  (await sql.query<Row>('duplicate-pair', ONE, [id, areasOf(areas)]))[0];

export const lockPair = async (tx: Tx, id: number, areas: Areas): Promise<PairRow | undefined> =>
  (await tx.query<Row>('duplicate-pair-lock', `${ONE} for update`, [id, areasOf(areas)]))[0];

/** All pairs, lapsed ones too, that name any of these. */
export const pairsOf = (sql: Sql, kind: PairKind, ids: readonly string[]): Promise<PairRow[]> =>
  sql.query<Row>(
    'duplicate-pairs-of',
    `select ${FIELDS} from duplicate.pair where kind = $2 and (a = any($1::uuid[]) or b = any($1::uuid[]))`,
    [list(ids), kind],
  );

export type Found = Pick<PairRow, 'kind' | 'a' | 'b' | 'area_a' | 'area_b' | 'evidence' | 'weight' | 'grade'>;

/** Writes what was found as open; what was decided about a pair of these numbers before stays in its history. */
export const savePairs = (tx: Tx, rows: readonly Found[], now: number): Promise<unknown> =>
  tx.query(
    'duplicate-pairs-save',
    `insert into duplicate.pair (kind, a, b, area_a, area_b, evidence, weight, grade, state, found_at)
     select kind, a, b, area_a, area_b, string_to_array(evidence, ' '), weight, grade, 'open', $9
       from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[]) n (kind, a, b, area_a, area_b, evidence, weight, grade)
     on conflict (kind, a, b) do update set area_a = excluded.area_a, area_b = excluded.area_b, evidence = excluded.evidence, weight = excluded.weight,
       grade = excluded.grade, state = 'open'`,
    [
      column.text(rows.map((r) => r.kind)),
      column.uuid(rows.map((r) => r.a)),
      column.uuid(rows.map((r) => r.b)),
      column.text(rows.map((r) => r.area_a)),
      column.text(rows.map((r) => r.area_b)),
      column.text(rows.map((r) => r.evidence.join(' '))),
      column.int(rows.map((r) => r.weight)),
      column.text(rows.map((r) => r.grade)),
      now,
    ],
  );

/** Nothing speaks for these any more. */
export const lapse = (tx: Tx, ids: readonly number[]) =>
  tx.query('duplicate-pairs-lapse', `update duplicate.pair set state = 'lapsed' where id = any($1::bigint[]) and state = 'open'`, [
    list(ids),
  ]);

export const decide = (tx: Tx, p: Pick<PairRow, 'id' | 'state' | 'judged' | 'survivor'> & { readonly decided_at: number | null }) =>
  tx.query('duplicate-pair-decide', 'update duplicate.pair set state = $2, judged = $3, survivor = $4, decided_at = $5 where id = $1', [
    p.id,
    p.state,
    p.judged,
    p.survivor,
    p.decided_at,
  ]);

/* ── what was decided ── */

export interface DecisionRow {
  readonly id: number;
  readonly pair: number;
  readonly act: 'merge' | 'different' | 'undo' | 'reopen' | 'grown';
  readonly at: number;
  readonly by: string;
  readonly by_name: string;
  readonly reason: string | null;
  /** The rule that chose who stays; null: a person did. */
  readonly rule: string | null;
  readonly evidence: readonly EvidenceId[];
  readonly survivor: string | null;
  readonly merged: string | null;
}

export const addDecision = (tx: Tx, d: Omit<DecisionRow, 'id'>) =>
  tx.query(
    'duplicate-decision-add',
    `insert into duplicate.decision (pair, act, at, by, by_name, reason, rule, evidence, survivor, merged) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [d.pair, d.act, d.at, d.by, d.by_name, d.reason, d.rule, d.evidence, d.survivor, d.merged],
  );

/** The latest first. */
export const decisionsOf = (sql: Sql, pair: number): Promise<DecisionRow[]> =>
  sql.query<DecisionRow & Record<string, never>>(
    'duplicate-decisions',
    'select id, pair, act, at, by, by_name, reason, rule, evidence, survivor, merged from duplicate.decision where pair = $1 order by id desc limit 200',
    [pair],
  );

export interface Standing {
  readonly pair: number;
  /** The decision that merged them; a later one has the greater number. */
  readonly decision: number;
  readonly survivor: string;
  readonly merged: string;
}

/** Merges that stand, were made after this decision and name any of these, the earliest first. */
export const mergesNaming = (sql: Sql, kind: PairKind, ids: readonly string[], decision: number): Promise<Standing[]> =>
  sql.query<Standing & Record<string, never>>(
    'duplicate-merges-naming',
    `select d.pair, d.id decision, d.survivor, d.merged from duplicate.pair p, lateral (
       select * from duplicate.decision d where d.pair = p.id order by d.id desc limit 1) d
     where p.kind = $2 and p.state = 'merged' and (p.a = any($1::uuid[]) or p.b = any($1::uuid[])) and d.act = 'merge' and d.id > $3 order by d.id`,
    [list(ids), kind, decision],
  );
