import { InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayPicker } from '../parts/DayPicker.tsx';
import { type DateMode, dateModeOf, PRESETS, presetOf, rangeOf } from './asks.ts';
import type { AskProps } from './LineForm.tsx';
import { dayWordOf, dayWords, relativeOf } from './relative.ts';
import type { End } from './tree.ts';

const MODES: readonly DateMode[] = ['preset', 'day', 'relative'];

/** A range of days: one of those that people ask for, two days of the calendar, or two days counted from today. */
export const DateAsk = ({ ask, name, onChange }: AskProps) => {
  const { t } = useTranslation();
  const { from, to } = rangeOf(ask);
  const [chosen, setChosen] = useState<DateMode | null>(null);
  const mode = chosen ?? dateModeOf(from, to);
  const set = (range: { from: End; to: End }, field?: string) =>
    onChange(range.from === null && range.to === null ? null : { how: 'range', ...range }, field);
  return (
    <span className="c-aud-value">
      <Segmented
        size="small"
        aria-label={t('audience.dateModeOf', { name })}
        value={mode}
        options={MODES.map((value) => ({ value, label: t(`audience.dateMode.${value}`) }))}
        onChange={(next) => setChosen(next)}
      />
      {mode === 'preset' && (
        <Select
          className="c-aud-preset"
          aria-label={t('audience.presetOf', { name })}
          placeholder={t('audience.pickPreset')}
          value={presetOf(from, to)}
          options={Object.keys(PRESETS).map((value) => ({ value, label: t(`audience.preset.${value}`) }))}
          onChange={(key) => set(PRESETS[key]!)}
          popupMatchSelectWidth={false}
        />
      )}
      {mode === 'day' && (
        <>
          <DayPicker
            className="c-aud-day"
            aria-label={t('audience.fromOf', { name })}
            value={typeof from === 'string' ? from : undefined}
            onChange={(day) => set({ from: day ?? null, to: typeof to === 'string' ? to : null }, 'from')}
          />
          <span>{t('audience.to')}</span>
          <DayPicker
            className="c-aud-day"
            aria-label={t('audience.toOf', { name })}
            value={typeof to === 'string' ? to : undefined}
            onChange={(day) => set({ from: typeof from === 'string' ? from : null, to: day ?? null }, 'to')}
          />
        </>
      )}
      {mode === 'relative' && (
        <>
          <RelativeEnd end={from} label={t('audience.fromOf', { name })} onChange={(end) => set({ from: end, to }, 'from')} />
          <span>{t('audience.to')}</span>
          <RelativeEnd end={to} label={t('audience.toOf', { name })} onChange={(end) => set({ from, to: end }, 'to')} />
        </>
      )}
    </span>
  );
};

/** "30 days ago", "the first day of the month 2 months ago": how many, of what, on which side of today. */
const RelativeEnd = ({ end, label, onChange }: { end: End; label: string; onChange: (end: End) => void }) => {
  const { t } = useTranslation();
  const { word, n } = dayWordOf(end);
  return (
    <span className="c-aud-relative">
      {word !== 'open' && word !== 'today' && word !== 'day' && (
        <InputNumber
          className="c-aud-few"
          min={0}
          max={9_999}
          precision={0}
          aria-label={t('audience.howMany', { label })}
          value={n}
          onChange={(value) => value !== null && onChange(relativeOf(word, value, end))}
        />
      )}
      <Select
        className="c-aud-unit"
        aria-label={label}
        value={word}
        options={dayWords(word).map((value) => ({ value, label: t(`audience.dayWord.${value}`) }))}
        onChange={(next) => onChange(relativeOf(next, n || 1, end))}
        popupMatchSelectWidth={false}
      />
    </span>
  );
};
