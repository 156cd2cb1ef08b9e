import { setTimeout as sleep } from 'node:timers/promises';
import type { DefinitionJson, Share } from '#audience/contract';
import { type DoorSettings, send } from './doors.ts';

/** What the analyst has made of the customers before anybody looks: audiences that everybody may open, compare and go on from. */

const LOOK_MS = 15_000;
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
  const next = async (): Promise<boolean> => {
    const token = await s.token();
    const ask = async (method: string, path: string, body?: object): Promise<Response> =>
      send(s, path, token, 'application/json', body && JSON.stringify(body), method);
    const counted = await ask('POST', '/api/audiences/count', { where: OWN });
    if (!counted.ok || ((await counted.json()) as { count: number }).count === 0) return false;
    const { items } = (await (await ask('GET', '/api/audiences')).json()) as { items: { name: string }[] };
    const there = new Set(items.map(({ name }) => name));
    for (const one of AUDIENCES) {
      if (there.has(one.name)) continue;
      const saved = await ask('POST', '/api/audiences', one);
      if (!saved.ok) throw new Error(`${one.name}: ${saved.status} ${(await saved.text()).slice(0, 200)}`);
    }
    return true;
  };
  while (!s.signal.aborted) {
    const isDone = await next().catch((e: Error) => {
      if (!s.signal.aborted) s.warn(`the audiences are not there yet, trying again: ${e.message}`);
      return false;
    });
    if (isDone) return;
    await sleep(LOOK_MS, undefined, { signal: s.signal }).catch(() => undefined);
  }
}
