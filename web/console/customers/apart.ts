import type { JourneyRow } from '#tracking/contract';

/** What a customer asks about at the counter: something is wrong, something is on its way, or somebody of ours has a task about him. */
export const GROUPS = ['care', 'orders', 'tasks'] as const;
export type Group = (typeof GROUPS)[number];

/** By what a journey begins with: a ticket (faults, complaints), a task of ours or an imported case, else an order. */
const GROUP_OF: Readonly<Record<string, Group>> = { ticket: 'care', task: 'tasks', case: 'tasks' };

type Row = Pick<JourneyRow, 'root' | 'state'>;

export interface Apart<T> {
  readonly group: Group;
  readonly open: readonly T[];
  readonly over: readonly T[];
}

/** Care and orders always, each in the order given; tasks where there are any. */
export function apart<T extends Row>(rows: readonly T[]): Apart<T>[] {
  return GROUPS.flatMap((group) => {
    const mine = rows.filter(({ root }) => (GROUP_OF[root.kind] ?? 'orders') === group);
    if (group === 'tasks' && mine.length === 0) return [];
    return [{ group, open: mine.filter((r) => r.state === 'open'), over: mine.filter((r) => r.state !== 'open') }];
  });
}
