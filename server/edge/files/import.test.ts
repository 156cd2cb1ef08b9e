import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { FileEvent } from './event.ts';
import { aFile } from './fixtures.ts';
import { runImport } from './import.ts';

type Story = { events: Map<string, FileEvent>; calls: { path: string; headers: IncomingMessage['headers']; body: string }[] };
type Trouble = (call: number, response: ServerResponse) => boolean;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.restoreAllMocks();
});

/** A server with the three doors an import uses; `trouble` may answer a POST of events in its place. Refuses the type `refused`. */
async function aServer(trouble: Trouble = () => false) {
  const story: Story = { events: new Map(), calls: [] };
  let posts = 0;
  const answer = (path: string, body: string, response: ServerResponse): object | undefined => {
    if (path === '/api/imports') return { import: 'token 1', scenario: null };
    if (path.startsWith('/api/imports/')) return { journeys: new Set([...story.events.values()].map((one) => one.keys.order)).size };
    if (trouble(++posts, response)) return undefined;
    const counts = { accepted: 0, duplicates: 0, conflicts: 0, rejected: [] as object[], rejectedTotal: 0 };
    body
      .trimEnd()
      .split('\n')
      .forEach((line, at) => {
        take(JSON.parse(line), at + 1, counts);
      });
    return counts;
  };
  const take = (
    event: FileEvent,
    line: number,
    counts: { accepted: number; duplicates: number; rejected: object[]; rejectedTotal: number },
  ) => {
    if (event.type === 'refused')
      counts.rejectedTotal = counts.rejected.push({ line, code: 'event.foreign-source', message: 'Not yours.' });
    else if (story.events.has(event.id ?? '')) counts.duplicates++;
    else {
      story.events.set(event.id ?? '', event);
      counts.accepted++;
    }
  };
  const server = createServer(async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('');
    const path = request.url ?? '';
    story.calls.push({ path, headers: request.headers, body });
    const said = answer(path, body, response);
    if (said) response.end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { story, env: { GLASSHOUSE_URL: url, GLASSHOUSE_TOKEN: 'a-token' } };
}

async function run(argv: string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  const code = await runImport(argv, env);
  vi.restoreAllMocks();
  const lines = out.join('').trimEnd().split('\n');
  return { code, lines, summary: lines.at(-1)?.startsWith('{') ? JSON.parse(lines.at(-1) ?? '') : undefined, err: err.join('') };
}

const map = aFile('map.yaml', 'source: shop\nzone: Asia/Shanghai\ncolumns: { key.order: order, type: step, time: at }');
const rows = (count: number, step = 'done') => Array.from({ length: count }, (_, at) => `SO-${at % 50},${step},2026-11-20 09:30:00`);
const csv = (lines: string[]) => aFile('log.csv', `order,step,at\n${lines.join('\n')}\n`);

test('an import says what it did, and a second one adds nothing', async () => {
  const { story, env } = await aServer();
  const file = csv([...rows(2500), 'SO-1,,2026-11-20 09:30:00', 'SO-2,refused,2026-11-20 09:30:00']);
  const first = await run([file, '--map', map], env);
  expect(first.code).toBe(0);
  expect(first.summary).toEqual({ events: 2500, journeys: 50, duplicates: 0, conflicts: 0, rejected: 2, seconds: expect.any(Number) });
  expect(Object.keys(first.summary)).toEqual(['events', 'journeys', 'duplicates', 'conflicts', 'rejected', 'seconds']);
  const second = await run([file, '--map', map], env);
  expect(second.summary).toMatchObject({ events: 0, journeys: 50, duplicates: 2500, rejected: 2 });
  expect(story.calls.filter((one) => one.path === '/api/events').map((one) => one.body.split('\n').length - 1)).toContain(1000);
  expect(story.calls.every((one) => one.headers.authorization === 'Bearer a-token')).toBe(true);
  expect(story.calls.filter((one) => one.path === '/api/events').every((one) => one.headers['x-glasshouse-import'] === 'token 1')).toBe(
    true,
  );
  expect(JSON.parse(story.calls[0]?.body ?? '')).toEqual({
    source: 'shop',
    name: 'shop',
    zone: 'Asia/Shanghai',
    scenario: null,
    objects: { root: 'order', parts: [], assets: [], context: [] },
  });
});

test('refused rows stand in FILE.rejected.ndjson with their line, reason and text; without any there is no such file', async () => {
  const { env } = await aServer();
  const file = csv([...rows(1200), 'SO-1,,2026-11-20 09:30:00', 'SO-2,refused,2026-11-20 09:30:00']);
  const { err } = await run([file, '--map', map], env);
  const refused = readFileSync(`${file}.rejected.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(refused).toEqual([
    { line: 1202, code: 'event.missing-field', message: expect.any(String), raw: 'SO-1,,2026-11-20 09:30:00' },
    { line: 1203, code: 'event.foreign-source', message: 'Not yours.', raw: expect.stringContaining('"order":"SO-2"') },
  ]);
  expect(err).toContain(`${file}.rejected.ndjson`);
  writeFileSync(file, 'order,step,at\n');
  await run([file, '--map', map], env);
  expect(existsSync(`${file}.rejected.ndjson`)).toBe(false);
});

test('--rejected names the folder, made when it is not there; files of one name do not overwrite each other', async () => {
  const { env } = await aServer();
  const folder = join(mkdtempSync(join(tmpdir(), 'glasshouse-rejected-')), 'new');
  const [one, two] = [csv(['SO-1,,x']), csv(['SO-1,,x'])].map((file, at) => {
    const path = join(mkdtempSync(join(tmpdir(), `glasshouse-${at}-`)), 'log.csv');
    writeFileSync(path, readFileSync(file));
    return path;
  }) as [string, string];
  await run([one, two, '--map', map, '--rejected', folder], env);
  expect(existsSync(join(folder, 'log.csv.rejected.ndjson'))).toBe(true);
  expect(existsSync(join(folder, 'log.csv-2.rejected.ndjson'))).toBe(true);
  expect(existsSync(join(dirname(one), 'log.csv.rejected.ndjson'))).toBe(false);
});

test('where refused rows cannot be kept the import stops and says so', async () => {
  const { env } = await aServer();
  const { code, err } = await run([csv(['SO-1,,x']), '--map', map, '--rejected', join(map, 'below-a-file')], env);
  expect(code).toBe(1);
  expect(err).toContain('name a folder with --rejected');
});

test('a busy or broken server is asked again', async () => {
  const { story, env } = await aServer((call, response) => {
    if (call === 1) response.writeHead(503).end('{}');
    else if (call === 2) response.writeHead(429, { 'retry-after': '1' }).end('{}');
    else if (call === 3) response.destroy();
    return call <= 3;
  });
  const { code, summary } = await run([csv(rows(1500)), '--map', map], env);
  expect([code, summary.events, story.events.size]).toEqual([0, 1500, 1500]);
});

test('a server that refuses is one sentence and exit 1', async () => {
  const { env } = await aServer((_, response) => {
    response.writeHead(401).end(JSON.stringify({ code: 'auth.unknown-token', message: 'The token is unknown.' }));
    return true;
  });
  const { code, err, summary } = await run([csv(rows(5)), '--map', map], env);
  expect([code, summary]).toEqual([1, undefined]);
  expect(err).toContain('HTTP 401 auth.unknown-token: The token is unknown.');
  expect((await run([csv(rows(5)), '--map', map], {})).err).toContain('GLASSHOUSE_TOKEN is not set');
});

test.each([
  ['GLASSHOUSE_URL', 'elsewhere'],
  ['GLASSHOUSE_TOKNE', 'a-token'],
])('a setting %s that is none is named', async (name, value) => {
  const env = { GLASSHOUSE_TOKEN: 'a-token', [name]: value };
  await expect(runImport([csv(rows(1)), '--map', map], env)).rejects.toThrow(name);
});

test.each<[string, () => string[], string]>([
  ['no file', () => ['--map', map], 'No file is named.'],
  ['no map', () => [csv([])], '--map MAP.yaml is missing'],
  ['an unknown flag', () => [csv([]), '--map', map, '--fast'], '--fast'],
  ['a map that is not there', () => [csv([]), '--map', '/nowhere.yaml'], '/nowhere.yaml cannot be read'],
  ['a bad map', () => [csv([]), '--map', aFile('map.yaml', 'source: a\nx: 1')], 'unknown field x'],
  ['a second file that is not there', () => [csv(rows(5)), '/nowhere.csv', '--map', map], '/nowhere.csv cannot be read'],
  ['a column that is not there', () => [csv(rows(5)), aFile('b.csv', 'a,b\n'), '--map', map], 'has no column “order”'],
  ['a broken log', () => [aFile('a.xes', '<log><trace></log>'), '--map', map], 'it is no XML'],
])('%s: exit 2, one sentence, nothing sent', async (_, argv, sentence) => {
  const { story, env } = await aServer();
  const { code, err, summary } = await run(argv(), env);
  expect([code, summary, story.calls.length]).toEqual([2, undefined, 0]);
  expect(err).toContain(sentence);
});

test('a dry run sends nothing, writes nothing, and shows what would be', async () => {
  const { story, env } = await aServer();
  const file = csv([...rows(60), 'SO-1,,x']);
  const { code, lines, summary } = await run([file, '--map', map, '--dry-run'], env);
  expect([code, story.calls.length, existsSync(`${file}.rejected.ndjson`)]).toEqual([0, 0, false]);
  expect(summary).toMatchObject({ events: 60, journeys: 50, duplicates: 0, conflicts: 0, rejected: 1 });
  expect(lines.join('\n')).toContain('1 × event.missing-field, first at line 62');
  expect(lines.filter((line) => line.includes('→ {'))).toHaveLength(3);
});

test('scenario auto sends a draft', async () => {
  const { story, env } = await aServer();
  const auto = aFile('map.yaml', `${readFileSync(map, 'utf8')}\nscenario: auto`);
  await run([csv(rows(10)), '--map', auto], env);
  const body = JSON.parse(story.calls[0]?.body ?? '');
  expect(body.draft).toMatchObject({ id: 'shop', root: ['order'], milestones: [{ id: 'done' }] });
  expect(body).not.toHaveProperty('scenario');
});
