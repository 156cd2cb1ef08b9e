import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Days } from '#audience/contract';
import { Loading } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { useTagName } from '../tags/tags.ts';
import { dateWords } from '../tags/values.ts';
import { useDays } from './audiences.ts';
import { Change } from './Change.tsx';
import { useTagsNamed } from './tags.ts';

const SHOWN = 14;

type Cause = z.infer<typeof Days>['items'][number]['causes'][number];
const tagsIn = (cause: Cause): string[] => (cause.kind === 'moved' ? cause.batches.flatMap(({ tags }) => tags) : []);

/** The last mornings: how many people, what changed since the one before, and why. */
export const DayCounts = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const days = useDays(id);
  const nameOf = useTagName();
  const moved = (days.data?.items ?? []).flatMap((day) => day.causes.flatMap(tagsIn));
  const tags = new Map(useTagsNamed([...new Set(moved)]).map((tag) => [tag.name, nameOf(tag)]));
  if (days.isPending) return <Loading lines={3} />;
  if (!days.data || days.data.items.length === 0) return <p className="c-soft">{t('audience.noDays')}</p>;
  const items = [...days.data.items].sort((a, b) => b.day.localeCompare(a.day)).slice(0, SHOWN);
  return (
    <Scroll label={t('audience.days')}>
      <table className="c-counts">
        <caption className="g-hidden">{t('audience.days')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('audience.day')}</th>
            <th scope="col" className="c-num">
              {t('audience.count')}
            </th>
            <th scope="col" className="c-num">
              {t('audience.change')}
            </th>
            <th scope="col">{t('audience.cause')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((day) => (
            <tr key={day.day}>
              <th scope="row">{dateWords(day.day, lang)}</th>
              <td className="c-num">{integer(day.count)}</td>
              <td className="c-num">
                <Change by={day.change} />
              </td>
              <td>
                {day.causes
                  .map((cause) =>
                    cause.kind === 'edited'
                      ? t('audience.causeOf.edited', { from: cause.from, to: cause.to })
                      : cause.kind === 'moved'
                        ? t('audience.causeOf.moved', {
                            tags: [...new Set(tagsIn(cause))].map((name) => tags.get(name) ?? name).join(t('audience.comma')),
                          })
                        : t('audience.causeOf.calendar'),
                  )
                  .join(t('audience.semicolon'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
