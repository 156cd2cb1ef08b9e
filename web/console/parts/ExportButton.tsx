import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../kit/api.ts';

/** The same rows as a CSV file. */
export const ExportButton = ({ path, query }: { path: string; query: Record<string, string> }) => {
  const { t } = useTranslation();
  return (
    <Button icon={<DownloadOutlined />} href={withQuery(path, query)} download>
      {t('part.export')}
    </Button>
  );
};
