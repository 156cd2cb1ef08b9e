import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportView } from '#customer/contract';
import { Empty, Loading } from '../../kit/faces.tsx';
import { isUnderWay, useImports } from './imports.ts';
import { NoCustomers } from './NoCustomers.tsx';

/** Before anybody counts: that the first file is being loaded, and what the page says of it; else the ways in. `onDone`: it is time to look again. */
export const NobodyYet = ({ children, onDone }: { children: (running: ImportView) => ReactNode; onDone: () => unknown }) => {
  const { t } = useTranslation();
  const imports = useImports();
  const running = imports.data?.items.find(isUnderWay);
  const isDone = imports.data?.items.some(({ state }) => state === 'done') === true;
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone, onDone]);
  if (imports.isPending) return <Loading lines={6} />;
  if (!running) return <NoCustomers />;
  return <Empty title={t('tagSource.loading')}>{children(running)}</Empty>;
};
