import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { House } from '#platform/module';
import { makeAnalysis } from './analysis.ts';
import { aTrackingHouse, type Sending, takeIn } from './fixtures.ts';

let house: House;
beforeAll(async () => {
  house = await aTrackingHouse();
});
afterAll(() => house.db.close());

const ALL = { areas: 'all' as const };
const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 2, 1, 0, minute, second)).toISOString();

interface Step {
  readonly type: string;
  readonly at: number;
}

/** The definitions of contract.md, read off plain lists. */
function plainly(journeys: readonly (readonly Step[])[]) {
  const cont = (xs: number[], p: number) => {
    const s = xs.toSorted((a, b) => a - b);
    const i = (s.length - 1) * p;
    const lo = s[Math.floor(i)] as number;
    return lo + ((s[Math.ceil(i)] as number) - lo) * (i - Math.floor(i));
  };
  const activities = new Map<string, number>();
  const gaps = new Map<string, number[]>();
  for (const j of journeys)
    for (const [i, { type, at: when }] of j.entries()) {
      activities.set(type, (activities.get(type) ?? 0) + 1);
      const next = j[i + 1];
      if (next) gaps.set(`${type} → ${next.type}`, [...(gaps.get(`${type} → ${next.type}`) ?? []), (next.at - when) / 1000]);
    }
  const spans = journeys.map((j) => ((j.at(-1) as Step).at - (j[0] as Step).at) / 1000);
  return {
    variants: new Set(journeys.map((j) => JSON.stringify(j.map((s) => s.type)))).size,
    durations: [cont(spans, 0.5), cont(spans, 0.9), spans.reduce((a, b) => a + b, 0) / spans.length],
    activities,
    transitions: new Map([...gaps].map(([name, g]) => [name, [g.length, cont(g, 0.5), cont(g, 0.9)]])),
  };
}

const near = (a: number, b: number | undefined) => Math.abs(a - (b ?? Number.NaN)) <= 0.01 + Math.abs(a) * 1e-9;

describe('the order within a journey', () => {
  const typesOf = async (scenario: string) =>
    (await makeAnalysis(house).variants({ scenario }, ALL, { offset: 0, limit: 10 })).items.map((v) => v.types);

  test('time, seq, rank of the step, source, id; what is no step comes last', async () => {
    const key = { order: 'ORDER-1' };
    await takeIn(house, [
      { id: '9', source: 'zz', type: 'order.accepted', time: at(5), keys: key, scenario: 'broadband-new' },
      { id: '1', source: 'a', type: 'something.else', time: at(5), keys: key },
      { id: '8', source: 'ordercentre', type: 'order.submitted', time: at(5), keys: key },
      { id: '3', source: 'b', type: 'another.thing', time: at(5), keys: key },
      { id: '2', source: 'b', type: 'one.thing', time: at(5), keys: key },
      { id: '4', source: 'b', type: 'order.checked', time: at(5), seq: -1, keys: key },
      { id: '5', source: 'b', type: 'trade.accepted', time: at(4), seq: 7, keys: key },
    ]);
    expect(await typesOf('broadband-new')).toEqual([
      ['trade.accepted', 'order.checked', 'order.submitted', 'order.accepted', 'something.else', 'one.thing', 'another.thing'],
    ]);
  });

  test('journeys of one way are one variant, the most frequent first, paged', async () => {
    const a = (n: number): Sending[] =>
      ['order.submitted', 'order.checked'].map((type, i) => ({
        id: `v${n}-${i}`,
        type,
        time: at(10 + i),
        keys: { order: `V-${n}` },
        scenario: 'iptv-new',
      }));
    const b: Sending = { id: 'v9', type: 'order.submitted', time: at(10), keys: { order: 'V-9' }, scenario: 'iptv-new' };
    await takeIn(house, [...a(1), ...a(2), b]);
    const analysis = makeAnalysis(house);
    const first = await analysis.variants({ scenario: 'iptv-new' }, ALL, { offset: 0, limit: 1 });
    expect(first).toMatchObject({
      items: [{ types: ['order.submitted', 'order.checked'], journeys: 2, share: 2 / 3, p50: 60 }],
      total: 2,
      nextCursor: '1',
    });
    expect(await analysis.variants({ scenario: 'iptv-new' }, ALL, { offset: 1, limit: 1 })).toMatchObject({
      items: [{ types: ['order.submitted'], journeys: 1 }],
      nextCursor: null,
    });
  });
});

describe('the process map', () => {
  test('a shared event counts once among events, and once in each of its journeys', async () => {
    const scenario = 'broadband-move';
    await takeIn(house, [
      { id: 's1', type: 'order.submitted', time: at(0), keys: { order: 'S-1' }, scenario },
      { id: 's2', type: 'order.submitted', time: at(1), keys: { order: 'S-2' }, scenario },
      { id: 's3', type: 'visit.arrived', time: at(3), keys: { order: ['S-1', 'S-2'] } },
    ]);
    expect(await makeAnalysis(house).process({ scenario }, ALL)).toEqual({
      at: expect.any(String),
      journeys: 2,
      events: 3,
      variants: 1,
      activities: [
        { type: 'order.submitted', count: 2 },
        { type: 'visit.arrived', count: 2 },
      ],
      durations: { p50: 150, p90: 174, mean: 150 },
      transitions: [{ from: 'order.submitted', to: 'visit.arrived', count: 2, p50: 150, p90: 174 }],
    });
  });

  test('nobody sees journeys outside his area, nor before or after the period', async () => {
    const scenario = 'broadband-speed';
    await takeIn(house, [
      { id: 'p1', type: 'order.submitted', time: at(0), keys: { order: 'P-1', area: 'east' }, scenario },
      { id: 'p2', type: 'order.submitted', time: at(20), keys: { order: 'P-2', area: 'west' }, scenario },
    ]);
    const us = (minute: number) => Date.parse(at(minute)) * 1000;
    const analysis = makeAnalysis(house);
    expect((await analysis.process({ scenario }, { areas: ['east'] })).journeys).toBe(1);
    expect((await analysis.process({ scenario, from: us(0), to: us(20) }, ALL)).journeys).toBe(1);
    expect((await analysis.process({ scenario, from: us(20) }, ALL)).journeys).toBe(1);
    expect(await analysis.process({ scenario }, { areas: [] })).toEqual({
      at: expect.any(String),
      journeys: 0,
      events: 0,
      variants: 0,
      activities: [],
      transitions: [],
      durations: { p50: 0, p90: 0, mean: 0 },
    });
  });

  test('an answer is kept until something changes, and no longer than its mark holds', async () => {
    const scenario = 'fault-repair';
    const analysis = makeAnalysis(house);
    expect((await analysis.process({ scenario }, ALL)).journeys).toBe(0);
    await takeIn(house, [{ id: 'k1', type: 'ticket.opened', time: at(0), keys: { ticket: 'T-1' }, scenario }]);
    await new Promise((done) => setTimeout(done, 950));
    expect((await analysis.process({ scenario }, ALL)).journeys).toBe(1);
  });

  test('an answer says up to when it holds, and one from memory that it still did when it was asked for', async () => {
    const analysis = makeAnalysis(house);
    const first = await analysis.process({ scenario: 'iptv-new' }, ALL);
    await new Promise((done) => setTimeout(done, 950));
    const asked = Date.now();
    const again = await analysis.process({ scenario: 'iptv-new' }, ALL);
    expect(Date.parse(again.at)).toBeGreaterThanOrEqual(asked);
    expect(Date.parse(first.at)).toBeLessThan(asked);
  });

  test('an arrow leads to its journeys, a step to those that it happened in', async () => {
    const scenario = 'iptv-new';
    const analysis = makeAnalysis(house);
    expect(await analysis.along({ scenario }, ALL, { from: 'order.submitted', to: 'order.checked' })).toHaveLength(2);
    expect(await analysis.along({ scenario }, ALL, { from: 'order.submitted', to: undefined })).toHaveLength(3);
    expect(await analysis.along({ scenario }, ALL, { from: 'order.checked', to: 'order.submitted' })).toEqual([]);
  });
});

describe('stages and milestones', () => {
  test('a stage lasts until the next is reached; a skipped one is not counted; the week is that of the begin, in the operator’s zone', async () => {
    const scenario = 'sim-store';
    const step = (type: string, time: string): Sending => ({ type, time, keys: { trade: '1234567890123456' }, scenario });
    await takeIn(house, [
      step('queue.taken', '2026-03-01T16:30:00Z'), // Monday 2 March, 00:30 in Shanghai
      step('queue.called', '2026-03-01T16:40:00Z'),
      step('id-card.read', '2026-03-01T16:45:00Z'),
      step('face.verified', '2026-03-01T16:50:00Z'),
      step('card.written', '2026-03-01T17:00:00Z'), // number, account and payment were never heard of
      step('sim.activated', '2026-03-01T17:10:00Z'),
      step('trade.completed', '2026-03-01T17:11:00Z'),
    ]);
    const analysis = makeAnalysis(house);
    const rows = (await analysis.stages({ scenario }, ALL)).items;
    expect(new Set(rows.map((r) => r.week))).toEqual(new Set(['2026-03-02']));
    expect(rows.map((r) => r.stage)).not.toContain('opened');
    expect(rows.find((r) => r.stage === 'waiting')).toMatchObject({ journeys: 1 });
    const took = (await analysis.elapsed({ scenario }, ALL)).items;
    expect(took.map((m) => [m.id, m.actual?.p50 ?? null])).toEqual([
      ['waiting', 600],
      ['identified', 600],
      ['opened', null],
      ['collected', null],
      ['written', 600],
      ['activated', 660],
    ]);
  });
});

describe('real logs', () => {
  const folder = process.env.GLASSHOUSE_DATASETS ?? path.resolve(import.meta.dirname, '../../../../shared/data');
  const receipt = path.join(folder, 'receipt.csv');
  const helpdesk = path.join(folder, 'helpdesk.xes.gz');

  const load = async (source: string, rows: readonly { journey: string; type: string; time: string; id?: string }[]) => {
    for (let i = 0; i < rows.length; i += 4_000)
      await takeIn(
        house,
        rows
          .slice(i, i + 4_000)
          .map(({ journey, type, time, id }, k) => ({ source, type, time, id: id ?? `${i + k}`, seq: i + k, keys: { case: journey } })),
      );
  };
  const check = async (source: string, rows: readonly { journey: string; type: string; time: string }[]) => {
    const byJourney = new Map<string, Step[]>();
    for (const r of rows) byJourney.set(r.journey, [...(byJourney.get(r.journey) ?? []), { type: r.type, at: Date.parse(r.time) }]);
    const wanted = plainly([...byJourney.values()].map((list) => list.toSorted((a, b) => a.at - b.at)));
    const got = await makeAnalysis(house).process({ source }, ALL);
    expect(got.variants).toBe(wanted.variants);
    expect(new Map(got.activities.map((a) => [a.type, a.count]))).toEqual(wanted.activities);
    expect(got.transitions).toHaveLength(wanted.transitions.size);
    for (const { from, to, count, p50, p90 } of got.transitions) {
      const [n, a, b] = wanted.transitions.get(`${from} → ${to}`) ?? [];
      expect([from, to, count, near(p50, a), near(p90, b)]).toEqual([from, to, n, true, true]);
    }
    expect([got.durations.p50, got.durations.p90, got.durations.mean].map((d, i) => near(d, wanted.durations[i]))).toEqual([
      true,
      true,
      true,
    ]);
    return [got.journeys, got.events, got.variants];
  };

  test.skipIf(!fs.existsSync(receipt))('receipt.csv: 1,434 journeys, 8,577 events, 116 variants', async () => {
    const rows = (parse(fs.readFileSync(receipt), { columns: true }) as Record<string, string>[]).map((r) => ({
      journey: r['case:concept:name'] as string,
      type: r['concept:name'] as string,
      time: (r['time:timestamp'] as string).replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1'),
    }));
    await load('receipt', rows);
    expect(await check('receipt', rows)).toEqual([1_434, 8_577, 116]);
  });

  test.skipIf(!fs.existsSync(helpdesk))('helpdesk.xes.gz: 4,580 journeys, 21,348 events, 226 variants', async () => {
    const xes = zlib.gunzipSync(fs.readFileSync(helpdesk)).toString();
    const value = (text: string, key: string) => new RegExp(`key="${key}" value="([^"]*)"`).exec(text)?.[1] as string;
    const rows = xes
      .split('<trace>')
      .slice(1)
      .flatMap((trace) => {
        const [head = '', ...events] = trace.split('<event>');
        return events.map((e) => ({
          journey: value(head, 'concept:name'),
          type: value(e, 'concept:name'),
          time: value(e, 'time:timestamp'),
        }));
      });
    await load('helpdesk', rows);
    expect(await check('helpdesk', rows)).toEqual([4_580, 21_348, 226]);
  });
});
