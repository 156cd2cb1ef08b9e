import type { Mode } from '../../kit/tokens.ts';

const KEPT = 'glasshouse.theme';

/** Storage may be refused; the choice is then for this page only. */
const kept = (): Mode | null => {
  try {
    const told = localStorage.getItem(KEPT);
    return told === 'light' || told === 'dark' ? told : null;
  } catch {
    return null;
  }
};

/** Puts the kept choice on the page; without one the system's wish holds. */
export const startTheme = () => {
  const mode = kept();
  if (mode) document.documentElement.dataset.theme = mode;
};

export const chooseTheme = (mode: Mode) => {
  document.documentElement.dataset.theme = mode;
  try {
    localStorage.setItem(KEPT, mode);
  } catch {
    /* said above */
  }
};
