import { useTranslation } from 'react-i18next';
import type { Reveal } from '#enterprise/contract';
import { Card } from '../parts/Card.tsx';
import { PersonFacts } from '../parts/PersonFacts.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { type Detail, revealOf } from './enterprises.ts';

const REASONS = ['visit', 'call', 'service', 'contract'] as const;
type Field = Reveal['fields'][number];
const FIELDS: readonly Field[] = ['name', 'phone'];

/** Who answers there, masked. */
export const ContactPanel = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const fields = FIELDS.flatMap((id) => {
    const masked = detail.contact[id];
    return masked === undefined ? [] : [{ id, label: t(`enterprise.contactField.${id}`), masked }];
  });
  return (
    <Card title={t('enterprise.contact')}>
      {fields.length === 0 ? (
        <p className="c-soft">{t('enterprise.noContact')}</p>
      ) : (
        <PersonFacts
          fields={fields}
          reasons={REASONS.map((reason) => t(`enterprise.reasons.${reason}`))}
          act={({ label }, ask) => (
            <RightButton right="enterprise:reveal" aria-label={t('reveal.title', { field: label })} onClick={ask}>
              {t('reveal.act')}
            </RightButton>
          )}
          reveal={async (field, reason) => (await revealOf(detail.id, { fields: [field as Field], reason }))[field] ?? null}
        />
      )}
    </Card>
  );
};
