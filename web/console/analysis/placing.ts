import type { Lane } from './lanes.ts';

/**
 * Where each activity and arrow of a process map lies. Stages are columns; between them are gutters in which arrows go up and down, each on
 * a track of its own, so that no arrow crosses an activity. What skips a column goes above all of them, what goes back beyond the column
 * before goes below. All in pixels.
 */

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}
export interface PlacedNode extends Box {
  id: string;
}
export interface PlacedArrow {
  from: string;
  to: string;
  points: Point[];
  /** Against the plan: to what stands before. */
  back: boolean;
}
export interface Placed {
  nodes: PlacedNode[];
  heads: (Box & { stage: string })[];
  arrows: PlacedArrow[];
  width: number;
  height: number;
}

interface Ends {
  from: string;
  to: string;
}

const NODE = { height: 48, least: 116, most: 208 };
const GAP = { row: 34, head: 34, gutter: 18, least: 44, edge: 20, track: 9, channel: 16 };
/** A column as wide as the room lets it be; below this all stages are better told in one column. */
export const COLUMN_LEAST = NODE.least + GAP.least;

type Side = 'left' | 'right';
interface Way extends Ends {
  start: Side;
  end: Side;
  /** The gutters it goes up or down in: one, or two with a channel between them. */
  gutters: [number] | [number, number];
  over: 'above' | 'below' | null;
  back: boolean;
}

export function place(lanes: Lane[], heads: Map<string, string>, arrows: Ends[], room: number): Placed {
  const at = new Map(lanes.flatMap((lane, column) => lane.nodes.map((id, row) => [id, { column, row }] as const)));
  const straight: Ends[] = [];
  const ways: Way[] = [];
  for (const arrow of arrows) {
    const [a, b] = [at.get(arrow.from), at.get(arrow.to)];
    if (!a || !b) continue;
    if (a.column === b.column && b.row === a.row + 1) straight.push(arrow);
    else ways.push(wayOf(arrow, a, b));
  }
  const above = ways.filter((way) => way.over === 'above');
  const below = ways.filter((way) => way.over === 'below');
  const top = GAP.head + above.length * GAP.channel;
  const rows = rowsOf(lanes, heads, top);
  const bottom = Math.max(top, ...[...rows.values()].map((y) => y + NODE.height)) + GAP.edge;
  const channel = new Map<Way, number>([
    ...above.map((way, i) => [way, GAP.head + i * GAP.channel] as const),
    ...below.map((way, i) => [way, bottom + i * GAP.channel] as const),
  ]);
  const ports = portsOf(ways, rows);
  const tracks = tracksOf(ways, ports, channel, lanes.length);
  const isWide = lanes.length > 1;
  const gutters = tracks.counts.map((n, i) => {
    const least = isWide && i > 0 && i < lanes.length ? GAP.least : GAP.edge;
    return n === 0 ? least : Math.max(least, GAP.gutter * 2 + (n - 1) * GAP.track);
  });
  const taken = gutters.reduce((sum, width) => sum + width, 0);
  const width = Math.min(NODE.most, Math.max(NODE.least, Math.floor((room - taken) / Math.max(1, lanes.length))));
  const slack = Math.max(0, room - taken - width * lanes.length);
  const inner = lanes.length > 1 ? Math.floor(slack / (lanes.length - 1)) : 0;
  const left = lanes.map((_, column) => {
    const before = gutters.slice(0, column + 1).reduce((sum, g) => sum + g, 0);
    return before + column * (width + inner) + (isWide ? 0 : Math.floor(slack / 2));
  });
  const box = (id: string): PlacedNode => ({ id, x: left[at.get(id)!.column]!, y: rows.get(id)!, width, height: NODE.height });
  const trackX = (gutter: number, way: Way) => {
    const end = gutter < left.length ? left[gutter]! : left.at(-1)! + width + gutters[gutter]!;
    const begin = gutter === 0 ? end - gutters[0]! : left[gutter - 1]! + width;
    const used = (tracks.counts[gutter]! - 1) * GAP.track;
    return (begin + end) / 2 - used / 2 + tracks.of.get(`${gutter} ${keyOf(way)}`)! * GAP.track;
  };
  const edge = (id: string, side: Side) => box(id).x + (side === 'right' ? width : 0);
  const drawn: PlacedArrow[] = [
    ...straight.map(({ from, to }) => ({
      from,
      to,
      back: false,
      points: [
        { x: box(from).x + width / 2, y: box(from).y + NODE.height },
        { x: box(to).x + width / 2, y: box(to).y },
      ],
    })),
    ...ways.map((way) => {
      const start = { x: edge(way.from, way.start), y: ports.get(`${keyOf(way)} start`)! };
      const end = { x: edge(way.to, way.end), y: ports.get(`${keyOf(way)} end`)! };
      const xs = way.gutters.map((gutter) => trackX(gutter, way));
      const y = channel.get(way);
      const middle =
        y === undefined
          ? [
              { x: xs[0]!, y: start.y },
              { x: xs[0]!, y: end.y },
            ]
          : [
              { x: xs[0]!, y: start.y },
              { x: xs[0]!, y },
              { x: xs[1]!, y },
              { x: xs[1]!, y: end.y },
            ];
      return { from: way.from, to: way.to, back: way.back, points: [start, ...middle, end] };
    }),
  ];
  const nodes = [...at.keys()].map(box);
  const order = new Map(arrows.map((arrow, i) => [`${arrow.from} ${arrow.to}`, i]));
  return {
    nodes,
    heads: isWide
      ? lanes.map((lane, column) => ({ stage: lane.stage, x: left[column]!, y: 0, width, height: GAP.head }))
      : [...heads].map(([id, stage]) => ({
          stage,
          x: left[0]!,
          y: rows.get(id)! - GAP.head,
          width: width / 2 - GAP.edge,
          height: GAP.head,
        })),
    arrows: drawn.sort((a, b) => order.get(`${a.from} ${a.to}`)! - order.get(`${b.from} ${b.to}`)!),
    width: Math.max(...nodes.map((node) => node.x + node.width), 0) + (gutters.at(-1) ?? 0),
    height: bottom + below.length * GAP.channel,
  };
}

const keyOf = ({ from, to }: Ends) => `${from} ${to}`;

function wayOf(ends: Ends, a: { column: number; row: number }, b: { column: number; row: number }): Way {
  const { from, to } = ends;
  const next = a.column + 1;
  if (a.column === b.column) {
    if (b.row >= a.row) return { from, to, start: 'right', end: 'right', gutters: [next], over: null, back: false };
    return { from, to, start: 'left', end: 'left', gutters: [a.column], over: null, back: true };
  }
  if (b.column > a.column) {
    const way = { from, to, start: 'right', end: 'left', back: false } as const;
    return b.column === next ? { ...way, gutters: [next], over: null } : { ...way, gutters: [next, b.column], over: 'above' };
  }
  const way = { from, to, start: 'left', end: 'right', back: true } as const;
  return b.column === a.column - 1
    ? { ...way, gutters: [a.column], over: null }
    : { ...way, gutters: [a.column, b.column + 1], over: 'below' };
}

/** The top of each activity: one below the other, with room for the arrow between them, more where a stage's name stands. */
function rowsOf(lanes: Lane[], heads: Map<string, string>, top: number): Map<string, number> {
  const rows = new Map<string, number>();
  for (const lane of lanes) {
    let y = top;
    for (const [row, id] of lane.nodes.entries()) {
      if (row > 0) y += NODE.height + (heads.has(id) ? GAP.head + GAP.row / 2 : GAP.row);
      rows.set(id, y);
    }
  }
  return rows;
}

/** Where on its sides each activity is left and reached: spread over the side in the order of the other ends, so that few ways cross. */
function portsOf(ways: Way[], rows: Map<string, number>): Map<string, number> {
  const sides = new Map<string, { name: string; other: number }[]>();
  const put = (id: string, side: Side, name: string, other: number) => {
    const key = `${id} ${side}`;
    sides.set(key, [...(sides.get(key) ?? []), { name, other }]);
  };
  const high = (way: Way, own: number) => (way.over === 'above' ? -1 : way.over === 'below' ? 1e6 : own);
  for (const way of ways) {
    put(way.from, way.start, `${keyOf(way)} start`, way.from === way.to ? -2 : high(way, rows.get(way.to)!));
    put(way.to, way.end, `${keyOf(way)} end`, way.from === way.to ? -1.5 : high(way, rows.get(way.from)!));
  }
  const ports = new Map<string, number>();
  for (const [key, ends] of sides) {
    const y = rows.get(key.slice(0, key.lastIndexOf(' ')))!;
    ends.sort((a, b) => a.other - b.other);
    for (const [i, { name }] of ends.entries()) ports.set(name, y + (NODE.height * (i + 1)) / (ends.length + 1));
  }
  return ports;
}

/** A track in each gutter for each way, the shortest nearest to where it begins; two that would touch get different ones. */
function tracksOf(ways: Way[], ports: Map<string, number>, channel: Map<Way, number>, lanes: number) {
  const wanted: { way: Way; gutter: number; top: number; bottom: number }[] = [];
  for (const way of ways) {
    const start = ports.get(`${keyOf(way)} start`)!;
    const end = ports.get(`${keyOf(way)} end`)!;
    const y = channel.get(way);
    const spans =
      y === undefined
        ? [[start, end]]
        : [
            [start, y],
            [y, end],
          ];
    for (const [i, [a, b]] of spans.entries())
      wanted.push({ way, gutter: way.gutters[i]!, top: Math.min(a!, b!), bottom: Math.max(a!, b!) });
  }
  wanted.sort((a, b) => a.bottom - a.top - (b.bottom - b.top));
  const used: { top: number; bottom: number }[][][] = Array.from({ length: lanes + 1 }, () => []);
  const of = new Map<string, number>();
  for (const { way, gutter, top, bottom } of wanted) {
    const tracks = used[gutter]!;
    const free = tracks.findIndex((spans) => spans.every((s) => s.bottom + GAP.track < top || bottom + GAP.track < s.top));
    const track = free >= 0 ? free : tracks.length;
    tracks[track] = [...(tracks[track] ?? []), { top, bottom }];
    of.set(`${gutter} ${keyOf(way)}`, track);
  }
  return { of, counts: used.map((tracks) => tracks.length) };
}

/** An SVG path along the points, its corners rounded by at most `radius`. */
export function roundedPath(points: Point[], radius = 8): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let d = `M${first.x},${first.y}`;
  for (const [i, corner] of rest.entries()) {
    const next = rest[i + 1];
    if (!next) return `${d} L${corner.x},${corner.y}`;
    const before = points[i]!;
    const r = Math.min(radius, far(before, corner) / 2, far(corner, next) / 2);
    const [a, b] = [towards(corner, before, r), towards(corner, next, r)];
    d += ` L${a.x},${a.y} Q${corner.x},${corner.y} ${b.x},${b.y}`;
  }
  return d;
}

const far = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const whole = far(from, to) || 1;
  const part = (a: number, b: number) => Math.round((a + ((b - a) * by) / whole) * 10) / 10;
  return { x: part(from.x, to.x), y: part(from.y, to.y) };
}

const meets = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where along its way a label may stand, the best place first. */
const SPOTS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88];

/**
 * The middle of each arrow's label (by its index), the first arrows first: on its way, where it covers neither an activity nor another
 * label. An arrow whose label finds no place has none; its figure stands in its title and in the table.
 */
export function labelSpots(placed: Placed, width: (index: number) => number, height: number): Map<number, Point> {
  const taken: Box[] = [...placed.nodes, ...placed.heads.map((head) => ({ ...head, y: head.y + 4, height: head.height - 8 }))];
  const spots = new Map<number, Point>();
  for (const [index, arrow] of placed.arrows.entries()) {
    const wide = width(index);
    for (const share of SPOTS) {
      const at = along(arrow.points, share);
      const box = { x: at.x - wide / 2, y: at.y - height / 2, width: wide, height };
      if (box.x < 0 || box.x + box.width > placed.width || taken.some((other) => meets(box, other))) continue;
      taken.push(box);
      spots.set(index, at);
      break;
    }
  }
  return spots;
}

/** The point at a share (0–1) of a way's length. */
function along(points: Point[], share: number): Point {
  const lengths = points.slice(1).map((point, i) => far(points[i]!, point));
  let left = lengths.reduce((sum, length) => sum + length, 0) * share;
  for (const [i, length] of lengths.entries()) {
    if (left <= length) return towards(points[i]!, points[i + 1]!, left);
    left -= length;
  }
  return points.at(-1)!;
}
