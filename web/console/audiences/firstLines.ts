import type { TagView } from '#tag/contract';
import type { Json } from './tree.ts';

/** A definition to begin from, out of the tags that there are. `word`: its sentence in the word file; `holes`: what stands in it. */
export interface FirstLine {
  readonly word: 'value' | 'number' | 'date';
  readonly tag: TagView;
  readonly value: { readonly zh: string; readonly en: string } | string;
  readonly where: Json;
}

/** One of each kind at most, from the tags of whom something is known; with our own customers alone where that can be said. */
export function firstLines(tags: readonly TagView[]): FirstLine[] {
  const own: readonly Json[] = tags.some(({ name, kind }) => name === 'own' && kind === 'flag') ? [{ tag: 'own', is: true }] : [];
  const known = tags.filter((tag) => tag.known > 0);
  const [oneOf] = known.filter(({ kind, values }) => kind === 'oneOf' && values.length > 1);
  const [number] = known.filter(
    ({ kind, from, to }) => kind === 'number' && typeof from === 'number' && typeof to === 'number' && from < to,
  );
  const [date] = known.filter(({ kind }) => kind === 'date');
  const out: FirstLine[] = [];
  if (oneOf) {
    const { value, zh, en } = oneOf.values[0]!;
    const said = String(value);
    out.push({
      word: 'value',
      tag: oneOf,
      value: { zh: zh || said, en: en || said },
      where: { and: [...own, { tag: oneOf.name, oneOf: [said] }] },
    });
  }
  if (number) {
    const half = round(((number.from as number) + (number.to as number)) / 2);
    out.push({ word: 'number', tag: number, value: String(half), where: { and: [...own, { tag: number.name, from: half }] } });
  }
  if (date)
    out.push({ word: 'date', tag: date, value: '', where: { and: [...own, { tag: date.name, from: { days: -29 }, to: { days: 0 } }] } });
  return out;
}

/** To two digits, as people say a limit. */
const round = (n: number): number => Number(n.toPrecision(2));
