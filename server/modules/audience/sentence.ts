import type { Lang } from '#platform/i18n';
import { isMoney, spokenNames } from '#tag/contract';
import { decimalOf } from './bounds.ts';
import type { Bound, Definition, Leaf, NamedTag, RelativeDay } from './model.ts';

/** A definition read aloud: one sentence with the tags' names and the values' labels, so that who has to agree to it can. */
export const sentenceOf = (d: Definition, lang: Lang): string => spaced(speak(d, { lang, negated: false, within: null }), lang);

interface Tone {
  readonly lang: Lang;
  readonly negated: boolean;
  /** What the part is joined by; a part that is joined by something else stands in brackets. */
  readonly within: 'and' | 'or' | null;
}

const VALUES_SHOWN = 8;

/** What stands around parts, per language. */
const signs = {
  zh: { and: '，且', or: '，或', open: '（', close: '）', not: '并非', everybody: '全体客户', nobody: '没有人' },
  en: { and: ', and ', or: ', or ', open: '(', close: ')', not: 'not ', everybody: 'everybody', nobody: 'nobody' },
} as const;

function speak(d: Definition, tone: Tone): string {
  const sign = signs[tone.lang];
  if (d.op === 'not') return speak(d.of, { ...tone, negated: !tone.negated });
  if (d.op !== 'and' && d.op !== 'or') return leafText(d, tone);
  if (d.of.length === 0) return (d.op === 'and') === tone.negated ? sign.nobody : sign.everybody;
  if (d.of.length === 1) return speak(d.of[0] as Definition, tone);
  const text = d.of.map((x) => speak(x, { lang: tone.lang, negated: false, within: d.op })).join(sign[d.op]);
  if (tone.negated) return `${sign.not}${sign.open}${text}${sign.close}`;
  return tone.within === null || tone.within === d.op ? text : `${sign.open}${text}${sign.close}`;
}

function leafText(d: Leaf, tone: Tone): string {
  const say = tone.lang === 'zh' ? chinese : english;
  const text = say(d, tone.negated);
  const { open, close } = signs[tone.lang];
  return d.op === 'among' && d.codes.length > 1 && tone.within !== null ? `${open}${text}${close}` : text;
}

function chinese(d: Leaf, negated: boolean): string {
  switch (d.op) {
    case 'flag':
      return flagText(said(d.tag).zh, d.yes !== negated);
    case 'among':
      return `${said(d.tag).zh}${negated ? '不是' : '为'}${listed(labelsOf(d, 'zh'), { between: '、', last: '或', none: '（未选）', more: (n) => `等${n}个值之一` })}`;
    case 'range':
      return rangeText(said(d.tag).zh, d, negated, wordsOf(d.tag, 'zh'));
    case 'known':
      return `${said(d.tag).zh}${d.known === negated ? '未知' : '已知'}`;
    case 'audience':
      return `${negated ? '不' : ''}属于客群“${d.name}”`;
    case 'list':
      return `${negated ? '不' : ''}在名单“${d.name}”中`;
    case 'top':
      return `${negated ? '不是' : ''}${among(d.of, 'zh')}${said(d.by).zh}${d.order === 'highest' ? '最高' : '最低'}的${d.n}人`;
    case 'sample':
      return `${negated ? '不在' : ''}按“${d.salt}”抽取的${percent(d.share)}${negated ? '之内' : ''}`;
  }
}

function english(d: Leaf, negated: boolean): string {
  switch (d.op) {
    case 'flag':
      return `${d.yes === negated ? 'not ' : ''}${said(d.tag).en}`;
    case 'among':
      return `${said(d.tag).en} is ${negated ? 'not ' : ''}${listed(labelsOf(d, 'en'), { between: ', ', last: ' or ', none: '(none chosen)', more: (n) => `, or another of ${n} values` })}`;
    case 'range':
      return rangeText(said(d.tag).en, d, negated, wordsOf(d.tag, 'en'));
    case 'known':
      return `${said(d.tag).en} is ${d.known === negated ? 'unknown' : 'known'}`;
    case 'audience':
      return `${negated ? 'not ' : ''}in the audience “${d.name}”`;
    case 'list':
      return `${negated ? 'not ' : ''}on the list “${d.name}”`;
    case 'top':
      return `${negated ? 'not ' : ''}the ${d.n} with the ${d.order} ${said(d.by).en}${among(d.of, 'en')}`;
    case 'sample':
      return `${negated ? 'outside' : 'in'} the sample of ${percent(d.share)} by “${d.salt}”`;
  }
}

const said = ({ names }: NamedTag) => spokenNames(names);
const wordsOf = ({ kind, names }: NamedTag, lang: Lang): RangeWords => (kind === 'date' ? dates : isMoney(names) ? moneys : numbers)[lang];

/** Flags have names of all sorts: 5G 客户, 有宽带, 已实名, 同意短信, 申请过携转码. */
function flagText(name: string, yes: boolean): string {
  const isVerb = /^(?:[有已曾在可能会愿正近未无不办开使]|同意|申请)/.test(name);
  if (yes) return isVerb ? name : `是${name}`;
  if (name.startsWith('有')) return `没${name}`;
  if (name.startsWith('同意')) return `不${name}`;
  if (name.startsWith('申请')) return `没有${name}`;
  return isVerb ? `并非${name}` : `不是${name}`;
}

const labelsOf = ({ tag, codes }: Extract<Leaf, { op: 'among' }>, lang: Lang): string[] =>
  codes.map((c) => tag.labels[c - 1]?.[lang] ?? '');

function listed(values: readonly string[], words: { between: string; last: string; none: string; more: (n: number) => string }): string {
  if (values.length === 0) return words.none;
  if (values.length > VALUES_SHOWN) return `${values.slice(0, VALUES_SHOWN - 1).join(words.between)}${words.more(values.length)}`;
  return [values.slice(0, -1).join(words.between), values.at(-1)].filter((t) => t !== '').join(words.last);
}

interface RangeWords {
  readonly end: (b: Bound) => string;
  readonly both: (name: string, a: string, b: string) => string;
  readonly outside: (name: string, a: string, b: string) => string;
  readonly least: (name: string, a: string) => string;
  readonly most: (name: string, b: string) => string;
  readonly below: (name: string, a: string) => string;
  readonly above: (name: string, b: string) => string;
}

const numbers: Record<Lang, RangeWords> = {
  zh: {
    end: (b) => String(b.said),
    both: (name, a, b) => (a === b ? `${name}等于${a}` : `${name}${name.endsWith('）') ? '' : ' '}${a}至${b}`),
    outside: (name, a, b) => (a === b ? `${name}不等于${a}` : `${name}不在${a}至${b}之间`),
    least: (name, a) => `${name}不低于${a}`,
    most: (name, b) => `${name}不超过${b}`,
    below: (name, a) => `${name}低于${a}`,
    above: (name, b) => `${name}超过${b}`,
  },
  en: {
    end: (b) => String(b.said),
    both: (name, a, b) => (a === b ? `${name} is ${a}` : `${name} from ${a} to ${b}`),
    outside: (name, a, b) => (a === b ? `${name} is not ${a}` : `${name} not from ${a} to ${b}`),
    least: (name, a) => `${name} at least ${a}`,
    most: (name, b) => `${name} at most ${b}`,
    below: (name, a) => `${name} below ${a}`,
    above: (name, b) => `${name} above ${b}`,
  },
};

const FEN = 100;
const yuan = ({ said }: Bound): string => decimalOf(Number(said) / FEN);
const moneys: Record<Lang, RangeWords> = {
  zh: { ...numbers.zh, end: (b) => `${yuan(b)}元` },
  en: { ...numbers.en, end: (b) => `¥${yuan(b)}` },
};

const dates: Record<Lang, RangeWords> = {
  zh: {
    end: (b) => dayText(b.said, 'zh'),
    both: (name, a, b) => (a === b ? `${name}为${a}` : `${name}在${a}至${b}之间`),
    outside: (name, a, b) => (a === b ? `${name}不是${a}` : `${name}不在${a}至${b}之间`),
    least: (name, a) => `${name}不早于${a}`,
    most: (name, b) => `${name}不晚于${b}`,
    below: (name, a) => `${name}早于${a}`,
    above: (name, b) => `${name}晚于${b}`,
  },
  en: {
    end: (b) => dayText(b.said, 'en'),
    both: (name, a, b) => (a === b ? `${name} is ${a}` : `${name} between ${a} and ${b}`),
    outside: (name, a, b) => (a === b ? `${name} is not ${a}` : `${name} not between ${a} and ${b}`),
    least: (name, a) => `${name} not before ${a}`,
    most: (name, b) => `${name} not after ${b}`,
    below: (name, a) => `${name} before ${a}`,
    above: (name, b) => `${name} after ${b}`,
  },
};

function rangeText(name: string, { from, to }: Extract<Leaf, { op: 'range' }>, negated: boolean, words: RangeWords): string {
  if (from !== null && to !== null) return (negated ? words.outside : words.both)(name, words.end(from), words.end(to));
  if (from !== null) return (negated ? words.below : words.least)(name, words.end(from));
  return to === null ? name : (negated ? words.above : words.most)(name, words.end(to));
}

function dayText(said: string | RelativeDay, lang: Lang): string {
  if (typeof said === 'string') return said;
  const { days = 0, months, edge } = said;
  const month = months === undefined ? '' : lang === 'zh' ? monthZh(months, edge) : monthEn(months, edge);
  if (month !== '')
    return days === 0 ? month : lang === 'zh' ? `${month}${days > 0 ? '后' : '前'}${Math.abs(days)}天` : `${dayEn(days)} ${month}`;
  if (days === 0) return lang === 'zh' ? '今天' : 'today';
  return lang === 'zh' ? `${Math.abs(days)}天${days > 0 ? '后' : '前'}` : `${Math.abs(days)} days ${days > 0 ? 'from now' : 'ago'}`;
}

const dayEn = (days: number): string => `${Math.abs(days)} days ${days > 0 ? 'after' : 'before'}`;

function monthZh(months: number, edge: RelativeDay['edge']): string {
  const far = `${Math.abs(months)}个月${months > 0 ? '后' : '前'}`;
  if (edge === undefined) return months === 0 ? '今天' : `${far}的今天`;
  const near = { '-1': '上月', '0': '本月', '1': '下月' }[String(months)];
  const last = edge === 'start' ? '初' : '末';
  return near === undefined ? `${far}的月${last}` : `${near}${last}`;
}

function monthEn(months: number, edge: RelativeDay['edge']): string {
  const far = `${Math.abs(months)} months ${months > 0 ? 'from now' : 'ago'}`;
  if (edge === undefined) return months === 0 ? 'today' : `the same day ${far}`;
  const which = { '-1': 'last month', '0': 'this month', '1': 'next month' }[String(months)] ?? `the month ${far}`;
  return `the ${edge === 'start' ? 'first' : 'last'} day of ${which}`;
}

/** Among whom the best are looked for; nothing when among all. */
function among(of: Definition, lang: Lang): string {
  if (of.op === 'and' && of.of.length === 0) return '';
  const text = speak(of, { lang, negated: false, within: null });
  return lang === 'zh' ? `（${text}）中` : ` among those: (${text})`;
}

const percent = (share: number): string => `${decimalOf(Number((share * 100).toPrecision(12)))}%`;

/** A space between Han and Latin or digits, as Chinese is set. */
function spaced(text: string, lang: Lang): string {
  if (lang === 'en') return text;
  return text.replace(/(\p{Script=Han})(?=[-A-Za-z0-9])/gu, '$1 ').replace(/([A-Za-z0-9%])(?=\p{Script=Han})/gu, '$1 ');
}
