import type { JourneyRow } from '#tracking/contract';
import type { StateName } from '../../kit/state.ts';

/** The one word that says how an order stands: the worst that is true of it comes first. */
export function rowState(row: Pick<JourneyRow, 'state' | 'overdue' | 'heldBack' | 'wait' | 'dueSoon'>): StateName {
  if (row.state !== 'open') return row.state;
  if (row.overdue) return 'late';
  if (row.heldBack) return 'heldBack';
  if (row.wait) return 'waiting';
  return row.dueSoon ? 'dueSoon' : 'open';
}
