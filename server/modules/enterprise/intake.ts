import { randomUUID } from 'node:crypto';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { normal } from '#platform/personal';
import { isRefusal, type Refusal } from '#platform/result';
import { dayIn } from '#rule';
import type { Taken } from './contract.ts';
import { type Item, readItems } from './item.ts';
import { headsOf } from './numberStore.ts';
import { joinAsSaid } from './numbers.ts';
import { placeAnew } from './placing.ts';
import * as store from './store.ts';
import { currentTables, indicatorsEver } from './tableStore.ts';

/** What sources send of enterprises: all of it in force, or nothing. */

const CONTACT = ['name', 'phone'] as const;

/** Refuses `request.malformed`, `request.too-large`, and `enterprise.refused` with the lines that are wrong. */
export async function takeEnterprises(
  ctx: Ctx,
  { vault, config }: Pick<House, 'vault' | 'config'>,
  { body, form }: { body: Buffer; form: 'lines' | 'array' },
): Promise<Taken | Refusal> {
  const { tx, now, actor } = ctx;
  const today = dayIn(config.zone, now);
  const items = readItems(body, form, { actor, today, indicators: await indicatorsEver(tx) });
  if (isRefusal(items)) return items;
  await store.holdPlacing(tx);
  const known = new Map((await store.byKeys(tx, items)).map((e) => [nameOf(e), e]));
  const all = items.map((item) => {
    const was = known.get(nameOf(item));
    return { item, was, is: said(item, was) };
  });
  const other = all.filter(({ was, is }) => was === undefined || JSON.stringify(was) !== JSON.stringify(is));
  await store.saveEnterprises(
    tx,
    other.map(({ is }) => is),
    today,
  );
  const facts = all.flatMap(({ item, is }) =>
    Object.entries(item.facts).map(([indicator, value]) => ({
      enterprise: is.id,
      indicator,
      value: value === null ? null : Number(value),
      at: item.day,
    })),
  );
  const changed = new Set((await store.saveFacts(tx, facts)).map((f) => f.enterprise));
  const spoken = await saveContacts(ctx, vault, all);
  const added = all.filter(({ was }) => was === undefined).map(({ is }) => is.id);
  const tables = await currentTables(tx);
  const joined = await joinAsSaid(ctx, all.map(({ item, is }) => ({ item, id: is.id }))); // biome-ignore format: one line
  const toPlace = [...new Set([...(await headsOf(tx, [...new Set([...added, ...changed])])), ...joined])];
  const moved =
    toPlace.length === 0 ? 0 : await placeAnew(tx, toPlace, { tables: tables.body, version: tables.version, today, now, cause: 'facts' });
  const touched = new Set([...other.filter((o) => isOther(o)).map(({ is }) => is.id), ...changed, ...spoken, ...added]);
  return {
    received: items.length,
    added: added.length,
    changed: touched.size - added.length,
    unchanged: items.length - touched.size,
    moved,
  };
}

const nameOf = ({ source, key }: { source: string; key: string }): string => JSON.stringify([source, key]);

/** The enterprise as it is after this was said: an older day changes nothing, an absent field stays. */
function said(item: Item, was: store.EnterpriseRecord | undefined): store.EnterpriseRecord {
  const { source, key, name, area = was?.area, industry = was?.industry, manager = was?.manager, day } = item;
  if (was !== undefined && day < was.said) return was;
  const id = was?.id ?? randomUUID();
  return { id, source, key, name, area: area ?? null, industry: industry ?? null, manager: manager ?? null, said: day };
}

/** More than the day is another. */
const isOther = ({ was, is }: { was: store.EnterpriseRecord | undefined; is: store.EnterpriseRecord }): boolean =>
  was === undefined || JSON.stringify({ ...was, said: 0 }) !== JSON.stringify({ ...is, said: 0 });

/** Contacts that were named anew or taken away; answers whose. */
async function saveContacts(
  { tx }: Ctx,
  vault: House['vault'],
  all: readonly { item: Item; was: store.EnterpriseRecord | undefined; is: store.EnterpriseRecord }[],
): Promise<string[]> {
  const speaking = all.filter(({ item, was }) => item.contact !== undefined && (was === undefined || item.day >= was.said));
  if (speaking.length === 0) return [];
  const had = new Map(
    (
      await store.contactsOf(
        tx,
        speaking.map(({ is }) => is.id),
      )
    ).map((c) => [`${c.enterprise} ${c.kind}`, c]),
  );
  const wanted = speaking.flatMap(({ item, is }) =>
    CONTACT.flatMap((kind) => {
      const value = item.contact === null ? null : item.contact?.[kind];
      if (value === undefined) return [];
      const before = had.get(`${is.id} ${kind}`);
      const ref = value === null ? null : vault.hash(kind, normal(kind, value));
      return before?.ref === (ref ?? undefined) ? [] : [{ enterprise: is.id, kind, value, ref, before }];
    }),
  );
  const now = wanted.flatMap(({ enterprise, kind, value, ref }) =>
    value === null || ref === null ? [] : [{ enterprise, kind, value, ref }],
  );
  await vault.remember(
    tx,
    now.map(({ enterprise, kind, value, ref }) => ({ subject: enterprise, kind, id: ref, value })),
  );
  await store.saveContacts(tx, now);
  const gone = wanted.flatMap(({ before }) => before ?? []);
  if (gone.length > 0) {
    await vault.strike(
      tx,
      gone.map(({ enterprise, ref }) => ({ subject: enterprise, id: ref })),
    );
    await store.dropContacts(
      tx,
      wanted.flatMap(({ ref, before }) => (ref === null && before !== undefined ? [before] : [])),
    );
  }
  return [...new Set(wanted.map(({ enterprise }) => enterprise))];
}

/** How many contacts an erasure by this phone (keyed hash) would take away. */
export const contactsNamed = async (sql: Sql, phone: string | undefined): Promise<number> =>
  phone === undefined ? 0 : store.countByPhone(sql, phone);

/**
 * Takes away the contact's values wherever this phone (keyed hash) is a contact's; the enterprise and its facts stay. Answers how many lost their
 * contact. A later delivery that names him again brings him back.
 */
export async function eraseContacts(
  { tx }: Pick<Ctx, 'tx'>,
  vault: Pick<House['vault'], 'forget'>,
  phone: string | undefined,
  { reason, by }: { reason: string; by: string },
): Promise<number> {
  if (phone === undefined) return 0;
  const found = (await store.byPhone(tx, phone)).map((r) => r.enterprise);
  if (found.length === 0) return 0;
  await vault.forget(tx, found, reason, by);
  await store.dropContacts(tx, await store.contactsOf(tx, found));
  return found.length;
}
