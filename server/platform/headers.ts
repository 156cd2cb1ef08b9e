/** What browsers are told about every answer. Constants: working them out anew for each request took as long as reading it. */
export type Headers = Readonly<Record<string, string>>;

const CSP = {
  'default-src': "'self'",
  'base-uri': "'self'",
  'font-src': "'self' data:",
  'form-action': "'self'",
  'frame-ancestors': "'self'",
  'img-src': "'self' data: blob:",
  'object-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'script-src-attr': "'none'",
  'style-src': "'self' 'unsafe-inline'", // the component library writes its styles at run time
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
};

const policy = (differing: Partial<typeof CSP> = {}): string =>
  Object.entries({ ...CSP, ...differing })
    .map(([name, value]) => `${name} ${value}`)
    .join(';');

/** For every answer. */
const ALL: Headers = {
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000',
  'x-content-type-options': 'nosniff',
};

const DOCUMENT: Headers = {
  ...ALL,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-xss-protection': '0', // old browsers' own filter did harm
  'x-permitted-cross-domain-policies': 'none',
};

/** Our own pages and files. */
export const PAGE: Headers = { ...DOCUMENT, 'content-security-policy': policy(), 'x-frame-options': 'SAMEORIGIN' };

/** What customers see may stand in other companies' pages; the console never. */
export const EMBEDDABLE: Headers = { ...DOCUMENT, 'content-security-policy': policy({ 'frame-ancestors': '*' }) };

/** The API reference is one page with inline script and style of its own; nothing else is so. */
export const DOCS: Headers = { ...PAGE, 'content-security-policy': policy({ 'script-src': "'self' 'unsafe-inline'" }) };

/** Answers for programs: should one be opened as a page all the same, it may load nothing and stand nowhere. */
export const DATA: Headers = { ...ALL, 'content-security-policy': "default-src 'none';frame-ancestors 'none'", 'x-frame-options': 'DENY' };
