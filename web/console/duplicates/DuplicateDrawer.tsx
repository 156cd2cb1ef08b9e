import { Button, Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../kit/faces.tsx';

const DuplicateView = lazy(() => import('./DuplicateView.tsx').then((m) => ({ default: m.DuplicateView })));

interface Props {
  id: string | undefined;
  steps: { before: string | undefined; next: string | undefined };
  onOpen: (id: string | undefined) => void;
}

/** A pair over the list; the one before and the one after it are a press or a key away. */
export const DuplicateDrawer = ({ id, steps, onOpen }: Props) => {
  const { t } = useTranslation();
  if (!id) return null;
  const step = (to: string | undefined, name: 'before' | 'next', key: string) => (
    <Button disabled={to === undefined} title={key} onClick={() => to && onOpen(to)}>
      {t(`duplicate.${name}`)}
    </Button>
  );
  return (
    <Drawer
      open
      onClose={() => onOpen(undefined)}
      size="min(60rem, 100vw)"
      title={t('duplicate.one')}
      extra={
        <span className="c-acts">
          {step(steps.before, 'before', '↑')}
          {step(steps.next, 'next', '↓')}
        </span>
      }
    >
      <Suspense fallback={<Loading lines={10} />}>
        <DuplicateView key={id} id={id} onOpen={onOpen} />
      </Suspense>
    </Drawer>
  );
};
