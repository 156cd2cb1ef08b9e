import {
  addCustomers,
  addPersonal,
  forgetErased,
  idsOf,
  keepKeys,
  noteHeard,
  type Personal,
  readErased,
  rememberErased,
  speaksOfErased,
} from '#customer';
import type { Ctx } from '#platform/db';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import type { Waiting } from './customers-write.ts';

interface Keeping {
  readonly rows: readonly Waiting[];
  /** What the personal values of each row are, in their order. */
  readonly people: readonly { readonly kind: Personal }[];
  readonly load: string;
  readonly source: string;
}

interface Kept {
  /** Of whom something new is known. */
  readonly moved: readonly number[];
  /** Rows that speak of somebody who was erased and say something personal: they count, and nothing of it was kept. */
  readonly erased: number;
}

const EMPTY = Buffer.alloc(0);

/** Writes down who is new in these rows, and puts what is personal of all into the vault. */
export async function keepRows(
  ctx: Ctx,
  vault: Pick<Vault, 'hash' | 'remember' | 'seal'>,
  { rows, people, load, source }: Keeping,
): Promise<Kept> {
  const { tx, now } = ctx;
  const hashed = rows.map((row) => ({
    ...row,
    values: people.flatMap(({ kind }, i) => {
      const value = row.personal[i] ?? null;
      return value === null ? [] : [{ kind, value, id: vault.hash(kind, normal(kind, value)) }];
    }),
  }));
  const looksUp = hashed.flatMap(({ values }) => values.flatMap((v) => (v.kind === 'idNumber' || v.kind === 'phone' ? [v.id] : [])));
  const there = new Map((await idsOf(tx, rows.map((r) => r.ordinal))).map((r) => [r.ordinal, r.id])); // biome-ignore format: one line
  const erased = people.length === 0 ? new Map() : await readErased(tx, [...looksUp, ...there.values()]);
  const judged = hashed.map((row) => {
    const ref = (kind: Personal) => row.values.find((v) => v.kind === kind)?.id;
    const record = there.get(row.ordinal);
    return { ...row, isErased: speaksOfErased({ record, idNumber: ref('idNumber'), phone: ref('phone') }, erased) };
  });
  const fresh = judged.flatMap(({ fresh, isErased }) => (fresh === undefined ? [] : [isErased ? { ...fresh, key: EMPTY } : fresh]));
  if (fresh.length > 0) await addCustomers(tx, load, source, now, fresh);
  if (people.length === 0) return { moved: [], erased: 0 };
  const ids = new Map((await idsOf(tx, rows.map((r) => r.ordinal))).map((r) => [r.ordinal, r.id])); // biome-ignore format: one line
  const [gone, mine] = [judged.filter((r) => r.isErased), judged.filter((r) => !r.isErased)];
  const named = gone
    .filter((r) => r.fresh !== undefined && r.values.some((v) => v.kind === 'idNumber'))
    .flatMap((r) => ids.get(r.ordinal) ?? []);
  if (named.length > 0) await rememberErased(ctx, named.map((ref) => ({ ref, kind: 'customer', named: true }))); // biome-ignore format: one line
  const again = mine.filter((r) => r.values.length > 0 && erased.has(ids.get(r.ordinal) ?? ''));
  if (again.length > 0) {
    await forgetErased(tx, again.flatMap((r) => ids.get(r.ordinal) ?? [])); // biome-ignore format: one line
    await keepKeys(tx, again.map(({ ordinal, key }) => ({ ordinal, key: vault.seal(key) }))); // biome-ignore format: one line
  }
  const heldBack = gone.filter((r) => r.values.length > 0);
  if (heldBack.length > 0) await noteHeard(ctx, heldBack.flatMap((r) => ids.get(r.ordinal) ?? [])); // biome-ignore format: one line
  const values = mine.flatMap(({ ordinal, values }) => {
    const subject = ids.get(ordinal);
    return subject === undefined ? [] : values.map((v) => ({ ...v, ordinal, subject }));
  });
  if (values.length === 0) return { moved: [], erased: heldBack.length };
  await vault.remember(tx, values);
  const added = await addPersonal(
    tx,
    values.map(({ ordinal, kind, id }) => ({ ordinal, kind, ref: id })),
    now,
  );
  return { moved: [...new Set(added.map((r) => r.ordinal))], erased: heldBack.length };
}
