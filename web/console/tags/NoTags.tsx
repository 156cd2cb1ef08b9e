import { Link } from '@tanstack/react-router';
import { Progress } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading } from '../../kit/faces.tsx';
import { isUnderWay, partOf, useImports } from '../customers/imports.ts';
import { NoCustomers } from '../customers/NoCustomers.tsx';
import { useCatalogue } from './tags.ts';

/** Before anybody counts: how far the first file is while one is being loaded, else the ways in. */
export const NoTags = () => {
  const { t } = useTranslation();
  const imports = useImports();
  const { refetch } = useCatalogue();
  const running = imports.data?.items.find(isUnderWay);
  const isDone = imports.data?.items.some(({ state }) => state === 'done') === true;
  useEffect(() => {
    if (isDone) void refetch();
  }, [isDone, refetch]);
  if (imports.isPending) return <Loading lines={6} />;
  if (!running) return <NoCustomers />;
  return (
    <Empty title={t('tagSource.loading')}>
      <Progress className="c-tags-loading" percent={partOf(running)} aria-label={t('customerFile.progress', { source: running.source })} />
      <p>{t('tagSource.loadingNext')}</p>
      <Link to="/customers" className="g-button">
        {t('tagSource.toLoading')}
      </Link>
    </Empty>
  );
};
