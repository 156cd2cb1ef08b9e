import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Values that must never stand in a log, wherever a careless line puts them. */
const PERSONAL = ['person', 'phone', 'idNumber', 'name', 'address', 'serviceNumber', 'authorization', 'cookie', 'password', 'token'];
const PATHS = [
  ...PERSONAL,
  ...PERSONAL.map((p) => `*.${p}`),
  ...PERSONAL.map((p) => `*.*.${p}`),
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  'keys.serviceNumber',
  '*.keys.serviceNumber',
];

/**
 * The program's log: one JSON line each on standard output, personal values struck out. On a terminal, where a person reads the
 * progress lines instead, only warnings and worse.
 */
export function makeLog(level = process.env.NODE_ENV === 'test' ? 'silent' : process.stdout.isTTY ? 'warn' : 'info'): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: PATHS, censor: '[struck out]' },
  });
}
