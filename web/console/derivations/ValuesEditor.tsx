import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Definition, MOST_VALUES } from '#derivation/contract';

type Values = Extract<Definition, { kind: 'oneOf' }>['values'];
const FIELDS = ['value', 'zh', 'en'] as const;

/** The values of a one-of with what they are called. */
export const ValuesEditor = ({ values, off, onChange }: { values: Values; off: boolean; onChange: (values: Values) => void }) => {
  const { t } = useTranslation();
  return (
    <fieldset className="c-der-values">
      <legend>{t('derivation.values')}</legend>
      {values.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value has no name while it is typed
        <div key={i} className="c-der-value">
          {FIELDS.map((field) => (
            <Input
              key={field}
              disabled={off}
              className={field === 'value' ? 'c-code' : ''}
              maxLength={200}
              value={one[field]}
              placeholder={t(`derivation.valueOf.${field}`)}
              aria-label={t(`derivation.valueNr.${field}`, { nr: i + 1 })}
              onChange={(e) => onChange(values.map((v, at) => (at === i ? { ...v, [field]: e.target.value } : v)))}
            />
          ))}
          <Button
            type="text"
            disabled={off || values.length === 1}
            icon={<DeleteOutlined />}
            aria-label={t('derivation.dropValue', { nr: i + 1 })}
            onClick={() => onChange(values.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      <Button
        size="small"
        disabled={off || values.length >= MOST_VALUES}
        onClick={() => onChange([...values, { value: '', zh: '', en: '' }])}
      >
        {t('derivation.addValue')}
      </Button>
    </fieldset>
  );
};
