/** When a transfer may be made and taken back; decided here, without the store. */

const DAY_MS = 86_400_000;
/** Within so many days of its decision a transfer can be taken back; later the way back is a transfer of its own. */
export const UNDO_DAYS = 7;

export interface Standing {
  readonly made_at: number;
  readonly undone_at: number | null;
}

export const undoUntil = ({ made_at }: Pick<Standing, 'made_at'>): number => made_at + UNDO_DAYS * DAY_MS;

/** Why it cannot be taken back now; null: it can. `later`: a later transfer of the same service stands. */
export function undoObstacle(t: Standing, { later, now }: { later: boolean; now: number }): string | null {
  if (t.undone_at !== null) return 'transfer.undone';
  if (later) return 'transfer.later';
  return now > undoUntil(t) ? 'transfer.window-over' : null;
}
