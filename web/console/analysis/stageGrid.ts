import type { StageTimes } from '#tracking/contract';

export interface StageGrid {
  weeks: string[];
  /** In the scenario's own order; stages it does not know come last. Null: nothing in that week. */
  rows: { stage: string; seconds: (number | null)[] }[];
}

/** One row per stage, one place per week. */
export function stageGrid(items: StageTimes['items'], stages: string[], measure: 'p50' | 'p90'): StageGrid {
  const weeks = [...new Set(items.map((item) => item.week))].sort();
  const known = new Map(items.map((item) => [`${item.week} ${item.stage}`, item[measure]]));
  const seen = [...new Set(items.map((item) => item.stage))];
  const order = (stage: string) => (stages.includes(stage) ? stages.indexOf(stage) : stages.length);
  return {
    weeks,
    rows: seen
      .sort((a, b) => order(a) - order(b))
      .map((stage) => ({ stage, seconds: weeks.map((week) => known.get(`${week} ${stage}`) ?? null) })),
  };
}
