import { useTranslation } from 'react-i18next';
import { flagOf } from '../customers/consents.ts';

/** What somebody agreed to or refused, in words. */
export const ConsentWords = ({ consents }: { consents: readonly { flag: string; given: boolean }[] }) => {
  const { t } = useTranslation();
  const worded = ({ flag, given }: { flag: string; given: boolean }): string => {
    const is = flagOf(flag);
    if (is === null) return flag;
    if (is.on === 'doNotDisturb') return `${t('customer.doNotDisturb')} ${t(`customer.quiet.${given ? 'yes' : 'no'}`)}`;
    const about = is.purpose === 'marketing' ? '' : `${t(`customer.purpose.${is.purpose}`)} `;
    return `${about}${t(`customer.touchpoint.${is.touchpoint}`)} ${t(`customer.answer.${given ? 'yes' : 'no'}`)}`;
  };
  return <span>{consents.map(worded).join(t('transfer.and'))}</span>;
};
