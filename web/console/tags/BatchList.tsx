import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { RULE } from './find.ts';
import { useBatches } from './tags.ts';
import { modelOf, useSourceName } from './useSourceName.ts';

/** Worked out by the program from what others brought. */
const isMade = (source: string): boolean => source === RULE || modelOf(source) !== null;

/** What moved a tag and when, the latest first. */
export const BatchList = ({ name }: { name: string }) => {
  const { t } = useTranslation();
  const sourceName = useSourceName();
  const batches = useBatches(name);
  if (batches.isPending) return <Loading lines={3} />;
  if (!batches.data) return <Refused error={batches.error} onAgain={() => void batches.refetch()} />;
  const items = batches.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="c-soft">{t('tag.noBatches')}</p>;
  return (
    <>
      <Scroll label={t('tag.batches')}>
        <table className="c-counts">
          <thead>
            <tr>
              <th scope="col">{t('tag.batch.at')}</th>
              <th scope="col">{t('tag.field.source')}</th>
              <th scope="col">{t('tag.batch.by')}</th>
              <th scope="col" className="c-num">
                {t('tag.batch.customers')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((batch) => (
              <tr key={batch.id}>
                <th scope="row">
                  <Moment at={batch.at} />
                </th>
                <td>{sourceName(batch.source)}</td>
                <td>{isMade(batch.source) ? t('tagSource.glasshouse') : batch.actor}</td>
                <td className="c-num">{integer(batch.customers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {batches.hasNextPage && (
        <p className="c-more">
          <Button size="small" loading={batches.isFetchingNextPage} onClick={() => void batches.fetchNextPage()}>
            {t('repair.more')}
          </Button>
        </p>
      )}
    </>
  );
};
