import type { Socket } from 'node:net';
import { join } from 'node:path';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifySwagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifySchema,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from './actor.ts';
import { authentication, nobody, type Right, SESSION_COOKIE } from './authenticate.ts';
import { DATA, DOCS as DOCS_HEADERS, type Headers, PAGE } from './headers.ts';
import { type Lang, languageOf, retelling } from './i18n.ts';
import type { House, Module } from './module.ts';
import { Problem, problemOf, type RefusalTable, refusalOf, refusalTable } from './refusals.ts';
import { isRefusal, Refused, refuse } from './result.ts';
import { type Stream, streams } from './sse.ts';
import { serveWeb } from './web.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Says why requests cannot be served yet (or any more); null: they can. `/readyz` answers by it. Begins with "starting". */
export type Readiness = (reason: string | null) => void;

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
    lang: Lang;
  }
  interface FastifyInstance {
    readiness: Readiness;
    streams: Set<Stream>;
    refusals: RefusalTable;
    /** A sentence that was kept in English (why a row was refused), in the reader's language. */
    retell: (lang: Lang, said: string) => string;
    /** Addresses of the reverse proxies whose X-Forwarded-For is believed; none at first. */
    proxies: Set<string>;
  }
  interface FastifyContextConfig {
    right: Right;
    /** More headers than its kind of answer has, the same with every answer. */
    headers?: Headers;
  }
}

/** What does not even parse as HTTP gets the usual form too. */
function unreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const body = '{"code":"request.malformed","message":"请求无法读取","details":{}}';
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const DOCS = '/docs';
const isDocs = (url: string): boolean => url === DOCS || url.startsWith(`${DOCS}/`);

/** A body's plain `z.object` would drop unknown fields in silence; the contract has them refused by name. */
const isLax = (schema: unknown): boolean => schema instanceof z.ZodObject && schema.def.catchall === undefined;

/** Guards that a route cannot be made without: who may call it, and that its body is strict. */
function checkRoute(route: { url: string; method: string | string[]; schema?: FastifySchema; config?: { right?: Right } }): void {
  const what = `${String(route.method)} ${route.url}`;
  if (!/^(public|signed-in|[a-z-]+:[a-z-]+)$/.test(route.config?.right ?? ''))
    throw new Error(`${what} must say who may call it: config: { right: 'noun:verb' | 'signed-in' | 'public' }`);
  if (isLax(route.schema?.body)) throw new Error(`${what} must have a strict body: z.strictObject (or z.looseObject, on purpose)`);
}

/** Like the type provider's own, but the error keeps zod's issues, so that they can be said in the caller's language. */
const validatorCompiler =
  ({ schema }: { schema: z.ZodType }) =>
  (data: unknown) => {
    const result = schema.safeParse(data);
    return result.success
      ? { value: result.data }
      : { error: Object.assign(new Error('the request does not fit'), { issues: result.error.issues }) };
  };

/** For hot doors and long answers: their schema describes them in the API, but looking at every field again would take longer than all else. */
export const plainJson = () => (data: unknown) => JSON.stringify(data);

const transform: typeof jsonSchemaTransform = (document) => {
  const out = jsonSchemaTransform(document);
  const right = document.route.config?.right;
  const schema = out.schema as Record<string, unknown> | undefined;
  if (!schema || schema.hide || !right || right === 'public') return out;
  return { ...out, schema: { ...schema, security: [{ bearer: [] }, { session: [] }], 'x-right': right } as FastifySchema };
};

async function documentation(app: App, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Glasshouse',
        version,
        description:
          'Every refusal is `{ code, message, details }`; the sentence is in the language of `Accept-Language` (Chinese by default).',
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } },
      },
    },
    transform,
    transformObject: jsonSchemaTransformObject,
  });
  const configuration = {
    telemetry: false,
    withDefaultFonts: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
  };
  await app.register(scalar, { routePrefix: DOCS, configuration: configuration as object });
}

function probes(app: App): void {
  let reason: string | null = 'starting';
  app.decorate('readiness', (now: string | null) => {
    reason = now;
  });
  const options = { config: { right: 'public' as const }, logLevel: 'silent' as const };
  app.get('/healthz', { ...options, schema: { tags: ['server'], response: { 200: z.object({ alive: z.literal(true) }) } } }, async () => ({
    alive: true as const,
  }));
  app.get(
    '/readyz',
    { ...options, schema: { tags: ['server'], response: { 200: z.object({ ready: z.literal(true) }), 503: Problem } } },
    async () => {
      if (reason !== null) throw new Refused(refuse('server.not-ready', { reason }));
      return { ready: true as const };
    },
  );
}

/**
 * The HTTP edge with every module's routes; listens nowhere yet. Throws when a route does not say who may call it, when a body is
 * not strict, or when two modules claim one refusal. Each module's routes live in a scope of their own: content types and hooks
 * they add are theirs alone. `dist`: the built web apps.
 */
export async function buildApp(
  house: House,
  modules: readonly Module[],
  { dist, version = '0.1.0' }: { dist?: string; version?: string } = {},
): Promise<App> {
  const proxies = new Set<string>();
  const table = refusalTable(modules);
  const app: App = Fastify({
    loggerInstance: house.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }), // paths can hold personal values
    trustProxy: (address) => proxies.has(address.replace(/^::ffff:/, '')), // IPv4 as a dual-stack socket names it
    clientErrorHandler: unreadable,
    childLoggerFactory: (log, bindings, options) => (options?.level ? log.child(bindings, options) : log), // whose line it is, its reference says
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 2_000 },
    frameworkErrors: (error, req, reply) => {
      const lang = languageOf(req.headers['accept-language']);
      const problem = problemOf(table, refusalOf(error, req, lang), lang, reply as never);
      void reply.type('application/json; charset=utf-8').send(JSON.stringify(problem) as never);
    },
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler as never);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.decorate('proxies', proxies);
  app.decorate('refusals', table);
  const events = [...table].filter(([code]) => code.startsWith('event.')).map(([, { en, zh }]) => [en, zh] as const);
  const chinese = retelling([...modules.flatMap((m) => m.words ?? []), ...events]);
  app.decorate('retell', (lang: Lang, said: string) => (lang === 'zh' ? chinese(said) : said));
  app.decorate('streams', streams(app as unknown as FastifyInstance));
  app.decorateRequest('actor', null as never);
  app.decorateRequest('lang', 'zh');

  app.addHook('onRoute', (route) => {
    if (isDocs(route.url)) Object.assign(route, { config: { ...route.config, right: 'public', headers: DOCS_HEADERS } });
    else if (/^\/(api|healthz|readyz)\b/.test(route.url))
      Object.assign(route, { config: { ...route.config, headers: { ...DATA, ...route.config?.headers } } });
    checkRoute(route as never);
  });
  await app.register(fastifyCookie, { hook: false }); // who wants one asks for it (`cookieOf`)

  // Hooks here are told by a callback: a promise each, for every request, is more than some doors have to do at all.
  const admit = authentication(house, modules);
  app.addHook('onRequest', (req, reply, done) => {
    const { right, headers = PAGE } = req.routeOptions.config;
    reply.headers(headers);
    req.lang = languageOf(req.headers['accept-language']);
    const encoding = req.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return done(new Refused(refuse('request.wrong-type')));
    if (req.is404 || right === 'public') {
      req.actor = nobody(req);
      return done();
    }
    admit(req, right).then((actor) => {
      if (isRefusal(actor)) return done(new Refused(actor));
      req.actor = actor;
      done();
    }, done);
  });

  // A stream is written as it comes: compressing would hold its lines back.
  app.addHook('onSend', (req, _reply, payload, done) => {
    if (typeof (payload as { pipe?: unknown } | null)?.pipe === 'function') req.headers['x-no-compression'] = '1';
    done();
  });
  await app.register(fastifyCompress, { encodings: ['br', 'gzip'], globalDecompression: false });

  app.addHook('preSerialization', (req, reply, payload, done) =>
    done(null, isRefusal(payload) ? problemOf(table, payload, req.lang, reply as never) : payload),
  );
  app.setErrorHandler((error, req, reply) => {
    if (reply.sent) return;
    const lang = req.lang ?? 'zh';
    const problem = problemOf(table, refusalOf(error, req as never, lang), lang, reply as never);
    void reply.serializer(JSON.stringify).type('application/json; charset=utf-8').send(problem);
  });
  app.setNotFoundHandler((_req, _reply) => {
    throw new Refused(refuse('thing.not-found'));
  });

  await documentation(app, version);
  probes(app);
  for (const m of modules) {
    await app.register(async (scope) => {
      m.routes?.(scope.withTypeProvider<ZodTypeProvider>() as App, house);
    });
  }
  await serveWeb(app as unknown as FastifyInstance, dist ?? join(house.config.repo, 'dist/web'), house.config);
  return app;
}
