import * as oidc from 'openid-client';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import type { OidcSetting } from './contract.ts';
import { Login } from './contract.ts';
import { checkPlace, createAccounts, type From } from './service.ts';
import type { Person } from './store.ts';
import * as store from './store.ts';

const NAME = 'oidc';
const DISCOVERED_MS = 600_000;
const PATIENCE_S = 10;

export type Kept = Omit<OidcSetting, 'clientSecret'> & { clientSecret?: string };

export async function findOidc(sql: Sql, vault: House['vault']): Promise<Kept | undefined> {
  const found = await store.findSetting<Omit<OidcSetting, 'clientSecret'>>(sql, NAME);
  return found && { ...found.value, ...(found.sealed && { clientSecret: vault.open(found.sealed) }) };
}

/** Whoever names the identity provider decides who is who: only for callers over everything. An absent secret keeps the present one. */
export async function putOidc(ctx: Ctx, vault: House['vault'], setting: OidcSetting, from: From): Promise<Refusal | undefined> {
  if (ctx.actor.areas !== 'all') return refuse('auth.forbidden', { right: 'org:manage' });
  const refused = setting.create ? await checkPlace(ctx, setting.create) : undefined;
  if (refused) return refused;
  const { clientSecret, ...open } = setting;
  const before = await store.findSetting(ctx.tx, NAME);
  await store.putSetting(ctx.tx, NAME, open, clientSecret === undefined ? (before?.sealed ?? null) : vault.seal(clientSecret));
  await audit(ctx, 'setting.changed', `setting:${NAME}`, {
    details: { ...open, secret: clientSecret === undefined ? 'kept' : 'new' },
    ...from,
  });
  return undefined;
}

export async function dropOidc(ctx: Ctx, from: From): Promise<Refusal | undefined> {
  if (ctx.actor.areas !== 'all') return refuse('auth.forbidden', { right: 'org:manage' });
  await store.dropSetting(ctx.tx, NAME);
  await audit(ctx, 'setting.dropped', `setting:${NAME}`, from);
  return undefined;
}

/** What must be the same when the browser comes back; travels sealed in a cookie of ten minutes. */
export interface Trip {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly next: string;
  readonly redirectUri: string;
  readonly until: number;
}

/** Talks to the provider: what it published about itself is believed for ten minutes. */
export function provider() {
  let known: { key: string; at: number; config: Promise<oidc.Configuration> } | undefined;
  const configOf = (s: Kept): Promise<oidc.Configuration> => {
    const key = JSON.stringify(s);
    if (known?.key === key && performance.now() - known.at < DISCOVERED_MS) return known.config;
    const insecure = s.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []; // a test's provider; the contract allows loopback only
    const config = oidc.discovery(new URL(s.issuer), s.clientId, s.clientSecret, undefined, { execute: insecure, timeout: PATIENCE_S });
    known = { key, at: performance.now(), config };
    config.catch(() => {
      known = undefined;
    });
    return config;
  };

  return {
    /** Where to send the browser, and what to remember until it comes back. `next`: the page it wanted. */
    async depart(
      s: Kept,
      { redirectUri, next, now }: { redirectUri: string; next: string; now: number },
    ): Promise<{ url: URL; trip: Trip }> {
      const trip: Trip = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        next,
        redirectUri,
        until: now + 600_000,
      };
      const url = oidc.buildAuthorizationUrl(await configOf(s), {
        redirect_uri: redirectUri,
        scope: s.scope,
        state: trip.state,
        nonce: trip.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(trip.verifier),
        code_challenge_method: 'S256',
      });
      return { url, trip };
    },
    /** Who came back; throws when the provider, the state, the nonce or a signature is not as it must be. */
    async arrive(s: Kept, trip: Trip, query: string): Promise<{ subject: string; login?: string; name?: string }> {
      const config = await configOf(s);
      const tokens = await oidc.authorizationCodeGrant(config, new URL(`${trip.redirectUri}?${query}`), {
        pkceCodeVerifier: trip.verifier,
        expectedState: trip.state,
        expectedNonce: trip.nonce,
        idTokenExpected: true,
      });
      const token = tokens.claims() as oidc.IDToken;
      const hasAll = typeof token[s.loginClaim] === 'string' && typeof token.name === 'string';
      const more =
        hasAll || !config.serverMetadata().userinfo_endpoint ? {} : await oidc.fetchUserInfo(config, tokens.access_token, token.sub);
      const claims: Record<string, unknown> = { ...more, ...token };
      const text = (claim: unknown) => (typeof claim === 'string' ? claim : undefined);
      return { subject: `${token.iss} ${token.sub}`, login: text(claims[s.loginClaim]), name: text(claims.name) };
    },
  };
}

/**
 * The account of whoever the provider vouches for: the one linked to him before; else the one of his login, now linked; else, where
 * the setting says so, a new one. `sign-in.unknown-account`: none of these, or the account is closed.
 */
export async function accountOf(ctx: Ctx, s: Kept, who: { subject: string; login?: string; name?: string }): Promise<Person | Refusal> {
  const linked = await store.findAccount(ctx.tx, { subject: who.subject });
  if (linked) return linked.open ? linked : refuse('sign-in.unknown-account');
  const login = Login.safeParse(who.login?.normalize('NFKC'));
  if (!login.success) return refuse('sign-in.unknown-account');
  const named = await store.findAccount(ctx.tx, { login: login.data });
  if (named && !named.open) return refuse('sign-in.unknown-account');
  const account =
    named ??
    (s.create && (await createAccounts(ctx, [{ ...s.create, login: login.data, name: (who.name ?? login.data).slice(0, 100) }]))[0]);
  if (!account || !(await store.linkSubject(ctx.tx, account.id, who.subject))) return refuse('sign-in.unknown-account');
  await audit(ctx, 'account.linked', `account:${account.id}`, { details: { issuer: s.issuer } });
  return account;
}
