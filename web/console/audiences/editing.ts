import { begin, change, type History, redo, undo } from '../editor/history.ts';
import { find, type Group } from './tree.ts';

/** The builder's state: the tree with what it was before, and which node is open for work. */
export interface Editing {
  readonly history: History<Group>;
  readonly open: string | null;
}

export type Act =
  /** `tag`: the field that is typed in; typing on is one step back. `open`: what is worked on next. */
  | { do: 'change'; how: (root: Group) => Group; tag?: string; open?: string }
  | { do: 'open'; id: string | null }
  | { do: 'undo' }
  | { do: 'redo' };

export const beginEditing = (root: Group): Editing => ({ history: begin(root), open: null });

const kept = (root: Group, open: string | null): string | null => (open !== null && find(root, open) ? open : null);

export function editing(state: Editing, act: Act): Editing {
  const { history } = state;
  if (act.do === 'open') return act.id === state.open ? state : { ...state, open: act.id };
  const next =
    act.do === 'undo' ? undo(history) : act.do === 'redo' ? redo(history) : change(history, act.how(history.now), act.tag ?? null);
  const open = act.do === 'change' && act.open !== undefined ? act.open : state.open;
  return { history: next, open: kept(next.now, open) };
}
