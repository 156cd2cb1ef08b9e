import { useEffect, useState } from 'react';
import { type Draft, isChanged, keepDraft, loadDraft, saysOther } from './kept.ts';
import type { Group, Json } from './tree.ts';

const store = () => localStorage;

/** What was kept of this audience in this browser when the page was opened. */
export const draftOf = (login: string, id: string): Draft | null => loadDraft(store, login, id);

/** A new audience goes on under its id, with its lines that are off. */
export function moveDraft(login: string, id: string, root: Group, where: unknown, version: number): void {
  keepDraft(store, login, 'new', null);
  if (isChanged(root, where as Json)) keepDraft(store, login, id, { root, version, at: Date.now() });
}

interface Kept {
  /** The definition on the screen is not the one that is saved. */
  readonly dirty: boolean;
  /** It survives a reload. */
  readonly isKept: boolean;
}

/** Keeps the tree in the browser as it changes, and forgets it once it is what is saved. `where` null: nothing is saved yet. */
export function useDraft(login: string, id: string, root: Group, { where, version }: { where: unknown; version: number }): Kept {
  const saved = (where ?? EVERYBODY) as Json;
  const [isKept, setKept] = useState(true);
  useEffect(() => {
    setKept(keepDraft(store, login, id, isChanged(root, saved) ? { root, version, at: Date.now() } : null));
  }, [login, id, root, version, saved]);
  return { dirty: saysOther(root, saved), isKept };
}

const EVERYBODY: Json = { and: [] };
