import { z } from 'zod';
import { SourceId } from '#source/contract';

export const KINDS = ['folder', 'postgres', 'nats'] as const;
export type FeedKind = (typeof KINDS)[number];

const seconds = (most: number, usual: number) => z.number().int().min(1).max(most).default(usual);
const Folder = z
  .string()
  .max(1_000)
  .regex(/^\/(?!.*\0)/, 'an absolute path');
const Name = z.string().min(1).max(200);

/** A pattern with a group is a pattern whose match has a second member. */
function isSequence(text: string): boolean {
  try {
    return (new RegExp(`${text}|`).exec('')?.length ?? 0) > 1;
  } catch {
    return false;
  }
}

/** A watched folder. `whole: mark`: nothing is taken without a `.chk` or `.ok` beside it. `sequence`: names' running number is its group `number`, or the first. */
export const FolderSettings = z.strictObject({
  folder: Folder,
  done: Folder.optional(),
  rejected: Folder.optional(),
  pattern: Name.default('*'),
  whole: z.enum(['any', 'mark']).default('any'),
  restSeconds: seconds(86_400, 30),
  pollSeconds: seconds(3_600, 5),
  sequence: z.string().max(200).refine(isSequence, 'a regular expression with one group').optional(),
});
export type FolderSettings = z.infer<typeof FolderSettings>;

/** A table or view. `cursor`: a column that only grows (a number or a time); `overlap`: how far behind it is read again always, numbers or seconds. */
export const PostgresSettings = z.strictObject({
  url: z
    .string()
    .max(2_000)
    .regex(/^postgres(?:ql)?:\/\/\S+$/, 'postgresql://user@host:5432/database'),
  password: z.string().max(1_000).nullish(),
  relation: z.string().min(1).max(200),
  cursor: z.string().min(1).max(63),
  key: z.array(z.string().min(1).max(63)).max(8).default([]),
  overlap: z.number().int().min(0).max(1_000_000_000).optional(),
  pollSeconds: seconds(3_600, 5),
});
export type PostgresSettings = z.infer<typeof PostgresSettings>;

/**
 * A JetStream stream. `begin`: which messages a new durable consumer begins with; `ackWaitSeconds`: after that long
 * without an acknowledgement a message comes again (both hold when the consumer is made).
 */
export const NatsSettings = z.strictObject({
  servers: z
    .array(
      z
        .string()
        .max(300)
        .regex(/^(?:(?:nats|tls):\/\/)?[^@\s/]+$/, 'nats://host:4222'),
    )
    .min(1)
    .max(16),
  stream: Name,
  subject: Name.optional(),
  durable: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  begin: z.enum(['all', 'new']).default('all'),
  ackWaitSeconds: seconds(3_600, 30),
  user: Name.optional(),
  password: z.string().max(1_000).nullish(),
  token: z.string().max(2_000).nullish(),
  creds: z.string().max(10_000).nullish(),
});
export type NatsSettings = z.infer<typeof NatsSettings>;

export const SETTINGS = { folder: FolderSettings, postgres: PostgresSettings, nats: NatsSettings };

const common = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: Name.optional(),
  source: SourceId,
  /** As MAP.yaml of `glasshouse import`, as YAML or as an object; its `source` may be left out. */
  map: z.union([z.string().min(1).max(100_000), z.record(z.string(), z.unknown())]),
  paused: z.boolean().default(false),
};
export const NewFeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), ...common, settings: FolderSettings }),
  z.strictObject({ kind: z.literal('postgres'), ...common, settings: PostgresSettings }),
  z.strictObject({ kind: z.literal('nats'), ...common, settings: NatsSettings }),
]);
export type NewFeed = z.infer<typeof NewFeed>;

/** `settings`: what is named changes, null takes it out, the rest stays; so a secret that is not sent stays too. */
export const FeedChange = z.strictObject({
  name: Name.optional(),
  paused: z.boolean().optional(),
  map: common.map.optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
});
export type FeedChange = z.infer<typeof FeedChange>;

export const Replay = z.strictObject({ from: z.iso.datetime({ offset: true }) });

const Said = z.object({ code: z.string(), message: z.string() });
const Time = z.string().nullable();

/** Numbers of a series that never came: `from` to `to`, both ends included. */
export const Gap = z.object({ series: z.string(), from: z.number(), to: z.number() });
export type Gap = z.infer<typeof Gap>;

export const Feed = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(KINDS),
  source: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** Names of the settings that are kept sealed and not shown. */
  secrets: z.array(z.string()),
  map: z.string(),
  paused: z.boolean(),
  createdAt: z.string(),
  state: z.enum(['running', 'paused', 'failing']),
  error: Said.extend({ since: z.string() }).nullable(),
  lastHeardAt: Time,
  lastLookAt: Time,
  lagSeconds: z.number().nullable(),
  accepted: z.number(),
  duplicates: z.number(),
  conflicts: z.number(),
  rejected: z.number(),
  /** How far it has read: a file's name, a cursor's value, a message's number. */
  position: z.string().nullable(),
  /** What is there and not yet taken: files, messages; null where nobody can say. */
  waiting: z.number().nullable(),
  replayingFrom: Time,
  files: z.object({ waiting: z.number(), done: z.number(), rejected: z.number() }).nullable(),
  gaps: z.array(Gap),
});
export type Feed = z.infer<typeof Feed>;

export const FeedFile = z.object({
  id: z.number(),
  name: z.string(),
  size: z.number(),
  state: z.enum(['waiting', 'taking', 'taken', 'done', 'rejected', 'same']),
  why: Said.nullable(),
  rows: z.number().nullable(),
  accepted: z.number(),
  duplicates: z.number(),
  conflicts: z.number(),
  rejected: z.number(),
  seenAt: z.string(),
  takenAt: Time,
});
export type FeedFile = z.infer<typeof FeedFile>;

/** `raw`: the row as it stood; only for who may reveal personal data. */
export const FeedRefusal = z.object({
  at: z.string(),
  place: z.string(),
  code: z.string(),
  message: z.string(),
  raw: z.string().nullable(),
});
export type FeedRefusal = z.infer<typeof FeedRefusal>;

/** A dry look: what the first rows would become. `found`: what was looked at. */
export const FeedLook = z.object({
  found: z.string().nullable(),
  rows: z.array(z.object({ line: z.number(), event: z.record(z.string(), z.unknown()).nullable(), problem: Said.nullable() })),
});
export type FeedLook = z.infer<typeof FeedLook>;
