import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fill, type Lang } from './i18n.ts';
import type { Module, Refusals } from './module.ts';
import { isRefusal, type Refusal, Refused, refuse } from './result.ts';

/** What the edge itself can say; modules bring their own tables. */
const PLATFORM: Refusals = {
  'request.malformed': { status: 400, zh: '请求格式不正确：{path} {problem}', en: 'The request is malformed: {path} {problem}' },
  'request.unknown-field': { status: 400, zh: '请求中有未知字段 {path}', en: 'The request has an unknown field: {path}' },
  'request.too-large': { status: 413, zh: '请求内容过大', en: 'The request is too large' },
  'request.wrong-type': { status: 415, zh: '不支持这种内容类型', en: 'This media type is not accepted here' },
  'request.rate-limited': {
    status: 429,
    zh: '请求过于频繁，请在 {retryAfter} 秒后再试',
    en: 'Too many requests. Please try again in {retryAfter} s',
  },
  'request.cross-site': { status: 403, zh: '不接受来自其他网站的操作', en: 'Acts from other websites are not accepted' },
  'auth.required': { status: 401, zh: '请先登录', en: 'Please sign in first' },
  'auth.forbidden': { status: 403, zh: '您没有权限（需要 {right}）', en: 'You may not do this (it needs the right {right})' },
  'thing.not-found': { status: 404, zh: '没有找到', en: 'There is no such thing' },
  'server.fault': {
    status: 500,
    zh: '系统出错了，请稍后再试；报障时请提供编号 {reference}',
    en: 'Something went wrong here. Please try again later; when reporting it, name {reference}',
  },
  'server.unavailable': {
    status: 503,
    zh: '系统暂时不可用，请稍后再试',
    en: 'The service is not available at the moment. Please try again shortly',
  },
  'server.not-ready': { status: 503, zh: '系统尚未就绪：{reason}', en: 'Not ready yet: {reason}' },
};

export type RefusalTable = ReadonlyMap<string, Refusals[string]>;

/** One table of all codes; throws when two modules claim one code. */
export function refusalTable(modules: readonly Module[]): RefusalTable {
  const table = new Map(Object.entries(PLATFORM));
  for (const m of modules)
    for (const [code, row] of Object.entries(m.refusals ?? {})) {
      if (table.has(code)) throw new Error(`the refusal ${code} of module ${m.name} already has another owner`);
      table.set(code, row);
    }
  return table;
}

/** The wire form of every refusal. */
export const Problem = z
  .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Problem' });

/** `code` and `message` for a body that carries refusals of its own (a rejected line of many). */
export const sentence = (table: RefusalTable, lang: Lang, code: string, details: Readonly<Record<string, unknown>> = {}): string =>
  fill(table.get(code)?.[lang] ?? code, details);

/** Sets status, headers and gives the body: `{ code, message, details }`. */
export function problemOf(table: RefusalTable, refusal: Refusal, lang: Lang, reply: FastifyReply): z.infer<typeof Problem> {
  const row = table.get(refusal.code);
  if (!row) reply.log.error({ code: refusal.code }, 'this refusal stands in no table');
  reply
    .code(row?.status ?? 422)
    .header('content-language', lang)
    .header('cache-control', 'no-store');
  if (row?.status === 401) reply.header('www-authenticate', 'Bearer');
  const wait = refusal.details.retryAfter ?? (row?.status === 503 ? 5 : undefined);
  if (typeof wait === 'number' && row && (row.status === 429 || row.status === 503))
    reply.header('retry-after', String(Math.max(1, Math.ceil(wait))));
  return { code: refusal.code, message: sentence(table, lang, refusal.code, refusal.details).trim(), details: refusal.details };
}

/** ["where", "and", 2, "tag"] → "where.and[2].tag" */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.map((p, i) => (typeof p === 'number' ? `[${p}]` : `${i > 0 ? '.' : ''}${String(p)}`)).join('');

type Issue = z.core.$ZodIssue;

/** An unrecognised key anywhere in the issues, unions looked into: the first found, with its whole path. */
function unknownField(issues: readonly Issue[], above: readonly PropertyKey[] = []): readonly PropertyKey[] | undefined {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') return [...above, ...issue.path, issue.keys[0] as string];
    if (issue.code === 'invalid_union' && issue.errors.length === 1) {
      const inner = unknownField(issue.errors[0] as Issue[], [...above, ...issue.path]);
      if (inner) return inner;
    }
  }
  return undefined;
}

/** Of a field that must be there: zod's own sentence speaks of `undefined`, which nobody sent. */
const ABSENT = { zh: '必须填写', en: 'must be given' };
const LOCALE = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((v, p) => (typeof v === 'object' && v !== null ? (v as Record<PropertyKey, unknown>)[p] : undefined), root);

/** What is amiss: of a value that may have several forms, in the form that it comes nearest to. */
function nearest(issue: Issue, above: readonly PropertyKey[] = []): Issue {
  const path = [...above, ...issue.path];
  const forms = issue.code === 'invalid_union' ? issue.errors.filter((e) => e.length > 0) : [];
  const [form] = forms.toSorted((a, b) => a.length - b.length);
  return form === undefined ? ({ ...issue, path } as Issue) : nearest(form[0] as Issue, path);
}

/**
 * A zod failure as a refusal: `request.unknown-field` for keys a strict object does not know, else `request.malformed`; both with `path`. `whole`: what
 * the path is of (body, query), said where all of it is meant.
 */
export function malformed(issues: readonly Issue[], input: unknown, lang: Lang, whole = ''): Refusal {
  const unknown = unknownField(issues);
  if (unknown) return refuse('request.unknown-field', { path: pathText(unknown) });
  const issue = nearest(issues[0] as Issue);
  const value = valueAt(input, issue.path);
  const isAbsent = issue.code === 'invalid_type' && issue.path.length > 0 && value === undefined;
  const said =
    issue.code === 'custom' ? issue.message : isAbsent ? ABSENT[lang] : LOCALE[lang]({ ...issue, input: value } as z.core.$ZodRawIssue);
  return refuse('request.malformed', {
    path: pathText(issue.path) || whole,
    problem: typeof said === 'string' ? said : (said?.message ?? issue.message),
  });
}

interface FromSchema extends FastifyError {
  /** Put there by the validator compiler of `http.ts`. */
  issues?: readonly Issue[];
}

const BY_FASTIFY: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.wrong-type',
  FST_ERR_CTP_INVALID_TYPE: 'request.wrong-type',
};

/** Cannot connect, shutting down, starting up, too many connections: the store's state and not a mistake of ours. */
const STORE_AWAY = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|57P0[1-3]|53300|08...)$/;

/** Anything thrown on the way, as a refusal. What is nobody's refusal is logged under a reference that the caller is given. */
export function refusalOf(error: unknown, req: FastifyRequest, lang: Lang): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (isRefusal(error)) return error;
  const e = error as FromSchema;
  if (e.issues) {
    const whole = e.validationContext === 'querystring' ? 'query' : (e.validationContext ?? 'body');
    return malformed(e.issues, (req as unknown as Record<string, unknown>)[whole], lang, whole);
  }
  const known = BY_FASTIFY[e.code ?? ''];
  if (known) return refuse(known);
  if (typeof e.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500) {
    if (e.statusCode === 404) return refuse('thing.not-found');
    return refuse('request.malformed', {
      path: e.code === 'FST_ERR_BAD_URL' ? 'url' : 'body',
      problem: lang === 'zh' ? '无法读取' : 'cannot be read',
    });
  }
  if (STORE_AWAY.test(e.code ?? '')) {
    req.log.warn({ reason: e.code }, 'the store is away');
    return refuse('server.unavailable');
  }
  const reference = randomUUID();
  req.log.error(
    { reference, route: req.routeOptions?.url, code: e.code, fault: e.stack ?? String(e), cause: (e.cause as Error | undefined)?.stack },
    'a request met a fault',
  );
  return refuse('server.fault', { reference });
}
