import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { EnterpriseView } from './EnterpriseView.tsx';

/** One enterprise over the list; the address says which. */
export const EnterpriseDrawer = ({ id, onClose }: { id: string | undefined; onClose: () => void }) => {
  const { t } = useTranslation();
  if (!id) return null;
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(60rem, 100vw)"
      title={t('enterprise.title')}
      extra={
        <Link to="/enterprises/$id" params={{ id }}>
          {t('enterprise.fullPage')}
        </Link>
      }
    >
      <EnterpriseView key={id} id={id} />
    </Drawer>
  );
};
