import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config.ts';
import { EMBEDDABLE, PAGE } from './headers.ts';

const APPS = ['console', 'track', 'widget'] as const;

const OPEN = new Set<string>(['track', 'widget']);

function cacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (/[\\/]widget\.js(\.br|\.gz)?$/.test(path))
    reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*');
}

/** The page with what it must know of the operator: his time zone, and the number customers call. Both are checked settings, without quotes. */
export const ofOperator = (html: string, { zone, hotline }: Pick<Config, 'zone' | 'hotline'>): string =>
  html.replace('<html ', `<html data-zone="${zone}"${hotline === undefined ? '' : ` data-hotline="${hotline}"`} `);

/**
 * Serves what `vite build` made in `dist`: a folder per app with its own index.html, and `assets/` with hashed names. `/console/orders/7` is the
 * console's page (its router reads the rest), a path with a file's ending that file where there is one: `/console/tags/bill.current` is a page too.
 * Nothing built: `/` leads to the API reference.
 */
export async function serveWeb(app: FastifyInstance, dist: string, operator: Pick<Config, 'zone' | 'hotline'>): Promise<void> {
  if (!existsSync(dist)) {
    app.get('/', { config: { right: 'public' }, schema: { hide: true } }, (_req, reply) => reply.redirect('/docs/'));
    return;
  }
  await app.register(fastifyStatic, {
    root: dist,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders: cacheHeaders,
  });
  const file = (req: FastifyRequest, reply: FastifyReply) => reply.sendFile((req.params as { '*': string })['*']);

  app.get('/', { config: { right: 'public' }, schema: { hide: true } }, (_req, reply) => reply.redirect('/console'));
  app.get('/*', { config: { right: 'public' }, schema: { hide: true } }, file);
  for (const name of APPS.filter((app) => existsSync(join(dist, app, 'index.html')))) {
    const page = async (req: FastifyRequest, reply: FastifyReply) => {
      const path = req.url.split('?')[0] as string;
      if (/\.\w+$/.test(path) && path !== `/${name}/index.html` && existsSync(join(dist, path))) return reply.sendFile(path.slice(1));
      const html = await readFile(join(dist, name, 'index.html'), 'utf8');
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(ofOperator(html, operator));
    };
    const options = { config: { right: 'public' as const, headers: OPEN.has(name) ? EMBEDDABLE : PAGE }, schema: { hide: true } };
    app.get(`/${name}`, options, page);
    app.get(`/${name}/*`, options, page);
  }
}
