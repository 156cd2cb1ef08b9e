import type { Mistake } from './contract.ts';

/** What can be wrong with a rule's text, and how it is said. */
interface Words {
  readonly zh: string;
  readonly en: string;
}
type Sentence = (what: string, other: string) => Words;

const sentences = {
  empty: () => ({ zh: '还没有写条件。', en: 'There is no condition yet.' }),
  unreadable: () => ({
    zh: '从这里起读不懂，请检查括号、运算符和拼写。',
    en: 'This cannot be read from here on; check brackets, operators and spelling.',
  }),
  'too-large-a-text': (what) => ({
    zh: `条件太长或嵌套太深（上限 ${what}）。`,
    en: `The condition is too long or nested too deeply (the limit is ${what}).`,
  }),
  'unknown-name': (what) => ({ zh: `没有名为“${what}”的事实或参数。`, en: `There is no fact or parameter named “${what}”.` }),
  'not-allowed': (what) => ({
    zh: `规则里不能用“${what}”；可用的有比较、in [ ]、加减乘、&&（并且）、||（或者）、!（非）、has()、today 和 today.plusMonths()。`,
    en: `“${what}” cannot be used in a rule; there are comparison, in [ ], + − ×, && (and), || (or), ! (not), has(), today and today.plusMonths().`,
  }),
  'not-whole': (what) => ({
    zh: `“${what}”不是整数，旁边的数值没有小数；金额用分，比例写成乘法（a <= b * 0.7）。`,
    en: `“${what}” is not a whole number, and what it stands beside is; money is in fen, a share is written as a product (a <= b * 0.7).`,
  }),
  'too-fine': (what, other) => ({
    zh: `“${what}”的小数超过 ${other} 位。`,
    en: `“${what}” has more than ${other} decimals.`,
  }),
  'kinds-differ': (what, other) => ({
    zh: `“${what}”不能用在这里的${kindsIn(other, 'zh')}上。`,
    en: `“${what}” does not work on ${kindsIn(other, 'en')}, as it stands here.`,
  }),
  'not-a-condition': (what) => ({
    zh: `这里需要一个是非判断，而不是${kindsIn(what, 'zh')}。`,
    en: `A condition is needed here, not ${kindsIn(what, 'en')}.`,
  }),
  'not-a-value': (what) => ({
    zh: `这里需要一个数值或日期，而不是${kindsIn(what, 'zh')}。`,
    en: `A number or a day is needed here, not ${kindsIn(what, 'en')}.`,
  }),
  'not-a-text': (what) => ({
    zh: `这里需要用引号写出标签的一个取值，而不是“${what}”。`,
    en: `One of the tag’s values is needed here, in quotes, not “${what}”.`,
  }),
  'unknown-value': (what, other) => ({
    zh: `标签“${other}”没有“${what}”这个取值。`,
    en: `The tag “${other}” has no value “${what}”.`,
  }),
  'not-fixed': (what) => ({ zh: `${what} 里只能写数字或参数。`, en: `${what} takes a figure or a parameter, nothing else.` }),
  'too-large': (what, other) => ({
    zh: `这里的结果可能达到 ${what}，超出了精确计算的范围（${other}）。`,
    en: `This can reach ${what}, which is beyond what is counted exactly (${other}).`,
  }),
  'says-nothing': () => ({ zh: '条件里没有用到任何事实。', en: 'The condition speaks of no fact.' }),
  'parameter-out-of-range': (what, other) => ({
    zh: `参数“${what}”应在 ${other} 之间。`,
    en: `The parameter “${what}” must be within ${other}.`,
  }),
  'parameter-twice': (what) => ({
    zh: `参数名“${what}”重复或与事实同名。`,
    en: `The name “${what}” is taken by another parameter or a fact.`,
  }),
  'evidence-unknown': (what) => ({ zh: `证据字段“${what}”不是已知的事实。`, en: `The evidence “${what}” is no known fact.` }),
  'value-unknown': (what) => ({ zh: `取值“${what}”不在这个标签的取值里。`, en: `“${what}” is none of this tag’s values.` }),
  'value-twice': (what) => ({ zh: `取值“${what}”重复。`, en: `The value “${what}” is there twice.` }),
  'other-kind': (what, other) => ({
    zh: `这里得出的是${kindsIn(what, 'zh')}，而标签是${kindsIn(other, 'zh')}。`,
    en: `This gives ${kindsIn(what, 'en')}, but the tag is ${kindsIn(other, 'en')}.`,
  }),
} as const satisfies Record<string, Sentence>;

export type MistakeReason = keyof typeof sentences;

const KINDS: Readonly<Record<string, Words>> = {
  number: { zh: '数值', en: 'a number' },
  date: { zh: '日期', en: 'a date' },
  flag: { zh: '是非值', en: 'a condition' },
  oneOf: { zh: '选项', en: 'one of several values' },
};

/** "number date" → "数值与日期" / "a number and a date" */
const kindsIn = (kinds: string, lang: 'zh' | 'en'): string =>
  kinds
    .split(' ')
    .map((k) => KINDS[k]?.[lang] ?? k)
    .join(lang === 'zh' ? '与' : ' and ');

interface Place {
  readonly path: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A mistake at a place: signs from `start` to `end` of `text`. */
export function mistake({ path, text, start, end }: Place, reason: MistakeReason, what = '', other = ''): Mistake {
  const before = text.slice(0, start).split('\n');
  const say: Sentence = sentences[reason];
  return { path, reason, start, end, line: before.length, column: (before.at(-1) ?? '').length + 1, ...say(what, other) };
}
