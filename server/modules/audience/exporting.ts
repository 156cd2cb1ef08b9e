import { customersByOrdinal } from '#customer';
import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Db } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { BLOCK } from '#tag';
import { dateOf } from './bounds.ts';
import { all, othersThan } from './compile.ts';
import type { Export } from './contract.ts';
import * as exports from './export-store.ts';
import type { NamedTag } from './model.ts';
import type { Plan } from './plan.ts';
import { ask, type Caller, type Desk, type Question, within } from './service.ts';
import { valuesSql } from './sql.ts';
import * as store from './store.ts';

/** Audiences taken out as files: only columns that the purpose allows, never of a handful of people, marked, for a week, and written down. */

/** Of fewer people a file says too much of each. */
const LEAST = 50;
const MOST = 500_000;
const KEPT_MS = 7 * 86_400_000;
const QUIET = 'doNotDisturb';

/** Asks for a file. Refuses columns that are not there or that the purpose does not allow, and audiences that are too small or too large. */
export async function askExport(
  ctx: Ctx,
  desk: Desk,
  caller: Caller,
  wanted: { id: string; columns: readonly string[]; purpose: exports.ExportRow['purpose']; reason: string },
): Promise<string | Refusal> {
  const row = await store.findAudience(ctx.tx, caller.viewer, wanted.id);
  if (row === undefined) return refuse('thing.not-found');
  const drawn = await draw(desk, caller, { definition: row.definition, ...wanted });
  if (isRefusal(drawn)) return drawn;
  const { tx, now, actor } = ctx;
  const id = await exports.addExport(tx, {
    audience: row.id,
    version: row.version,
    columns: [...new Set(wanted.columns)],
    purpose: wanted.purpose,
    reason: wanted.reason,
    owner: actor.id,
    owner_name: actor.name,
    areas: actor.areas === 'all' ? null : actor.areas,
    made_at: now,
  });
  const details = { audience: row.id, version: row.version, columns: wanted.columns, purpose: wanted.purpose };
  await audit(ctx, 'audience.export-asked', `export:${id}`, { reason: wanted.reason, details });
  return id;
}

interface Drawn {
  readonly tags: readonly NamedTag[];
  readonly people: Plan;
  readonly quiet: number;
}

/** Who goes into the file and which columns: for marketing without those on the do-not-disturb list. */
async function draw(
  desk: Desk,
  caller: Caller,
  { definition, columns, purpose }: { definition: unknown; columns: readonly string[]; purpose: string },
): Promise<Drawn | Refusal> {
  const question = await ask(desk, caller, definition, { wording: 'saved' });
  if (isRefusal(question)) return question as Refusal;
  const { catalogue } = question as Question;
  const tags: NamedTag[] = [];
  for (const name of new Set(columns)) {
    const tag = catalogue.tags.get(name);
    if (tag === undefined || !tag.purposes.includes(purpose)) return refuse('audience.column-not-allowed', { tag: name });
    tags.push(tag);
  }
  const inside = within(question as Question);
  const quiet = purpose === 'marketing' ? catalogue.tags.get(QUIET) : undefined;
  const open = quiet === undefined ? inside : all([inside, othersThan({ op: 'flag', tag: quiet.id, side: 'yes' })]);
  const [before, after] = await Promise.all([desk.size(inside), desk.size(open)]);
  if (after < LEAST) return refuse('audience.too-few', { least: LEAST });
  if (after > MOST) return refuse('audience.too-many', { most: MOST });
  return { tags, people: open, quiet: before - after };
}

/** Makes the files that are asked for, one after the other; answers how many. Several copies of the program share the work. */
export async function workExports(db: Db, vault: Vault, desk: Desk, actor: Actor): Promise<number> {
  for (let made = 0; ; made++) {
    const at: { row?: exports.ExportRow | undefined } = {};
    try {
      await db.inTx(actor, async (ctx) => {
        at.row = await exports.takeExport(ctx.tx);
        if (at.row === undefined) return;
        const problem = await makeFile(ctx, vault, desk, at.row);
        if (problem !== null) await exports.endExport(ctx.tx, failed(at.row, problem, ctx.now));
      });
    } catch (e) {
      if (at.row === undefined) throw e;
      await exports.endExport(db, failed(at.row, 'audience.export-failed', Date.now())); // whoever asked may ask again; those behind must not wait
    }
    if (at.row === undefined) return made;
  }
}

const failed = ({ id }: exports.ExportRow, code: string, now: number) =>
  ({ id, state: 'failed', code, people: null, quiet: null, ended_at: now, expires_at: null }) as const;

/** The file in sealed parts, one for each block of customers. Answers what it failed of, or null. */
async function makeFile(ctx: Ctx, vault: Vault, desk: Desk, row: exports.ExportRow): Promise<string | null> {
  const version = await store.versionOf(ctx.tx, row.audience, row.version);
  const asker: Actor = { kind: 'staff', id: row.owner, name: row.owner_name, rights: new Set(), areas: row.areas ?? 'all' };
  const caller: Caller = { actor: asker, viewer: { id: row.owner, units: null, all: true }, lang: 'zh' };
  const drawn = await draw(desk, caller, { definition: version?.definition, columns: row.columns, purpose: row.purpose });
  if (isRefusal(drawn)) return drawn.code;
  const { tags, people, quiet } = drawn as Drawn;
  const blocks = Map.groupBy(await desk.engine.members(people, MOST), (o) => Math.floor(o / BLOCK));
  await exports.addPart(ctx.tx, row.id, 0, vault.seal(`\ufeff${lineOf(['customer', ...tags.map((t) => t.name), 'export'])}`));
  let written = 0;
  for (const [i, [block, members]] of [...blocks].entries()) {
    const ids = new Map((await customersByOrdinal(ctx.tx, members, asker.areas)).map((c) => [c.ordinal, c.id]));
    const { text, values } = valuesSql(tags, block, members);
    const rows = await ctx.tx.query<Record<string, number | null>>('', text, [...values]);
    const lines = rows.flatMap((r) => {
      const id = ids.get(r.ordinal as number);
      return id === undefined ? [] : [lineOf([id, ...tags.map((t) => cellOf(t, r[`t${t.id}`] ?? null)), row.id])];
    });
    written += lines.length;
    await exports.addPart(ctx.tx, row.id, i + 1, vault.seal(lines.join('')));
  }
  const expires_at = ctx.now + KEPT_MS;
  await exports.endExport(ctx.tx, { id: row.id, state: 'done', code: null, people: written, quiet, ended_at: ctx.now, expires_at });
  return null;
}

/** A value as people write it; what is unknown stays empty. */
function cellOf(tag: NamedTag, units: number | null): string {
  if (units === null) return '';
  if (tag.kind === 'flag') return units === 1 ? '1' : '0';
  if (tag.kind === 'oneOf') return tag.values[units - 1] ?? '';
  return tag.kind === 'date' ? dateOf(units) : (units / 10 ** tag.scale).toFixed(tag.scale);
}

/** A cell that a spreadsheet would take for a formula is marked as text; numbers are not. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** Whose exports a caller may see: his own; whoever has every right, everybody's. */
export const ownerOf = (actor: Actor): string | null => (actor.rights === 'all' ? null : actor.id);

/** The file's text, part by part. Written down before the first part. Refuses `thing.not-found`, `audience.export-over`. */
export async function takeFile(ctx: Ctx, id: string): Promise<exports.ExportRow | Refusal> {
  const row = await exports.findExport(ctx.tx, ownerOf(ctx.actor), id);
  if (row === undefined) return refuse('thing.not-found');
  if (row.state !== 'done' || (row.expires_at ?? 0) <= ctx.now) return refuse('audience.export-over');
  await audit(ctx, 'audience.export-taken', `export:${id}`, { details: { people: row.people } });
  return row;
}

export async function* textOf(db: Db, vault: Vault, id: string): AsyncGenerator<string> {
  for (let part = 0; ; part++) {
    const sealed = await exports.partOf(db, id, part);
    if (sealed === undefined) return;
    yield vault.open(sealed);
  }
}

export const exportView = (e: exports.ExportRow, say: (r: Refusal) => string): Export => ({
  id: e.id,
  audience: e.audience,
  version: e.version,
  columns: [...e.columns],
  purpose: e.purpose,
  reason: e.reason,
  owner: { id: e.owner, name: e.owner_name },
  state: e.state,
  problem: e.code === null ? null : { code: e.code, message: say(refuse(e.code, { least: LEAST, most: MOST })) },
  people: e.people,
  quiet: e.quiet,
  createdAt: new Date(e.made_at).toISOString(),
  expiresAt: e.expires_at === null ? null : new Date(e.expires_at).toISOString(),
});
