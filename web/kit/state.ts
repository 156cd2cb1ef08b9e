import type { IconName } from './icons.tsx';

/** A state is a sign, a word (`kit:state.…`) and a tone; the sign alone tells it apart in greyscale. */
export type Tone = 'accent' | 'good' | 'wait' | 'bad' | 'calm';

export const STATES = {
  open: { sign: 'dot', tone: 'accent' },
  current: { sign: 'dot', tone: 'accent' },
  active: { sign: 'dot', tone: 'accent' },
  done: { sign: 'check', tone: 'good' },
  waiting: { sign: 'pause', tone: 'wait' },
  dueSoon: { sign: 'half', tone: 'wait' },
  late: { sign: 'alert', tone: 'bad' },
  heldBack: { sign: 'lock', tone: 'bad' },
  cancelled: { sign: 'cross', tone: 'calm' },
  next: { sign: 'ring', tone: 'calm' },
  pending: { sign: 'ring', tone: 'calm' },
  skipped: { sign: 'dash', tone: 'calm' },
} as const satisfies Record<string, { sign: IconName; tone: Tone }>;

export type StateName = keyof typeof STATES;
