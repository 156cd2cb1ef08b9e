import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Actor } from '#platform/actor';
import { LEVELS, type Level, type Names, type Role } from './contract.ts';

/** Every right of the program, as other modules ask for it. */
export const RIGHTS = [
  'journey:read',
  'journey:repair',
  'journey:reveal',
  'journey:ticket',
  'scenario:read',
  'scenario:edit',
  'source:read',
  'source:manage',
  'event:send',
  'import:run',
  'analysis:read',
  'export:run',
  'org:read',
  'org:manage',
  'audit:read',
  'operation:read',
  'operation:manage',
  'person:erase',
  'audience:see',
  'audience:edit',
  'audience:export',
  'tag:see',
  'tag:manage',
  'derivation:manage',
  'customer:see',
  'customer:reveal',
  'customer:consent',
  'customer:send',
  'duplicate:see',
  'duplicate:merge',
  'household:send',
  'retention:see',
  'retention:work',
  'retention:assign',
  'retention:manage',
  'model:read',
  'model:train',
  'model:publish',
  'place:see',
  'place:send',
  'place:visit',
  'place:assign',
  'transfer:make',
  'enterprise:see',
  'enterprise:work',
  'enterprise:reveal',
  'enterprise:manage',
  'enterprise:send',
] as const;
export type StaffRight = (typeof RIGHTS)[number];

const role = (id: string, zh: string, en: string, rights: readonly StaffRight[]): Role => ({ id, names: { zh, en }, rights: [...rights] });

export const ROLES: readonly Role[] = [
  role('administrator', '系统管理员', 'Administrator', RIGHTS),
  role('controller', '看板监控', 'Controller', [
    'journey:read',
    'journey:repair',
    'journey:reveal',
    'journey:ticket',
    'scenario:read',
    'source:read',
    'analysis:read',
    'org:read',
    'audience:see',
    'tag:see',
    'customer:see',
    'place:see',
  ]),
  role('manager', '管理人员', 'Manager', [
    'journey:read',
    'journey:reveal',
    'journey:ticket',
    'scenario:read',
    'analysis:read',
    'export:run',
    'org:read',
    'audience:see',
    'audience:edit',
    'tag:see',
    'customer:see',
    'retention:see',
    'model:read',
    'duplicate:see',
    'duplicate:merge',
    'transfer:make',
    'place:see',
    'place:visit',
    'place:assign',
    'retention:assign',
    'enterprise:see',
  ]),
  role('grid-manager', '网格经理', 'Grid manager', [
    'journey:read',
    'journey:reveal',
    'journey:ticket',
    'scenario:read',
    'analysis:read',
    'org:read',
    'audience:see',
    'audience:edit',
    'tag:see',
    'customer:see',
    'customer:reveal',
    'retention:see',
    'model:read',
    'place:see',
    'place:visit',
  ]),
  role('care', '10010 坐席', 'Care agent', [
    'journey:read',
    'journey:reveal',
    'journey:ticket',
    'scenario:read',
    'tag:see',
    'customer:see',
    'customer:reveal',
    'customer:consent',
    'duplicate:see',
  ]),
  role('desk', '订单中心受理员', 'Order desk', [
    'journey:read',
    'journey:repair',
    'journey:reveal',
    'journey:ticket',
    'scenario:read',
    'customer:see',
    'customer:reveal',
    'customer:consent',
    'duplicate:see',
    'duplicate:merge',
    'transfer:make',
  ]),
  role('installer-lead', '装维班长', 'Installer lead', ['journey:read', 'journey:reveal', 'journey:ticket', 'scenario:read']),
  role('analyst', '数据分析', 'Analyst', [
    'journey:read',
    'scenario:read',
    'source:read',
    'analysis:read',
    'export:run',
    'audience:see',
    'audience:edit',
    'audience:export',
    'tag:see',
    'derivation:manage',
    'customer:see',
    'retention:see',
    'retention:manage',
    'model:read',
    'model:train',
    'model:publish',
    'place:see',
    'duplicate:see',
    'enterprise:see',
    'enterprise:manage',
  ]),
  role('account-manager', '政企客户经理', 'Account manager', [
    'journey:read',
    'journey:ticket',
    'scenario:read',
    'export:run',
    'enterprise:see',
    'enterprise:work',
    'enterprise:reveal',
  ]),
  role('retention', '挽留坐席', 'Retention desk', [
    'journey:read',
    'customer:see',
    'customer:reveal',
    'retention:see',
    'retention:work',
    'model:read',
  ]),
  role('auditor', '审计', 'Auditor', [
    'journey:read',
    'scenario:read',
    'source:read',
    'org:read',
    'audit:read',
    'operation:read',
    'tag:see',
  ]),
  role('partner', '合作伙伴', 'Partner', ['journey:read', 'scenario:read']),
  role('integrator', '系统集成', 'Integrator', [
    'journey:read',
    'scenario:read',
    'scenario:edit',
    'source:read',
    'source:manage',
    'event:send',
    'import:run',
    'analysis:read',
    'operation:read',
    'tag:see',
    'tag:manage',
    'derivation:manage',
    'customer:send',
    'enterprise:send',
    'household:send',
    'place:send',
  ]),
];

const byId = new Map(ROLES.map((r) => [r.id, r]));
export const roleOf = (id: string): Role | undefined => byId.get(id);

const ALL: ReadonlySet<string> = new Set(RIGHTS);
/** The rights as words, for the caller's own eyes. */
export const rightsOf = (actor: Pick<Actor, 'rights'>): string[] => [...(actor.rights === 'all' ? ALL : actor.rights)];

/** Nobody gives away what he does not have. */
export const mayGrant = (actor: Pick<Actor, 'rights'>, given: Role): boolean =>
  actor.rights === 'all' || given.rights.every((r) => (actor.rights as ReadonlySet<string>).has(r));

export const covers = (actor: Pick<Actor, 'areas'>, unit: string): boolean => actor.areas === 'all' || actor.areas.includes(unit);

/** May a unit of `level` stand below one of `parent`? Equal levels may (a department within a city's office), a higher one may not. */
export const fitsBelow = (level: Level, parent: Level): boolean => LEVELS.indexOf(level) >= LEVELS.indexOf(parent);

/** The store's root when nobody named one. */
export const HEAD_OFFICE: { code: string; level: Level; names: Names } = {
  code: 'root',
  level: 'province',
  names: { zh: '全省', en: 'Province' },
};

// Cost of a password: 32 MiB and about 0.2 s, in a thread of its own (one of OWASP's choices for scrypt). Kept in each hash, so that it can be raised.
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY = 32;
type Cost = Readonly<typeof COST>;
const derive = promisify<string, Buffer, number, Cost & { maxmem: number }, Buffer>(scrypt);
const key = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, KEY, { ...cost, maxmem: 256 * cost.N * cost.r });

/** "scrypt$N$r$p$salt$key", the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), (await key(password, salt, COST)).toString('base64url')].join('$');
}

const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, randomBytes(16).toString('base64url'), randomBytes(KEY).toString('base64url')].join('$');

/** Takes the same time for a right password, a wrong one, and (with `undefined` or null) for nobody's. */
export async function passwordFits(password: string, hash: string | null | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', kept = ''] = (hash ?? NOBODYS).split('$');
  const made = await key(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(made, Buffer.from(kept, 'base64url')) && typeof hash === 'string';
}

/** The commonest passwords are the first that are tried. */
export const isWeak = (password: string, login: string): boolean =>
  (login.length >= 4 && password.toLowerCase().includes(login.toLowerCase())) ||
  new Set(password).size < 5 ||
  /^(?:0?123456789\d*|password.*|qwerty.*|admin.*)$/i.test(password);

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'; // none that is read for another

/** Four groups of four signs, 79 bits: "h7kd-…". */
export const makePassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('')).join('-');

const SESSION = /^ghs_[\w-]{43}$/;
export const makeSessionToken = (): string => `ghs_${randomBytes(32).toString('base64url')}`;
export const isSessionToken = (token: string): boolean => SESSION.test(token);
