import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Counted } from '#audience/contract';
import { PURPOSES, type Purpose, purposeIn } from './purpose.ts';

interface Props {
  purpose: Purpose | null;
  /** What the whole definition is allowed for, where that was answered. */
  allowed: Counted['purposes'] | undefined;
  onChange: (purpose: Purpose | null) => void;
}

/** What the people are counted for: a tag that is not allowed for it is marked in the tree, and the count refused. */
export const PurposeBar = ({ purpose, allowed, onChange }: Props) => {
  const { t } = useTranslation();
  return (
    <p className="c-aud-purpose">
      <Select
        aria-label={t('audienceChange.purpose')}
        prefix={<span className="c-soft">{t('audienceChange.purpose')}</span>}
        value={purpose ?? ''}
        popupMatchSelectWidth={false}
        options={['' as const, ...PURPOSES].map((value) => ({
          value,
          label: value === '' ? t('audienceChange.anyPurpose') : t(`audience.purposeOf.${value}`),
        }))}
        onChange={(value: string) => onChange(purposeIn(value))}
      />
      {purpose === null && allowed !== undefined && (
        <span className="c-soft c-small">
          {allowed.length === 0
            ? t('audienceChange.allowedNone')
            : t('audienceChange.allowed', { purposes: allowed.map((one) => t(`audience.purposeOf.${one}`)).join(t('audienceChange.and')) })}
        </span>
      )}
    </p>
  );
};
