import { createHash } from 'node:crypto';
import { createReadStream, watch } from 'node:fs';
import { access, constants, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Desk, Kind, Look, Place, Why } from '#feed';
import type { FolderSettings } from '#feed/contract';
import { refusedFile } from './refused.ts';
import { pause, trouble, why } from './say.ts';
import { countIn, listFolder, marksOf, readChk, restKeeper } from './whole.ts';

type Settings = Required<Pick<FolderSettings, 'done' | 'rejected'>> & FolderSettings;
type FolderDesk = Desk<FolderSettings>;
type Rest = ReturnType<typeof restKeeper>;

const AT_ONCE = 1_000;
const LOOK_ROWS = 5;
const none = { accepted: 0, duplicates: 0, conflicts: 0, rejected: 0 };

const complete = (s: FolderSettings): Settings => ({
  ...s,
  done: s.done ?? join(s.folder, 'done'),
  rejected: s.rejected ?? join(s.folder, 'rejected'),
});

/**
 * A watched folder. A file is taken when it is whole, once per content, and then moved to `done`; one that cannot be read, or whose `.chk` names another
 * number of rows, to `rejected`. Killed anywhere, it is taken again from its beginning, which adds nothing.
 */
export const folder: Kind<FolderSettings> = {
  async look(place) {
    const s = complete(place.settings);
    await usable(s.folder, constants.R_OK);
    const { files } = await listFolder(s.folder, s.pattern);
    const [name] = files;
    return name === undefined ? { found: null, rows: [] } : firstRows(place, join(s.folder, name), name);
  },
  async work(desk) {
    const s = complete(desk.settings);
    await usable(s.folder, constants.R_OK | constants.W_OK);
    for (const one of [s.done, s.rejected]) await mkdir(one, { recursive: true }).catch((e) => away(one, e));
    if (desk.replayFrom !== null) {
      await replay(desk, s, desk.replayFrom);
      if (!desk.signal.aborted) await desk.replayed();
    }
    const rest = restKeeper(s.folder);
    const hint = hinted(s.folder, desk.signal);
    while (!desk.signal.aborted) {
      await turn(desk, s, rest);
      await hint.orAfter(s.pollSeconds * 1_000);
    }
  },
};

const away = (at: string, e: unknown): never => {
  throw trouble('feed.folder-away', { folder: at, why: why(e) });
};

async function usable(at: string, mode: number): Promise<void> {
  await access(at, mode).catch((e) => away(at, e));
  if (!(await stat(at)).isDirectory()) throw trouble('feed.folder-away', { folder: at, why: 'it is no folder' });
}

async function firstRows(place: Place<FolderSettings>, path: string, name: string): Promise<Look> {
  const rows = [];
  try {
    for await (const row of place.map.file(path)) {
      rows.push(row);
      if (rows.length === LOOK_ROWS || place.signal.aborted) break;
    }
  } catch (e) {
    throw trouble('feed.file-unreadable', { why: why(e) });
  }
  return { found: name, rows };
}

/** The system's hint that something changed; where there is none, or it is missed (network folders), the pause ends by itself. */
function hinted(at: string, signal: AbortSignal) {
  let ring = new AbortController();
  try {
    watch(at, { signal, persistent: false }, () => ring.abort()).on('error', () => undefined);
  } catch {
    // Polling alone, then.
  }
  return {
    async orAfter(ms: number): Promise<void> {
      await pause(ms, signal, ring.signal);
      if (!ring.signal.aborted) return;
      await pause(100, signal); // what comes together is looked at together
      ring = new AbortController();
    },
  };
}

/** One look at everything in the folder. */
async function turn(desk: FolderDesk, s: Settings, rest: Rest): Promise<void> {
  const { files, marks } = await listFolder(s.folder, s.pattern).catch((e) => away(s.folder, e));
  for (const name of await desk.files.here(files)) await moveMarks(s.folder, s.done, marksOf(name, marks));
  rest.only(files);
  let waiting = 0;
  let last: string | null = null;
  for (const name of files) {
    if (desk.signal.aborted) return;
    const beside = marksOf(name, marks);
    const is = await rest.look(name, beside, Date.now());
    if (is === undefined) continue;
    const outcome = await settle(desk, s, { name, marks: beside, ...is });
    if (outcome === 'taken') last = name;
    if (typeof outcome === 'string') continue;
    waiting++;
    await desk.files.waits(name, is.size, outcome);
  }
  await desk.looked({ position: last, waiting });
}

interface Dropped {
  readonly name: string;
  readonly marks: readonly string[];
  readonly size: number;
  readonly restedMs: number;
}

type Outcome = 'taken' | 'rejected' | Why;

/** Takes or rejects the file, or answers why it waits. */
async function settle(desk: FolderDesk, s: Settings, file: Dropped): Promise<Outcome> {
  const path = join(s.folder, file.name);
  const rests = file.restedMs >= s.restSeconds * 1_000;
  const growing: Why = { code: 'feed.file-growing', details: { seconds: s.restSeconds } };
  if (file.marks.length === 0 && s.whole === 'mark') return { code: 'feed.file-unmarked', details: {} };
  if (file.marks.length === 0 && !rests) return growing;
  const sha256 = await digestOf(path);
  if ((await sizeOf(path)) !== file.size) return growing;
  const known = await desk.files.known(sha256);
  if (known !== undefined && (known.rows !== 0 || known.name === file.name)) {
    await putAway(desk, s, file, known, sha256);
    return 'taken';
  }
  try {
    const wrong = await miscount(desk, s, file);
    if (wrong !== undefined) return rests ? await reject(desk, s, file, wrong) : wrong;
    return await take(desk, s, file, sha256);
  } catch (e) {
    if (!isOfFile(e)) throw e;
    const unreadable: Why = { code: 'feed.file-unreadable', details: { why: e.message.replaceAll(path, file.name).replace(/\.$/, '') } };
    return rests ? reject(desk, s, file, unreadable) : unreadable;
  }
}

/** The readers' own errors: this file is at fault (or its map does not fit it), not the store or the network. */
const isOfFile = (e: unknown): e is Error => e instanceof Error && ('unreadable' in e || 'badMap' in e);

/** What the `.chk` says against the file, if there is one. */
async function miscount(desk: FolderDesk, s: Settings, { name, marks, size }: Dropped): Promise<Why | undefined> {
  const chk = marks.find((one) => /\.chk$/i.test(one));
  if (chk === undefined) return undefined;
  const said = countIn(await readChk(join(s.folder, chk)), size);
  if (said === undefined) return { code: 'feed.file-chk', details: {} };
  const found = size === 0 ? 0 : await desk.map.countRows(join(s.folder, name));
  return said === found ? undefined : { code: 'feed.file-count', details: { said, found } };
}

async function take(desk: FolderDesk, s: Settings, file: Dropped, sha256: string): Promise<Outcome> {
  const path = join(s.folder, file.name);
  const id = await desk.files.begins(file.name, file.size, sha256);
  const sum = file.size === 0 ? { rows: 0, ...none } : await readAll(desk, s, path, file.name);
  if (sum === undefined || (await sizeOf(path)) !== file.size) return { code: 'feed.file-growing', details: { seconds: s.restSeconds } };
  const kept = await freeName(s.done, file.name);
  await desk.files.taken(id, kept, sum.rows, sum);
  await moveAll(s.folder, s.done, file, kept);
  await desk.files.moved(id);
  return 'taken';
}

/** All rows of a file to the desk; refused ones into FILE.rejected.ndjson. Undefined when the signal came before its end. */
async function readAll(desk: FolderDesk, s: Settings, path: string, name: string) {
  const sum = { rows: 0, ...none };
  const refused = refusedFile(join(s.rejected, `${name}.rejected.ndjson`));
  let rows: Parameters<FolderDesk['take']>[0][number][] = [];
  const hand = async () => {
    const taken = await desk.take(rows);
    sum.rows += rows.length;
    for (const one of ['accepted', 'duplicates', 'conflicts', 'rejected'] as const) sum[one] += taken[one];
    await refused.write(taken.refused);
    rows = [];
  };
  try {
    for await (const row of desk.map.file(path)) {
      rows.push(row);
      if (rows.length >= AT_ONCE) await hand();
      if (desk.signal.aborted) return undefined;
    }
    if (rows.length > 0) await hand();
    await refused.end();
  } finally {
    await refused.drop();
  }
  return sum;
}

/** A file whose content was taken before: the same one whose move was cut short, or the content once more. Files without rows are all alike and no copies. */
async function putAway(
  desk: FolderDesk,
  s: Settings,
  file: Dropped,
  known: NonNullable<Awaited<ReturnType<FolderDesk['files']['known']>>>,
  sha256: string,
): Promise<void> {
  if (known.state === 'taken' && known.name === file.name && known.kept !== null) {
    await moveAll(s.folder, s.done, file, known.kept);
    return desk.files.moved(known.id);
  }
  const kept = await freeName(s.done, file.name);
  await moveAll(s.folder, s.done, file, kept);
  await desk.files.same(file.name, file.size, sha256, kept, known.name);
}

async function reject(desk: FolderDesk, s: Settings, file: Dropped, wrong: Why): Promise<Outcome> {
  const kept = await freeName(s.rejected, file.name);
  await desk.files.rejects(file.name, file.size, kept, wrong);
  await moveAll(s.folder, s.rejected, file, kept);
  return 'rejected';
}

/** Reads again what was taken at that time or later and still lies in `done`. */
async function replay(desk: FolderDesk, s: Settings, from: number): Promise<void> {
  for (const name of await desk.files.takenSince(from)) {
    if (desk.signal.aborted) return;
    const path = join(s.done, name);
    if ((await sizeOf(path)) === undefined) continue;
    await readAll(desk, s, path, name).catch((e) => {
      if (!isOfFile(e)) throw e;
    });
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const sizeOf = async (path: string): Promise<number | undefined> => (await stat(path).catch(() => undefined))?.size;

/** The name, with a number when a file of that name is kept already. */
async function freeName(at: string, name: string): Promise<string> {
  for (let n = 1, one = name; ; one = `${name}.${++n}`) if ((await sizeOf(join(at, one))) === undefined) return one;
}

/** The file under its new name, its marks beside it. */
async function moveAll(from: string, to: string, file: Dropped, kept: string): Promise<void> {
  await move(join(from, file.name), join(to, kept));
  await moveMarks(from, to, file.marks);
}

async function moveMarks(from: string, to: string, marks: readonly string[]): Promise<void> {
  for (const mark of marks) await move(join(from, mark), join(to, mark));
}

/** A rename; between two disks a copy and a removal. What is gone already was moved before. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENOENT' && (await sizeOf(from)) === undefined) return;
    if (code !== 'EXDEV') throw e;
    await copyFile(from, to);
    await rm(from);
  }
}
