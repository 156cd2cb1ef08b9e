import type { JourneyShift } from '#tracking/contract';

const FIELDS = ['state', 'stage', 'milestone', 'holder', 'dueAt'] as const;
type Field = (typeof FIELDS)[number];

/** In what a journey would stand otherwise. A stage or milestone that only has another id reads the same. */
export function differing({ before, after }: JourneyShift): Record<Field, boolean> {
  return {
    state: before.state !== after.state,
    stage: before.stageName !== after.stageName,
    milestone: before.milestoneName !== after.milestoneName,
    holder: before.holder !== after.holder,
    dueAt: before.dueAt !== after.dueAt,
  };
}

/** How many journeys would stand otherwise, in each respect. */
export const countShifts = (items: readonly JourneyShift[]): Record<Field, number> =>
  Object.fromEntries(FIELDS.map((field) => [field, items.filter((item) => differing(item)[field]).length])) as Record<Field, number>;
