import { AXES, type Level, type TableMistake, type Tables } from './contract.ts';
import { CELLS, mostOf } from './model.ts';

/** What is wrong with tables that have the right form: the first mistake by its path, or null. */

const LEVEL_ZH: Record<Level, string> = { high: '高', middle: '中', low: '低' };

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

/** Every cell belongs to one place and to no second one. */
const cells: Look = ({ places }) => {
  for (const cell of CELLS) {
    const here = places.flatMap((p, i) => (AXES.every((axis) => p.levels[axis].includes(cell[axis])) ? [i] : []));
    if (here.length === 1) continue;
    const zh = `价值${LEVEL_ZH[cell.value]}、忠诚${LEVEL_ZH[cell.loyalty]}、友商${LEVEL_ZH[cell.competition]}`;
    const en = `value ${cell.value}, loyalty ${cell.loyalty}, competitors ${cell.competition}`;
    if (here.length === 0) return wrong('places', `${zh}：没有归到任何定位`, `No place takes ${en}`);
    const [first, second] = here.map((i) => places[i]);
    return wrong(
      `places[${here[1]}].levels`,
      `${zh}：“${first?.names.zh}”和“${second?.names.zh}”都占了`,
      `${first?.names.en} and ${second?.names.en} both take ${en}`,
    );
  }
  return null;
};

const LOOKS: readonly Look[] = [ids, thresholds, indicators, weights, named, cells];

export function mistakeIn(tables: Tables): TableMistake | null {
  for (const look of LOOKS) {
    const mistake = look(tables);
    if (mistake !== null) return mistake;
  }
  return null;
}
