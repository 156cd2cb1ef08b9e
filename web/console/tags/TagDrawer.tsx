import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../kit/faces.tsx';

const TagView = lazy(() => import('./TagView.tsx').then((m) => ({ default: m.TagView })));

/** A tag over the page it was opened from. */
export const TagDrawer = ({ name, onClose }: { name: string | undefined; onClose: () => void }) => {
  const { t } = useTranslation();
  if (!name) return null;
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(52rem, 100vw)"
      title={t('tag.one')}
      extra={
        <Link to="/tags/$name" params={{ name }}>
          {t('journey.fullPage')}
        </Link>
      }
    >
      <Suspense fallback={<Loading lines={10} />}>
        <TagView key={name} name={name} />
      </Suspense>
    </Drawer>
  );
};
