import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JourneyList } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';

interface Props {
  scenario: string;
  area: string | undefined;
  source: string | undefined;
  onPeriod: (period: { from: string; to: string }) => void;
}

/** No order in the period: says when there were some, and leads there. */
export const NothingHere = ({ scenario, area, source, onPeriod }: Props) => {
  const { t } = useTranslation();
  const { zone } = useWhere();
  const asked = { scenario, ...(area && { area }), ...(source && { source }) };
  const span = useQuery({
    queryKey: ['span', asked],
    queryFn: async ({ signal }) => {
      const [first, last] = await Promise.all(
        ['startedAt', '-startedAt'].map((sort) => get<JourneyList>('/api/journeys', { ...asked, sort, limit: 1 }, { signal })),
      );
      const [begin, end] = [first?.items[0]?.startedAt, last?.items[0]?.startedAt];
      return begin && end ? { from: dateIn(Date.parse(begin), zone), to: dateIn(Date.parse(end), zone) } : null;
    },
  });
  return (
    <Empty title={t('analysis.empty')}>
      {span.data ? (
        <>
          <p>{t('analysis.elsewhen', span.data)}</p>
          <button type="button" className="g-button g-button-main" onClick={() => onPeriod(span.data!)}>
            {t('analysis.goThere')}
          </button>
        </>
      ) : (
        <p>{t('analysis.emptyNext')}</p>
      )}
    </Empty>
  );
};
