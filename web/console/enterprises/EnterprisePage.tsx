import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../parts/PageHead.tsx';
import { EnterpriseView } from './EnterpriseView.tsx';
import { useEnterprise } from './enterprises.ts';

/** Everything about one enterprise, on a page of its own. */
export const EnterprisePage = () => {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const one = useEnterprise(id).data;
  return (
    <>
      <p className="c-tags-back">
        <Link to="/enterprises">{t('enterprise.back')}</Link>
      </p>
      {one && <PageHead title={one.name} at={one.at} />}
      <EnterpriseView key={id} id={id} hasTitle />
    </>
  );
};
