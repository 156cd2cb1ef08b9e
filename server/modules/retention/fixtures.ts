import type { Column } from './column.ts';
import type { Fact } from './contract.ts';
import { standardFacts } from './standard.ts';
import type { SuppliedTag, Supply } from './supply.ts';

export const aFact = (name: string, kind: Fact['kind'], over: Partial<Fact> = {}): Fact => ({
  name,
  kind,
  unit: kind,
  from: kind === 'flag' ? 0 : -1_000_000_000,
  to: kind === 'flag' ? 1 : 1_000_000_000,
  names: { zh: name, en: name },
  ...over,
});

const BLOCK = 65_536;

/** A block of codes with these values at these places, all others unknown. */
export function aColumn(values: ReadonlyMap<number, number>, base: number, width: Column['width']): Column {
  const body = new Uint8Array(BLOCK * width);
  const view = new DataView(body.buffer);
  for (const [i, value] of values) {
    const code = BigInt(value - base + 1);
    for (let b = 0; b < width; b++) view.setUint8(i * width + b, Number((code >> BigInt(8 * b)) & 255n));
  }
  return { base, width, known: null, body };
}

/** Bitmaps of a flag; `known` null: who is not in `values` is a no. */
export function aFlag(values: ReadonlyMap<number, boolean>, known: 'some' | 'all'): Column {
  const yes = new Uint8Array(BLOCK / 8);
  const there = new Uint8Array(BLOCK / 8);
  const set = (to: Uint8Array, i: number): void => {
    to[i >> 3] = (to[i >> 3] as number) | (1 << (i & 7));
  };
  for (const [i, value] of values) {
    set(there, i);
    if (value) set(yes, i);
  }
  return { base: 0, width: 1, known: known === 'all' ? null : there, body: yes };
}

/** What is known of one customer: a whole number or a day of each fact, yes or no of a flag. */
export type Known = Readonly<Record<string, number | boolean>>;

/** A supply of customers by ordinal, all of them counted unless `everyone` says no; `people` may be changed between two sweeps. */
export function aSupply(people: Map<number, Known>, areaOf: (ordinal: number) => string | null = () => 'root'): Supply {
  const names = standardFacts().filter((f) => [...people.values()].some((k) => f.name in k) || f.name === 'everyone');
  const tags: SuppliedTag[] = names.map((f, i) => ({ id: i + 1, name: f.name, kind: f.kind, scale: 0, zh: '', en: '', loadedAt: 1_000 }));
  const idOf = (ordinal: number) => `00000000-0000-4000-8000-${String(ordinal).padStart(12, '0')}`;
  return {
    tags: async () => tags,
    async readBlocks(_db, asked, each) {
      const blocks = Map.groupBy(people.entries(), ([ordinal]) => Math.floor(ordinal / BLOCK));
      for (const [block, members] of blocks) {
        const columns = asked.map((id) => {
          const fact = names[id - 1] as Fact;
          const values = members.map(([o, k]) => [o % BLOCK, k[fact.name] ?? (fact.name === 'everyone' ? true : undefined)] as const);
          const there = new Map(values.filter(([, v]) => v !== undefined)) as Map<number, never>;
          if (there.size === 0) return null;
          return fact.kind === 'flag' ? aFlag(there, 'some') : aColumn(there, Math.min(...there.values()), 4);
        });
        await each({ block, columns });
      }
    },
    people: async (_sql, ordinals) =>
      ordinals.filter((o) => people.has(o)).map((ordinal) => ({ ordinal, id: idOf(ordinal), area: areaOf(ordinal) })),
    card: async (_house, actor, ordinal) => {
      const area = areaOf(ordinal);
      return actor.areas === 'all' || (area !== null && actor.areas.includes(area)) ? { id: idOf(ordinal), area } : undefined;
    },
  };
}
