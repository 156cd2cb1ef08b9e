import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { AudienceList } from '#audience/contract';
import { get } from '../../kit/api.ts';
import { Loading, Refused } from '../../kit/faces.tsx';
import { figure } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';

const LIMIT = 50;

/** The saved audiences that look at a tag: whom a change of it concerns. */
export const UsedBy = ({ name }: { name: string }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const users = useQuery({
    queryKey: ['tags', 'users', name, lang],
    queryFn: ({ signal }) => get<z.infer<typeof AudienceList>>('/api/audiences', { tag: name, limit: LIMIT }, { signal }),
  });
  if (users.isPending) return <Loading lines={2} />;
  if (!users.data) return <Refused error={users.error} onAgain={() => void users.refetch()} />;
  const { items, total } = users.data;
  if (items.length === 0) return <p className="c-soft">{t('tag.notUsed')}</p>;
  return (
    <ul className="c-list">
      {items.map((audience) => (
        <li key={audience.id}>
          <p className="c-list-head">
            <Link to="/audiences/$id" params={{ id: audience.id }}>
              {audience.name}
            </Link>
            <span className="c-soft">{audience.owner.name}</span>
            {audience.counted && <span className="c-soft c-end">{figure(audience.counted.count, lang)}</span>}
          </p>
          {audience.sentence && <p className="c-soft">{audience.sentence}</p>}
        </li>
      ))}
      {total > items.length && <li className="c-soft">{t('tag.moreUsers', { count: total - items.length })}</li>}
    </ul>
  );
};
