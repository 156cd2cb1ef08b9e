import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { figure } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { nameIn } from '../words.ts';
import { valuesOf } from './asks.ts';
import type { AskProps } from './LineForm.tsx';

/** Values of a one-of with how many people have each; several may be chosen. Without one the line asks nothing. */
export const ValuesAsk = ({ tag, ask, name, onChange }: AskProps) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const chosen = valuesOf(ask);
  const options = tag.values.map(({ value, zh, en, count }) => ({
    value: String(value),
    label: nameIn({ zh, en }, lang) || String(value),
    count,
  }));
  return (
    <span className="c-aud-value">
      <Select
        mode="multiple"
        className="c-aud-values"
        aria-label={t('audience.valuesOf', { name })}
        placeholder={t('audience.pickValues')}
        value={[...chosen]}
        maxTagCount={6}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        notFoundContent={t('audience.noValue')}
        options={options}
        optionRender={({ data }) => (
          <span className="c-aud-value-option">
            <span>{data.label}</span>
            <span className="c-faint c-num">{figure(data.count, lang)}</span>
          </span>
        )}
        onChange={(values: string[]) => onChange(values.length > 0 ? { how: 'oneOf', values } : null)}
      />
    </span>
  );
};
