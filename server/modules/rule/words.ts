import type { Fact } from './contract.ts';
import { textOf } from './day.ts';
import type { Condition, Sign, Value } from './expression.ts';

/** A condition as a sentence, for whoever does not read CEL. */

export type Lang = 'zh' | 'en';
/** What a value of a one-of is called. */
export type Label = (fact: Fact, value: string, lang: Lang) => string;

type Signs = Readonly<Record<Sign, string>>;
const SIGNS: Readonly<Record<Lang, Readonly<Record<'number' | 'date' | 'oneOf', Signs>>>> = {
  zh: {
    number: { '<': '低于', '<=': '不高于', '>': '高于', '>=': '不低于', '==': '等于', '!=': '不等于' },
    date: { '<': '早于', '<=': '不晚于', '>': '晚于', '>=': '不早于', '==': '是', '!=': '不是' },
    oneOf: { '<': '', '<=': '', '>': '', '>=': '', '==': '是', '!=': '不是' },
  },
  en: {
    number: { '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least', '==': 'is', '!=': 'is not' },
    date: { '<': 'is before', '<=': 'is not after', '>': 'is after', '>=': 'is not before', '==': 'is', '!=': 'is not' },
    oneOf: { '<': '', '<=': '', '>': '', '>=': '', '==': 'is', '!=': 'is not' },
  },
};
const MIRROR: Readonly<Record<Sign, Sign>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' };

const UNITS: Readonly<Record<Lang, Partial<Record<Fact['unit'], (value: number) => string>>>> = {
  zh: { fen: (n) => `${yuan(n)} 元`, days: (n) => `${n} 天`, months: (n) => `${n} 个月`, times: (n) => `${n} 次` },
  en: { fen: (n) => `¥${yuan(n)}`, days: (n) => `${n} days`, months: (n) => `${n} months`, times: (n) => `${n} times` },
};
const yuan = (fen: number): string => (fen / 100).toFixed(2).replace(/\.?0+$/, '');

/** A fact by its name in quotes. */
const named = (fact: Fact, lang: Lang): string => quoted(fact.names[lang], lang);
/** Curled in Chinese; straight in English, where the curled ones come out of a Chinese font. */
export const quoted = (text: string, lang: Lang): string => (lang === 'zh' ? `“${text}”` : `"${text}"`);

export function conditionWords(condition: Condition, lang: Lang, label: Label): string {
  const zh = lang === 'zh';
  const say = (c: Condition, within: 'and' | 'or' | null): string => {
    switch (c.op) {
      case 'flag':
        return zh ? `${named(c.fact, lang)}为是` : `${named(c.fact, lang)} is yes`;
      case 'known':
        return zh ? `已知${named(c.fact, lang)}` : `${named(c.fact, lang)} is known`;
      case 'literal':
        return zh ? (c.value ? '总是' : '从不') : c.value ? 'always' : 'never';
      case 'compare':
        return compared(c.sign, c.left, c.right, lang, label);
      case 'not':
        if (c.of.op === 'flag') return zh ? `${named(c.of.fact, lang)}为否` : `${named(c.of.fact, lang)} is no`;
        if (c.of.op === 'known') return zh ? `${named(c.of.fact, lang)}未知` : `${named(c.of.fact, lang)} is unknown`;
        return zh ? `并非（${say(c.of, null)}）` : `not (${say(c.of, null)})`;
      default: {
        const said = parts(c, c.op)
          .map((part) => say(part, c.op))
          .join(zh ? (c.op === 'and' ? '，且' : '，或') : c.op === 'and' ? ' and ' : ' or ');
        if (within === null || within === c.op) return said;
        return zh ? `（${said}）` : `(${said})`;
      }
    }
  };
  return say(condition, null);
}

/** a && b && c as three. */
const parts = (c: Condition, op: 'and' | 'or'): Condition[] => (c.op === op ? [...parts(c.left, op), ...parts(c.right, op)] : [c]);

function compared(sign: Sign, left: Value, right: Value, lang: Lang, label: Label): string {
  if (isFixed(left) && !isFixed(right)) return compared(MIRROR[sign], right, left, lang, label);
  const fact = soleFact(left);
  const kind = kindOf(left);
  const said =
    fact !== undefined && right.op === 'text' ? quoted(label(fact, right.text, lang), lang) : valueWords(right, lang, fact?.unit);
  return lang === 'zh'
    ? `${valueWords(left, lang)}${'left' in bare(left) ? ' ' : ''}${SIGNS.zh[kind][sign]}${right.op === 'constant' ? ' ' : ''}${said}`
    : `${valueWords(left, lang)} ${SIGNS.en[kind][sign]} ${said}`;
}

const isFixed = (v: Value): boolean => v.op === 'constant' || v.op === 'today' || v.op === 'text';
/** As it was written, whatever it stands beside. */
const bare = (v: Value): Value => (v.op === 'finer' ? bare(v.of) : v);
const soleFact = (v: Value): Fact | undefined => {
  const of = bare(v);
  return of.op === 'fact' ? of.fact : undefined;
};

function kindOf(v: Value): 'number' | 'date' | 'oneOf' {
  if (v.op === 'fact') return v.fact.kind === 'flag' ? 'number' : v.fact.kind;
  if (v.op === 'today') return 'date';
  if (v.op === 'text') return 'oneOf';
  return v.op === 'constant' || v.op === 'finer' ? 'number' : v.kind;
}

const OPS: Readonly<Record<Lang, Readonly<Record<'add' | 'subtract' | 'multiply', string>>>> = {
  zh: { add: ' 加 ', subtract: ' 减 ', multiply: ' 乘以 ' },
  en: { add: ' plus ', subtract: ' minus ', multiply: ' times ' },
};

/** `unit`: of the fact that a fixed figure stands beside. */
export function valueWords(v: Value, lang: Lang, unit?: Fact['unit']): string {
  if (v.op === 'fact') return named(v.fact, lang);
  if (v.op === 'text') return quoted(v.text, lang);
  if (v.op === 'today') return todayWords(v.months, lang);
  if (v.op === 'finer') return valueWords(v.of, lang, unit);
  if (v.op === 'constant') return unit === 'date' ? textOf(v.value) : (UNITS[lang][unit ?? 'number']?.(figureOf(v)) ?? String(figureOf(v)));
  const [a, b] = [fixedIn(v.left), fixedIn(v.right)];
  if (a !== null && b !== null) return String(Number(worked(v.op, a, b).toFixed(MOST_DECIMALS)));
  const inner = (of: Value): string => {
    const said = valueWords(of, lang);
    return 'left' in bare(of) && fixedIn(of) === null ? (lang === 'zh' ? `（${said}）` : `(${said})`) : said;
  };
  return `${inner(v.left)}${OPS[lang][v.op]}${inner(v.right)}`;
}

/** A figure as it was written. */
const figureOf = ({ value, decimals = 0 }: { value: number; decimals?: number }): number => value / 10 ** decimals;
/** More than any product of two figures has. */
const MOST_DECIMALS = 12;

/** A figure that is worked out before any customer is looked at: 100 − 40 reads as 60. */
function fixedIn(v: Value): number | null {
  if (v.op === 'finer') return fixedIn(v.of);
  if (v.op === 'constant') return figureOf(v);
  if (!('left' in v)) return null;
  const [a, b] = [fixedIn(v.left), fixedIn(v.right)];
  return a === null || b === null ? null : worked(v.op, a, b);
}

const worked = (op: 'add' | 'subtract' | 'multiply', a: number, b: number): number =>
  op === 'add' ? a + b : op === 'subtract' ? a - b : a * b;

function todayWords(months: number, lang: Lang): string {
  const n = Math.abs(months);
  if (months === 0) return lang === 'zh' ? '今天' : 'today';
  if (lang === 'zh') return months > 0 ? `今天起 ${n} 个月后` : `${n} 个月前的今天`;
  return months > 0 ? `${n} months from today` : `${n} months ago`;
}
