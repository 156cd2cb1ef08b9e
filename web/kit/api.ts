/**
 * Calls to our own server. Types come from the modules' contracts: `get<JourneyList>('/api/journeys', { limit: 20 })`.
 * A refusal (4xx) is thrown as `ApiRefusal`, everything that is not an answer as `ApiFault`; screens show both by `Refused`.
 */

/** The server said no, and why. `message` is in the reader's language and may be shown as it is. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;
  /** Seconds to wait, where the server named them (429). */
  readonly retryAfter: number | null;
  constructor(status: number, body: { code?: string; message?: string; details?: Record<string, unknown> }, retryAfter: number | null) {
    super(body.message ?? body.code ?? String(status));
    this.status = status;
    this.code = body.code ?? 'request.refused';
    this.details = body.details ?? {};
    this.retryAfter = retryAfter;
  }
}

/** No usable answer: `offline` never arrived, `server` 5xx or too slow, `strange` not what was agreed. */
export class ApiFault extends Error {
  readonly kind: 'offline' | 'server' | 'strange';
  constructor(kind: ApiFault['kind']) {
    super(kind);
    this.kind = kind;
  }
}

type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  signal?: AbortSignal;
  /** Milliseconds; default 20 s. */
  timeout?: number;
  /** Where the page's own language is not meant. */
  language?: string;
}

let language = () => 'zh-CN';
let unauthorised: () => void = () => {};

/** Says in which language answers are wanted, and what to do when the session is over (401). */
export const setUpApi = (how: { language?: () => string; onUnauthorised?: () => void }): void => {
  language = how.language ?? language;
  unauthorised = how.onUnauthorised ?? unauthorised;
};

/** Headers every call carries, the live streams too. */
export const callHeaders = (spoken: string = language()): Record<string, string> => ({ 'accept-language': spoken });

/** `/api/x` + `{ a: 1, b: null }` → `/api/x?a=1`. */
export const withQuery = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : path;
};

/** `Retry-After` in seconds, from either of its two forms. */
export const secondsToWait = (header: string | null, now: number): number | null => {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
};

/** The refusal or fault that an answer other than 2xx means. */
export const troubleOf = async (answer: Response): Promise<ApiRefusal | ApiFault> => {
  if (answer.status >= 500) return new ApiFault('server');
  if (answer.status === 401) unauthorised();
  const body = await answer.json().catch(() => ({}));
  return new ApiRefusal(answer.status, body, secondsToWait(answer.headers.get('retry-after'), Date.now()));
};

const call = async <T>(
  method: string,
  path: string,
  body: unknown,
  { signal, timeout = 20_000, language: spoken }: Options,
): Promise<T> => {
  const limit = AbortSignal.timeout(timeout);
  const isForm = typeof FormData !== 'undefined' && body instanceof FormData;
  const hasJson = body !== undefined && !isForm;
  const answer = await fetch(path, {
    method,
    headers: { ...callHeaders(spoken), accept: 'application/json', ...(hasJson && { 'content-type': 'application/json' }) },
    body: isForm ? body : hasJson ? JSON.stringify(body) : undefined,
    credentials: 'same-origin',
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiFault(limit.aborted ? 'server' : 'offline');
  });
  if (!answer.ok) throw await troubleOf(answer);
  if (answer.status === 204) return undefined as T;
  return answer.json().catch(() => {
    throw new ApiFault('strange');
  });
};

export const get = <T>(path: string, query: Query = {}, options: Options = {}): Promise<T> =>
  call('GET', withQuery(path, query), undefined, options);
export const post = <T>(path: string, body?: unknown, options: Options = {}): Promise<T> => call('POST', path, body, options);
export const put = <T>(path: string, body: unknown, options: Options = {}): Promise<T> => call('PUT', path, body, options);
export const del = <T>(path: string, options: Options = {}): Promise<T> => call('DELETE', path, undefined, options);
