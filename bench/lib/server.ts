import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { requestOf } from './http.ts';
import type { Store } from './store.ts';

/** Glasshouse under test: a process of its own on a database of its own, without demo and rate limits. */
export interface Server extends Child {
  readonly database: string;
  readonly databaseUrl: string;
  /** A CPU profile of what is done in between; the function answers where the time went. */
  profile(): Promise<() => Promise<ProfileLine[]>>;
}

export interface ProfileLine {
  readonly name: string;
  readonly share: number;
}

const PROGRAM = fileURLToPath(new URL('./serve.ts', import.meta.url));
export const TOKEN = 'bench-token-of-the-administrator';
export const AUTH = { authorization: `Bearer ${TOKEN}` };
export const ZONE = 'Asia/Shanghai';

export async function startServer(store: Store, database: string): Promise<Server> {
  const databaseUrl = await store.database(database);
  const file = path.join(store.folder, `${database}.cpuprofile`);
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    GLASSHOUSE_DATA: path.join(store.folder, `${database}-files`),
    GLASSHOUSE_KEY: store.key.toString('base64'),
    GLASSHOUSE_ADMIN_TOKEN: TOKEN,
    GLASSHOUSE_DEMO: '0',
    GLASSHOUSE_LIMITS: 'off',
    GLASSHOUSE_ZONE: ZONE,
  };
  const child = await startChild(PROGRAM, [file], env);
  return {
    ...child,
    database,
    databaseUrl,
    async profile() {
      child.process.kill('SIGUSR2');
      await sleep(200);
      return async () => {
        child.process.kill('SIGUSR2');
        while (!fs.existsSync(file)) await sleep(50);
        const lines = readProfile(fs.readFileSync(file, 'utf8'));
        fs.rmSync(file);
        return lines;
      };
    },
  };
}

interface Profile {
  readonly nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Self time by function as a share of the time that was not idle, the dearest first. */
function readProfile(text: string): ProfileLine[] {
  const { nodes, samples, timeDeltas } = JSON.parse(text) as Profile;
  const names = new Map(
    nodes.map(({ id, callFrame: f }) => {
      const where = f.url.replace(/^.*\/(node_modules|server)\//, '').replace(/^node:/, 'node:');
      return [id, `${f.functionName || '(anonymous)'}${where === '' ? '' : ` ${where}:${f.lineNumber + 1}`}`];
    }),
  );
  const self = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? '?';
    self.set(name, (self.get(name) ?? 0) + (timeDeltas[i] ?? 0));
  }
  self.delete('(idle)');
  const busy = [...self.values()].reduce((a, b) => a + b, 0);
  return [...self].map(([name, us]) => ({ name, share: us / busy })).sort((a, b) => b.share - a.share);
}

export const postEvents = (lines: readonly string[]): Buffer =>
  requestOf('POST', '/api/events', { ...AUTH, 'content-type': 'application/x-ndjson', 'accept-language': 'en' }, `${lines.join('\n')}\n`);

export interface Sums {
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejectedTotal: number;
}

/** What the server said of some posts, added up. */
export function addUp(bodies: Iterable<string>): Sums {
  const sums: Sums = { accepted: 0, duplicates: 0, conflicts: 0, rejectedTotal: 0 };
  for (const body of bodies) {
    const answer = JSON.parse(body) as Sums;
    for (const name of ['accepted', 'duplicates', 'conflicts', 'rejectedTotal'] as const) sums[name] += answer[name];
  }
  return sums;
}
