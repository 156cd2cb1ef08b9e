import type { DefinitionJson, Share } from '#audience/contract';
import type { DoorSettings } from './doors.ts';
import { untilDone } from './keeping.ts';

/** What the analyst has made of the customers before anybody looks: audiences that everybody may open, compare and go on from. */

const OWN = { tag: 'own', is: true };

interface Saved {
  readonly name: string;
  readonly share: Share;
  readonly where: DefinitionJson;
}

const said = (name: string, where: DefinitionJson): Saved => ({ name, share: 'everybody', where });

const AUDIENCES: readonly Saved[] = [
  said('可升级 5G 的客户', {
    and: [
      OWN,
      { tag: 'fiveG', is: false },
      { tag: 'fiveG.phone', is: true },
      { tag: 'arpu', from: 6_000 },
      { tag: 'consent.call', is: true },
    ],
  }),
  said('合约三个月内到期', {
    and: [OWN, { tag: 'contract.ends', from: { days: 0 }, to: { days: 90 } }, { not: { tag: 'fault.open', is: true } }],
  }),
  said('高消费、没有宽带的客户', {
    and: [OWN, { tag: 'broadband', is: false }, { tag: 'arpu', from: 10_000 }, { tag: 'consent.visit', is: true }],
  }),
];

/** Resolves when they are saved, or it was stopped. `token`: of an analyst. */
export async function keepAudiences(s: DoorSettings): Promise<void> {
  await untilDone(s, 'the audiences are not there yet', async (ask) => {
    const { count } = await ask<{ count: number }>('POST', '/api/audiences/count', { where: OWN });
    if (count === 0) return false;
    const { items } = await ask<{ items: { name: string }[] }>('GET', '/api/audiences');
    const there = new Set(items.map(({ name }) => name));
    for (const one of AUDIENCES) if (!there.has(one.name)) await ask('POST', '/api/audiences', one);
    return true;
  });
}
