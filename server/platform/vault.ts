import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Sql, Tx } from './db.ts';
import { keyedHash } from './keyed.ts';
import type { Migration } from './module.ts';
import { derive, makeSealing, type Sealing } from './sealing.ts';

/** A personal value's place: the person's (subject's) id and the keyed hash of the value's normal form; both uuid texts. */
export interface VaultRef {
  readonly subject: string;
  readonly id: string;
}

export interface Vault extends Sealing {
  /** Keyed hash (HMAC-SHA256, first 128 bits as uuid) of a value already in normal form. The only thing a look-up ever compares. */
  hash(kind: string, normal: string): string;
  /** Keeps values encrypted under their subject's own key (made on first sight, wrapped by GLASSHOUSE_KEY); what is there stays. */
  remember(tx: Tx, rows: readonly { subject: string; kind: string; id: string; value: string }[]): Promise<void>;
  /** Values by `${subject}/${id}`; an erased person's are absent. */
  reveal(sql: Sql, refs: readonly VaultRef[]): Promise<Map<string, { kind: string; value: string }>>;
  /** Destroys the subjects' keys, values and hashes, for ever; written down in vault.erasure so that a restore repeats it. */
  forget(tx: Tx, subjects: readonly string[], reason: string, by: string): Promise<void>;
  /** Destroys single values under subjects that others share. */
  strike(tx: Tx, refs: readonly VaultRef[]): Promise<void>;
}

export const migrations: readonly Migration[] = [
  {
    name: 'vault-1',
    sql: `create schema if not exists vault;
      create table if not exists vault.key (one boolean primary key default true check (one), proof bytea not null);
      create table if not exists vault.subject (id uuid primary key, wrapped bytea not null);
      create table if not exists vault.secret (subject uuid not null, id uuid not null, kind text not null, sealed bytea not null, primary key (subject, id));
      create index if not exists secret_by_id on vault.secret (id);
      create table if not exists vault.erasure (subject uuid not null, at timestamptz not null default clock_timestamp(), reason text not null, by text not null, primary key (subject, at));`,
  },
];

const NONCE = 12;
const TAG = 16;
const LOCK = 0x7661756c; // "vaul": remember takes it shared, forget alone

const uuidOf = (h: string): string => `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;

/** nonce ‖ cipher text ‖ tag. `bound` is not kept, but must be the same when opened: a row moved to another person does not open. */
function lock(key: KeyObject, nonce: Buffer, plain: Buffer, bound: string): Buffer {
  const c = createCipheriv('aes-256-gcm', key, nonce);
  c.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, c.update(plain), c.final(), c.getAuthTag()]);
}

function unlock(key: KeyObject, sealed: Buffer, bound: string): Buffer {
  const d = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  d.setAAD(Buffer.from(bound));
  d.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([d.update(sealed.subarray(NONCE, sealed.length - TAG)), d.final()]);
}

/**
 * Makes the vault of an installation. `key`: the 32 bytes of GLASSHOUSE_KEY; the keys for hashes, for wrapping and for data are
 * derived from it (HKDF-SHA256). Throws when a sealed value was changed, moved or made with another key.
 */
export function openVault(key: Buffer): Vault {
  if (key.length !== 32) throw new Error('GLASSHOUSE_KEY must be 32 bytes');
  const master = createSecretKey(key);
  const keyed = keyedHash(derive(master, 'hash'));
  const wrapKey = derive(master, 'wrap');
  const unwrapped = new LRUCache<string, { wrapped: Buffer; key: KeyObject }>({ max: 20_000 });

  const unwrap = (subject: string, wrapped: Buffer): KeyObject => {
    const known = unwrapped.get(subject);
    if (known?.wrapped.equals(wrapped)) return known.key;
    const made = createSecretKey(unlock(wrapKey, wrapped, subject));
    unwrapped.set(subject, { wrapped, key: made });
    return made;
  };

  const read = async (tx: Tx, subjects: readonly string[]): Promise<Map<string, KeyObject>> => {
    const rows = await tx.query<{ id: string; wrapped: Buffer }>(
      'vault-subjects',
      'select id, wrapped from vault.subject where id = any($1::uuid[])',
      [subjects],
    );
    return new Map(rows.map((r) => [r.id, unwrap(r.id, r.wrapped)]));
  };

  /** Keys of all `subjects` (sorted), made where missing. Two at once: the second waits for the first one's commit and takes its key. */
  const keysOf = async (tx: Tx, subjects: readonly string[]): Promise<Map<string, KeyObject>> => {
    await tx.query('vault-share', 'select pg_advisory_xact_lock_shared($1)', [LOCK]);
    const found = await read(tx, subjects);
    const missing = subjects.filter((s) => !found.has(s));
    if (missing.length === 0) return found;
    const wrapped = missing.map((s) => lock(wrapKey, randomBytes(NONCE), randomBytes(32), s));
    await tx.query(
      'vault-make',
      'insert into vault.subject (id, wrapped) select * from unnest($1::uuid[], $2::bytea[]) on conflict do nothing',
      [missing, wrapped],
    );
    for (const [s, k] of await read(tx, missing)) found.set(s, k);
    return found;
  };

  return {
    ...makeSealing(derive(master, 'data')),
    hash: (kind, normal) => uuidOf(keyed(`${kind}\0${normal}`)),

    async remember(tx, rows) {
      if (rows.length === 0) return;
      const place = (r: VaultRef) => `${r.subject}/${r.id}`;
      const each = [...new Map(rows.map((r) => [place(r), r])).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, r]) => r);
      const keys = await keysOf(tx, [...new Set(each.map((r) => r.subject))]);
      const sealed = each.map((r) =>
        lock(keys.get(r.subject) as KeyObject, randomBytes(NONCE), Buffer.from(r.value), `${place(r)}/${r.kind}`),
      );
      await tx.query(
        'vault-remember',
        'insert into vault.secret (subject, id, kind, sealed) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) on conflict do nothing',
        [each.map((r) => r.subject), each.map((r) => r.id), each.map((r) => r.kind), sealed],
      );
    },

    async reveal(sql, refs) {
      if (refs.length === 0) return new Map();
      const rows = await sql.query<{ subject: string; id: string; kind: string; sealed: Buffer; wrapped: Buffer }>(
        'vault-reveal',
        `select s.subject, s.id, s.kind, s.sealed, k.wrapped from (select distinct * from unnest($1::uuid[], $2::uuid[]) r (subject, id)) r
         join vault.secret s using (subject, id) join vault.subject k on k.id = s.subject`,
        [refs.map((r) => r.subject), refs.map((r) => r.id)],
      );
      const openRow = (r: (typeof rows)[number]) =>
        unlock(unwrap(r.subject, r.wrapped), r.sealed, `${r.subject}/${r.id}/${r.kind}`).toString();
      return new Map(rows.map((r) => [`${r.subject}/${r.id}`, { kind: r.kind, value: openRow(r) }]));
    },

    async forget(tx, subjects, reason, by) {
      await tx.query('vault-alone', 'select pg_advisory_xact_lock($1)', [LOCK]);
      await tx.query('vault-forget-values', 'delete from vault.secret where subject = any($1::uuid[])', [subjects]);
      await tx.query('vault-forget-keys', 'delete from vault.subject where id = any($1::uuid[])', [subjects]);
      await tx.query(
        'vault-erasure',
        'insert into vault.erasure (subject, reason, by) select distinct s, $2, $3 from unnest($1::uuid[]) s',
        [subjects, reason, by],
      );
      for (const s of subjects) unwrapped.delete(s);
    },

    async strike(tx, refs) {
      await tx.query('vault-alone', 'select pg_advisory_xact_lock($1)', [LOCK]);
      await tx.query(
        'vault-strike',
        'delete from vault.secret s using unnest($1::uuid[], $2::uuid[]) r (subject, id) where s.subject = r.subject and s.id = r.id',
        [refs.map((r) => r.subject), refs.map((r) => r.id)],
      );
    },
  };
}

/** Tells whether two keys are one, and gives neither away. */
export const proofOf = (key: Buffer): Buffer => derive(createSecretKey(key), 'proof').export();

/** Compares GLASSHOUSE_KEY with the key this store was first opened with (its proof is kept, not the key); throws a sentence for the operator. */
export async function checkVaultKey(sql: Sql, key: Buffer): Promise<void> {
  const proof = proofOf(key);
  await sql.query('vault-key-make', 'insert into vault.key (proof) values ($1) on conflict do nothing', [proof]);
  const [kept] = await sql.query<{ proof: Buffer }>('vault-key', 'select proof from vault.key');
  if (!kept || kept.proof.length !== proof.length || !timingSafeEqual(kept.proof, proof))
    throw new Error('GLASSHOUSE_KEY is not the key that protects the personal data of this store. Start with the key it was made with.');
}
