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

/** Opens every road that this machine allows. A system whose road cannot be opened speaks HTTP like the others. */
export async function openRoads(doors: DoorSettings, s: RoadSettings, state: State, say: Say): Promise<Roads> {
  const ways: readonly (readonly [MappedId, () => Promise<Road | undefined>])[] = [
    ['business', () => openFiles(doors, s, state, say)],
    ['workorder', () => openTable(doors, s, say)],
    ['field', () => openStream(doors, s, state, say)],
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

async function openFiles(doors: DoorSettings, s: RoadSettings, state: State, say: Say): Promise<Road> {
  const folder = path.join(s.dir, 'inbox', 'business');
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = { folder, pattern: PATTERN, sequence: SEQUENCE, whole: 'mark', pollSeconds: s.pollSeconds ?? 5 };
  await ensure(doors, { id: 'business-files', name: '营业受理 文件', kind: 'folder', source: 'business', settings });
  return filesRoad({ folder, zone: state.zone, say });
}

async function openTable(doors: DoorSettings, s: RoadSettings, say: Say): Promise<Road> {
  const url = await openForeignDb(s.database.pool, s.database.url);
  const pollSeconds = s.pollSeconds ?? 4;
  const id = 'workorder-table';
  const road = await tableRoad({ url, seenUntil: seenBy(doors, id), say });
  const settings = { url, relation: RELATION, cursor: CURSOR, key: KEY, overlap: 30, pollSeconds };
  await ensure(doors, { id, name: '综调 工单状态表', kind: 'postgres', source: 'workorder', settings });
  return road;
}

async function openStream(doors: DoorSettings, s: RoadSettings, state: State, say: Say): Promise<Road | undefined> {
  const binary = s.nats;
  if (binary === undefined) {
    await pauseOrGoOn(doors, state, true);
    return undefined;
  }
  const { token, port } = state.nats ?? { token: randomBytes(24).toString('base64url') };
  const server = await startNats(binary, path.join(s.dir, 'nats'), token, port);
  try {
    const road = await streamRoad({ server, token, say });
    const settings = { servers: [server.url], stream: STREAM, token };
    await ensure(doors, { id: STREAM_FEED, name: '掌上运维 消息', kind: 'nats', source: 'field', settings });
    await pauseOrGoOn(doors, state, false);
    state.nats = { token, port: server.port };
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
function seenBy(doors: DoorSettings, id: string): () => Promise<Date> {
  let [before, last] = [0, 0];
  return async () => {
    const { items } = (await call(doors, 'GET', '/api/feeds')) as { items: Known[] };
    const look = Date.parse(items.find((feed) => feed.id === id)?.lastLookAt ?? '') || 0;
    if (look > last) [before, last] = [last, look];
    return new Date(before);
  };
}

/** Adds the feed; one that is there already, by whomever it was changed, is only told where its place has moved to. */
async function ensure(doors: DoorSettings, wanted: Wanted): Promise<void> {
  const settings = withPasswordApart(wanted.settings);
  const { items } = (await call(doors, 'GET', '/api/feeds')) as { items: Known[] };
  const known = items.find((feed) => feed.id === wanted.id);
  if (known === undefined) {
    await call(doors, 'POST', '/api/feeds', { ...wanted, settings, map: `${mapText(wanted.source)}zone: ${doors.zone}\n` });
    return;
  }
  const moved = PLACE.some((name) => JSON.stringify(known.settings[name]) !== JSON.stringify(settings[name]));
  if (moved) await call(doors, 'PATCH', `/api/feeds/${wanted.id}`, { settings });
}

function withPasswordApart(settings: Wanted['settings']): Wanted['settings'] {
  if (typeof settings.url !== 'string') return settings;
  const url = new URL(settings.url);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return { ...settings, url: url.href, ...(password !== '' && { password }) };
}

/** Where the message server is not there any more its feed rests, and goes on when it is back. */
async function pauseOrGoOn(doors: DoorSettings, state: State, paused: boolean): Promise<void> {
  if (state.nats === undefined || (state.nats.paused ?? false) === paused) return;
  await call(doors, 'PATCH', `/api/feeds/${STREAM_FEED}`, { paused });
  state.nats = { ...state.nats, paused };
}

async function call(doors: DoorSettings, method: string, at: string, body?: object): Promise<unknown> {
  const answer = await send(doors, at, await doors.token(), 'application/json', body && JSON.stringify(body), method);
  if (!answer.ok) throw new Error(`${method} ${at}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}
