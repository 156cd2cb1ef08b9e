import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';

/** Sources of customers that most houses have; each house gives its own their ids. */
const USUAL = ['warehouse', 'counter', 'crm', 'billing'] as const;

/** What a source of customers is called: a usual one and a system of orders by its name, any other by its id. */
export const useSourceName = (): ((id: string) => string) => {
  const { t } = useTranslation();
  const names = useNames();
  return (id) => {
    const usual = USUAL.find((each) => each === id);
    return usual === undefined ? names.system(id) : t(`oneCustomer.source.${usual}`);
  };
};
