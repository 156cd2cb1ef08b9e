import { createContext, useContext } from 'react';
import type { Act } from './editing.ts';
import type { Purpose } from './purpose.ts';
import type { Group } from './tree.ts';

/** People after a line of the outermost group. `taken`: whom this line took from those before it; `unknown`: of how many its tag says nothing. */
export interface LeftAfter {
  readonly left: number;
  readonly taken: number;
  readonly unknown: number | null;
  /** Shares of everybody, for the bar. */
  readonly share: number;
  readonly takenShare: number;
}

/** What the parts of the tree need to know and may do. */
export interface Builder {
  readonly root: Group;
  readonly open: string | null;
  readonly act: (act: Act) => void;
  readonly change: (how: (root: Group) => Group, more?: { tag?: string; open?: string }) => void;
  readonly left: ReadonlyMap<string, LeftAfter>;
  /** What the server says against a node, in the reader's words. */
  readonly wrong: ReadonlyMap<string, string>;
  /** What the people are counted for; null: that was not said. */
  readonly purpose: Purpose | null;
  /** The audience on show, which cannot stand within itself. */
  readonly self: string | null;
}

export const BuilderContext = createContext<Builder | null>(null);

export const useBuilder = (): Builder => {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error('outside of the builder');
  return builder;
};
