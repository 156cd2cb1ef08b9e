import type { z } from 'zod';
import type { Problem, Scenario } from '#scenario/contract';

export type Found = z.infer<typeof Problem>;

/** What is open beside the picture. */
export interface Opened {
  readonly kind: 'milestone' | 'stage';
  readonly at: number;
}

export type View = 'graph' | 'rules' | 'text' | 'preview';

/** Where a problem's field is: the view that shows it, and what must be open there. */
export interface Place {
  readonly view: View;
  readonly open: Opened | null;
}

export function placeOf(path: string): Place {
  const [list, index] = path.split('.');
  const at = Number(index);
  if (list === 'milestones' && index !== undefined) return { view: 'graph', open: { kind: 'milestone', at } };
  if (list === 'stages' && index !== undefined) return { view: 'graph', open: { kind: 'stage', at } };
  if (list === 'milestones' || list === 'stages') return { view: 'graph', open: null };
  return { view: list?.startsWith('line ') ? 'text' : 'rules', open: null };
}

/** The problems at a thing and at everything in it. */
export const under = (problems: readonly Found[], path: string): Found[] =>
  problems.filter((one) => one.path === path || one.path.startsWith(`${path}.`));

/** Addresses of a problem's field, the nearest first: `milestones.3.steps.1.p50`, `milestones.3.steps.1`, `milestones.3.steps` … */
export const fieldsOf = (path: string): string[] => {
  const parts = path.split('.');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
};

/** Why a draft cannot be published now, the first that a clerk would name; null when it can. */
export type Obstacle = 'right' | 'text' | 'conflict' | 'incomplete' | 'problems' | 'unchecked' | 'unsaved' | 'same';
export function obstacle(now: Record<Exclude<Obstacle, 'problems'>, boolean> & { problems: number }): Obstacle | null {
  const order: Obstacle[] = ['right', 'conflict', 'text', 'incomplete', 'problems', 'unchecked', 'same', 'unsaved'];
  return order.find((name) => (name === 'problems' ? now.problems > 0 : now[name])) ?? null;
}

/** One line about a scenario's size: what the picture holds. */
export const sizeOf = (s: Scenario) => ({
  stages: s.stages.length,
  milestones: s.milestones.length,
  steps: s.milestones.reduce((n, m) => n + m.steps.length, 0),
});
