import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieOf, SESSION_COOKIE } from '#platform/authenticate';

/** Hands the session to the browser: no script reads it, no other site sends it. */
export const giveCookie = (req: FastifyRequest, reply: FastifyReply, token: string) =>
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: req.protocol === 'https',
    maxAge: 7 * 86_400,
  });

export const takeCookie = (reply: FastifyReply) => reply.clearCookie(SESSION_COOKIE, { path: '/' });

/** The session's token, from wherever the caller put it. */
export const tokenOf = (req: FastifyRequest): string =>
  /^Bearer +(\S+)/i.exec(req.headers.authorization ?? '')?.[1] ?? cookieOf(req, SESSION_COOKIE) ?? '';
