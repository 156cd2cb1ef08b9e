import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { rangeOf } from './asks.ts';
import { Histogram } from './Histogram.tsx';
import type { AskProps } from './LineForm.tsx';
import { useSpread } from './spread.ts';
import type { End } from './tree.ts';

const numberOf = (end: End): number | null => (typeof end === 'number' ? end : null);

/** A range of a number: typed, or cut out of how it is spread over everybody. An end that is empty is open. */
export const NumberAsk = ({ tag, ask, name, isOpen, onChange }: AskProps & { isOpen: boolean }) => {
  const { t } = useTranslation();
  const { from, to } = rangeOf(ask);
  const spread = useSpread(tag.name, isOpen);
  const set = (range: { from: End; to: End }, field: string) => onChange({ how: 'range', ...range }, field);
  const hint = (end: unknown) => (typeof end === 'number' ? String(end) : undefined);
  return (
    <span className="c-aud-value">
      <InputNumber
        className="c-aud-number"
        aria-label={t('audience.fromOf', { name })}
        placeholder={hint(tag.from) ?? t('audience.open')}
        value={numberOf(from)}
        onChange={(value) => set({ from: value, to }, 'from')}
      />
      <span>{t('audience.to')}</span>
      <InputNumber
        className="c-aud-number"
        aria-label={t('audience.toOf', { name })}
        placeholder={hint(tag.to) ?? t('audience.open')}
        value={numberOf(to)}
        onChange={(value) => set({ from, to: value }, 'to')}
      />
      {isOpen && spread.length > 1 && (
        <Histogram
          bars={spread}
          from={numberOf(from)}
          to={numberOf(to)}
          name={name}
          said={String}
          onChange={(range) => set(range, 'handles')}
        />
      )}
    </span>
  );
};
