import { Link, useRouterState } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';

const JourneyView = lazy(() => import('./JourneyView.tsx').then((m) => ({ default: m.JourneyView })));

/** A journey over the page it was opened from; the address says which (`open`), so it can be sent and closed with Back. */
export const JourneyDrawer = () => {
  const { t } = useTranslation();
  const [{ open }, change] = useAddress();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const close = () => change({ open: undefined });
  if (!open) return null;
  return (
    <Drawer
      key={path}
      open
      onClose={close}
      size="min(72rem, 100vw)"
      title={t('journey.title')}
      extra={
        <Link to="/journeys/$id" params={{ id: open }}>
          {t('journey.fullPage')}
        </Link>
      }
    >
      <Suspense fallback={<Loading lines={10} />}>
        <JourneyView key={open} id={open} />
      </Suspense>
    </Drawer>
  );
};
