import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import type { TagLine } from './find.ts';
import { MovementHead, MovementSign } from './MovementSign.tsx';
import { TagLink } from './TagLink.tsx';
import { FreshTag, KindSign, KnownBar, ValuesShort } from './TagSigns.tsx';
import { useSourceName } from './useSourceName.ts';
import { dateWords } from './values.ts';

interface Props {
  lines: readonly TagLine[];
  everyone: number;
  chosen: string | undefined;
  onOpen: (name: string) => void;
}

/** The catalogue as rows; a whole row opens the drawer, its name is the link for the keyboard. */
export const TagTable = ({ lines, everyone, chosen, onOpen }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const sourceName = useSourceName();
  return (
    <DataTable<TagLine>
      label={t('tag.title')}
      rowKey={({ tag }) => tag.name}
      dataSource={lines}
      scroll={{ x: 1440 }}
      rowClassName={({ tag }) => (tag.name === chosen ? 'c-row-here' : '')}
      onRow={({ tag }) => ({ onClick: () => onOpen(tag.name) })}
      columns={[
        {
          key: 'name',
          title: t('tag.title'),
          width: 210,
          fixed: 'left',
          className: 'c-wrap',
          render: (_, { tag }) => <TagLink tag={tag} onOpen={onOpen} />,
        },
        { key: 'kind', title: t('tag.field.kind'), width: 96, render: (_, { tag }) => <KindSign kind={tag.kind} /> },
        { key: 'known', title: t('tag.known'), width: 140, render: (_, { tag }) => <KnownBar tag={tag} everyone={everyone} /> },
        {
          key: 'movement',
          title: <MovementHead />,
          width: 160,
          className: 'c-num',
          render: (_, { tag }) => <MovementSign tag={tag} />,
        },
        { key: 'values', title: t('tag.values'), width: 230, ellipsis: true, render: (_, { tag }) => <ValuesShort tag={tag} /> },
        {
          key: 'loaded',
          title: t('tag.loaded'),
          width: 190,
          render: (_, { tag, fresh }) => (
            <>
              <FreshTag fresh={fresh} />
              {tag.loadedAt && (
                <span className="c-block c-soft c-small">
                  <TimeAgo at={tag.loadedAt} />
                </span>
              )}
            </>
          ),
        },
        {
          key: 'source',
          title: t('tag.field.source'),
          width: 120,
          ellipsis: true,
          render: (_, { tag }) => (tag.source === null ? <None /> : sourceName(tag.source)),
        },
        {
          key: 'speaksOf',
          title: t('tag.speaksOf'),
          width: 120,
          render: (_, { tag }) => (tag.speaksOf ? dateWords(tag.speaksOf, lang) : <None />),
        },
        { key: 'owner', title: t('tag.field.owner'), width: 210, ellipsis: true, render: (_, { tag }) => tag.owner ?? <None /> },
      ]}
    />
  );
};

const None = () => <span className="c-faint">–</span>;
