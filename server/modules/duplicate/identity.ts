import { idCheckSign, normal } from '#platform/personal';
import { withinOneSlip } from './names.ts';

/** What two numbers of identity papers say of two people. Pure. */

const CITIZEN = /^\d{17}[\dX]$/;
const isCitizen = (n: string): boolean => CITIZEN.test(n);

const isSound = (n: string): boolean => idCheckSign(n.slice(0, 17)) === n[17];

/** `slip`: one sign apart or two neighbours changed about, and at least one of them has a wrong check sign, so it was never anybody's. */
export type Identities = 'same' | 'slip' | 'differ' | 'unknown';

/** Numbers of citizens alone can differ for certain: one person may hold a passport and an identity card. */
export function identitiesOf(a: string, b: string): Identities {
  const [x, y] = [normal('idNumber', a), normal('idNumber', b)];
  if (x === y) return 'same';
  if (!isCitizen(x) || !isCitizen(y)) return 'unknown';
  if (isSound(x) && isSound(y)) return 'differ';
  return withinOneSlip([...x], [...y]) ? 'slip' : 'differ';
}

/** The signs of a citizen's number that no slip in the day of birth touches; undefined for another paper. */
export function besideBirth(idNumber: string): string | undefined {
  const n = normal('idNumber', idNumber);
  return isCitizen(n) ? n.slice(0, 5) + n.slice(15) : undefined;
}

/** Day of birth, `yyyymmdd`, from a citizen's number (GB 11643); undefined: another paper, or no day that there is. */
export function bornOn(idNumber: string): string | undefined {
  const n = normal('idNumber', idNumber);
  if (!isCitizen(n)) return undefined;
  const day = n.slice(6, 14);
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))];
  const made = new Date(Date.UTC(year, month - 1, date));
  return year >= 1850 && made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? day : undefined;
}
