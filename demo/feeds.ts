import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { PATTERN, SEQUENCE } from './bss.ts';
import { type MappedId, mapText } from './columns.ts';
import { type DoorSettings, send } from './doors.ts';
import { filesRoad } from './files.ts';
import type { Road, Say } from './road.ts';
import type { State } from './state.ts';
import { STREAM, startNats, streamRoad } from './stream.ts';
import { CURSOR, KEY, openForeignDb, RELATION, tableRoad } from './table.ts';

/** The roads that are not HTTP, and the feeds by which Glasshouse fetches what goes over them. */

export interface RoadSettings {
  /** The data folder: files go below its `inbox`. */
  readonly dir: string;
  readonly database: { readonly pool: pg.Pool; readonly url: string };
  /** The program of the message server, where the machine has one. */
  readonly nats: string | undefined;
  /** How often table and folder are looked at. */
  readonly pollSeconds?: number;
}

export type Roads = Partial<Record<MappedId, Road>>;

const STREAM_FEED = 'field-stream';

interface Wanted {
  readonly id: string;
  readonly name: string;
  readonly kind: 'folder' | 'postgres' | 'nats';
  readonly source: MappedId;
  readonly settings: Readonly<Record<string, unknown>>;
}

interface Opening extends RoadSettings {
  readonly call: Call;
  readonly state: State;
  readonly say: Say;
}

/** Opens every road that this machine allows. A system whose road cannot be opened speaks HTTP like the others. */
export async function openRoads(doors: DoorSettings, s: RoadSettings, state: State, say: Say): Promise<Roads> {
  const o: Opening = { ...s, call: callsAt(doors), state, say };
  const ways: readonly (readonly [MappedId, () => Promise<Road | undefined>])[] = [
    ['business', () => openFiles(o)],
    ['workorder', () => openTable(o)],
    ['field', () => openStream(o)],
  ];
  const opened = await Promise.all(
    ways.map(async ([id, open]) => {
      const road = await open().catch((e: Error) => {
        if (!doors.signal.aborted) doors.warn(`${id} hands over by HTTP: ${e.message}`);
        return undefined;
      });
      return [id, road] as const;
    }),
  );
  return Object.fromEntries(opened.filter(([, road]) => road !== undefined));
}

async function openFiles(o: Opening): Promise<Road> {
  const folder = path.join(o.dir, 'inbox', 'business');
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = { folder, pattern: PATTERN, sequence: SEQUENCE, whole: 'mark', pollSeconds: o.pollSeconds ?? 5 };
  await ensure(o, { id: 'business-files', name: '营业受理 文件', kind: 'folder', source: 'business', settings });
  return filesRoad({ folder, zone: o.state.zone, say: o.say });
}

async function openTable(o: Opening): Promise<Road> {
  const url = await openForeignDb(o.database.pool, o.database.url);
  const pollSeconds = o.pollSeconds ?? 4;
  const id = 'workorder-table';
  const road = await tableRoad({ url, seenUntil: seenBy(o.call, id), say: o.say });
  const settings = { url, relation: RELATION, cursor: CURSOR, key: KEY, overlap: 30, pollSeconds };
  await ensure(o, { id, name: '综调 工单状态表', kind: 'postgres', source: 'workorder', settings });
  return road;
}

async function openStream(o: Opening): Promise<Road | undefined> {
  const binary = o.nats;
  if (binary === undefined) {
    await pauseOrGoOn(o, true);
    return undefined;
  }
  const { token, port } = o.state.nats ?? { token: randomBytes(24).toString('base64url') };
  const server = await startNats(binary, path.join(o.dir, 'nats'), token, port);
  try {
    const road = await streamRoad({ server, token, say: o.say });
    const settings = { servers: [server.url], stream: STREAM, token };
    await ensure(o, { id: STREAM_FEED, name: '掌上运维 消息', kind: 'nats', source: 'field', settings });
    await pauseOrGoOn(o, false);
    o.state.nats = { token, port: server.port };
    return road;
  } catch (e) {
    server.stop();
    throw e;
  }
}

interface Known {
  readonly id: string;
  readonly lastLookAt: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Where a feed reads: when one of these is another, it is told so. */
const PLACE = ['folder', 'url', 'servers'];

/** Until when a feed has seen everything: whatever stood there at the end of one look has been seen at the end of the next. */
function seenBy(call: Call, id: string): () => Promise<Date> {
  let [before, last] = [0, 0];
  return async () => {
    const { items } = (await call('GET', '/api/feeds')) as { items: Known[] };
    const look = Date.parse(items.find((feed) => feed.id === id)?.lastLookAt ?? '') || 0;
    if (look > last) [before, last] = [last, look];
    return new Date(before);
  };
}

/** Adds the feed; one that is there already, by whomever it was changed, is only told where its place has moved to. */
async function ensure({ call, state }: Opening, wanted: Wanted): Promise<void> {
  const settings = withPasswordApart(wanted.settings);
  const { items } = (await call('GET', '/api/feeds')) as { items: Known[] };
  const known = items.find((feed) => feed.id === wanted.id);
  if (known === undefined) {
    await call('POST', '/api/feeds', { ...wanted, settings, map: `${mapText(wanted.source)}zone: ${state.zone}\n` });
    return;
  }
  const moved = PLACE.some((name) => JSON.stringify(known.settings[name]) !== JSON.stringify(settings[name]));
  if (moved) await call('PATCH', `/api/feeds/${wanted.id}`, { settings });
}

function withPasswordApart(settings: Wanted['settings']): Wanted['settings'] {
  if (typeof settings.url !== 'string') return settings;
  const url = new URL(settings.url);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return { ...settings, url: url.href, ...(password !== '' && { password }) };
}

/** Where the message server is not there any more its feed rests, and goes on when it is back. */
async function pauseOrGoOn({ call, state }: Opening, paused: boolean): Promise<void> {
  if (state.nats === undefined || (state.nats.paused ?? false) === paused) return;
  await call('PATCH', `/api/feeds/${STREAM_FEED}`, { paused });
  state.nats = { ...state.nats, paused };
}

type Call = (method: string, at: string, body?: object) => Promise<unknown>;

/** Calls of the operator's own people, with one sign-in until it ends. */
function callsAt(doors: DoorSettings): Call {
  let token: Promise<string> | undefined;
  return async (method, at, body) => {
    for (let tries = 1; ; tries++) {
      token ??= doors.token();
      const answer = await send(doors, at, await token, 'application/json', body && JSON.stringify(body), method);
      if (answer.ok) return answer.json();
      token = undefined;
      if (answer.status !== 401 || tries === 2) throw new Error(`${method} ${at}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    }
  };
}
