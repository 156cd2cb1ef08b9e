import type { Sql } from '#platform/db';
import { isRefusal } from '#platform/result';
import { MOST_OBSERVATIONS, type ModelPage, type ObservationView } from './contract.ts';
import { dateOf } from './days.ts';
import type { ObservationState } from './observation.ts';
import * as kept from './observationStore.ts';
import { roomOn } from './observations.ts';
import type { Reader } from './views.ts';

/** Observations as they are shown. */

const STATES: Readonly<Record<ObservationState, ObservationView['state']>> = {
  asked: 'keeping',
  kept: 'waiting',
  due: 'reading',
  ripe: 'ripe',
  failed: 'failed',
};

type Observations = ReturnType<typeof ModelPage.parse>['observations'];

export async function observationsView(sql: Sql, r: Reader, { model, today }: { model: string; today: number }): Promise<Observations> {
  const counts = new Map((await kept.countsOf(sql, model)).map((c) => [c.day, c]));
  const there = await kept.observationsOf(sql, model);
  const room = roomOn(today, there);
  const items = there.map((o): ObservationView => {
    const { people, yes, no } = counts.get(o.day) ?? { people: 0, yes: 0, no: 0 };
    const isAtWork = o.state === 'asked' || o.state === 'due';
    return {
      day: dateOf(o.day),
      due: dateOf(o.due),
      state: STATES[o.state],
      progress: isAtWork ? { done: o.done, total: o.total } : null,
      people,
      eligible: o.eligible,
      tags: o.tags?.length ?? null,
      readOn: o.read_day === null ? null : dateOf(o.read_day),
      yes,
      no,
      problem: o.code === null ? null : { code: o.code, message: r.say({ refused: true, code: o.code, details: {} }) },
    };
  });
  return {
    every: (await kept.isMonthly(sql, model)) ? 'month' : 'never',
    most: MOST_OBSERVATIONS,
    because: isRefusal(room) ? r.say(room) : null,
    items: items.reverse(),
  };
}
