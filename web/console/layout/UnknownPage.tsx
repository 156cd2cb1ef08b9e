import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/faces.tsx';

export const UnknownPage = () => {
  const { t } = useTranslation();
  return (
    <Empty title={t('shell.unknownPage')}>
      <Link to="/overview" className="g-button g-button-main">
        {t('shell.toOverview')}
      </Link>
    </Empty>
  );
};
