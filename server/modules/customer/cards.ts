import { may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { mask, normal } from '#platform/personal';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { addTags, factsOf, OURS, readCatalogue } from '#tag';
import type { ConsentChange, CustomerCard, CustomerLine, CustomerSearch, ErasedList, Reveal } from './contract.ts';
import { say } from './handingOver.ts';
import { keyHash } from './keys.ts';
import { consentFlag, DO_NOT_DISTURB, PERSONAL, type Personal } from './model.ts';
import { showInFull } from './reveal.ts';
import * as store from './store.ts';

/** One customer, as people see him: masked, and in their areas alone. */

const FOUND = 50;
const CONSENTS_SHOWN = 100;
const ERASED_SHOWN = 100;

const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const lineOf = (c: store.CustomerRow): CustomerLine => ({
  id: c.id,
  source: c.source,
  own: c.own,
  area: c.area,
  since: new Date(c.since).toISOString(),
  goneAt: timeOf(c.gone_at),
});

type Who = Pick<Ctx, 'actor'>;

export interface Listed {
  readonly area: readonly string[] | null;
  readonly own: boolean | null;
  readonly after: number;
  readonly limit: number;
}

export async function listCustomers(sql: Sql, { actor }: Who, wanted: Listed) {
  const rows = await store.listCustomers(sql, { ...wanted, areas: actor.areas, limit: wanted.limit + 1 });
  const page = rows.slice(0, wanted.limit);
  return { items: page.map(lineOf), next: rows.length > wanted.limit ? (page.at(-1)?.ordinal ?? null) : null };
}

/** Customers whose person was erased, without anything of a person. */
export async function listErased(sql: Sql, { actor }: Who, area: readonly string[] | null): Promise<ErasedList> {
  const rows = await store.listErased(sql, { area, areas: actor.areas, limit: ERASED_SHOWN });
  return {
    items: rows.map((row) => ({ ...lineOf(row), erasedAt: timeOf(row.erased_at) as string, heardAt: timeOf(row.heard_at) })),
    total: rows[0]?.total ?? 0,
    heard: rows[0]?.heard ?? 0,
  };
}

/** By number, phone or identity number: all that are given must fit. */
export async function findCustomers(sql: Sql, { actor }: Who, vault: Vault, asked: CustomerSearch): Promise<CustomerLine[]> {
  const refs = (['phone', 'idNumber'] as const).flatMap((kind) => {
    const value = asked[kind];
    return value === undefined ? [] : [vault.hash(kind, normal(kind, value))];
  });
  const byRefs = refs.length === 0 ? undefined : await store.customersByPersonal(sql, refs, actor.areas, FOUND);
  if (asked.key === undefined) return (byRefs ?? []).filter((c) => asked.source === undefined || c.source === asked.source).map(lineOf);
  const byKey = await store.customersByKey(sql, asked.source ?? null, [keyHash(vault, asked.key)], actor.areas, FOUND);
  return byKey.filter((c) => byRefs === undefined || byRefs.some((r) => r.ordinal === c.ordinal)).map(lineOf);
}

/** Refuses `thing.not-found`, outside the caller's areas too. */
export async function showCustomer(sql: Sql, who: Who, vault: Vault, id: string): Promise<CustomerCard | Refusal> {
  const row = await store.customerById(sql, id, who.actor.areas);
  return row === undefined ? refuse('thing.not-found') : cardOf(sql, who, vault, row);
}

/** Cards of these people in the order of their ordinals; whom the caller may not see is left out. */
export async function cardsOf(sql: Sql, who: Who, vault: Vault, ordinals: readonly number[]): Promise<CustomerCard[]> {
  const rows = await store.customersByOrdinal(sql, ordinals, who.actor.areas);
  return Promise.all(rows.map((row) => cardOf(sql, who, vault, row)));
}

/** The ordinal of a customer in the caller's areas. */
export const ordinalOf = async (sql: Sql, { actor }: Who, id: string): Promise<number | undefined> =>
  (await store.customerById(sql, id, actor.areas))?.ordinal;

/** Hashes of the latest phone and identity number of a customer in the caller's areas, by which others may know him. Undefined: there is no such customer. */
export async function knownBy(sql: Sql, { actor }: Who, id: string): Promise<string[] | undefined> {
  const row = await store.customerById(sql, id, actor.areas);
  if (row === undefined) return undefined;
  const refs = await store.personalOf(sql, [row.ordinal]);
  return refs.filter(({ kind }) => kind === 'phone' || kind === 'idNumber').map(({ ref }) => ref);
}

async function cardOf(sql: Sql, { actor }: Who, vault: Vault, row: store.CustomerRow): Promise<CustomerCard> {
  const [facts, values, consents] = await Promise.all([
    factsOf(sql, row.ordinal),
    personalOf(sql, vault, row),
    store.consentsOf(sql, row.ordinal, CONSENTS_SHOWN),
  ]);
  const action = (name: string, right: string) => ({ name, allowed: may(actor, right), because: may(actor, right) ? null : right });
  return {
    ...lineOf(row),
    mergedInto: row.merged_into,
    erasedAt: timeOf(row.erased_at),
    heardAt: timeOf(row.heard_at),
    numbered: row.key.length > 0,
    person: Object.fromEntries([...values].map(([kind, value]) => [kind, mask(kind, value)])),
    tags: facts.map(({ tag, value, label }) => ({
      name: tag.name,
      names: { zh: tag.zh, en: tag.en },
      value,
      label,
      source: tag.source,
      speaksOf: tag.speaks_of,
      loadedAt: timeOf(tag.loaded_at),
      confidence: row.own === true ? null : tag.confidence,
    })),
    consents: consents.map(({ flag, given, reason, at, actor: by }) => ({ flag, given, reason, at: new Date(at).toISOString(), by })),
    actions: [action('reveal', 'customer:reveal'), action('consent', 'customer:consent')],
  };
}

async function personalOf(sql: Sql, vault: Vault, { ordinal, id }: store.CustomerRow): Promise<Map<Personal, string>> {
  const refs = await store.personalOf(sql, [ordinal]);
  const known = await vault.reveal(
    sql,
    refs.map(({ ref }) => ({ subject: id, id: ref })),
  );
  const values = new Map(refs.map(({ kind, ref }) => [kind, known.get(`${id}/${ref}`)?.value]));
  return new Map(PERSONAL.flatMap((kind) => (values.get(kind) === undefined ? [] : [[kind, values.get(kind) as string] as const])));
}

/** Personal values in full; who asked and why is in the trail. Absent ones are null. Refuses `thing.not-found`. */
export async function reveal(
  ctx: Ctx,
  vault: Vault,
  { id, fields, reason }: { id: string } & Reveal,
): Promise<Partial<Record<Personal | 'key', string | null>> | Refusal> {
  const row = await store.customerById(ctx.tx, id, ctx.actor.areas);
  if (row === undefined) return refuse('thing.not-found');
  const refs = new Map((await store.personalOf(ctx.tx, [row.ordinal])).map(({ kind, ref }) => [kind, ref]));
  return showInFull(ctx, vault, { what: 'customer', id, refs, sealed: { key: row.key }, fields, reason });
}

/**
 * What he agreed to from now on: the flags that hold, and the history behind them; a flag that a source keeps is changed in its name. Answers changes of
 * the count, to be announced after commit. Refuses `thing.not-found`.
 */
export async function changeConsents(
  ctx: Ctx,
  { id, reason, consents, doNotDisturb }: { id: string } & ConsentChange,
): Promise<{ batches: readonly (number | null)[] } | Refusal> {
  const { tx, now, actor } = ctx;
  const row = await store.customerById(tx, id, actor.areas);
  if (row === undefined) return refuse('thing.not-found');
  const flags = consents.map(({ purpose, touchpoint, given }) => ({ flag: consentFlag(purpose, touchpoint), given }));
  if (doNotDisturb !== undefined) flags.push({ flag: DO_NOT_DISTURB, given: doNotDisturb });
  if (flags.length === 0) return { batches: [] };
  await addTags(
    tx,
    flags.map(({ flag }) => ({ name: flag, kind: 'flag' as const, source: OURS })),
    now,
  );
  await audit(ctx, 'customer.consented', `customer:${id}`, {
    reason,
    details: { flags: Object.fromEntries(flags.map((f) => [f.flag, f.given])) },
  });
  const keeper = new Map((await readCatalogue(tx, flags.map((f) => f.flag))).map((t) => [t.name, t.source])); // biome-ignore format: one line
  const said = flags.map((f) => ({ ...f, source: keeper.get(f.flag) ?? OURS }));
  const batches = await say(ctx, { ordinal: row.ordinal, reason, said });
  return isRefusal(batches) ? batches : { batches };
}
