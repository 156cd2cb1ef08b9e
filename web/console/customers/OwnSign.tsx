import { useTranslation } from 'react-i18next';
import type { CustomerLine } from '#customer/contract';
import { StateTag } from '../../kit/StateTag.tsx';

/** Ours, another network's, or not said; and whether his source still names him. */
export const OwnSign = ({ customer: { own, goneAt } }: { customer: Pick<CustomerLine, 'own' | 'goneAt'> }) => {
  const { t } = useTranslation();
  return (
    <span className="c-cust-own">
      <StateTag state={own === true ? 'open' : own === false ? 'next' : 'skipped'}>{t(`customer.own.${own}`)}</StateTag>
      {goneAt !== null && <StateTag state="cancelled">{t('customer.gone')}</StateTag>}
    </span>
  );
};
