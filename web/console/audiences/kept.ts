import { fromDefinition, toDefinition } from './definition.ts';
import { type Group, type Json, type Node, renewed } from './tree.ts';

/** The draft that a person keeps in his browser: what was not saved survives a reload, with the lines that are off. */

export interface Draft {
  readonly root: Group;
  /** The version it was begun from; 0: there was none. */
  readonly version: number;
  /** Epoch ms. */
  readonly at: number;
}

/** A browser may refuse even to open its store. */
type Open = () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = (login: string, id: string): string => `glasshouse.audience.${login}.${id}`;

const isNode = (x: unknown): x is Node => {
  if (typeof x !== 'object' || x === null) return false;
  const node = x as Partial<Record<string, unknown>>;
  if (node.is === 'group') return (node.op === 'and' || node.op === 'or') && Array.isArray(node.of) && node.of.every(isNode);
  return node.is === 'line' && typeof node.what === 'object' && node.what !== null && 'on' in node.what;
};

/** Null: nothing kept, or not to be read. Ids are given anew. */
export function loadDraft(open: Open, login: string, id: string): Draft | null {
  try {
    const draft: Partial<Draft> = JSON.parse(open().getItem(keyOf(login, id)) ?? 'null') ?? {};
    if (!isNode(draft.root) || draft.root.is !== 'group' || typeof draft.version !== 'number' || typeof draft.at !== 'number') return null;
    // Written once, so that what cannot be written is not kept either.
    toDefinition(draft.root);
    return { root: renewed(draft.root), version: draft.version, at: draft.at };
  } catch {
    return null;
  }
}

/** False: the browser refuses to keep anything, and the draft lasts as long as the page. Null takes it out. */
export function keepDraft(open: Open, login: string, id: string, draft: Draft | null): boolean {
  try {
    if (draft) open().setItem(keyOf(login, id), JSON.stringify(draft));
    else open().removeItem(keyOf(login, id));
    return true;
  } catch {
    return false;
  }
}

/** Does the tree define something else than what is saved? */
export const saysOther = (root: Group, where: Json): boolean =>
  JSON.stringify(toDefinition(root).where) !== JSON.stringify(toDefinition(fromDefinition(where)).where);

/** Is the tree another than what is saved, lines that are off included? */
export const isChanged = (root: Group, where: Json): boolean =>
  JSON.stringify(withoutIds(root)) !== JSON.stringify(withoutIds(fromDefinition(where)));

const withoutIds = (node: Node): object => ({ ...node, id: '', ...(node.is === 'group' && { of: node.of.map(withoutIds) }) });
