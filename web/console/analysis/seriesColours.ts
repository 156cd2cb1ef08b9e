import { colours, type Mode } from '../../kit/tokens.ts';

/** Lines of a chart, told apart by lightness as well as hue; all from the palette. */
export const seriesColours = (mode: Mode): string[] => {
  const c = colours(mode);
  return [c.accent, c.wait, c.good, c.bad, c['ink-faint'], c['accent-strong'], c['line-strong']];
};
