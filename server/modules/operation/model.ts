/** What of a fault may be shown: its first line, without numbers that could be a person's. */
export const shownFault = (fault: string | null): string => (fault?.split('\n', 1)[0] ?? '').replace(/\d{5,}/g, '…').slice(0, 300);

const LATE_MS = 36 * 3_600_000;

export const backupState = (at: Date | undefined, now: number): 'fresh' | 'late' | 'none' =>
  at === undefined ? 'none' : now - at.getTime() > LATE_MS ? 'late' : 'fresh';
