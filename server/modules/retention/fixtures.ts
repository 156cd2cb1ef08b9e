import { may } from '#platform/actor';
import type { SuppliedTag } from '#rule';
import type { Fact } from '#rule/contract';
import { aColumn, aFlag } from '../rule/fixtures.ts';
import { standardFacts } from './standard.ts';
import type { Supply, Worker } from './supply.ts';

const BLOCK = 65_536;

/** What is known of one customer: a whole number or a day of each fact, yes or no of a flag. */
export type Known = Readonly<Record<string, number | boolean>>;

/** The phone by which the supply finds a customer. */
export const phoneOf = (ordinal: number): string => `120000000${String(ordinal).padStart(2, '0')}`;

/** A supply of customers by ordinal, all of them counted unless `everyone` says no; `people` may be changed between two sweeps. */
export function aSupply(
  people: Map<number, Known>,
  areaOf: (ordinal: number) => string | null = () => 'root',
  workers: readonly Worker[] = [],
): Supply {
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
    names: async (_house, actor, ordinals) => new Map(may(actor, 'customer:see') ? ordinals.map((o) => [o, `客${o}*`]) : []),
    find: async (_house, _actor, number) => [...people.keys()].filter((o) => phoneOf(o) === number),
    workers: async () => workers,
    card: async (_house, actor, ordinal) => {
      const area = areaOf(ordinal);
      return actor.areas === 'all' || (area !== null && actor.areas.includes(area)) ? { id: idOf(ordinal), area } : undefined;
    },
  };
}
