import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icons.tsx';
import { hotline } from '../kit/zone.ts';

/** Customer service at one press; nothing where the operator has named no number. */
export const Hotline = ({ quiet = false }: { quiet?: boolean }) => {
  const { t } = useTranslation();
  const number = hotline();
  if (!number) return null;
  return (
    <a className={quiet ? 'g-button g-button-quiet' : 'g-button'} href={`tel:${number.replace(/[^\d+]/g, '')}`}>
      <Icon name="phone" />
      {t('hotline', { number })}
    </a>
  );
};
