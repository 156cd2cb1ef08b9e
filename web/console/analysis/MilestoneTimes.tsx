import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ElapsedTimes } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';

type Elapsed = z.infer<typeof ElapsedTimes>;

/** Each milestone's time as the scenario plans it and as it really was; beyond the plan is marked. */
export const MilestoneTimes = ({ query }: { query: Record<string, string> }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const times = useQuery({
    queryKey: ['elapsed', query],
    queryFn: ({ signal }) => get<Elapsed>('/api/analysis/elapsed', query, { signal, timeout: 60_000 }),
  });
  if (times.isPending) return <Loading lines={6} />;
  if (times.error) return <Refused error={times.error} onAgain={() => void times.refetch()} />;
  const long = (seconds: number) => duration(seconds, lang);
  return (
    <Scroll label={t('elapsed.title')}>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col">{t('field.milestone')}</th>
            <th scope="col">{t('elapsed.holder')}</th>
            <th scope="col" className="c-num">
              {t('analysis.journeys')}
            </th>
            <th scope="col" className="c-num">
              {t('elapsed.plannedP50')}
            </th>
            <th scope="col" className="c-num">
              {t('elapsed.actualP50')}
            </th>
            <th scope="col" className="c-num">
              {t('elapsed.plannedP90')}
            </th>
            <th scope="col" className="c-num">
              {t('elapsed.actualP90')}
            </th>
          </tr>
        </thead>
        <tbody>
          {times.data.items.map((item) => (
            <tr key={item.id}>
              <th scope="row">{names.of(item.names)}</th>
              <td>{names.holder(item.holder)}</td>
              <td className="c-num">{integer(item.journeys)}</td>
              <td className="c-num">{long(item.planned.p50)}</td>
              <Actual planned={item.planned.p50} actual={item.actual?.p50} say={long} />
              <td className="c-num">{long(item.planned.p90)}</td>
              <Actual planned={item.planned.p90} actual={item.actual?.p90} say={long} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

/** Half as long again as planned, and by more than a minute. */
const isBeyond = (planned: number, actual: number) => actual > planned * 1.5 && actual - planned > 60;

const Actual = ({ planned, actual, say }: { planned: number; actual: number | undefined; say: (seconds: number) => string }) => {
  if (actual === undefined) return <td className="c-num c-faint">–</td>;
  const late = isBeyond(planned, actual);
  return (
    <td className={late ? 'c-num c-figure-late' : 'c-num'}>
      {late && <Icon name="alert" />}
      {say(actual)}
    </td>
  );
};
