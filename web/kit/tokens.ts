/**
 * The one place with raw colours, sizes and shadows. `tokens.css` is made from it (a test holds the two equal), `antdTheme` too.
 * Elsewhere only the names are used: `var(--ink)`, `var(--space-4)`, `colours('dark').accent`.
 */

export type Mode = 'light' | 'dark';

const light = {
  paper: '#f4f6f5',
  card: '#ffffff',
  sunk: '#eef1f0',
  ink: '#16201f',
  'ink-soft': '#46524f',
  'ink-faint': '#5d6966',
  line: '#dee4e2',
  'line-strong': '#84908d',
  accent: '#00687a',
  'accent-strong': '#004f5e',
  'accent-soft': '#e1f1f3',
  'on-accent': '#ffffff',
  good: '#1b7339',
  'good-soft': '#e4f3e9',
  wait: '#855400',
  'wait-soft': '#fcf0d6',
  bad: '#b0241c',
  'bad-soft': '#fce9e7',
  veil: 'rgb(10 20 20 / 0.45)',
};

type Palette = Record<keyof typeof light, string>;

const dark: Palette = {
  paper: '#0f1415',
  card: '#182021',
  sunk: '#212b2c',
  ink: '#e8eeec',
  'ink-soft': '#b6c3c0',
  'ink-faint': '#98a6a3',
  line: '#2b3738',
  'line-strong': '#70807d',
  accent: '#5ecade',
  'accent-strong': '#8fdfec',
  'accent-soft': '#123138',
  'on-accent': '#00262d',
  good: '#74d292',
  'good-soft': '#142e1d',
  wait: '#f0bb52',
  'wait-soft': '#352809',
  bad: '#ff9d93',
  'bad-soft': '#3d1b18',
  veil: 'rgb(0 0 0 / 0.6)',
};

/** The palette of a mode, for what cannot read CSS variables (charts, maps, canvas). */
export const colours = (mode: Mode): Palette => (mode === 'dark' ? dark : light);

const shadows: Record<Mode, Record<'shadow-1' | 'shadow-2', string>> = {
  light: { 'shadow-1': '0 1px 2px rgb(16 32 30 / 0.06), 0 4px 16px rgb(16 32 30 / 0.05)', 'shadow-2': '0 8px 32px rgb(16 32 30 / 0.16)' },
  dark: { 'shadow-1': '0 1px 2px rgb(0 0 0 / 0.4)', 'shadow-2': '0 8px 32px rgb(0 0 0 / 0.6)' },
};

/** Five type sizes in px at the browser's usual 16; written in rem, so they follow the reader's own setting. */
export const type = { xs: 12, s: 14, m: 16, l: 20, xl: 28 } as const;

/** Steps of the 4-px grid. */
export const space = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 8: 32, 10: 40, 12: 48, 16: 64 } as const;

export const radius = { s: 6, m: 10, l: 16 } as const;

export const fonts = {
  text: "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif",
  latin: "-apple-system, 'Segoe UI', Roboto, Arial, system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  code: "ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono CJK SC', monospace",
} as const;

/** Sizes with a meaning of their own: touch target, hairline, widths of columns. */
const sizes = {
  touch: '2.75rem',
  hair: '1px',
  stroke: '2px',
  mark: '1.75rem',
  face: '3.5rem',
  column: '640px',
  page: '1040px',
  rail: '300px',
};

const motions = { quick: '160ms', calm: '400ms', breath: '2.4s' };

const declare = (pairs: Record<string, string>, indent: string) =>
  Object.entries(pairs)
    .map(([name, value]) => `${indent}--${name}: ${value};\n`)
    .join('');

const rem = (px: number) => `${px / 16}rem`;
const named = (prefix: string, values: Record<string, number>, unit: (px: number) => string) =>
  Object.fromEntries(Object.entries(values).map(([name, px]) => [`${prefix}-${name}`, unit(px)]));

/** The text of `tokens.css`. `:host` lets the same sheet serve a shadow root; `data-theme` beats the system's choice. */
export const tokensCss = (): string => {
  const fixed = {
    ...named('text', type, rem),
    ...named('space', space, (px) => `${px}px`),
    ...named('radius', radius, (px) => `${px}px`),
    'font-text': fonts.text,
    'font-latin': fonts.latin,
    'font-code': fonts.code,
    ...sizes,
    ...motions,
  };
  const still = Object.fromEntries(Object.keys(motions).map((name) => [name, '0s']));
  const of = (mode: Mode, indent: string) => declare({ ...colours(mode), ...shadows[mode] }, indent);
  return `/* Made from tokens.ts: change it there, then run vitest with -u. */
:root,
:host {
  color-scheme: light;
${declare(fixed, '  ')}${of('light', '  ')}}
@media (prefers-color-scheme: dark) {
  :root,
  :host {
    color-scheme: dark;
${of('dark', '    ')}  }
}
@media (prefers-reduced-motion: reduce) {
  :root,
  :host {
${declare(still, '    ')}  }
}
:root[data-theme='light'],
:host([data-theme='light']) {
  color-scheme: light;
${of('light', '  ')}}
:root[data-theme='dark'],
:host([data-theme='dark']) {
  color-scheme: dark;
${of('dark', '  ')}}
`.replaceAll("'", '"');
};
