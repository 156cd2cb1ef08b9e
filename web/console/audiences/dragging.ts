/** Under which name a node travels while it is dragged: nothing else that is dragged over the page is taken for one. */
export const DRAGGED = 'application/x-glasshouse-line';

/** How long a field may take to come: what a tag is may have to be asked first. */
const PATIENCE_MS = 1_500;

/** The cursor goes where a node stands as soon as it is drawn. `where`: into which of its fields. */
export function focusOn(id: string, where: string): void {
  const until = performance.now() + PATIENCE_MS;
  const look = () => {
    const field = document.getElementById(id)?.querySelector<HTMLElement>(where);
    if (field) field.focus();
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
}
