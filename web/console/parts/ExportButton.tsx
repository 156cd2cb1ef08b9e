import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../kit/api.ts';
import { may, useMe } from '../session.ts';

/** The same rows as a CSV file, for whoever may take data out of the house. */
export const ExportButton = ({ path, query }: { path: string; query: Record<string, string> }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  if (!may(me, 'export:run')) {
    return (
      <Tooltip title={t('because.auth.forbidden')}>
        <Button icon={<DownloadOutlined />} aria-disabled className="c-off">
          {t('part.export')}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Button icon={<DownloadOutlined />} href={withQuery(path, query)} download>
      {t('part.export')}
    </Button>
  );
};
