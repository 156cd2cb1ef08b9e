import { setTimeout as sleep } from 'node:timers/promises';
import { OPEN_FIELDS } from './details.ts';
import { SYSTEMS, type SystemId } from './knows.ts';

/** The door that is open to every system; history comes through it in bulk. */
export interface Doors {
  /** Resolves when the lines are durable; throws only when `signal` was aborted or the server refuses the whole. */
  deliver(source: SystemId, lines: readonly string[]): Promise<{ accepted: number; duplicates: number; rejectedTotal: number }>;
}

export interface DoorSettings {
  readonly baseUrl: string;
  /** A bearer token that may register sources and speak for any of them. */
  readonly token: () => Promise<string>;
  /** Known tokens of sources; new ones are added. */
  readonly tokens: Record<string, string>;
  readonly zone: string;
  readonly signal: AbortSignal;
  readonly warn: (sentence: string) => void;
}

const NAMES: Readonly<Record<SystemId, string>> = {
  ordercentre: '订单中心',
  business: '营业受理 CBSS',
  workorder: '工单综调服开',
  construction: '网络建设',
  field: '掌上运维',
  logistics: '物流',
  glasshouse: '玻璃房',
};

export const send = (
  s: DoorSettings,
  path: string,
  token: string,
  type: string,
  body?: string | Blob,
  method = 'POST',
): Promise<Response> =>
  fetch(`${s.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body }),
    signal: s.signal,
  });

/** Registers the sources that have no token yet. One that is registered already, by whomever, is spoken for with our own token. */
export async function registerSources(s: DoorSettings): Promise<void> {
  for (const id of SYSTEMS) {
    if (s.tokens[id] !== undefined) continue;
    const body = { id, name: NAMES[id], zone: s.zone, open: OPEN_FIELDS };
    const answer = await send(s, '/api/sources', await s.token(), 'application/json', JSON.stringify(body));
    if (answer.ok) s.tokens[id] = ((await answer.json()) as { token: string }).token;
    else if (answer.status !== 409) throw new Error(`the source ${id} could not be registered: ${answer.status} ${await answer.text()}`);
  }
}

/** HTTP: NDJSON, with the source's own token; whatever goes wrong on the way is tried again, because sending twice changes nothing. */
export function httpDoors(s: DoorSettings): Doors {
  const refused = new Set<string>();
  return {
    async deliver(source, lines) {
      for (let tries = 0; ; tries++) {
        const token = s.tokens[source] ?? (await s.token());
        const answer = await send(s, '/api/events', token, 'application/x-ndjson', lines.join('\n')).catch((e: Error) => {
          if (s.signal.aborted) throw e;
          return undefined;
        });
        if (answer?.ok) {
          const sums = (await answer.json()) as {
            accepted: number;
            duplicates: number;
            rejectedTotal: number;
            rejected: { code: string; message: string }[];
          };
          const [first] = sums.rejected;
          if (first !== undefined && !refused.has(`${source} ${first.code}`)) {
            refused.add(`${source} ${first.code}`);
            s.warn(`${source}: ${sums.rejectedTotal} of ${lines.length} lines refused, ${first.code}: ${first.message}`);
          }
          return sums;
        }
        const text = answer === undefined ? 'no answer' : `${answer.status} ${(await answer.text()).slice(0, 300)}`;
        if (answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 401)
          throw new Error(`${source}: ${text}`);
        if (tries === 3) s.warn(`${source} cannot hand over, trying on: ${text}`);
        const asked = Number(answer?.headers.get('retry-after') ?? 0) * 1_000;
        await sleep(Math.max(asked, Math.min(10_000, 200 * 2 ** tries)), undefined, { signal: s.signal });
      }
    },
  };
}

/** Signs in as a person; answers his session's token, which is a bearer token as well. */
async function signIn(baseUrl: string, login: string, password: string): Promise<string> {
  const answer = await fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`${login} could not sign in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().find((c) => c.startsWith('glasshouse='));
  return decodeURIComponent(/^glasshouse=([^;]+)/.exec(cookie ?? '')?.[1] ?? '');
}

/**
 * The bearer token of a person, for whoever asks again and again: one session as long as it is good. Sign-ins are counted per address, and those of the
 * demo would be taken from everybody's on this machine.
 */
export function sessionOf(baseUrl: string, login: string, password: string): () => Promise<string> {
  let kept: Promise<string | undefined> = Promise.resolve(undefined);
  const good = async (token: string | undefined): Promise<string> => {
    const isGood = token !== undefined && (await fetch(`${baseUrl}/api/me`, { headers: { authorization: `Bearer ${token}` } })).ok;
    return isGood ? token : signIn(baseUrl, login, password);
  };
  return () => {
    const next = kept.then(good);
    kept = next.catch(() => undefined);
    return next;
  };
}
