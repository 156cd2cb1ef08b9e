import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../address.ts';
import { Field } from '../parts/Field.tsx';
import { useNames, useWords } from '../words.ts';

/** Of which system; kept in the address, for both lists of what is to be repaired. */
export const SourceChoice = () => {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const words = useWords();
  const names = useNames();
  return (
    <Field label={t('field.source')}>
      {(id) => (
        <Select
          id={id}
          allowClear
          value={address.source ?? null}
          placeholder={t('field.any')}
          popupMatchSelectWidth={false}
          options={words.systems.map((system) => ({ value: system.id, label: names.of(system.names) }))}
          onChange={(source: string | null) => change({ source: source ?? undefined })}
        />
      )}
    </Field>
  );
};
