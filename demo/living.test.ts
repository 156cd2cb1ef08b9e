import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEMS } from './knows.ts';
import { type CitySettings, startCity } from './living.ts';
import { readState, writeState } from './state.ts';

/** A door that takes everything and remembers it by identity. */
const taken = new Map<string, { text: string; at: number }>();
const tokens = new Map<string, string>();
const order: { source: string; first: number }[] = [];
let lines = 0;
/** Reports that came once more in other words, with all that was ever said under their id. */
const changed = new Map<string, Set<string>>();
let foreign = 0;

const server = http.createServer((req, res) => {
  const parts: Buffer[] = [];
  req.on('data', (part: Buffer) => parts.push(part));
  req.on('end', () => {
    const text = Buffer.concat(parts).toString();
    const bearer = String(req.headers.authorization).slice(7);
    if (req.url === '/api/sources') {
      const { id } = JSON.parse(text) as { id: string };
      tokens.set(`token-${id}`, id);
      return res.writeHead(bearer === 'admin' ? 201 : 403).end(JSON.stringify({ id, token: `token-${id}` }));
    }
    const sent = text.split('\n').map((line) => [line, JSON.parse(line) as { source: string; id?: string; time: string }] as const);
    for (const [line, e] of sent) {
      if (tokens.get(bearer) !== e.source) foreign++;
      const identity = e.id === undefined ? line : `${e.source} ${e.id}`;
      const before = taken.get(identity);
      if (before !== undefined && before.text !== line)
        changed.set(identity, (changed.get(identity) ?? new Set<string>()).add(before.text).add(line));
      taken.set(identity, { text: line, at: Date.parse(/\d$/.test(e.time) && !e.time.includes('+') ? `${e.time}+08:00` : e.time) });
    }
    lines += sent.length;
    order.push({ source: sent[0]![1].source, first: Date.parse(sent[0]![1].time) });
    res.writeHead(200).end(JSON.stringify({ accepted: sent.length, duplicates: 0, conflicts: 0, rejected: [], rejectedTotal: 0 }));
  });
});

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-city-'));
const warnings: string[] = [];
let settings: CitySettings;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  settings = { baseUrl, adminToken: 'admin', speed: 1, seed: 11, zone: 'Asia/Shanghai', dir, warn: (w) => warnings.push(w) };
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** Nothing but a few phones' reports ever comes in other words: once, and in nothing but the numbers that they name. */
function expectMendedAlone(): void {
  expect(changed.size / taken.size).toBeLessThan(1 / 1_000);
  for (const [identity, texts] of changed) {
    expect(identity).toMatch(/^field /);
    expect(texts.size).toBe(2);
    expect(new Set([...texts].map((text) => JSON.stringify({ ...JSON.parse(text), keys: {} }))).size).toBe(1);
  }
}

test('the last two weeks come first, then the older ones; each source speaks with its own token; nothing is dated ahead', async () => {
  const city = startCity(settings);
  await city.recent;
  const ago = (days: number) => Date.now() - days * 86_400_000;
  const earlier = [...taken.values()].filter((e) => e.at < ago(20)).length;
  expect(earlier / taken.size).toBeLessThan(0.01);
  const recent = taken.size;
  await city.full;
  await city.stop();
  expect(taken.size).toBeGreaterThan(3 * recent);
  expect(taken.size).toBeGreaterThan(250_000);
  expect(new Set(order.map((o) => o.source))).toEqual(new Set(SYSTEMS));
  expect(foreign).toBe(0);
  expectMendedAlone();
  expect(Math.max(...[...taken.values()].slice(-5_000).map((e) => e.at))).toBeLessThan(Date.now() + 120_000);
  expect([...taken.values()].filter((e) => e.at > Date.now() + 120_000)).toEqual([]);
  expect(warnings).toEqual([]);
});

test('a second start sends nothing of the history again, and goes on where the first one ended', async () => {
  const state = readState(dir)!;
  expect(state.loadedFrom).toBe(-1);
  const back = 3 * 3_600_000;
  writeState(dir, { ...state, cursor: state.cursor - back });
  const [before, known] = [lines, taken.size];
  const city = startCity(settings);
  await city.full;
  await expect.poll(() => lines, { timeout: 40_000, interval: 500 }).toBeGreaterThan(before);
  await city.stop();
  expect(lines - before).toBeLessThan(12_000);
  expect(taken.size - known).toBeLessThan(3_000);
  expectMendedAlone();
});

test('another seed is not taken where one is in use', async () => {
  const city = startCity({ ...settings, seed: 12 });
  await city.full;
  await city.stop();
  expect(warnings.join()).toContain('seed 11');
  expect(readState(dir)!.seed).toBe(11);
  expectMendedAlone();
});
