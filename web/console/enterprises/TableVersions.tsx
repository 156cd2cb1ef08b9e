import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { useTableVersions } from './enterprises.ts';

/** Who published what when and why; an old version can be begun from. */
export const TableVersions = ({ present, onTake }: { present: number; onTake: ((version: number) => void) | null }) => {
  const { t } = useTranslation();
  const versions = useTableVersions();
  return (
    <Card title={t('enterprise.table.versions')}>
      {versions.isPending && <Loading lines={2} />}
      {versions.error && !versions.data && <Refused error={versions.error} onAgain={() => void versions.refetch()} />}
      <ul className="c-list">
        {versions.data?.items.map(({ version, reason, by, at }) => (
          <li key={version}>
            <p className="c-list-head">
              <strong>{t('enterprise.table.version', { version })}</strong>
              <span className="c-soft">
                {version > 1 && `${t('enterprise.table.by', { by })} · `}
                <Moment at={at} />
              </span>
              {onTake && version !== present && (
                <Button size="small" className="c-end" onClick={() => onTake(version)}>
                  {t('enterprise.table.take')}
                </Button>
              )}
            </p>
            <p>{version === 1 ? t('enterprise.table.standard') : reason}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
