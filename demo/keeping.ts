import { setTimeout as sleep } from 'node:timers/promises';
import { type DoorSettings, send } from './doors.ts';

/** What a person of the demo sees to as soon as the customers are there. */

const LOOK_MS = 15_000;

/** Asks doors in a person's name; throws what a door refuses. */
export type Ask = <T>(method: string, path: string, body?: object) => Promise<T>;

const askAs =
  (s: DoorSettings, token: string): Ask =>
  async <T>(method: string, path: string, body?: object) => {
    const answer = await send(s, path, token, 'application/json', body && JSON.stringify(body), method);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
    return (await answer.json()) as T;
  };

/** Looks again and again until `look` says that it is done, or it was stopped. `trouble`: what a failed look means, to be followed by its cause. */
export async function untilDone(s: DoorSettings, trouble: string, look: (ask: Ask, token: string) => Promise<boolean>): Promise<void> {
  while (!s.signal.aborted) {
    try {
      const token = await s.token();
      if (await look(askAs(s, token), token)) return;
    } catch (e) {
      if (!s.signal.aborted) s.warn(`${trouble}, trying again: ${(e as Error).message}`);
    }
    await sleep(LOOK_MS, undefined, { signal: s.signal }).catch(() => undefined);
  }
}
