import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookieOf, SESSION_COOKIE } from '#platform/authenticate';
import type { App } from '#platform/http';
import type { Retell } from '#platform/i18n';
import type { House, Module } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { frame, sse } from '#platform/sse';
import { isUnreadable } from './bytes.ts';
import { checkFiles } from './check.ts';
import { lookAt } from './look.ts';
import { isBadMap, parseMap } from './map.ts';
import { Changes } from './remap.ts';
import { isServerFault } from './send.ts';
import { transfer, type Watched } from './transfer.ts';
import { words } from './words.ts';

/** The import page's doors: a look at the first rows, the import itself, and how far it is. The events go through the same doors as everybody's. */

const HEAD_MOST = 4 << 20;
const FILE_MOST = 4 * 1024 ** 3;
const REFUSED_SHOWN = 100;
const TELL_MS = 400;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Progress {
  state: 'running' | 'done' | 'failed';
  totalBytes: number;
  message: string | null;
  readonly watched: Watched;
}

const under = new Map<string, Progress>();

const view = (p: Progress) => ({
  state: p.state,
  bytes: p.watched.meter?.bytes ?? 0,
  totalBytes: p.totalBytes,
  events: p.watched.counts?.accepted ?? 0,
  duplicates: p.watched.counts?.duplicates ?? 0,
  conflicts: p.watched.counts?.conflicts ?? 0,
  rejected: p.watched.counts?.rejected ?? 0,
  message: p.message,
});

interface Upload {
  readonly path: string;
  readonly name: string;
  readonly map: string;
  readonly set: string;
}

/** Takes a form's file into a folder of its own, whatever order its fields come in. */
async function receive(req: FastifyRequest, folder: string, most: number): Promise<Upload> {
  const fields: Record<string, string> = {};
  let path = '';
  for await (const part of req.parts({ limits: { fileSize: most, files: 1, fields: 5, fieldSize: 1 << 20 } })) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value);
    else {
      path = join(
        folder,
        basename(part.filename)
          .replace(/[^\w.\-\u4e00-\u9fff]+/g, '_')
          .slice(-120) || 'log',
      );
      await pipeline(part.file, createWriteStream(path));
      if (part.file.truncated) orThrow(refuse('request.too-large', { most }));
    }
  }
  if (path === '') orThrow(refuse('request.malformed', { path: 'file', problem: 'missing' }));
  return { path, name: fields.name ?? basename(path), map: fields.map ?? '', set: fields.set ?? '' };
}

/** Works in a temporary folder of the data folder and leaves nothing behind. */
async function inFolder<T>(house: House, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(house.config.dataDir, 'uploads', randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the page's form changed in the map, as it came in the form's field. */
function changesOf(text: string): Changes {
  let written: unknown;
  try {
    written = JSON.parse(text || '{}');
  } catch {
    return orThrow(refuse('request.malformed', { path: 'set', problem: 'not JSON' }));
  }
  const checked = Changes.safeParse(written);
  return checked.success ? checked.data : orThrow(refuse('request.malformed', { path: 'set', problem: 'unknown field' }));
}

/** A message about a file by the name that its owner gave it, not by the place where it lies for the moment. */
const told = (message: string, upload: Upload | Omit<Upload, 'set'> | undefined): string =>
  upload ? message.replaceAll(upload.path, upload.name).replace(/[.。]$/, '') : message;

/** Where this very program listens. */
function ownAddress(req: FastifyRequest, house: House): string {
  const { port } = req.server.server.address() as AddressInfo;
  const { host } = house.config;
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

const credentialOf = (req: FastifyRequest): string =>
  /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? cookieOf(req, SESSION_COOKIE) ?? '';

export const importDesk: Module = {
  name: 'imports',
  migrations: [],
  words,
  refusals: {
    'import.unreadable': { status: 422, zh: '文件无法导入：{problem}', en: 'The file cannot be imported: {problem}' },
    'import.failed': {
      status: 503,
      zh: '导入没有完成：{problem}。再导一次是安全的',
      en: 'The import did not finish: {problem}. Importing again is safe',
    },
  },
  routes(app: App, house) {
    void app.register(multipart);
    const tags = ['imports'];

    app.post('/api/imports/preview', { config: { right: 'import:run' }, bodyLimit: HEAD_MOST, schema: { tags } }, (req) =>
      inFolder(house, async (folder) => {
        const { set, ...upload } = await receive(req, folder, HEAD_MOST);
        const say: Retell = (said) => app.retell(req.lang, said);
        try {
          const look = await lookAt({ ...upload, changes: changesOf(set) }, house.config.zone);
          const rows = look.rows.map((row) => ({ ...row, problem: row.problem && { ...row.problem, message: say(row.problem.message) } }));
          return { ...look, rows, problem: look.problem && say(look.problem) };
        } catch (e) {
          return isUnreadable(e) ? orThrow(refuse('import.unreadable', { problem: told(say(e.message), upload) })) : Promise.reject(e);
        }
      }),
    );

    const Run = z.object({ token: z.string().regex(UUID), bytes: z.coerce.number().int().nonnegative().optional() });
    app.post('/api/imports/run', { config: { right: 'import:run' }, bodyLimit: FILE_MOST, schema: { tags, querystring: Run } }, (req) =>
      inFolder(house, async (folder) => {
        const begun = performance.now();
        const say: Retell = (said) => app.retell(req.lang, said);
        const p: Progress = { state: 'running', totalBytes: req.query.bytes ?? 0, message: null, watched: {} };
        under.set(req.query.token, p);
        let upload: Upload | undefined;
        try {
          upload = await receive(req, folder, FILE_MOST);
          const job = { files: [upload.path], map: parseMap(upload.map), rejected: folder };
          const server = { url: ownAddress(req, house), token: credentialOf(req) };
          const draft = await checkFiles(job);
          const counted = await transfer(job, draft, server, p.watched);
          p.state = 'done';
          const seconds = Math.round(performance.now() - begun) / 1000;
          const { source } = job.map;
          return { ...counted, source, seconds, scenarios: p.watched.landed ?? [], rejectedRows: await refusedRows(upload.path, say) };
        } catch (e) {
          p.state = 'failed';
          p.message = told(say((e as Error).message), upload);
          if (isBadMap(e) || isUnreadable(e)) return orThrow(refuse('import.unreadable', { problem: p.message }));
          if (isServerFault(e)) return orThrow(refuse('import.failed', { problem: p.message }));
          throw e;
        } finally {
          setTimeout(() => under.delete(req.query.token), 60_000).unref();
        }
      }),
    );

    app.get(
      '/api/imports/:token/stream',
      { config: { right: 'import:run' }, schema: { tags, params: z.object({ token: z.string().regex(UUID) }) } },
      async (req, reply) => {
        const now = () => {
          const p = under.get(req.params.token);
          return frame({
            data: p
              ? view(p)
              : { state: 'running', bytes: 0, totalBytes: 0, events: 0, duplicates: 0, conflicts: 0, rejected: 0, message: null },
          });
        };
        let timer: NodeJS.Timeout | undefined;
        const stream = sse(req, reply, { first: now(), onClose: () => clearInterval(timer) });
        timer = setInterval(() => stream.send(now()), TELL_MS);
      },
    );
  },
};

/** The first refused rows and why, from the file that the import writes beside its own. */
async function refusedRows(path: string, say: Retell): Promise<{ line: number; code: string; message: string }[]> {
  const text = await readFile(`${path}.rejected.ndjson`, 'utf8').catch(() => '');
  return text
    .split('\n', REFUSED_SHOWN)
    .filter((l) => l !== '')
    .map((l) => {
      const { line, code, message } = JSON.parse(l) as { line: number; code: string; message: string };
      return { line, code, message: say(message) };
    });
}
