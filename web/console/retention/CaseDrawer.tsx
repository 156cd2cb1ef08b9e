import { Button, Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../kit/faces.tsx';

const CaseView = lazy(() => import('./CaseView.tsx').then((m) => ({ default: m.CaseView })));

interface Props {
  id: string | undefined;
  steps: { before: string | undefined; next: string | undefined };
  onOpen: (id: string | undefined) => void;
}

/** A case over the list; the one before and the one after it are a press or a key away. */
export const CaseDrawer = ({ id, steps, onOpen }: Props) => {
  const { t } = useTranslation();
  if (!id) return null;
  const step = (to: string | undefined, name: 'before' | 'next', key: string) => (
    <Button disabled={to === undefined} title={key} onClick={() => to && onOpen(to)}>
      {t(`retention.${name}`)}
    </Button>
  );
  return (
    <Drawer
      open
      onClose={() => onOpen(undefined)}
      size="min(56rem, 100vw)"
      title={t('retention.number', { number: id })}
      extra={
        <span className="c-acts">
          {step(steps.before, 'before', 'K')}
          {step(steps.next, 'next', 'J')}
        </span>
      }
    >
      <Suspense fallback={<Loading lines={10} />}>
        <CaseView key={id} id={id} />
      </Suspense>
    </Drawer>
  );
};
