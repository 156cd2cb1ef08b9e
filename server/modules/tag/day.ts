import { dayOf } from './values.ts';

/** The calendar day of an instant (epoch ms) where the zone's clocks are, in days since 1970-01-01. */
export const dayIn = (zone: string, at: number): number =>
  dayOf(new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)) as number;
