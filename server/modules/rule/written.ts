import { z } from 'zod';
import { Fact } from './contract.ts';
import { dayOf } from './day.ts';

/** A fact as people write it in a file: a flag needs no bounds, and a date's are days. */
export const WrittenFact = z.preprocess((written) => {
  if (typeof written !== 'object' || written === null) return written;
  const { from = 0, to = 1, ...rest } = written as { from?: unknown; to?: unknown };
  const bound = (b: unknown) => (typeof b === 'string' ? dayOf(b) : b);
  return { ...rest, from: bound(from), to: bound(to) };
}, Fact);
