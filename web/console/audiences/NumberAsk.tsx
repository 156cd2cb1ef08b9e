import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { isMoney } from '#tag/contract';
import { useWhere } from '../../kit/hooks.ts';
import { FEN, moneyRange } from '../money.ts';
import { rangeOf } from './asks.ts';
import { Histogram } from './Histogram.tsx';
import type { AskProps } from './LineForm.tsx';
import { useSpread } from './spread.ts';
import type { End } from './tree.ts';

const numberOf = (end: End): number | null => (typeof end === 'number' ? end : null);

/** A range of a number: typed, or cut out of how it is spread over everybody. An end that is empty is open. Money is typed in yuan and kept in fen. */
export const NumberAsk = ({ tag, ask, name, isOpen, onChange }: AskProps & { isOpen: boolean }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { from, to } = rangeOf(ask);
  const spread = useSpread(tag.name, isOpen);
  const set = (range: { from: End; to: End }, field: string) => onChange({ how: 'range', ...range }, field);
  const money = isMoney(tag.names);
  const shown = (end: number | null) => (money && end !== null ? end / FEN : end);
  const kept = (typed: number | null) => (money && typed !== null ? Math.round(typed * FEN) : typed);
  const hint = (end: unknown) => (typeof end === 'number' ? String(shown(end)) : undefined);
  const unit = money ? { precision: 2, suffix: t('rule.unit.fen') } : {};
  return (
    <span className="c-aud-value">
      <InputNumber
        className="c-aud-number"
        aria-label={t('audience.fromOf', { name })}
        placeholder={hint(tag.from) ?? t('audience.open')}
        value={shown(numberOf(from))}
        {...unit}
        onChange={(value) => set({ from: kept(value), to }, 'from')}
      />
      <span>{t('audience.to')}</span>
      <InputNumber
        className="c-aud-number"
        aria-label={t('audience.toOf', { name })}
        placeholder={hint(tag.to) ?? t('audience.open')}
        value={shown(numberOf(to))}
        {...unit}
        onChange={(value) => set({ from, to: kept(value) }, 'to')}
      />
      {isOpen && spread.length > 1 && (
        <Histogram
          bars={spread}
          from={numberOf(from)}
          to={numberOf(to)}
          name={name}
          said={(value) => (money ? moneyRange(value, value, lang) : String(value))}
          onChange={(range) => set(range, 'handles')}
        />
      )}
    </span>
  );
};
