import type { ScoringTable } from './contract.ts';
import { both, OWN } from './figures.ts';
import { CONDITIONS, MOST, QUIET_DAYS, ROWS, VERSION } from './scoring.ts';

const RESULT_NAMES = {
  talked: { zh: '聊过了', en: 'Talked' },
  'not-at-home': { zh: '没人在家', en: 'Not at home' },
  refused: { zh: '拒绝', en: 'Refused' },
  deal: { zh: '办成了', en: 'Deal' },
} as const;

/** The scoring table for whoever wants to know why a home stands where it stands. */
export const published = (): ScoringTable => ({
  version: VERSION,
  most: MOST,
  rows: ROWS.map(({ id, group, points, says, where, freePorts }) => ({
    id,
    group,
    points,
    names: says,
    where: { ...both(OWN, where) },
    freePorts,
  })),
  conditions: CONDITIONS.map(({ id, names }) => ({ id, names })),
  results: (Object.keys(QUIET_DAYS) as (keyof typeof QUIET_DAYS)[]).map((id) => ({
    id,
    names: RESULT_NAMES[id],
    quietDays: QUIET_DAYS[id],
  })),
});
