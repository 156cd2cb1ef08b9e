/** Under which name a node travels while it is dragged: nothing else that is dragged over the page is taken for one. */
export const DRAGGED = 'application/x-glasshouse-line';

/** The cursor goes where a node stands after the screen has been drawn anew. `where`: into which of its fields. */
export const focusOn = (id: string, where: string): void => {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.querySelector<HTMLElement>(where)?.focus()));
};
