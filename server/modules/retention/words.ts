import type { Fact } from '#rule/contract';
import type { Rule, RuleText } from './contract.ts';
import { QUIET } from './model.ts';
import { causes, outcomes } from './standard.ts';

/** What things are called where people read them. */

interface Names {
  readonly zh: string;
  readonly en: string;
}
interface Named {
  readonly id: string;
  readonly names: Names;
}

const asIs = (id: string): Names => ({ zh: id, en: id });
const named = (list: readonly Named[], id: string): Named => list.find((one) => one.id === id) ?? { id, names: asIs(id) };

const OURS: readonly Named[] = [{ id: QUIET, names: { zh: '刚回访过', en: 'Called a short while ago' } }];

export const outcomeNamed = (id: string | null): Named | null => (id === null ? null : plain(named(outcomes(), id)));
export const causeNamed = (id: string | null): Named | null => (id === null ? null : plain(named(causes(), id)));
export const ruleNamed = (rules: readonly Rule[], id: string): Named => plain(named(rules, id));
/** Why a case is held back: a rule that suppresses, or a reason of ours. */
export const reasonNamed = (rules: readonly Rule[], id: string | null): Named | null =>
  id === null ? null : plain(named([...OURS, ...rules], id));

const plain = ({ id, names }: Named): Named => ({ id, names });

export const TROUBLES: Readonly<Record<string, Names>> = {
  'too-many-left': {
    zh: '一夜之间“离网”的客户超过二十分之一，判断为数据问题，离网没有记入。',
    en: 'More than a twentieth of all seemed to have left in one night; that is taken for a fault of the data, and nobody is noted as gone.',
  },
  fault: {
    zh: '扫描中途出错，工单可能不全；请看日志后重扫。',
    en: 'The sweep broke off and cases may be missing; look into the log and sweep again.',
  },
};

const yuan = (fen: number): string => (fen / 100).toFixed(2).replace(/\.?0+$/, '');

/** A rule's definition with its parameters' values: 500 fen is read as 5 yuan. */
export function says({ meaning, parameters }: Pick<RuleText, 'meaning' | 'parameters'>): Names {
  const filled = (text: string, money: (fen: number) => string) =>
    text.replace(/\{(\w+)\}/g, (whole, id: string) => {
      const p = parameters.find((one) => one.id === id);
      return p === undefined ? whole : p.unit === 'fen' ? money(p.value) : String(p.value / 10 ** (p.decimals ?? 0));
    });
  return { zh: filled(meaning.zh, (fen) => `${yuan(fen)} 元`), en: filled(meaning.en, (fen) => `¥${yuan(fen)}`) };
}

export const factNamed = (facts: readonly Fact[], name: string): { names: Names; unit: string } => {
  const fact = facts.find((f) => f.name === name);
  return { names: fact?.names ?? asIs(name), unit: fact?.unit ?? 'number' };
};
