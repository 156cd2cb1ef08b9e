/** A linear time axis. Instants are milliseconds since the epoch; `offset` is the zone's distance from UTC: ticks fall on its midnights. */
export interface TimeScale {
  from: number;
  to: number;
  width: number;
  x(at: number): number;
  at(x: number): number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
  364 * DAY,
];

/** Never empty: a journey of a single instant gets a minute of room. */
export function timeScale(from: number, to: number, width: number): TimeScale {
  const span = Math.max(MINUTE, to - from);
  const end = from + span;
  return {
    from,
    to: end,
    width,
    x: (at) => ((at - from) / span) * width,
    at: (x) => from + (x / Math.max(1, width)) * span,
  };
}

/** Round instants inside the scale, at least `gap` pixels apart, aligned to the zone's own days and hours. */
export function ticks(scale: TimeScale, gap: number, offset: number): { at: number; day: boolean }[] {
  const span = scale.to - scale.from;
  const least = (span * gap) / Math.max(1, scale.width);
  const step = STEPS.find((s) => s >= least) ?? STEPS[STEPS.length - 1]!;
  const out: { at: number; day: boolean }[] = [];
  for (let at = Math.ceil((scale.from + offset) / step) * step - offset; at <= scale.to && out.length < 200; at += step) {
    out.push({ at, day: (at + offset) % DAY === 0 });
  }
  return out;
}

/** A window inside `whole`, narrowed (factor < 1) or widened around `centre`, never wider than `whole` nor shorter than a minute. */
export function zoom(window: [number, number], whole: [number, number], factor: number, centre: number): [number, number] {
  const span = Math.min(whole[1] - whole[0], Math.max(MINUTE, (window[1] - window[0]) * factor));
  const share = (centre - window[0]) / Math.max(1, window[1] - window[0]);
  return shift([centre - share * span, centre - share * span + span], whole, 0);
}

/** The window moved by `by` milliseconds, stopped at the ends of `whole`. */
export function shift(window: [number, number], whole: [number, number], by: number): [number, number] {
  const span = window[1] - window[0];
  const from = Math.max(whole[0], Math.min(window[0] + by, whole[1] - span));
  return [from, from + span];
}
