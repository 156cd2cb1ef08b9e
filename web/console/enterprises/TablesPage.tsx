import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useTables } from './enterprises.ts';
import { TablesEditor } from './TablesEditor.tsx';

/** The tables that place enterprises: read by everybody who sees the places, changed by whoever may. */
export const TablesPage = () => {
  const { t } = useTranslation();
  const tables = useTables();
  return (
    <>
      <p className="c-tags-back">
        <Link to="/enterprises">{t('enterprise.back')}</Link>
      </p>
      <PageHead
        title={t('enterprise.table.title')}
        at={tables.data?.at}
        below={<Explained name={t('enterprise.table.title')} text={t('enterprise.table.what')} />}
      />
      {tables.isPending && <Loading lines={10} />}
      {tables.error && !tables.data && <Refused error={tables.error} onAgain={() => void tables.refetch()} />}
      {tables.data && <TablesEditor key={tables.data.version} view={tables.data} />}
    </>
  );
};
