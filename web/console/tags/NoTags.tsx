import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ImportProgress } from '../customers/ImportProgress.tsx';
import { NobodyYet } from '../customers/NobodyYet.tsx';
import { useCatalogue } from './tags.ts';

/** Before anybody counts: how far the first file is while one is being loaded, else the ways in. */
export const NoTags = () => {
  const { t } = useTranslation();
  const { refetch } = useCatalogue();
  return (
    <NobodyYet onDone={refetch}>
      {(running) => (
        <>
          <div className="c-tags-loading">
            <ImportProgress one={running} />
          </div>
          <p>{t('tagSource.loadingNext')}</p>
          <Link to="/customers" className="g-button">
            {t('tagSource.toLoading')}
          </Link>
        </>
      )}
    </NobodyYet>
  );
};
