import { type Refusal, refuse } from './event.ts';

/** Cells that say "nothing": spaces, an empty list, the nothing of the tools that write such lists. */
const isAbsent = (text: string) => text === '' || /^(?:None|nan|NaN|null)$/.test(text);

/**
 * The values of one cell of a `key.*` column: a list as Python (`['a','b']`) or JSON (`["a","b"]`) writes it, numbers in it taken as they
 * are written; else the cell itself; nothing for an empty cell. What begins like a list and is none is a value.
 */
export function keyValues(cell: string): string[] {
  const text = cell.trim();
  if (text === '') return [];
  if (!text.startsWith('[') || !text.endsWith(']')) return [text];
  const items = listItems(text.slice(1, -1));
  return items ? [...new Set(items)] : [text];
}

const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"[\]{}]*?))\s*(,|$)/y;

function listItems(text: string): string[] | undefined {
  const values: string[] = [];
  item.lastIndex = 0;
  while (item.lastIndex < text.length) {
    const found = item.exec(text);
    if (!found) return undefined;
    const [whole, single, double, bare = '', end] = found;
    const quoted = single ?? double;
    const value = quoted === undefined ? bare.trim() : unescaped(quoted);
    if (quoted === undefined ? !isAbsent(value) : value.trim() !== '') values.push(value.trim());
    if (end === '' || whole === '') break;
  }
  return values;
}

const unescaped = (text: string) =>
  text.includes('\\')
    ? text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex, char) => (hex ? String.fromCharCode(Number.parseInt(hex, 16)) : char))
    : text;

/** Kinds of long digits that a spreadsheet turns into a number (`scenarios.md` §2). */
const longNumbers = /^(?:iccid|eid|imei|trade|parcel|account|loid|serviceNumber|partnerOrder|.*(?:number|iccid|imei|号))$/i;

/**
 * Why a key's value is one that a spreadsheet has spoiled, or undefined: scientific form (`8.98699E+18`) in any kind, and for kinds of long
 * digits 19 and more of them with nothing but zeros after the fifteenth, which is all a spreadsheet keeps.
 */
export function spoiled(kind: string, value: string): Refusal | undefined {
  const scientific = /^\d(?:[.,]\d+)?[eE]\+\d{2,3}$/.test(value) || (longNumbers.test(kind) && /^\d[.,]\d+[eE]\d{2,3}$/.test(value));
  const rounded = longNumbers.test(kind) && /^[1-9]\d{14}0{4,}$/.test(value);
  if (!scientific && !rounded) return undefined;
  return refuse(
    'event.bad-field',
    `keys.${kind}: “${value}” has lost its last digits in a spreadsheet, which keeps 15; ` +
      'export the column again as text from the system it comes from.',
  );
}
