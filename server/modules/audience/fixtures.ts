import fc from 'fast-check';
import type { Sql } from '../../platform/db.ts';
import { BITMAP_BYTES, BLOCK, type Block, EVERYONE } from '../tag/model.ts';
import type { Catalogue, NamedTag } from './model.ts';
import type { Population } from './naive.fixture.ts';

/** For tests only: tags of every kind, random people who have them or not, and random definitions over them. */

export const aTag = (id: number, name: string, kind: NamedTag['kind'], over: Partial<NamedTag> = {}): NamedTag => ({
  id,
  name,
  kind,
  scale: 0,
  values: [],
  labels: (over.values ?? []).map((v) => ({ zh: `${v}`, en: `${v}` })),
  names: { zh: name, en: name },
  purposes: ['analysis'],
  ...over,
});

export const TAGS: readonly NamedTag[] = [
  aTag(5001, 'fiveG', 'flag', { names: { zh: '5G 客户', en: '5G customer' } }),
  aTag(5002, 'broadband', 'flag', { names: { zh: '有宽带', en: 'has broadband' } }),
  aTag(5003, 'plan', 'oneOf', {
    values: ['a', 'b', 'c', 'd'],
    names: { zh: '套餐', en: 'plan' },
    labels: ['A', 'B', 'C', 'D'].map((l) => ({ zh: l, en: l })),
  }),
  aTag(5004, 'area', 'oneOf', { values: ['root', 'yun', 'east', 'west', 'g-1'], names: { zh: '区域', en: 'area' } }),
  aTag(5005, 'months', 'number', { names: { zh: '在网时长', en: 'months with us' } }),
  aTag(5006, 'balance', 'number', { scale: 2, names: { zh: '余额', en: 'balance' } }),
  aTag(5007, 'churn', 'number', { scale: 3, names: { zh: '流失评分', en: 'churn score' } }),
  aTag(5008, 'joined', 'date', { names: { zh: '入网日期', en: 'joined on' } }),
  aTag(5012, 'arpu', 'number'),
  aTag(5009, 'doNotDisturb', 'flag', { names: { zh: '免打扰', en: 'do not disturb' } }),
  aTag(5010, 'consent.sms', 'flag', { names: { zh: '同意短信', en: 'consent to SMS' } }),
  aTag(5011, 'consent.research.sms', 'flag', { names: { zh: '同意调研短信', en: 'consent to research by SMS' } }),
];

/** People 0, 1, 2 …, with the values that each tag has of them in their order: a flag true or false, a one-of its value, units; null = unknown. */
export function aPopulation(
  values: Readonly<Record<string, readonly (boolean | string | number | null)[]>>,
  list: readonly number[] = [],
): Population {
  const size = Math.max(...Object.values(values).map((v) => v.length));
  const codeOf = (t: NamedTag, v: boolean | string | number) => (typeof v === 'string' ? t.values.indexOf(v) + 1 : Number(v));
  const columns = Object.entries(values).map(([name, cells]) => {
    const t = TAGS.find((x) => x.name === name) as NamedTag;
    return [t.id, new Map(cells.flatMap((v, o) => (v === null ? [] : [[o, codeOf(t, v)] as const])))] as const;
  });
  return { people: Array.from({ length: size }, (_, o) => o), values: new Map([...columns, [LIST_TAG, new Map(list.map((o) => [o, 1]))]]) };
}

/** The hidden flag of a list. */
export const LIST_TAG = 6001;

/** 2026-11-21 */
export const TODAY = 20_778;

export const aCatalogue = (over: Partial<Catalogue> = {}): Catalogue => ({
  tags: new Map(TAGS.map((t) => [t.name, t])),
  audiences: new Map(
    [
      { id: 'young', name: '新客户', where: { tag: 'months', to: 12 } },
      { id: 'dear', name: '高值', where: { and: [{ not: { tag: 'fiveG', is: false } }, { audience: 'young' }] } },
    ].map((a) => [a.id, { ...a, open: true }]),
  ),
  lists: new Map([['vip', { id: 'vip', name: '名单', tag: LIST_TAG, open: true }]]),
  today: TODAY,
  ...over,
});

const leafArb: fc.Arbitrary<object> = fc.oneof(
  fc.record({ tag: fc.constantFrom('fiveG', 'broadband'), is: fc.boolean() }),
  fc.record({ tag: fc.constant('plan'), is: fc.constantFrom('a', 'b', 'd') }),
  fc.record({ tag: fc.constant('plan'), oneOf: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }) }),
  fc.record({ tag: fc.constant('area'), oneOf: fc.subarray(['root', 'yun', 'east', 'west', 'g-1']) }),
  endsArb('months', fc.integer({ min: -3, max: 40 })),
  endsArb('balance', fc.double({ min: -20, max: 120, noNaN: true })),
  endsArb(
    'churn',
    fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
  ),
  fc
    .record({ days: fc.integer({ min: -400, max: 30 }), months: fc.integer({ min: -14, max: 2 }), open: fc.constantFrom('from', 'to') })
    .map(({ days, months, open }) => ({
      tag: 'joined',
      [open]: days % 3 === 0 ? { days } : days % 3 === 1 ? { months } : { months, edge: 'start', days: 3 },
    })),
  fc.record({ tag: fc.constantFrom(...TAGS.map((t) => t.name)), known: fc.boolean() }),
  fc.constantFrom<object>({ audience: 'young' }, { audience: 'dear' }, { list: 'vip' }),
  fc.record({ share: fc.constantFrom(0.1, 0.5, 1), salt: fc.constantFrom('a', '抽样') }).map((sample) => ({ sample })),
);

function endsArb(tag: string, end: fc.Arbitrary<number>): fc.Arbitrary<object> {
  return fc.tuple(end, end, fc.constantFrom('from', 'to', 'both')).map(([a, b, which]) => ({
    tag,
    ...(which === 'to' ? {} : { from: Math.min(a, b) }),
    ...(which === 'from' ? {} : { to: Math.max(a, b) }),
  }));
}

/** Definitions as they are sent: every kind of condition, nested a few deep. */
export const definitionArb: fc.Arbitrary<object> = fc.letrec<{ any: object }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    { weight: 3, arbitrary: leafArb },
    { weight: 3, arbitrary: fc.array(tie('any'), { maxLength: 4 }).map((and) => ({ and })) },
    { weight: 2, arbitrary: fc.array(tie('any'), { maxLength: 3 }).map((or) => ({ or })) },
    { weight: 2, arbitrary: tie('any').map((not) => ({ not })) },
    {
      weight: 1,
      arbitrary: fc
        .record(
          {
            n: fc.integer({ min: 1, max: 30 }),
            by: fc.constantFrom('churn', 'months'),
            order: fc.constantFrom('highest', 'lowest'),
            of: tie('any'),
          },
          { requiredKeys: ['n', 'by'] },
        )
        .map((top) => ({ top })),
    },
  ),
})).any;

/** Random people in up to three blocks; each tag is known of some of them, of all, or of nobody. `gone`: how many count no more. */
export const populationArb: fc.Arbitrary<Population> = fc
  .record({
    size: fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 20, max: 90 })),
    gone: fc.nat({ max: 3 }),
    seed: fc.nat(),
    coverage: fc.array(fc.constantFrom(0, 0.3, 0.7, 1), { minLength: TAGS.length + 1, maxLength: TAGS.length + 1 }),
  })
  .map(({ size, gone, seed, coverage }) => {
    const random = randomFrom(seed);
    const upTo = (n: number) => Math.floor(random() * n);
    const people = [...new Set(Array.from({ length: size }, () => upTo(3) * BLOCK + upTo(random() < 0.8 ? 70 : BLOCK)))];
    const tags = [...TAGS, aTag(LIST_TAG, 'list', 'flag')];
    const values = new Map(
      tags.map(
        (t, k) => [t.id, new Map(people.filter(() => random() < (coverage[k] as number)).map((o) => [o, aValueOf(t, random)]))] as const,
      ),
    );
    return { people: people.slice(gone), values };
  });

function randomFrom(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return s / 2 ** 32;
  };
}

function aValueOf(t: NamedTag, random: () => number): number {
  const upTo = (n: number) => Math.floor(random() * n);
  if (t.kind === 'flag') return upTo(2);
  if (t.kind === 'oneOf') return 1 + upTo(t.values.length);
  if (t.kind === 'date') return TODAY - 400 + upTo(430);
  return t.name === 'months' ? upTo(40) - 2 : t.name === 'churn' ? upTo(10) * 100 : upTo(14_000) - 2_000;
}

/** A population as blocks, as `tag.block` keeps them; codes now and then wider than they would have to be. */
export function blocksOf(population: Population, tags: readonly Pick<NamedTag, 'id' | 'kind'>[]): Block[] {
  const everyone = new Map(population.people.map((o) => [o, 1]));
  return [...new Map(population.values).set(EVERYONE, everyone)].flatMap(([tag, values]) => {
    const kind = tag === EVERYONE ? 'flag' : tags.find((t) => t.id === tag)?.kind;
    const blocks = Map.groupBy(values, ([o]) => Math.floor(o / BLOCK));
    return [...blocks].map(([block, cells]) => {
      const placed = cells.map(([o, v]) => [o % BLOCK, v] as const);
      return { tag, block, ...(kind === 'flag' ? flags(placed, tag === EVERYONE) : codes(placed, kind === 'oneOf')) };
    });
  });
}

type Cells = readonly (readonly [place: number, value: number])[];

function flags(cells: Cells, whole: boolean): Omit<Block, 'tag' | 'block'> {
  const body = Buffer.alloc(BITMAP_BYTES);
  const known = Buffer.alloc(BITMAP_BYTES);
  for (const [i, v] of cells) {
    known[i >> 3] = (known[i >> 3] as number) | (1 << (i & 7));
    if (v === 1) body[i >> 3] = (body[i >> 3] as number) | (1 << (i & 7));
  }
  return { base: 0, width: 1, known: whole ? null : known, body };
}

function codes(cells: Cells, oneOf: boolean): Omit<Block, 'tag' | 'block'> {
  const values = cells.map(([, v]) => v);
  const base = oneOf ? 1 : Math.min(...values) - (cells.length % 3);
  const most = Math.max(...values) - base + 1;
  const fitting = ([1, 2, 4, 8] as const).filter((w) => most < 256 ** w);
  const width = fitting[cells.length % fitting.length] as 1 | 2 | 4 | 8;
  const body = Buffer.alloc(BLOCK * width);
  for (const [i, v] of cells) {
    if (width === 8) body.writeBigUInt64LE(BigInt(v - base + 1), i * 8);
    else body.writeUIntLE(v - base + 1, i * width, width);
  }
  return { base: oneOf ? 0 : base, width, known: null, body };
}

/** Puts the tags and a population's blocks in the place of all that the store holds of them. */
export async function store(sql: Sql, population: Population): Promise<void> {
  const tags = [...TAGS, aTag(LIST_TAG, 'list:vip', 'flag')];
  await sql.query('', 'delete from tag.tag where id > 1');
  await sql.query('', 'delete from tag.block');
  await sql.query(
    '',
    `insert into tag.tag (id, name, kind, scale, zh, en, hidden, purposes, made_at)
     select *, '{analysis}', 0 from unnest($1::int[], $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::boolean[])`,
    [
      tags.map((t) => t.id),
      tags.map((t) => t.name),
      tags.map((t) => t.kind),
      tags.map((t) => t.scale),
      tags.map((t) => t.names.zh),
      tags.map((t) => t.names.en),
      tags.map((t) => t.id === LIST_TAG),
    ],
  );
  const values = tags.flatMap((t) => t.values.map((value, i) => ({ tag: t.id, code: i + 1, value, label: t.labels[i] })));
  await sql.query(
    '',
    'insert into tag.value (tag, code, value, zh, en) select * from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[])',
    [
      values.map((v) => v.tag),
      values.map((v) => v.code),
      values.map((v) => v.value),
      values.map((v) => v.label?.zh),
      values.map((v) => v.label?.en),
    ],
  );
  for (const b of blocksOf(population, tags))
    await sql.query('test-block', 'insert into tag.block (tag, block, base, width, known, body) values ($1, $2, $3, $4, $5, $6)', [
      b.tag,
      b.block,
      b.base,
      b.width,
      b.known,
      b.body,
    ]);
}
