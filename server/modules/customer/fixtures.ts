import { org } from '#org/module';
import type { Actor } from '#platform/actor';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import type { Module } from '#platform/module';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import { source } from '#source/module';
import { tag } from '#tag/module';
import { letCount } from '../tag/fixtures.ts';
import { addCustomers } from './arrivals.ts';
import { keyHash, newId } from './keys.ts';
import type { Personal } from './model.ts';
import { customer } from './module.ts';
import { addPersonal } from './store.ts';

/** For tests only. */

export const TOKENS: Readonly<Record<string, Partial<Actor>>> = {
  care: { kind: 'staff', rights: new Set(['customer:see', 'customer:reveal', 'customer:consent']), areas: ['east', 'east-1'] },
  looker: { kind: 'staff', rights: new Set(['customer:see']), areas: 'all' },
  crm: { kind: 'source', rights: new Set(['customer:send', 'household:send']), areas: [] },
};

/** Knows the tokens above, each by its own name. */
const desk: Module = {
  name: 'desk',
  migrations: [],
  authenticate: () => async (token) => (TOKENS[token] === undefined ? undefined : ({ id: token, name: token, ...TOKENS[token] } as Actor)),
};

export const MODULES = [org, source, tag, customer, desk];

export interface Someone {
  readonly ordinal: number;
  readonly source: string;
  readonly key: string;
  readonly area?: string;
  readonly own?: boolean;
  readonly person?: Partial<Record<Personal, string>>;
}

/** Puts customers there who count already; answers their ids by number. */
export async function someCustomers(db: Db, vault: Vault, people: readonly Someone[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const p of people) {
    const id = newId(Date.now());
    ids.set(p.key, id);
    const row = {
      ordinal: p.ordinal,
      id,
      keyHash: keyHash(vault, p.key),
      key: vault.seal(p.key),
      area: p.area ?? null,
      own: p.own ?? null,
    };
    await addCustomers(db, '00000000-0000-7000-8000-000000000000', p.source, 0, [row]);
    const values = Object.entries(p.person ?? {}).map(([kind, value]) => ({
      subject: id,
      kind,
      id: vault.hash(kind, normal(kind, value)),
      value,
    }));
    await db.inTx(systemActor('test'), async ({ tx }) => {
      await vault.remember(tx, values);
      await addPersonal(tx, values.map((v) => ({ ordinal: p.ordinal, kind: v.kind, ref: v.id })), 0); // biome-ignore format: one line
    });
  }
  await letCount(db, people.map((p) => p.ordinal)); // biome-ignore format: one line
  return ids;
}
