import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { colours, type Mode, tokensCss } from './tokens.ts';

test('tokens.css is made from tokens.ts', async () => {
  await expect(tokensCss()).toMatchFileSnapshot('tokens.css');
});

const channel = (hex: string, at: number) => {
  const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const luminance = (hex: string) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
/** WCAG 2.2 contrast ratio. */
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

describe.each<Mode>(['light', 'dark'])('in %s', (mode) => {
  const c = colours(mode);
  const grounds = ['paper', 'card', 'sunk'] as const;
  test.each(grounds)('every text can be read on %s', (ground) => {
    for (const text of ['ink', 'ink-soft', 'ink-faint', 'accent', 'good', 'wait', 'bad'] as const) {
      expect(contrast(c[text], c[ground]), text).toBeGreaterThanOrEqual(4.5);
    }
  });
  test.each(['accent', 'good', 'wait', 'bad'] as const)('%s can be read on its soft ground, and carries text', (tone) => {
    expect(contrast(c[tone], c[`${tone}-soft`])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(c.ink, c[`${tone}-soft`])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(c['on-accent'], c[tone])).toBeGreaterThanOrEqual(4.5);
  });
  test('borders of fields can be seen', () => {
    expect(contrast(c['line-strong'], c.card)).toBeGreaterThanOrEqual(3);
  });
});

const web = resolve(import.meta.dirname, '..');
const RAW_COLOUR = /#[0-9a-f]{3,8}\b(?![-\w])|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(/i;
/** Pixels nowhere; rem only as the measure of a column or a box, never for type, gaps, borders or corners. */
const RAW_SIZE =
  /(?<![\w.-])(?!0px)\d*\.?\d+(?:px|pt)\b|(?:line-height|padding|margin|gap|border|radius|outline|letter)[\w-]*:[^;]*\drem\b|font[\w-]*:[^;]*\dr?em\b/;
const RAW_SHADOW = /box-shadow:(?!\s*(?:var\(|none|inherit))/;

/** Lines of a style or script that name a raw colour, size or shadow. Widths of media and container queries cannot be variables. */
const rawIn = (text: string, isStyle: boolean): string[] =>
  text.split('\n').filter((line) => {
    if (/matchMedia|rootMargin|^\s*(?:@media|@container|\*|\/\/|\/\*)/.test(line)) return false;
    if (isStyle) return RAW_COLOUR.test(line) || RAW_SIZE.test(line) || RAW_SHADOW.test(line);
    return (
      /['"`]/.test(line) &&
      (/['"`]#[0-9a-f]{3,8}['"`]/i.test(line) || /\b(?:rgba?|hsla?|oklch)\(\s*\d/.test(line) || /['"`:\s]\d+px\b/.test(line))
    );
  });

const files = (readdirSync(web, { recursive: true }) as string[])
  .map((name) => join(web, name))
  .filter((path) => /\.(css|tsx?)$/.test(path) && !/\.test\.tsx?$|kit\/tokens\.(css|ts)$/.test(path));

describe('raw colours, sizes and shadows stand in the tokens alone', () => {
  test('the check reads files and catches planted ones', () => {
    expect(files.length).toBeGreaterThan(10);
    const planted = ['color: #fff;', 'margin: 3px;', 'box-shadow: 0 1px red;', 'color: rgb(1 2 3);', 'font-size: 1.2rem;'];
    expect(planted.filter((line) => rawIn(line, true).length === 0)).toEqual([]);
    expect(rawIn("style={{ color: '#1677ff' }}", false)).toHaveLength(1);
    expect(rawIn("style={{ width: '12px' }}", false)).toHaveLength(1);
    expect(rawIn('color: var(--ink); width: 100%; box-shadow: var(--shadow-1);', true)).toEqual([]);
  });
  test.each(files.map((path) => [relative(web, path), path]))('%s', (_name, path) => {
    expect(rawIn(readFileSync(path, 'utf8'), path.endsWith('.css'))).toEqual([]);
  });
});
