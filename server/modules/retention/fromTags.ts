import { cardsOf, customersByOrdinal, maskedNames, ordinalsOf } from '#customer';
import { colleaguesWith } from '#org';
import { may } from '#platform/actor';
import { fromTags as factsFromTags } from '#rule';
import type { Supply } from './supply.ts';

/** Facts out of the tags' blocks, people out of the customers. */
export const fromTags: Supply = {
  ...factsFromTags,

  people: (sql, ordinals) => customersByOrdinal(sql, ordinals, 'all'),

  names: async ({ db, vault }, actor, ordinals) =>
    may(actor, 'customer:see') ? maskedNames(db, { actor }, vault, ordinals) : new Map<number, string>(),

  async find({ db, vault }, actor, number) {
    const found = await Promise.all((['phone', 'key'] as const).map((by) => ordinalsOf(db, { actor }, vault, { by, names: [number] })));
    return [...new Set(found.flat(2))];
  },

  workers: (sql, actor) => colleaguesWith(sql, actor, 'retention:work'),

  async card({ db, vault }, actor, ordinal) {
    if (!may(actor, 'customer:see')) return undefined;
    const [card] = await cardsOf(db, { actor }, vault, [ordinal]);
    return card && { ...card };
  },
};
