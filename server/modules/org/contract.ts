import { z } from 'zod';

/** The wire forms of people, roles and the org tree. Safe in the browser. */

export const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });
export type Names = z.infer<typeof Names>;

/** From the top down; a unit's level never stands above its parent's. */
export const LEVELS = ['province', 'city', 'county', 'line', 'grid', 'ceo', 'soldier'] as const;
export const Level = z.enum(LEVELS).meta({ description: '省 · 市 · 区县 · 专业线 · 网格 · 小CEO · 单兵' });
export type Level = z.infer<typeof Level>;

/** A unit's or an account's stable code: no spaces, because it stands in URLs and events. */
export const Code = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u);

export const Unit = z.strictObject({ code: Code, parent: Code.nullable(), level: Level, names: Names });
export type Unit = z.infer<typeof Unit>;

export const UnitChange = z.strictObject({ parent: Code.optional(), level: Level.optional(), names: Names.optional() });
export type UnitChange = z.infer<typeof UnitChange>;

export const Language = z.enum(['zh', 'en']);

/** The object that stands for a partner in journeys, such as { kind: "partner", value: "P-7" }: all that a partner's account sees. */
export const Partner = z.strictObject({ kind: z.string().min(1).max(64), value: z.string().min(1).max(128) });
export type Partner = z.infer<typeof Partner>;

export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u);
const PersonName = z.string().trim().min(1).max(100);
export const Password = z.string().min(10).max(200);

export const Account = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  role: z.string(),
  unit: z.string(),
  partner: Partner.nullable(),
  language: Language.nullable(),
  /** False: may not sign in any more; what he did keeps his name. */
  open: z.boolean(),
  hasPassword: z.boolean(),
  createdAt: z.string(),
  signedInAt: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

export const NewAccount = z.strictObject({
  login: Login,
  name: PersonName,
  role: z.string(),
  unit: Code,
  partner: Partner.nullable().optional(),
  language: Language.nullable().optional(),
  /** Absent: one is made and answered once. */
  password: Password.optional(),
});
export type NewAccount = z.infer<typeof NewAccount>;

export const AccountChange = z.strictObject({
  name: PersonName.optional(),
  role: z.string().optional(),
  unit: Code.optional(),
  partner: Partner.nullable().optional(),
  language: Language.nullable().optional(),
  open: z.boolean().optional(),
  /** "new": a password is made and answered once, all sessions end. */
  password: z.literal('new').optional(),
});
export type AccountChange = z.infer<typeof AccountChange>;

export const Role = z.object({ id: z.string(), names: Names, rights: z.array(z.string()) });
export type Role = z.infer<typeof Role>;

export const SignIn = z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1_000) });
export const PasswordChange = z.strictObject({ old: z.string().max(1_000), next: Password });
export const MeChange = z.strictObject({ language: Language.nullable() });

/** The caller. `rights`: every right as a word, all of them for an administrator. `unit.path`: codes from the root to the unit. */
export const Me = z.object({
  id: z.string(),
  kind: z.enum(['staff', 'source', 'admin', 'public', 'system']),
  login: z.string(),
  name: z.string(),
  role: z.string(),
  roleNames: Names.nullable(),
  rights: z.array(z.string()),
  unit: z.object({ code: z.string(), names: Names, level: Level, path: z.array(z.string()) }).nullable(),
  partner: Partner.nullable(),
  language: Language.nullable(),
});
export type Me = z.infer<typeof Me>;

export const AuditEntry = z.object({
  id: z.number(),
  at: z.string(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  act: z.string(),
  object: z.string(),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const secure = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
};

/** Sign-in by an OpenID Connect provider. */
export const OidcSetting = z.strictObject({
  issuer: z.url().max(500).refine(secure, { error: 'https' }),
  clientId: z.string().min(1).max(200),
  /** Absent: the one kept before stays, or none. */
  clientSecret: z.string().min(1).max(500).optional(),
  scope: z.string().min(1).max(200).default('openid profile'),
  /** The claim that is the account's login; the people it names must not be able to change it themselves. */
  loginClaim: z.string().min(1).max(64).default('preferred_username'),
  /** What stands on the button. */
  names: Names,
  /** Our own address as the provider knows it; absent: as the browser calls us. */
  origin: z.url().max(500).optional(),
  /** What somebody without an account gets; null: he is refused. */
  create: z.strictObject({ role: z.string(), unit: Code }).nullable().default(null),
});
export type OidcSetting = z.infer<typeof OidcSetting>;
export const OidcShown = OidcSetting.omit({ clientSecret: true }).extend({ hasSecret: z.boolean() });

/** Reverse proxies whose word on the caller's address and protocol (X-Forwarded-For, -Proto) is believed. */
export const Proxies = z.strictObject({ addresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(50) });
export type Proxies = z.infer<typeof Proxies>;

export const refusals = {
  'sign-in.failed': { status: 401, zh: '账号或密码不正确', en: 'The login or the password is not right' },
  'sign-in.unknown-account': { status: 403, zh: '统一认证中的用户在本系统没有可用账号', en: 'You have no account here' },
  'account.login-taken': { status: 409, zh: '账号名 {login} 已被使用', en: 'The login {login} is taken' },
  'account.unknown-role': { status: 422, zh: '没有角色 {role}', en: 'There is no role {role}' },
  'account.unknown-unit': {
    status: 422,
    zh: '没有组织单元 {unit}，或不在您的管辖范围内',
    en: 'There is no unit {unit}, or it is not in your area',
  },
  'account.beyond-own-rights': { status: 403, zh: '不能授予您自己没有的权限', en: 'You cannot give away rights that you do not have' },
  'account.own': {
    status: 422,
    zh: '不能停用自己的账号，也不能更改自己的角色或组织',
    en: 'You cannot close your own account, nor change your own role or unit',
  },
  'account.weak-password': { status: 422, zh: '密码太容易被猜到', en: 'This password is too easy to guess' },
  'account.wrong-password': { status: 422, zh: '原密码不正确', en: 'The present password is not right' },
  'account.no-password': { status: 422, zh: '此账号没有密码，通过统一认证登录', en: 'This account has no password; it signs in elsewhere' },
  'unit.code-taken': { status: 409, zh: '编码 {code} 已被使用', en: 'The code {code} is taken' },
  'unit.unknown-parent': {
    status: 422,
    zh: '没有上级单元 {parent}，或不在您的管辖范围内',
    en: 'There is no unit {parent}, or it is not in your area',
  },
  'unit.second-root': { status: 422, zh: '组织树只有一个根', en: 'The tree has one root only' },
  'unit.level-above-parent': { status: 422, zh: '单元的层级不能高于上级', en: 'A unit cannot stand above its parent' },
  'unit.ring': { status: 422, zh: '单元不能移到自己的下级之下', en: 'A unit cannot be moved below itself' },
} as const;
