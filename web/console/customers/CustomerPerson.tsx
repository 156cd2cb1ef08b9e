import { useTranslation } from 'react-i18next';
import type { Reveal } from '#customer/contract';
import { PersonFacts, type PersonField } from '../parts/PersonFacts.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useSourceName } from '../tags/useSourceName.ts';
import { type Card, revealOf } from './customers.ts';
import { useReasons } from './useReasons.ts';

type Field = Reveal['fields'][number];
/** In the order in which people ask for them; his number in the source is never shown unasked. */
const FIELDS: readonly Field[] = ['name', 'phone', 'idNumber', 'address', 'key'];
const HIDDEN = '******';

/** Who a customer is, masked, and which source says so. */
export const CustomerPerson = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const sourceOf = useSourceName();
  const fields = FIELDS.flatMap((id): PersonField[] => {
    const masked = id === 'key' ? (customer.numbered ? HIDDEN : undefined) : customer.person[id];
    return masked === undefined ? [] : [{ id, label: t(`customer.field.${id}`), masked }];
  });
  return (
    <PersonFacts
      fields={fields}
      reasons={useReasons()}
      act={({ label }, ask) => (
        <RightButton right="customer:reveal" aria-label={t('reveal.title', { field: label })} onClick={ask}>
          {t('reveal.act')}
        </RightButton>
      )}
      reveal={async (field, reason) => (await revealOf(customer.id, { fields: [field as Field], reason }))[field] ?? null}
    >
      <div>
        <dt>{t('field.source')}</dt>
        <dd>{sourceOf(customer.source)}</dd>
      </div>
    </PersonFacts>
  );
};
