import type { Scenario } from '#scenario/contract';
import { begin, change, type History, redo, undo } from './history.ts';
import { follow } from './operations.ts';
import type { Opened, View } from './problems.ts';

/** The editor's state: the scenario with what it was before, what is open, and text that does not yet read as a scenario. */
export interface Editing {
  readonly history: History<Scenario>;
  readonly open: Opened | null;
  readonly text: string | null;
}

export type Act =
  | { do: 'change'; how: (s: Scenario) => Scenario; tag?: string; open?: (s: Scenario) => Opened | null }
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'open'; what: Opened | null }
  | { do: 'text'; text: string | null };

export const beginEditing = (scenario: Scenario): Editing => ({ history: begin(scenario), open: null, text: null });

/** What is open goes along with its thing; what is gone is closed. */
function kept(before: Scenario, after: Scenario, open: Opened | null): Opened | null {
  if (!open) return null;
  const at =
    open.kind === 'milestone' ? follow(before.milestones, after.milestones, open.at) : follow(before.stages, after.stages, open.at);
  return at === null ? null : { ...open, at };
}

export function editing(state: Editing, act: Act): Editing {
  const { history, open } = state;
  const goTo = (next: History<Scenario>): Editing =>
    next === history ? state : { ...state, history: next, open: kept(history.now, next.now, open) };
  if (act.do === 'undo') return goTo(undo(history));
  if (act.do === 'redo') return goTo(redo(history));
  if (act.do === 'open') return { ...state, open: act.what };
  if (act.do === 'text') return { ...state, text: act.text };
  const next = goTo(change(history, act.how(history.now), act.tag ?? null));
  return act.open ? { ...next, open: act.open(next.history.now) } : next;
}

export const VIEWS: readonly View[] = ['graph', 'rules', 'text', 'preview'];
