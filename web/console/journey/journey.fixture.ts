import type { EventView, JourneyDetail, MilestoneView, WaitView } from '#tracking/contract';

/** Ten in the morning of an invented day. */
export const NOW = Date.parse('2026-11-21T10:00:00+08:00');

export const at = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();

const names = (id: string) => ({ zh: id, en: id });

export const aMilestone = (part: Partial<MilestoneView> = {}): MilestoneView => ({
  id: 'accepted',
  names: names(part.id ?? 'accepted'),
  stage: 'accepted',
  holder: 'desk',
  state: 'pending',
  enteredAt: null,
  leftAt: null,
  entries: 0,
  handler: null,
  sources: [],
  planned: { p50: 1800, p90: 3600 },
  ...part,
});

export const aWait = (part: Partial<WaitView> = {}): WaitView => ({
  id: 'customer-reappointed',
  names: names(part.id ?? 'customer-reappointed'),
  since: at(-3),
  until: null,
  endedAt: at(-2),
  stops: true,
  ...part,
});

export const anEvent = (part: Partial<EventView> = {}): EventView => ({
  ref: part.ref ?? `${part.source ?? 'field'} ${part.time ?? at(-1)}`,
  source: 'field',
  id: 'e1',
  type: 'work.taken',
  time: at(-1),
  seq: 0,
  keys: { order: ['SO-1'] },
  receivedAt: at(-1),
  milestone: null,
  marks: [],
  ...part,
});

/** An open order, begun five hours ago, in the desk's hands for two, promised for tonight. */
export const aJourney = (part: Partial<JourneyDetail> = {}): JourneyDetail => ({
  id: 'j1',
  root: { kind: 'order', value: 'SO-1' },
  scenario: 'broadband-new',
  scenarioVersion: 1,
  scenarioNames: names('broadband-new'),
  state: 'open',
  reason: null,
  keys: { order: ['SO-1'] },
  person: null,
  area: null,
  startedAt: at(-5),
  finishedAt: null,
  lastAt: at(-2),
  holder: { role: 'desk', names: names('desk'), handler: '0417', since: at(-2), limit: at(1), colleague: null },
  next: { milestone: 'accepted', names: names('accepted'), holder: 'desk', p50: 1800, p90: 3600 },
  wait: null,
  promise: { from: at(-5), to: at(10), overdue: false, paused: false, netSeconds: 5 * 3600 },
  related: [],
  stages: [],
  milestones: [
    aMilestone({ id: 'submitted', state: 'done', enteredAt: at(-5), leftAt: at(-2) }),
    aMilestone({ id: 'accepted', state: 'active', enteredAt: at(-2) }),
    aMilestone({ id: 'completed' }),
  ],
  waits: [],
  exceptions: [],
  sources: [],
  eventCount: 0,
  events: [],
  nextCursor: null,
  urged: 0,
  actions: [],
  ...part,
});
