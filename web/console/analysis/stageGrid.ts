import type { StageTimes } from '#tracking/contract';

type Item = StageTimes['items'][number];

export interface StageRow {
  stage: string;
  /** One place per week; null: nothing of it in that week. */
  weeks: (Item | null)[];
  /** Seconds now against before, as a share (-0.2: a fifth faster); null where there is too little to compare. */
  change: number | null;
}

export interface StageGrid {
  weeks: string[];
  /** In the scenario's own order; stages it does not know come last. */
  rows: StageRow[];
}

/** So few journeys in a week say nothing of the trend. */
const LEAST = 5;

/** One row per stage, one place per week. */
export function stageGrid(items: StageTimes['items'], stages: string[], measure: 'p50' | 'p90'): StageGrid {
  const weeks = [...new Set(items.map((item) => item.week))].sort();
  const known = new Map(items.map((item) => [`${item.week} ${item.stage}`, item]));
  const seen = [...new Set(items.map((item) => item.stage))];
  const order = (stage: string) => (stages.includes(stage) ? stages.indexOf(stage) : stages.length);
  return {
    weeks,
    rows: seen
      .sort((a, b) => order(a) - order(b))
      .map((stage) => {
        const row = weeks.map((week) => known.get(`${week} ${stage}`) ?? null);
        return { stage, weeks: row, change: changeOf(row, measure) };
      }),
  };
}

/** The last week against the first one, of those with enough journeys. */
function changeOf(row: (Item | null)[], measure: 'p50' | 'p90'): number | null {
  const telling = row.filter((item) => item !== null && item.journeys >= LEAST) as Item[];
  const [first, last] = [telling[0], telling.at(-1)];
  if (!first || !last || first === last || first[measure] <= 0) return null;
  return last[measure] / first[measure] - 1;
}

/** A tenth more or less is told as a change. */
export const TELLING = 0.1;

/** Of the stages that changed by a tenth or more the one where it costs or saves the most seconds; null where none did. */
export function strongestChange(grid: StageGrid, measure: 'p50' | 'p90'): StageRow | null {
  const weight = (row: StageRow) => {
    const last = row.weeks.filter((item) => item !== null).at(-1);
    return row.change === null || Math.abs(row.change) < TELLING || !last ? 0 : Math.abs(last[measure] - last[measure] / (1 + row.change));
  };
  const [most] = [...grid.rows].sort((a, b) => weight(b) - weight(a));
  return most && weight(most) >= 60 ? most : null;
}
