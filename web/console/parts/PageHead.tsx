import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTime } from './DataTime.tsx';

/** Title, the instant its figures speak of, and what can be done with the whole page. */
export const PageHead = ({
  title,
  at,
  children,
  below,
}: {
  title: string;
  at?: string | null;
  children?: ReactNode;
  below?: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <header className="c-page-head">
      <title>{`${title} · ${t('shell.name')}`}</title>
      <div className="c-page-title">
        <h1>{title}</h1>
        {at && <DataTime at={at} />}
        {below}
      </div>
      <div className="c-page-acts">{children}</div>
    </header>
  );
};
