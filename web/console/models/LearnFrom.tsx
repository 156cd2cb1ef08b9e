import { Checkbox, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { dateWords } from '../tags/values.ts';
import type { Page } from './models.ts';

/** Of which day the tags are that a version learns from. `days`: of ripe observations; null: as they stand. */
export const LearnFrom = ({ model, days, onChange }: { model: Page; days: string[] | null; onChange: (days: string[] | null) => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { items } = model.observations;
  const ripe = items.filter(({ state }) => state === 'ripe').map(({ day }) => day);
  const [next] = items.filter(({ state }) => state === 'waiting' || state === 'reading').toSorted((a, b) => (a.due < b.due ? -1 : 1));
  return (
    <>
      <p id="train-day">{t('observation.learnAsk')}</p>
      <Radio.Group
        aria-labelledby="train-day"
        className="c-mod-choices"
        value={days === null ? 'today' : 'then'}
        onChange={({ target }) => onChange(target.value === 'then' ? ripe : null)}
      >
        <Radio value="then" disabled={ripe.length === 0}>
          {t('observation.learnThen', { days: model.horizonDays })}
        </Radio>
        {days !== null && (
          <Checkbox.Group
            className="c-mod-below"
            aria-label={t('observation.learnDays')}
            value={days}
            onChange={(chosen) => onChange(ripe.filter((day) => chosen.includes(day)))}
            options={ripe.map((day) => ({ value: day, label: dateWords(day, lang) }))}
          />
        )}
        <Radio value="today">{t('observation.learnToday')}</Radio>
      </Radio.Group>
      {days?.length === 0 && <p className="c-refused c-small">{t('observation.learnSome')}</p>}
      {days === null && (
        <p className="c-soft c-small">
          {t('observation.leaks')}
          {ripe.length === 0 && (lang === 'zh-CN' ? '' : ' ')}
          {ripe.length === 0 &&
            (next
              ? t('observation.says.waiting', { day: dateWords(next.day, lang), due: dateWords(next.due, lang) })
              : t('observation.keepFirst'))}
        </p>
      )}
    </>
  );
};
