import { createContext, useContext } from 'react';
import type { Scenario } from '#scenario/contract';
import type { Act } from './editing.ts';
import type { Found } from './problems.ts';

/** What every part of the editor works on. */
export interface Editor {
  readonly scenario: Scenario;
  readonly problems: readonly Found[];
  readonly act: (act: Act) => void;
  /** A change by one field; typing on in it is one step to take back. */
  readonly change: (how: (s: Scenario) => Scenario, tag?: string) => void;
}

export const EditorContext = createContext<Editor | null>(null);

export const useEditor = (): Editor => {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('no editor around');
  return editor;
};

/** The element that stands for a path of the scenario: where a click on a problem leads. */
export const fieldId = (path: string) => `at-${path.replaceAll('.', '-')}`;
