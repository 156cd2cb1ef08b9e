import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/faces.tsx';
import { PageHead } from '../parts/PageHead.tsx';

/** A page that the reader's role does not open: said before anything of it is asked for. */
export const ClosedPage = ({ name }: { name: string }) => {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={name} />
      <Empty title={t('access.closed', { page: name })} icon="lock">
        <p>{t('kit:forbidden')}</p>
      </Empty>
    </>
  );
};
