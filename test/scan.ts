import { createHash } from 'node:crypto';
import type { Sql } from '../server/platform/db.ts';

/** Every row of every table of our own, as one text a table: what somebody with a copy of the store could read. */
export async function everything(sql: Sql): Promise<Map<string, string>> {
  const tables = await sql.query<{ name: string }>(
    '',
    `select format('%I.%I', n.nspname, c.relname) name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_t%' order by 1`,
  );
  const out = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await sql.query<{ t: string }>('', `select t::text t from ${name} t`);
    out.set(name, rows.map((r) => r.t).join('\n'));
  }
  return out;
}

const DIGESTS = ['sha256', 'sha1', 'md5'] as const;

/**
 * The forms in which a value would be found again: as it is, as bytes and in base64, escaped as in JSON, and as an unkeyed digest of it
 * (bare, or after the words that digests are made with here), whole or cut to a uuid.
 */
export function formsOf(value: string, before: readonly string[] = []): string[] {
  const bytes = Buffer.from(value);
  const escaped = [...value].map((c) => (c > '~' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c)).join('');
  const digests = ['', ...before].flatMap((b) =>
    DIGESTS.flatMap((d) => {
      const hash = createHash(d).update(`${b}${value}`).digest();
      const h = hash.toString('hex');
      return [h, hash.toString('base64url'), `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`];
    }),
  );
  return [...new Set([value, escaped, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), ...digests])];
}

/** Where any of the forms stands: "table: form". */
export const findings = (places: ReadonlyMap<string, string>, forms: readonly string[]): string[] =>
  [...places].flatMap(([place, text]) => {
    const low = text.toLowerCase();
    return forms.filter((f) => text.includes(f) || low.includes(f.toLowerCase())).map((f) => `${place}: ${f}`);
  });
