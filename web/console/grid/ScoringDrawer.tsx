import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useNames } from '../words.ts';
import { AudienceButton } from './AudienceButton.tsx';
import { useScoring } from './places.ts';

/** The scoring table as it is: what gives how many points, and how long a home is left alone after each result. */
export const ScoringDrawer = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} size="min(36rem, 100vw)" title={t('grid.howScored')} destroyOnHidden>
      <Table />
    </Drawer>
  );
};

const Table = () => {
  const { t } = useTranslation();
  const names = useNames();
  const table = useScoring();
  if (table.isPending) return <Loading lines={8} />;
  if (!table.data) return <Refused error={table.error} onAgain={() => void table.refetch()} />;
  const plain = (text: string) => text.replaceAll(/\{\w+\}/g, '…');
  return (
    <div className="c-grid-scoring">
      <p>
        {t('grid.scoringWhat', {
          most: table.data.most,
          conditions: table.data.conditions.map((c) => names.of(c.names)).join(t('grid.comma')),
        })}
      </p>
      <table className="c-counts c-grid-rows">
        <caption className="g-hidden">{t('grid.howScored')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('grid.reason')}</th>
            <th scope="col" className="c-num">
              {t('grid.score')}
            </th>
            <th scope="col">
              <span className="g-hidden">{t('grid.who')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {table.data.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{plain(names.of(row.names))}</th>
              <td className="c-num">{row.points}</td>
              <td>
                <AudienceButton name={plain(names.of(row.names))} where={row.where} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="c-soft c-small">{t('grid.groupsWhat')}</p>
      <h3>{t('grid.quiet')}</h3>
      <ul>
        {table.data.results.map((r) => (
          <li key={r.id}>{t('grid.quietFor', { result: names.of(r.names), count: r.quietDays })}</li>
        ))}
      </ul>
      <p className="c-soft c-small">{t('grid.version', { version: table.data.version })}</p>
    </div>
  );
};
