import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reveal } from '#customer/contract';
import { RightButton } from '../parts/RightButton.tsx';
import { type Card, revealOf } from './customers.ts';
import { RevealForm, SHOWN_MS } from './RevealForm.tsx';

type Field = Reveal['fields'][number];
/** In the order in which people ask for them; his number in the source is never shown unasked. */
const FIELDS: readonly Field[] = ['name', 'phone', 'idNumber', 'address', 'key'];
const HIDDEN = '******';

/** Who he is, masked. A value is shown for a minute, to whom may see it, for a reason that is written down. */
export const CustomerPerson = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Partial<Record<string, string | null>>>({});
  const [asked, setAsked] = useState<Field | null>(null);
  useEffect(() => {
    if (Object.keys(shown).length === 0) return;
    const timer = setTimeout(() => setShown({}), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const masked = (field: Field) => (field === 'key' ? HIDDEN : customer.person[field]);
  return (
    <>
      <dl className="c-facts">
        {FIELDS.filter((field) => masked(field) !== undefined).map((field) => (
          <div key={field}>
            <dt>{t(`customer.field.${field}`)}</dt>
            <dd className="c-person">
              <span className={shown[field] ? 'c-shown' : undefined}>{shown[field] ?? masked(field)}</span>
              {!shown[field] && (
                <RightButton
                  right="customer:reveal"
                  aria-label={t('reveal.title', { field: t(`customer.field.${field}`) })}
                  onClick={() => setAsked(field)}
                >
                  {t('reveal.act')}
                </RightButton>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('field.source')}</dt>
          <dd>{customer.source}</dd>
        </div>
      </dl>
      <RevealForm
        field={asked && t(`customer.field.${asked}`)}
        onClose={() => setAsked(null)}
        onReveal={async (reason) => {
          if (asked === null) return;
          const values = await revealOf(customer.id, { fields: [asked], reason });
          setShown((old) => ({ ...old, ...values }));
        }}
      />
    </>
  );
};
