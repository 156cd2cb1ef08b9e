import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Everything that can be set from outside, read once at start. A flag beats the environment; an empty variable counts as not set. */
export interface Config {
  /** The root folder of the project, absolute. */
  readonly repo: string;
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Absent: the embedded store. */
  readonly databaseUrl?: string;
  readonly demo: boolean;
  /** Demo only: simulated seconds per second, and the seed of its chances. */
  readonly speed: number;
  readonly seed: number;
  readonly adminToken?: string;
  /** 32 bytes; protects personal data. */
  readonly key: Buffer;
  /** The operator's IANA time zone. */
  readonly zone: string;
  /** The operator's customer service, as customers dial it. */
  readonly hotline?: string;
  readonly datasets: string;
  readonly limits: 'on' | 'off';
  /** For the command line: the server it speaks to, and with which token. */
  readonly url?: string;
  readonly token?: string;
  /** Sentences for the person who starts the program. */
  readonly notices: readonly string[];
}

/** Values of the command line as typed. `data` is relative to the current folder, `GLASSHOUSE_DATA` to the project. */
export interface Flags {
  readonly port?: string;
  readonly data?: string;
  readonly demo?: boolean;
  readonly speed?: string;
  readonly seed?: string;
}

/** Whoever starts the program set something wrong: one sentence that names it, no stack. */
export class BadSetting extends Error {}

/** A number nobody can own. */
const DEMO_HOTLINE = '12000010010';

/** The root folder of the project. */
export const REPO = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
const hasProtocol = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);
const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((n) => n <= max);

const Settings = z.object({
  PORT: whole(65_535).default(8080).describe('must be a port number, 0 to 65535'),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_%-]{1,255}$/)
    .default('127.0.0.1')
    .describe('must be a host name or an address'),
  GLASSHOUSE_DATA: z.string().default('./data').describe('must be a folder'),
  DATABASE_URL: z
    .string()
    .refine((u) => hasProtocol(u, ['postgres:', 'postgresql:']))
    .optional()
    .describe('must look like postgresql://user:password@host:5432/database'),
  GLASSHOUSE_DEMO: z.enum(['0', '1']).default('0').describe('must be 0 or 1'),
  GLASSHOUSE_ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,512}$/)
    .optional()
    .describe('must be at least 16 characters, without spaces'),
  GLASSHOUSE_KEY: z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((b) => b.length === 32)
    .optional()
    .describe('must be 32 bytes in base64 (make one: openssl rand -base64 32)'),
  GLASSHOUSE_ZONE: z.string().refine(isZone).default('Asia/Shanghai').describe('must be a time zone such as Asia/Shanghai'),
  GLASSHOUSE_HOTLINE: z
    .string()
    .regex(/^\+?\d[\d -]{1,19}$/)
    .optional()
    .describe('must be a telephone number'),
  GLASSHOUSE_DATASETS: z.string().default('../shared/data').describe('must be a folder'),
  GLASSHOUSE_LIMITS: z.enum(['on', 'off']).default('on').describe('must be on or off'),
  GLASSHOUSE_URL: z
    .string()
    .refine((u) => hasProtocol(u, ['http:', 'https:']))
    .optional()
    .describe('must look like http://127.0.0.1:8080'),
  GLASSHOUSE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/)
    .optional()
    .describe('must be a token'),
  speed: z
    .string()
    .regex(/^\d{1,6}(\.\d+)?$/)
    .transform(Number)
    .refine((n) => n > 0)
    .default(1)
    .describe('must be a number above 0'),
  seed: whole(4_294_967_295).default(1).describe('must be a whole number'),
});

/** Throws `BadSetting` that names the variable or the flag. Makes the data folder and the key file where the embedded store needs them. */
export function readConfig(flags: Flags, env: Readonly<Record<string, string | undefined>>): Config {
  const set = readSettings(flags, env);
  const dataDir = flags.data === undefined ? path.resolve(REPO, set.GLASSHOUSE_DATA) : path.resolve(flags.data);
  if (set.GLASSHOUSE_LIMITS === 'off' && !isLoopback(set.HOST)) {
    throw new BadSetting(`GLASSHOUSE_LIMITS=off is for benchmarks: it is refused while HOST is ${set.HOST}, which others can reach.`);
  }
  const { key, notices } = set.GLASSHOUSE_KEY === undefined ? keyOf(dataDir, set.DATABASE_URL) : { key: set.GLASSHOUSE_KEY, notices: [] };
  const demo = flags.demo ?? set.GLASSHOUSE_DEMO === '1';
  return {
    repo: REPO,
    port: set.PORT,
    host: set.HOST,
    dataDir,
    databaseUrl: set.DATABASE_URL,
    demo,
    speed: set.speed,
    seed: set.seed,
    adminToken: set.GLASSHOUSE_ADMIN_TOKEN,
    key,
    zone: set.GLASSHOUSE_ZONE,
    hotline: set.GLASSHOUSE_HOTLINE ?? (demo ? DEMO_HOTLINE : undefined),
    datasets: path.resolve(REPO, set.GLASSHOUSE_DATASETS),
    limits: set.GLASSHOUSE_LIMITS,
    url: set.GLASSHOUSE_URL,
    token: set.GLASSHOUSE_TOKEN,
    notices,
  };
}

/** The settings alone, checked, without touching the disk. Throws `BadSetting`. */
export function readSettings(flags: Flags, env: Readonly<Record<string, string | undefined>>): z.infer<typeof Settings> {
  const known = Object.keys(Settings.shape).filter((name) => /^[A-Z]/.test(name));
  const unknown = Object.keys(env).find((name) => name.startsWith('GLASSHOUSE_') && !known.includes(name));
  if (unknown !== undefined) {
    throw new BadSetting(`${unknown} is not a setting of Glasshouse. There are ${known.join(', ')}.`);
  }
  const given = Object.fromEntries(known.map((name) => [name, env[name] === '' ? undefined : env[name]]));
  const out = Settings.safeParse({
    ...given,
    ...(flags.port === undefined ? {} : { PORT: flags.port }),
    speed: flags.speed,
    seed: flags.seed,
  });
  if (out.success) return out.data;
  const name = String(out.error.issues[0]?.path[0]) as keyof typeof Settings.shape;
  const flag = name === 'speed' || name === 'seed' ? `--${name}` : name === 'PORT' && flags.port !== undefined ? '--port' : undefined;
  throw new BadSetting(`${flag ?? name} ${Settings.shape[name].description}.`);
}

/** True for addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** Makes the data folder and what is missing above it. Throws `BadSetting`. Not by `recursive`, which tries for ever where nothing can be made (/proc). */
export function makeDataDir(dataDir: string): void {
  if (fs.existsSync(dataDir)) return;
  const above = path.dirname(dataDir);
  if (above !== dataDir) makeDataDir(above);
  try {
    fs.mkdirSync(dataDir, { mode: 0o711 });
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new BadSetting(`The data folder cannot be made (${(e as Error).message}). Name another with --data or GLASSHOUSE_DATA.`);
  }
}

function keyOf(dataDir: string, databaseUrl: string | undefined): { key: Buffer; notices: string[] } {
  if (databaseUrl !== undefined) {
    throw new BadSetting(
      'GLASSHOUSE_KEY is needed with DATABASE_URL: 32 bytes in base64 that protect personal data (make one: openssl rand -base64 32). Keep it: without it nobody can read them again.',
    );
  }
  const file = path.join(dataDir, 'key');
  if (fs.existsSync(file)) {
    const key = Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'base64');
    if (key.length !== 32)
      throw new BadSetting(`${file} is not a key of 32 bytes in base64. Put the right one back: personal data cannot be read without it.`);
    return { key, notices: [] };
  }
  makeDataDir(dataDir);
  const key = randomBytes(32);
  const making = `${file}.${process.pid}`;
  fs.writeFileSync(making, `${key.toString('base64')}\n`, { mode: 0o600, flush: true });
  fs.renameSync(making, file); // whole or not at all: half a key would lock the data away
  return {
    key,
    notices: [
      `A key that protects personal data was made in ${file}. Keep a copy apart from the data: without it nobody can read them again.`,
    ],
  };
}
