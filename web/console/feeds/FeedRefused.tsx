import { useTranslation } from 'react-i18next';
import type { Feed } from '#feed/contract';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useRefused } from './feeds.ts';

/** The last rows that were refused, with the reason; as they stood only for those who may see personal data. */
export const FeedRefused = ({ feed }: { feed: Feed }) => {
  const { t } = useTranslation();
  const refused = useRefused(feed);
  if (!refused.data || refused.data.items.length === 0) return null;
  return (
    <>
      <h3>{t('feed.refusedRows')}</h3>
      <Scroll label={t('feed.refusedRows')}>
        <table className="c-counts">
          <tbody>
            {refused.data.items.map((row) => (
              <tr key={`${row.at} ${row.place} ${row.message}`}>
                <td className="c-num">{row.place}</td>
                <td>
                  <Moment at={row.at} />
                </td>
                <td>
                  {row.message}
                  {row.raw && <span className="c-block c-code c-soft c-preview-cell">{row.raw.slice(0, 300)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
};
