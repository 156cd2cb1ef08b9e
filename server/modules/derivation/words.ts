import { conditionWords, type Label, type Lang, quoted, valueWords } from '#rule';
import type { Fact } from '#rule/contract';
import type { Definition } from './contract.ts';
import { isMeaning, type Meaning, meaningOf } from './model.ts';

/** A definition read out: a sentence a row, in both languages. */

export interface Rows {
  readonly zh: string[];
  readonly en: string[];
}

const YES_NO: Readonly<Record<Lang, readonly [string, string]>> = { zh: ['是', '否'], en: ['yes', 'no'] };

/** Empty where the definition is not understood. `label`: what values of other tags are called. */
export function rowsOf(definition: Definition, facts: readonly Fact[], label: Label): Rows {
  const meaning = meaningOf(definition, facts);
  if (!isMeaning(meaning)) return { zh: [], en: [] };
  return { zh: inWords(definition, meaning, 'zh', label), en: inWords(definition, meaning, 'en', label) };
}

function inWords(definition: Definition, { rules, value }: Meaning, lang: Lang, label: Label): string[] {
  const zh = lang === 'zh';
  if ('expression' in definition) return value === null ? [] : [zh ? `等于${valueWords(value, lang)}。` : `Is ${valueWords(value, lang)}.`];
  const called = (v: string | boolean | null): string => {
    if (v === null) return zh ? '未知' : 'unknown';
    if (typeof v === 'boolean') return zh ? quoted(YES_NO.zh[v ? 0 : 1], lang) : YES_NO.en[v ? 0 : 1];
    const said = definition.kind === 'oneOf' ? definition.values.find((one) => one.value === v)?.[lang] : undefined;
    return quoted(said || v, lang);
  };
  const rows = rules.map((rule, i) => {
    const condition = conditionWords(rule, lang, label);
    const result = called(definition.table[i]?.value ?? null);
    return zh ? `${i > 0 ? '否则，' : ''}${condition}的，为${result}。` : `${i > 0 ? 'Else, if ' : 'If '}${condition}: ${result}.`;
  });
  const rest = called(definition.otherwise);
  return [...rows, zh ? `其余为${rest}。` : `All others: ${rest}.`, unknownWords(definition.whenUnknown, rest, lang)];
}

function unknownWords(when: 'unknown' | 'pass' | 'otherwise', rest: string, lang: Lang): string {
  const zh = lang === 'zh';
  if (when === 'unknown')
    return zh
      ? '轮到某一行时条件是否成立不知道的，结果未知。'
      : 'Where the turn of a row comes and its condition is unknown, the result is unknown.';
  if (when === 'pass')
    return zh ? '条件是否成立不知道的行按不成立跳过。' : 'A row whose condition is unknown is passed over, as if it were false.';
  return zh ? `轮到某一行时条件是否成立不知道的，为${rest}。` : `Where the turn of a row comes and its condition is unknown: ${rest}.`;
}

/** A definition as text, as the catalogue of tags keeps it. */
export function textOf(definition: Definition): string {
  const figures = definition.parameters.map((p) => `${p.id} = ${p.value / 10 ** (p.decimals ?? 0)}`);
  if ('expression' in definition) return [...figures, definition.expression].join('\n');
  const said = (v: string | boolean | null) => (v === null ? 'unknown' : String(v));
  const rows = definition.table.map((r) => `${r.when} → ${said(r.value)}`);
  return [...figures, ...rows, `otherwise → ${said(definition.otherwise)}`, `unknown → ${definition.whenUnknown}`].join('\n');
}
