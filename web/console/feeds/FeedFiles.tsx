import { useTranslation } from 'react-i18next';
import type { Feed, FeedFile } from '#feed/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useFiles } from './feeds.ts';

const SIGN: Record<FeedFile['state'], StateName> = {
  waiting: 'waiting',
  taking: 'active',
  taken: 'active',
  done: 'done',
  rejected: 'late',
  same: 'skipped',
};

/** The files of a folder, the newest first: what became of each, and why one waits or was rejected. */
export const FeedFiles = ({ feed }: { feed: Feed }) => {
  const { t } = useTranslation();
  const files = useFiles(feed);
  if (files.isPending) return <Loading lines={4} />;
  if (files.error) return <Refused error={files.error} onAgain={() => void files.refetch()} />;
  if (files.data.items.length === 0) return <p className="c-soft">{t('feed.noFiles')}</p>;
  return (
    <Scroll label={t('feed.files')}>
      <table className="c-counts">
        <thead>
          <tr>
            {['file', 'fileState', 'at'].map((name) => (
              <th key={name} scope="col">
                {t(`feed.${name}`)}
              </th>
            ))}
            {['rows', 'new', 'known', 'bad'].map((name) => (
              <th key={name} scope="col" className="c-num">
                {t(`feed.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.data.items.map((file) => (
            <tr key={file.id}>
              <td className="c-code">{file.name}</td>
              <td>
                <StateTag state={SIGN[file.state]}>{t(`feed.fileIs.${file.state}`)}</StateTag>
                {file.why && <span className="c-block c-soft">{file.why.message}</span>}
              </td>
              <td>
                <Moment at={file.takenAt ?? file.seenAt} />
              </td>
              <td className="c-num">{file.rows === null ? '–' : integer(file.rows)}</td>
              <td className="c-num">{integer(file.accepted)}</td>
              <td className="c-num">{integer(file.duplicates)}</td>
              <td className="c-num">{integer(file.rejected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
