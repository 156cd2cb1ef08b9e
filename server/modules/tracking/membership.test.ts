import { describe, expect, test } from 'vitest';
import { HUB, memberships, type Node, type Region } from './membership.ts';

type Links = Readonly<Record<string, readonly string[]>>;

/** Objects by their first letter: O a root, T of the second rank, all else parts. */
function region(pairs: readonly (readonly [string, string])[], { cuts = {}, joins = {} }: { cuts?: Links; joins?: Links } = {}): Region {
  const ids = new Set([...pairs.flat(), ...Object.entries({ ...cuts, ...joins }).flatMap(([o, js]) => [o, ...js])]);
  const nodes = new Map([...ids].map((id): [string, Node] => [id, id.startsWith('O') ? 'root' : id.startsWith('T') ? 'root2' : 'part']));
  const edges = new Map<string, Set<string>>();
  for (const [a, b] of pairs.flatMap(([x, y]) => [[x, y] as const, [y, x] as const])) edges.set(a, (edges.get(a) ?? new Set()).add(b));
  const sets = (links: Links) => new Map(Object.entries(links).map(([o, js]) => [o, new Set(js)]));
  return { nodes, edges, cuts: sets(cuts), joins: sets(joins) };
}

const journeys = (r: Region) => Object.fromEntries([...memberships(r)].map(([id, m]) => [id, m.journeys]));

describe('what nobody has mended', () => {
  test.each<[string, [string, string][], Record<string, string[]>]>([
    [
      'a part belongs to every root it is named with',
      [
        ['O1', 'W'],
        ['O2', 'W'],
      ],
      { W: ['O1', 'O2'] },
    ],
    [
      'a part that met a root takes nothing from other parts',
      [
        ['O1', 'W'],
        ['W', 'P'],
        ['O2', 'P'],
      ],
      { W: ['O1'], P: ['O2'] },
    ],
    [
      'a part that met none belongs to the nearest parts’ journeys',
      [
        ['O1', 'W'],
        ['W', 'P'],
        ['P', 'Q'],
      ],
      { W: ['O1'], P: ['O1'], Q: ['O1'] },
    ],
    ['a trade is its own journey until it meets an order', [['T', 'W']], { T: ['T'], W: ['T'] }],
    [
      'and then a part of it, its own parts following',
      [
        ['O1', 'T'],
        ['T', 'W'],
      ],
      { T: ['O1'], W: ['O1'] },
    ],
    ['parts that met nothing belong nowhere', [['W', 'P']], {}],
  ])('%s', (_, pairs, wanted) => {
    expect(journeys(region(pairs))).toEqual(wanted);
  });

  test('a part on more than a hundred roots joins nothing', () => {
    const pairs = Array.from({ length: HUB + 1 }, (_, i): [string, string] => [`O${i}`, 'W']);
    expect(memberships(region(pairs)).get('W')).toMatchObject({ journeys: [], hub: true });
    expect(journeys(region(pairs, { joins: { W: ['O7'] } }))).toEqual({ W: ['O7'] });
    expect(journeys(region(pairs, { cuts: { W: ['O0'] } })).W).toHaveLength(HUB);
  });
});

describe('what people cut', () => {
  test.each<[string, [string, string][], Links, Record<string, string[]>]>([
    [
      'the link is gone, and with it what hung on it',
      [
        ['O1', 'W'],
        ['W', 'P'],
      ],
      { W: ['O1'] },
      { W: [], P: [] },
    ],
    [
      'other roots stay',
      [
        ['O1', 'W'],
        ['O2', 'W'],
      ],
      { W: ['O1'] },
      { W: ['O2'] },
    ],
    [
      'a part cut from its only root turns to the parts beside it',
      [
        ['O1', 'W'],
        ['W', 'P'],
        ['O2', 'P'],
      ],
      { W: ['O1'] },
      { W: ['O2'], P: ['O2'] },
    ],
    [
      'but never comes back to that root by another way',
      [
        ['O1', 'W'],
        ['W', 'P'],
        ['O1', 'P'],
      ],
      { W: ['O1'] },
      { W: [], P: ['O1'] },
    ],
    [
      'a trade cut from its order is a journey of its own again',
      [
        ['O1', 'T'],
        ['T', 'W'],
      ],
      { T: ['O1'] },
      { T: ['T'], W: ['T'] },
    ],
    [
      'a part cut from a trade stays cut when the trade becomes an order’s',
      [
        ['T', 'W'],
        ['O1', 'T'],
      ],
      { W: ['T'] },
      { T: ['O1'] },
    ],
  ])('%s', (_, pairs, cuts, wanted) => {
    const known = Object.entries(journeys(region(pairs, { cuts }))).filter(([id, js]) => js.length > 0 || (wanted[id]?.length ?? 0) === 0);
    expect(Object.fromEntries(known.filter(([, js]) => js.length > 0))).toEqual(
      Object.fromEntries(Object.entries(wanted).filter(([, js]) => js.length > 0)),
    );
  });
});

describe('what people joined', () => {
  test.each<[string, [string, string][], Links, Record<string, string[]>]>([
    ['an orphan belongs, and what hangs on it', [['W', 'P']], { W: ['O1'] }, { W: ['O1'], P: ['O1'] }],
    ['a part of one order belongs to the other too', [['O1', 'W']], { W: ['O2'] }, { W: ['O1', 'O2'] }],
    ['a trade becomes a part of the order', [['T', 'W']], { T: ['O1'] }, { T: ['O1'], W: ['O1'] }],
    ['a part of a trade that became an order’s is the order’s', [['O1', 'T']], { W: ['T'] }, { T: ['O1'], W: ['O1'] }],
    ['also when the trade was joined by hand', [], { W: ['T'], T: ['O1'] }, { T: ['O1'], W: ['O1'] }],
    ['two trades joined to each other end in nothing rather than never', [], { T1: ['T2'], T2: ['T1'] }, {}],
  ])('%s', (_, pairs, joins, wanted) => {
    expect(Object.fromEntries(Object.entries(journeys(region(pairs, { joins }))).filter(([, js]) => js.length > 0))).toEqual(wanted);
  });
});
