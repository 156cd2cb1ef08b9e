import { AXES, type TableMistake, type Tables } from './contract.ts';
import { CELLS, mostOf } from './model.ts';

/** What is wrong with tables that have the right form: the first mistake by its path, or null. */

type Look = (tables: Tables) => TableMistake | null;
const wrong = (path: string, zh: string, en: string): TableMistake => ({ path, zh, en });

/** The first of a list that came before. */
function twice(path: string, ids: readonly string[]): TableMistake | null {
  const at = ids.findIndex((id, i) => ids.indexOf(id) < i);
  return at < 0 ? null : wrong(`${path}[${at}].id`, `“${ids[at]}”出现了两次`, `${ids[at]} stands there twice`);
}

const ids: Look = ({ parts, indicators, places }) =>
  twice('parts', parts.map((p) => p.id)) ?? twice('indicators', indicators.map((i) => i.id)) ?? twice('places', places.map((p) => p.id)); // biome-ignore format: one line

const thresholds: Look = ({ axes }) => {
  const axis = AXES.find((a) => axes[a].high <= axes[a].middle);
  return axis === undefined
    ? null
    : wrong(`axes.${axis}.high`, '“高”的界线必须高于“中”的界线', 'The threshold of high must lie above that of middle');
};

const indicators: Look = ({ indicators: all, parts }) => {
  for (const [i, one] of all.entries()) {
    const path = `indicators[${i}]`;
    if (!parts.some((p) => p.id === one.part)) return wrong(`${path}.part`, `没有分项“${one.part}”`, `There is no part ${one.part}`);
    const at = one.bands.findIndex((b, j) => j > 0 && b.from <= (one.bands[j - 1]?.from ?? 0));
    if (at > 0) return wrong(`${path}.bands[${at}].from`, '各档起点必须从小到大', 'The bands must go upwards');
  }
  return null;
};

/** An axis without points cannot have levels. */
const weights: Look = ({ indicators: all, parts }) => {
  for (const axis of AXES) {
    const here = new Set(parts.filter((p) => p.axis === axis).map((p) => p.id));
    if (!all.some((i) => here.has(i.part) && mostOf(i) > 0))
      return wrong(`axes.${axis}`, '这个维度没有一个指标给分', 'No indicator gives points on this axis');
  }
  return null;
};

const named: Look = ({ indicators: all, size, revenue }) => {
  const find = (id: string) => all.find((i) => i.id === id);
  if (find(size.indicator) === undefined)
    return wrong('size.indicator', `没有指标“${size.indicator}”`, `There is no indicator ${size.indicator}`);
  if (find(revenue)?.unit !== 'fen') return wrong('revenue', `“${revenue}”不是以分计的指标`, `${revenue} is no indicator in fen`);
  return null;
};

/** Every cell names a place that is there, and every place is named. */
const cells: Look = ({ places, cells: all }) => {
  const known = new Set(places.map((p) => p.id));
  const used = CELLS.map((c) => ({ path: `cells.${c.value}.${c.loyalty}.${c.competition}`, id: all[c.value][c.loyalty][c.competition] }));
  const bad = used.find(({ id }) => !known.has(id));
  if (bad !== undefined) return wrong(bad.path, `没有定位“${bad.id}”`, `There is no place ${bad.id}`);
  const idle = places.findIndex((p) => !used.some(({ id }) => id === p.id));
  if (idle < 0) return null;
  const { names } = places[idle] as Tables['places'][number];
  return wrong(`places[${idle}]`, `27 格里没有一格归“${names.zh}”`, `No cell belongs to ${names.en}`);
};

const LOOKS: readonly Look[] = [ids, thresholds, indicators, weights, named, cells];

export function mistakeIn(tables: Tables): TableMistake | null {
  for (const look of LOOKS) {
    const mistake = look(tables);
    if (mistake !== null) return mistake;
  }
  return null;
}
