import { cardsOf, customersByOrdinal } from '#customer';
import { may } from '#platform/actor';
import { fromTags as factsFromTags } from '#rule';
import type { Supply } from './supply.ts';

/** Facts out of the tags' blocks, people out of the customers. */
export const fromTags: Supply = {
  ...factsFromTags,

  people: (sql, ordinals) => customersByOrdinal(sql, ordinals, 'all'),

  async card({ db, vault }, actor, ordinal) {
    if (!may(actor, 'customer:see')) return undefined;
    const [card] = await cardsOf(db, { actor }, vault, [ordinal]);
    return card && { ...card };
  },
};
