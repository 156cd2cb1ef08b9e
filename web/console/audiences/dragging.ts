/** Under which name a node travels while it is dragged: nothing else that is dragged over the page is taken for one. */
export const DRAGGED = 'application/x-glasshouse-line';

/** How long a field may take to come: what a tag is may have to be asked first. On a slow line longer, while the cursor stands still. */
const PATIENCE_MS = 1_500;
const UTMOST_MS = 20_000;

/** The cursor goes where a node stands as soon as it is drawn. `where`: into which of its fields. */
export function focusOn(id: string, where: string): void {
  const began = performance.now();
  let stood: Element | null = null;
  const look = () => {
    const field = document.getElementById(id)?.querySelector<HTMLElement>(where);
    if (field) return field.focus();
    const waited = performance.now() - began;
    if (waited > PATIENCE_MS) stood ??= document.activeElement;
    if (waited < UTMOST_MS && (stood === null || stood === document.activeElement)) requestAnimationFrame(look);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
}
