import { useTranslation } from 'react-i18next';
import { Loading } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { useDays } from './audiences.ts';
import { Change } from './Change.tsx';

const SHOWN = 14;

/** The last mornings: how many people, what changed since the one before, and why. */
export const DayCounts = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const days = useDays(id);
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
              <th scope="row">{day.day}</th>
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
                            tags: [...new Set(cause.batches.flatMap(({ tags }) => tags))].join(t('audience.comma')),
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
