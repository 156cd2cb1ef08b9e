import CloseOutlined from '@ant-design/icons/CloseOutlined';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Address } from '../address.ts';
import { DayPicker } from '../parts/DayPicker.tsx';
import { Field } from '../parts/Field.tsx';
import { useNames, useWords } from '../words.ts';

interface Props {
  scenario: string;
  from: string;
  to: string;
  source: string | undefined;
  onChange: (change: Address) => void;
}

/** Which orders the analysis is about: of one scenario, begun between two days (both included), of one source where it is named. */
export const AnalysisFilter = ({ scenario, from, to, source, onChange }: Props) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  return (
    <search className="c-form-row" aria-label={t('analysis.title')}>
      <Field label={t('field.scenario')}>
        {(id) => (
          <Select
            id={id}
            value={scenario || null}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={words.scenarios.map((s) => ({ value: s.id, label: names.of(s.names) }))}
            onChange={(value) => onChange({ scenario: value, a: undefined, b: undefined })}
          />
        )}
      </Field>
      <Field label={t('field.from')}>
        {(id) => <DayPicker id={id} value={from} max={to} onChange={(day) => onChange({ from: day })} />}
      </Field>
      <Field label={t('field.to')}>{(id) => <DayPicker id={id} value={to} min={from} onChange={(day) => onChange({ to: day })} />}</Field>
      {source && (
        <Button
          icon={<CloseOutlined />}
          iconPlacement="end"
          title={t('analysis.anySource')}
          onClick={() => onChange({ source: undefined })}
        >
          {t('analysis.onlySource', { source: names.system(source) })}
        </Button>
      )}
    </search>
  );
};
