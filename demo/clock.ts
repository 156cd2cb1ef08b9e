import { offsetAt } from './trade.ts';

/**
 * The city's time and the world's. Until the demo was first started both are the same; from then on the city lives `speed` times as
 * fast, and what it does is stamped with the world's time, so that nothing is ever dated ahead. Anchors are kept with the demo's state:
 * what was stamped once is stamped the same for ever.
 */
export interface Anchor {
  readonly real: number;
  readonly city: number;
  readonly speed: number;
}

/** The city's time (epoch ms) at an instant of the world. */
export function cityTime(anchors: readonly Anchor[], real: number): number {
  const a = anchors.findLast((x) => x.real <= real);
  return a === undefined ? real : a.city + (real - a.real) * a.speed;
}

/** When in the world a moment of the city is, or will be if the speed stays. */
export function worldTime(anchors: readonly Anchor[], city: number): number {
  const a = anchors.findLast((x) => x.city <= city);
  return a === undefined ? city : Math.round(a.real + (city - a.city) / a.speed);
}

/**
 * The anchors after a start at `real`. At speed 1 the city went on while the program was away; at any other it stood still since
 * `cursor`, its last moment.
 */
export function startedAgain(anchors: readonly Anchor[], real: number, speed: number, cursor: number): readonly Anchor[] {
  const last = anchors.at(-1);
  if (last === undefined) return [{ real, city: real, speed }];
  if (last.speed === 1 && speed === 1) return anchors;
  return [...anchors, { real, city: Math.max(cursor, last.city), speed }];
}

/** ISO 8601 with the zone's offset; `whole`: seconds only, `bare`: without the offset, `day`: the local midnight. */
export function written(instant: number, zone: string, form: 'full' | 'bare' | 'day' = 'full'): string {
  const offset = offsetAt(instant, zone);
  const wall = new Date(instant + offset).toISOString();
  if (form === 'bare') return wall.slice(0, 19);
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  const tail = `${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return form === 'day' ? `${wall.slice(0, 10)}T00:00:00${tail}` : `${wall.slice(0, 23)}${tail}`;
}
